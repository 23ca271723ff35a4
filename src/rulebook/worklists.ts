import { z } from 'zod';
import { nearest, type ProblemList } from './problems.ts';
import { named } from './shape.ts';
import type { Path } from './source.ts';

const ids = (description: string) => z.array(z.string()).describe(description);
const more = (description: string) =>
  z
    .strictObject({ outcomes: ids('結論').default([]), claimStates: ids('請求の状態').default([]) })
    .describe(description)
    .optional();

export const worklistsSchema = named('worklists', '一括判定で、どの行をどの一覧に載せるか', {
  payment: z
    .strictObject({ outcomes: ids('支払える結論').min(1), claimStates: ids('支払える請求の状態').min(1) })
    .describe(
      '支払一覧。結論と請求の状態がどちらもここにあり、足りない事実がなく、補償額が1円以上で確定している行。額が決まらない行は確認一覧に載る',
    ),
  review: z
    .strictObject({
      outcomes: ids('人が確かめる結論'),
      claimStates: ids('人が確かめる請求の状態').default([]),
    })
    .describe(
      '確認一覧。結論か請求の状態がここにある行。読めない行、照会番号の重なる行、どの一覧にもない結論や請求の状態の行も載る',
    ),
  none: z
    .strictObject({
      outcomes: ids('支払わない結論').default([]),
      claimStates: ids('支払える結論でも、まだ（もう）支払わない請求の状態').default([]),
    })
    .default({ outcomes: [], claimStates: [] })
    .describe('どちらにも載せない行。ここに書かれていないものは確認一覧に載る'),
});

/** Which cases of a bulk run go on which list, by what was concluded. */
export type Worklists = z.infer<typeof worklistsSchema>;
export type WorklistName = keyof Worklists;

const NAMES: readonly WorklistName[] = ['payment', 'review', 'none'];

/** Words for the lists, of one file. */
export const moreWorklistsSchema = named(
  'moreWorklists',
  '結論と請求の状態を、このルールではどの一覧に載せるか（共通の置き場所より優先する）',
  { payment: more('支払一覧'), review: more('確認一覧'), none: more('どちらにも載せない') },
);

export interface Placed {
  list: WorklistName;
  /** What no list names, and so a person has to look at: the outcome, or claims by their place; null where the lists say it. */
  unlisted: 'outcome' | readonly number[] | null;
  /** The claims that are paid, by their place. */
  payable: readonly number[];
}

/**
 * The one list of a case. A person looks at an outcome or a claim state of the list for review, and at whatever no list names.
 * Of the rest an outcome of `none` is not paid in any state, and one of `payment` where the state of some claim is one of `payment`,
 * too, or where there is no claim.
 */
export function placeIn(
  { payment, review, none }: Worklists,
  outcome: string,
  claimStates: readonly string[],
): Placed {
  const placed = (list: WorklistName, more: Partial<Placed> = {}): Placed => ({
    ...{ list, unlisted: null, payable: [] },
    ...more,
  });
  const places = [...claimStates.keys()];
  const isIn = (list: readonly string[]) => (place: number) => list.includes(claimStates[place] ?? '');
  if (review.outcomes.includes(outcome) || places.some(isIn(review.claimStates))) return placed('review');
  if (none.outcomes.includes(outcome)) return placed('none');
  if (!payment.outcomes.includes(outcome)) return placed('review', { unlisted: 'outcome' });
  const isListed = isIn([...payment.claimStates, ...none.claimStates]);
  const unlisted = places.filter((place) => !isListed(place));
  if (unlisted.length > 0) return placed('review', { unlisted });
  const payable = places.filter(isIn(payment.claimStates));
  return payable.length > 0 || places.length === 0 ? placed('payment', { payable }) : placed('none');
}

const JAPANESE: Record<WorklistName, string> = {
  payment: '支払一覧',
  review: '確認一覧',
  none: '載せない行（none）',
};

/** Of a vocabulary that says nothing of them. */
export const NO_WORKLISTS: Worklists = {
  payment: { outcomes: [], claimStates: [] },
  review: { outcomes: [], claimStates: [] },
  none: { outcomes: [], claimStates: [] },
};

/** What stands in any of the lists. */
export const namesOf = (lists: z.infer<typeof moreWorklistsSchema>, group: keyof Words): Set<string> =>
  new Set(NAMES.flatMap((name) => lists[name]?.[group] ?? []));

/** The lists with a file's own words in them. What it places is nowhere else any more. */
export function extendWorklists(shared: Worklists, own: z.infer<typeof moreWorklistsSchema>): Worklists {
  const replaced = (list: WorklistName, group: keyof Words): string[] => {
    const placed = namesOf(own, group);
    return [...shared[list][group].filter((id) => !placed.has(id)), ...(own[list]?.[group] ?? [])];
  };
  const extended = (list: WorklistName) => ({
    outcomes: replaced(list, 'outcomes'),
    claimStates: replaced(list, 'claimStates'),
  });
  return { payment: extended('payment'), review: extended('review'), none: extended('none') };
}

/** The vocabulary's words and their labels. */
type Words = Record<'outcomes' | 'claimStates', ReadonlyMap<string, string>>;

/** Only known words, and none that would send a case to two lists. */
export function checkWorklists(
  written: z.infer<typeof moreWorklistsSchema>,
  known: Words,
  problems: ProblemList<Path>,
  path: Path,
): void {
  for (const group of ['outcomes', 'claimStates'] as const) {
    const listOf = new Map<string, WorklistName>();
    for (const name of NAMES) {
      for (const [i, id] of (written[name]?.[group] ?? []).entries()) {
        const at = [...path, name, group, i];
        const other = listOf.get(id) ?? name;
        listOf.set(id, other);
        if (!known[group].has(id))
          problems.add('unknown-word', at, {
            ja: `「${id}」の日本語が語彙にありません。`,
            en: `The vocabulary has no label for "${id}".`,
            suggestion: () => nearest(id, known[group].keys()),
          });
        else if (other !== name)
          problems.add('duplicate-id', at, {
            ja: `「${id}」が${JAPANESE[other]}と${JAPANESE[name]}の両方にあります。どちらか一つに書いてください。`,
            en: `"${id}" is in both ${other} and ${name}. Write it in one of them.`,
          });
      }
    }
  }
}
