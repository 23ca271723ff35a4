import { z } from 'zod';
import type { ProblemList } from './problem-list.ts';
import { nearest, problemOf } from './problems.ts';
import type { Source } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

const ids = (description: string) => z.array(z.string()).meta({ description });

export const worklistsSchema = z
  .strictObject({
    payment: z
      .strictObject({
        outcomes: ids('支払える結論').min(1),
        claimStates: ids('支払える請求の状態').min(1),
      })
      .meta({
        description:
          '支払一覧。結論と請求の状態がどちらもここにあり、足りない事実がなく、補償額が1円以上で確定している行。額が決まらない行は確認一覧に載る',
      }),
    review: z
      .strictObject({
        outcomes: ids('人が確かめる結論'),
        claimStates: ids('人が確かめる請求の状態').default([]),
      })
      .meta({ description: '確認一覧。結論か請求の状態がここにある行。読めない行も載る' }),
  })
  .meta({ id: 'worklists', description: '一括判定で、どの行をどの一覧に載せるか' });

/**
 * Which cases of a bulk run go on which list, by what was concluded. To be paid: an outcome and a claim state of the list.
 * To be looked at by a person: an outcome or a claim state of the list.
 */
export type Worklists = z.infer<typeof worklistsSchema>;

/** Only known words, and none that would send a case to both lists. */
export function checkWorklists(vocabulary: Vocabulary, source: Source, problems: ProblemList): void {
  const { worklists } = vocabulary;
  if (worklists === null) return;
  for (const [name, list] of Object.entries(worklists)) {
    for (const group of ['outcomes', 'claimStates'] as const) {
      for (const [i, id] of list[group].entries()) {
        const path = ['worklists', name, group, i];
        const isPaid = list !== worklists.payment && worklists.payment[group].includes(id);
        if (!vocabulary[group].has(id)) {
          const said = {
            ja: `「${id}」の日本語が語彙にありません。`,
            en: `The vocabulary has no label for "${id}".`,
          };
          problems.add('unknown-word', () =>
            problemOf('unknown-word', source.at(path), said, nearest(id, vocabulary[group].keys())),
          );
        } else if (isPaid) {
          const said = {
            ja: `「${id}」が支払一覧と確認一覧の両方にあります。どちらか一つに書いてください。`,
            en: `"${id}" is in both payment and review. Write it in one of them.`,
          };
          problems.add('duplicate-id', () => problemOf('duplicate-id', source.at(path), said));
        }
      }
    }
  }
}
