/** How the fields of an answer are compared with what a case expects of them. All values are plain JSON. */
import type { Lang } from '../../rulebook/lang.ts';

export interface UnmetExpectation {
  field: string;
  expected: Record<Lang, string>;
  actual: Record<Lang, string>;
}

type Compare = (field: string, want: unknown, got: unknown) => UnmetExpectation[];

export interface FieldComparison {
  /** Where the answer has not what is wanted. */
  unmet: Compare;
  /** What to expect so that `got` is accepted and `against` is not; undefined where there is no such expectation. */
  tellingApart(got: unknown, against: unknown): unknown;
  /** Each entry of the field can be expected by itself. */
  isByKey: boolean;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

function show(value: unknown): Record<Lang, string> {
  if (value === null) return { ja: 'なし', en: 'none' };
  const text = Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value).replaceAll('"', '');
  return { ja: text, en: text };
}

const equal: Compare = (field, want, got) =>
  isSame(want, got) ? [] : [{ field, expected: show(want), actual: show(got) }];

const sameSet: Compare = (field, want, got) => equal(field, [...new Set(listOf(want))].sort(), got);

/** The answer may have more than is wanted. */
export const includes: Compare = (field, want, got) => {
  const lacking = listOf(want).filter((one) => !listOf(got).includes(one));
  if (lacking.length === 0) return [];
  const { ja, en } = show(lacking);
  return [{ field, expected: { ja: `${ja} を含む`, en: `including ${en}` }, actual: show(got) }];
};

const eachWanted =
  (compare: Compare, absent: unknown): Compare =>
  (field, want, got) => {
    const has = new Map(entriesOf(got));
    return entriesOf(want).flatMap(([key, value]) =>
      compare(`${field}.${key}`, value, has.has(key) ? has.get(key) : absent),
    );
  };

const whole = (unmet: Compare): FieldComparison => ({
  unmet,
  tellingApart: (got, against) => (isSame(got, against) ? undefined : got),
  isByKey: false,
});

/** Another answer is distinguished by the entries that both have and that differ. */
const byKey = (compare: Compare, absent: unknown): FieldComparison => ({
  unmet: eachWanted(compare, absent),
  tellingApart(got, against) {
    const others = new Map(entriesOf(against));
    const found = entriesOf(got).filter(([key, value]) => others.has(key) && !isSame(value, others.get(key)));
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  },
  isByKey: true,
});

/** Of a contact, only when it can be reached depends on the case. */
export const reachable = (contact: unknown): unknown =>
  contact &&
  Object.fromEntries(entriesOf(contact).filter(([key]) => key === 'openNow' || key === 'nextOpenAt'));

/** A number is how much; of an object only what it says. */
const sameQuantity: Compare = (field, want, got) => {
  if (typeof want === 'number')
    return equal(`${field}.value`, want, new Map(entriesOf(got)).get('value') ?? null);
  return (want === null || got === null ? equal : eachWanted(equal, undefined))(field, want, got);
};

export const exactly = whole(equal);
/** Of a group only what is wanted of it. */
export const asWritten = whole((field, want, got) => {
  if (want === null || got === null) return equal(field, want, got);
  const has = new Map(entriesOf(got));
  return equal(field, want, Object.fromEntries(entriesOf(want).map(([key]) => [key, has.get(key)])));
});
export const asSet = whole(sameSet);
export const setsByKey = byKey(sameSet, []);
export const textsByKey = byKey(equal, null);
export const quantitiesByKey = byKey(sameQuantity, null);
export const asPart: FieldComparison = { unmet: includes, tellingApart: () => undefined, isByKey: false };
export const asContact: FieldComparison = {
  unmet: (field, want, got) =>
    (want === null || got === null ? equal : eachWanted(equal, undefined))(field, want, got),
  tellingApart(got, against) {
    if (isSame(got, against)) return undefined;
    const others = new Map(entriesOf(against));
    const data = entriesOf(got).filter(([key, value]) => others.has(key) && !isSame(value, others.get(key)));
    return isSame(reachable(got), reachable(against)) ? Object.fromEntries(data) : reachable(got);
  },
  isByKey: true,
};
