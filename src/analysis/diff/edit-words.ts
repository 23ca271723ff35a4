/** A change to a rule file, as a person reads it. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Edit, Effect } from './edits.ts';
import { PARTS } from './entries.ts';

const EFFECTS: Record<Effect, LocalizedText> = {
  tightened: { ja: '厳しくなりました', en: 'tightened' },
  loosened: { ja: '緩くなりました', en: 'loosened' },
  shifted: { ja: '別の場合に成り立つようになりました', en: 'holds in other cases than before' },
  same: { ja: '別の書き方になりました（意味は同じです）', en: 'written otherwise, means the same' },
  undecided: {
    ja: '変わりました（どう変わったかは時間内に決められませんでした）',
    en: 'changed (how was not decided in time)',
  },
};

/** Keys of the rule file as a person calls them; others stay as they are written. */
const FIELDS: Record<string, string> = {
  label: '表記',
  text: '文',
  title: '題',
  dates: '日時',
  clause: '根拠の条項',
  concludes: '結論',
  nextSteps: '次にすること',
  deadlines: '期限',
  requiredInformation: '用意する情報',
  brands: '交換先',
  amount: '補償額',
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
  const { part, id, label, kind, field, before, after, effect } = edit;
  const named = label && label !== id ? `「${label}」（${id}）` : `「${id}」`;
  const [ja, en] = [`${PARTS[part].ja}${named}`, `${PARTS[part].en} "${id}"`];
  switch (kind) {
    case 'added':
      return { ja: `${ja}を追加`, en: `${en} added` };
    case 'removed':
      return { ja: `${ja}を削除`, en: `${en} removed` };
    case 'order':
      return { ja: `${ja}の順を ${after} より前に`, en: `${en} moved before ${after}` };
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
