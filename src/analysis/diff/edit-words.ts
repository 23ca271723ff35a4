/** What was edited in a rule file and what changes for somebody, as a person reads it. */

import { comparedAspect } from '../../engine/answer/fields.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Change } from './changes.ts';
import type { Edit, Effect } from './edits.ts';
import { calledOf } from './entry.ts';

const EFFECTS: Record<Effect, LocalizedText> = {
  tightened: { ja: '厳しくなりました', en: 'tightened' },
  loosened: { ja: '緩くなりました', en: 'loosened' },
  shifted: { ja: '別の場合に成り立つようになりました', en: 'holds in other cases than before' },
  same: { ja: '別の書き方になりました（意味は同じです）', en: 'written otherwise, means the same' },
  undecided: {
    ja: '変わりました（どう変わったかは決められませんでした）',
    en: 'changed (how was not decided)',
  },
};

/** Keys of the rule file as a person calls them. A test holds that none is left out. */
const FIELDS: Record<string, string> = {
  label: '表記',
  text: '文',
  lines: '告知の行',
  status: '状態',
  title: '題',
  timeZone: '時間帯',
  prefecture: '都道府県',
  incident: 'インシデント',
  issuer: '告知を出した者',
  url: 'URL',
  textHash: 'もとにした告知の文',
  nothingToDecide: '決めることを含まない行',
  address: 'アドレス',
  approximate: 'おおよその時期か',
  postmark: '消印有効か',
  enquiries: '窓口へ聞ける最後の時刻を見せるか',
  ifClosed: '窓口が休みのとき',
  name: '名前',
  id: '英数字の名前',
  by: '行と列の事実',
  question: '尋ね方',
  type: '種類',
  pattern: '文字の形',
  comparedAs: '文字の比べ方',
  dateMeans: '日付だけの値の意味',
  reason: '理由',
  outcome: '結論',
  state: '状態',
  nextStep: '次にすること',
  outcomes: '結論',
  claimStates: '請求の状態',
  dates: '日時',
  clause: '根拠の条項',
  concludes: '結論',
  nextSteps: '次にすること',
  deadlines: '期限',
  requiredInformation: '用意する情報',
  brands: '交換先',
  quantity: '量',
  values: '選択肢と日本語',
  remedies: '補償',
  amount: '補償額',
  value: '値',
  unit: '単位',
  is: '計算',
  facts: '事実',
  excludes: '一緒には受けられない補償',
  wording: '条件の表記と根拠',
  absent: '申告がないときの意味',
  tel: '電話',
  hoursText: '受付時間の表記',
  hours: '受付時間',
  published: '公表日',
  revised: '更新日',
};

export function editWords(edit: Edit): LocalizedText {
  const { ja, en } = bareWords(edit);
  if (edit.isAnswered) return { ja, en };
  return { ja: `${ja}（回答には使われません）`, en: `${en} (no answer is made from it)` };
}

function bareWords(edit: Edit): LocalizedText {
  const { part, partLabel, id, label, kind, field, before, after, beside, effect } = edit;
  const named = ALONE.has(part) ? '' : calledOf(id, label);
  const [ja, en] = [`${partLabel.ja}${named}`, `${partLabel.en} "${id}"`];
  switch (kind) {
    case 'added':
      return { ja: `${ja}を追加`, en: `${en} added` };
    case 'removed':
      return { ja: `${ja}を削除`, en: `${en} removed` };
    case 'order':
      return after === null
        ? { ja: `${ja}の順を${beside}より後に`, en: `${en} moved behind ${before}` }
        : { ja: `${ja}の順を${beside}より前に`, en: `${en} moved before ${after}` };
    default:
      if (effect)
        return {
          ja: `${ja}${part === 'conditions' ? '' : 'の条件'}が${EFFECTS[effect].ja}`,
          en: `${en}: ${EFFECTS[effect].en}`,
        };
      return {
        ja: `${ja}の${FIELDS[field ?? ''] ?? ` ${field} `}：${before || 'なし'} → ${after || 'なし'}`,
        en: `${en}, ${field}: ${before || 'none'} → ${after || 'none'}`,
      };
  }
}

/** Parts of which there is one, whose id is a key of the file. */
const ALONE: ReadonlySet<string> = new Set(['title', 'source', 'contact']);

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
  'amount-raised': { ja: '補償額が増える方がいます', en: 'Somebody gets more' },
  'amount-lowered': { ja: '補償額が減る方がいます', en: 'Somebody gets less' },
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
    case 'amount-raised':
    case 'amount-lowered':
    case 'amount-otherwise': {
      const { ja: said, en: saidEn } = KINDS[change.kind];
      if (change.remedy === null) return { ja: said, en: saidEn };
      const remedy = comparedAspect('remedies').wordFor;
      const of = remedy(after, change.remedy) ?? remedy(before, change.remedy) ?? change.remedy;
      return { ja: said.replace('補償額', `補償「${of}」の額`), en: `${saidEn} (${change.remedy})` };
    }
    default:
      return KINDS[change.kind];
  }
}
