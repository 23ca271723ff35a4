/** What changes for somebody, as a person reads it. */

import type { Said } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { ComparedField } from './answer-properties.ts';
import type { Change } from './differences.ts';

const FIELDS: Record<ComparedField, Said> = {
  outcome: { ja: '結論', en: 'outcome' },
  categories: { ja: '対象の区分', en: 'category' },
  remedies: { ja: '補償の内容', en: 'remedy' },
  brands: { ja: '交換先', en: 'brand' },
  voucherState: { ja: 'クーポンの状態', en: 'voucher state' },
  claimState: { ja: '請求の状態', en: 'claim state' },
  nextSteps: { ja: '次にすること', en: 'next step' },
  deadlines: { ja: '期限', en: 'deadline' },
  requiredInformation: { ja: '用意する情報', en: 'information to provide' },
  assumptions: { ja: '仮定', en: 'assumption' },
};

/** `before` and `after` give the words for ids. */
export function changeWords(change: Change, before: RuleSet, after: RuleSet): Said {
  const word = (field: ComparedField, id: string | null): string =>
    id === null ? 'なし' : (labelOf(after, field, id) ?? labelOf(before, field, id) ?? id);
  switch (change.kind) {
    case 'newly-covered':
      return { ja: '新しく補償の対象になる方がいます', en: 'Somebody is newly covered' };
    case 'no-longer-covered':
      return { ja: '補償の対象から外れる方がいます', en: 'Somebody is no longer covered' };
    case 'newly-contradictory':
      return {
        ja: '事実が食い違っていると、新しく言われる場合があります',
        en: 'Facts are newly called contradictory',
      };
    case 'no-longer-contradictory':
      return {
        ja: '事実が食い違っていると言われなくなる場合があります',
        en: 'Facts are no longer called contradictory',
      };
    case 'changed': {
      const { field, from, to } = change;
      return {
        ja: `${FIELDS[field].ja}が「${word(field, from)}」から「${word(field, to)}」に変わる方がいます`,
        en: `Somebody's ${FIELDS[field].en} changes from ${from ?? 'none'} to ${to ?? 'none'}`,
      };
    }
    case 'added': {
      const { field, what } = change;
      return {
        ja: `${FIELDS[field].ja}「${word(field, what)}」が加わる方がいます`,
        en: `Somebody gets the ${FIELDS[field].en} ${what}`,
      };
    }
    case 'removed': {
      const { field, what } = change;
      return {
        ja: `${FIELDS[field].ja}「${word(field, what)}」がなくなる方がいます`,
        en: `Somebody loses the ${FIELDS[field].en} ${what}`,
      };
    }
    case 'deadline-moved':
      return {
        ja: `期限「${word('deadlines', change.deadline)}」の日時が変わる方がいます`,
        en: `The deadline ${change.deadline} is another for somebody`,
      };
    case 'amount-raised':
      return { ja: '補償額が増える方がいます', en: 'Somebody gets more yen' };
    case 'amount-lowered':
      return { ja: '補償額が減る方がいます', en: 'Somebody gets fewer yen' };
    case 'amount-otherwise':
      return {
        ja: '補償額の示し方（有無、確定か見込みか）が変わる方がいます',
        en: 'An amount is said, left open or called final otherwise',
      };
  }
}

function labelOf(ruleSet: RuleSet, field: ComparedField, id: string): string | undefined {
  const { vocabulary, rules, deadlines, brands, lists } = ruleSet;
  const ruleLabel = (section: 'eligibility' | 'remedies', concludes: string): string | undefined =>
    rules.find((rule) => rule.section === section && rule.concludes === concludes)?.label;
  switch (field) {
    case 'outcome':
      return vocabulary.outcomes.get(id);
    case 'voucherState':
      return vocabulary.voucherStates.get(id);
    case 'claimState':
      return vocabulary.claimStates.get(id);
    case 'nextSteps':
      return vocabulary.nextSteps.get(id);
    case 'categories':
      return ruleLabel('eligibility', id) && `${id} ${ruleLabel('eligibility', id)}`;
    case 'remedies':
      return ruleLabel('remedies', id);
    case 'brands':
      return brands.items.find((brand) => brand.id === id.split('/')[1])?.label;
    case 'deadlines':
      return deadlines.get(id)?.label;
    case 'requiredInformation':
      return [...lists.values()].flatMap(({ items }) => items).find((item) => item.id === id)?.label;
    case 'assumptions':
      return id;
  }
}
