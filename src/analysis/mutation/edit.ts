/** Small changes of a rule file's data. */
import { isObject } from '../../rulebook/basics.ts';
import { shiftWritten } from '../../rulebook/calendar.ts';
import { valueAt, withValueAt } from '../../rulebook/data.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Path } from '../../rulebook/source.ts';

/** An edit that makes a mutant, and how it is worded: 申請期限を1日早める */
export interface FileChange extends LocalizedText {
  /** Where it is noticed. */
  path: Path;
  /** Where `value` stands, if that is elsewhere. */
  of?: Path;
  /** undefined takes it away: the entry of a list, the key of a group. A list left empty goes with it. */
  value: unknown;
  /** What is done there: `earlier`, `dropped`, `negated` … */
  kind: string;
}

export const edited = (
  data: unknown,
  { path, of = path, value }: Pick<FileChange, 'path' | 'of' | 'value'>,
): unknown => withValueAt(data, of, value);

export const groupAt = (data: unknown, path: Path): [string, unknown][] => {
  const found = valueAt(data, path);
  return isObject(found) ? Object.entries(found) : [];
};

export const dropped = (path: Path, ja: string, en = `drop ${path.join('/')}`): FileChange => ({
  ...{ path, value: undefined, kind: 'dropped', ja, en },
});

/** A date, a minute, or what is counted from a fact, sooner and later. */
export function shifts(data: unknown, path: Path, { ja, en }: LocalizedText): FileChange[] {
  const written = valueAt(data, path);
  const isMinute =
    (typeof written === 'string' && written.includes(':')) || (isObject(written) && 'at' in written);
  const [unit, unitEn] = isMinute ? ['1分', 'a minute'] : ['1日', 'a day'];
  return ([-1, 1] as const).flatMap((by) => {
    const value = shifted(written, by);
    return value === null ? [] : [{ path, value, ...moved(by, { ja, en }, unit, unitEn) }];
  });
}

/** Every number of months of what is counted, one less and one more. */
export function months(value: unknown, path: Path, { ja, en }: LocalizedText): FileChange[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => months(item, [...path, i], { ja, en }));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'months' && typeof item === 'number'
      ? ([-1, 1] as const).map((by) => ({
          ...{ path: [...path, key], value: item + by },
          ...moved(by, { ja, en }, '1か月', 'a month'),
        }))
      : months(item, [...path, key], { ja, en }),
  );
}

/** What the key of a flag says where it is true. */
const FLAGS: Record<string, LocalizedText> = {
  final: { ja: '確定した額とする', en: 'an amount is final' },
  endOfMonth: { ja: '月の末日までとする', en: 'until the end of the month' },
  endOfFiscalYear: { ja: '年度の末日までとする', en: 'until the end of the fiscal year' },
  postmark: { ja: '消印有効とする', en: 'the postmark counts' },
  enquiries: { ja: 'いつまで窓口に問い合わせられるかを示す', en: 'until when the contact can be asked' },
};

/** Every flag turned round. */
export function flags(value: unknown, path: Path, what: LocalizedText): FileChange[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => flags(item, [...path, i], what));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const flag = FLAGS[key];
    if (flag === undefined || typeof item !== 'boolean') return flags(item, [...path, key], what);
    return [
      {
        ...{ path: [...path, key], value: !item, kind: String(!item) },
        ja: `${what.ja}で、「${flag.ja}」を${item ? 'やめる' : '加える'}`,
        en: `${item ? 'no longer' : 'now'} ${flag.en}: ${what.en}`,
      },
    ];
  });
}

function shifted(written: unknown, by: number): unknown {
  if (typeof written === 'string') return shiftWritten(written, by);
  if (!isObject(written)) return null;
  const key = 'at' in written ? 'minutes' : 'days';
  const { [key]: count = 0 } = written;
  // A named value has mutants of its own.
  if (typeof count !== 'number' || !('at' in written || 'after' in written)) return null;
  return { ...written, [key]: count + by };
}

/** Sooner or later by a unit of time. */
export function moved(by: 1 | -1, { ja, en }: LocalizedText, unit: string, unitEn: string) {
  const kind = by < 0 ? 'earlier' : 'later';
  return { kind, ja: `${ja}を${unit}${by < 0 ? '早める' : '遅らせる'}`, en: `move ${en} ${unitEn} ${kind}` };
}

/** Every number in an expression, at whatever depth, one less and one more. */
export function numbersIn(value: unknown, path: Path, what: LocalizedText): FileChange[] {
  if (typeof value === 'number')
    return [
      { path, value: value - 1, kind: 'less', ja: `${what.ja}を1減らす`, en: `${what.en} less by one` },
      { path, value: value + 1, kind: 'more', ja: `${what.ja}を1増やす`, en: `${what.en} more by one` },
    ];
  if (Array.isArray(value)) return value.flatMap((item, i) => numbersIn(item, [...path, i], what));
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => numbersIn(item, [...path, key], what))
    : [];
}
