import type { RuleSet } from '../rulebook/rule-set.ts';
import { clockText, daysText, periodText } from './hours-text.ts';
import { type Block, details, entriesOf } from './model.ts';

export function contactBlocks({ contact, timeZone }: RuleSet): Block[] {
  if (contact === null) return [];
  const { name, tel, hoursText, clauses, hours } = contact;
  const entry = {
    ...{ title: name, clauses, sentences: [] },
    details: details({
      TEL: [{ text: tel, href: `tel:${tel.replace(/[^\d+]/g, '')}` }],
      受付時間: [hoursText],
    }),
  };
  const rows = hours.map((each) => [
    periodText(each, timeZone),
    daysText(each),
    each.holidays === 'open' ? '受け付けます' : '休み',
    clockText(each),
  ]);
  const head = ['期間', '曜日', '祝日', '時間'];
  return [entriesOf([entry]), { kind: 'table', caption: '期間ごとの受付時間', head, rows }];
}
