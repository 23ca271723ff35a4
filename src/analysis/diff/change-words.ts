/** What changes for somebody, as a person reads it. */
import { comparedAspect } from '../../engine/answer/fields.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Change } from './changes.ts';

/** Changes of which nothing but the kind is to be said. */
const KINDS = {
  'newly-covered': { ja: '新しく補償の対象になる方がいます', en: 'Somebody is newly covered' },
  'no-longer-covered': { ja: '補償の対象から外れる方がいます', en: 'Somebody is no longer covered' },
  'newly-contradictory': {
    ja: '事実が食い違っていると、新しく言われる場合があります',
    en: 'Facts are newly called contradictory',
  },
  'no-longer-contradictory': {
    ja: '事実が食い違っていると言われなくなる場合があります',
    en: 'Facts are no longer called contradictory',
  },
  'amount-raised': { ja: '補償額が増える方がいます', en: 'Somebody gets more yen' },
  'amount-lowered': { ja: '補償額が減る方がいます', en: 'Somebody gets fewer yen' },
  'amount-otherwise': {
    ja: '補償額の示し方（有無、確定か見込みか）が変わる方がいます',
    en: 'An amount is said, left open or called final otherwise',
  },
} satisfies Partial<Record<Change['kind'], LocalizedText>>;

/** `before` and `after` give the words for ids. */
export function changeWords(change: Change, before: RuleSet, after: RuleSet): LocalizedText {
  const { label, one, wordFor } = comparedAspect('field' in change ? change.field : 'deadlines');
  const [ja, en] = [label.ja, one ?? label.en];
  const word = (id: string | null): string =>
    id === null ? 'なし' : (wordFor(after, id) ?? wordFor(before, id) ?? id);
  switch (change.kind) {
    case 'changed': {
      const { from, to } = change;
      return {
        ja: `${ja}が「${word(from)}」から「${word(to)}」に変わる方がいます`,
        en: `Somebody's ${en} changes from ${from ?? 'none'} to ${to ?? 'none'}`,
      };
    }
    case 'added':
      return {
        ja: `${ja}「${word(change.what)}」が加わる方がいます`,
        en: `Somebody gets the ${en} ${change.what}`,
      };
    case 'removed':
      return {
        ja: `${ja}「${word(change.what)}」がなくなる方がいます`,
        en: `Somebody loses the ${en} ${change.what}`,
      };
    case 'deadline-moved':
      return {
        ja: `期限「${word(change.deadline)}」の日時が変わる方がいます`,
        en: `The deadline ${change.deadline} is another for somebody`,
      };
    default:
      return KINDS[change.kind];
  }
}
