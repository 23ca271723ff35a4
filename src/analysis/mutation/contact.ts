/** No contact, other hours, other days. */
import { parseClock } from '../../rulebook/calendar.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type FileChange, isGroup, valueAt } from './edit.ts';
import { shifts } from './moments.ts';

const DAYS: Record<string, string> = {
  mon: '月',
  tue: '火',
  wed: '水',
  thu: '木',
  fri: '金',
  sat: '土',
  sun: '日',
};
const CLOCKS = { open: { ja: '受付開始', en: 'opening' }, close: { ja: '受付終了', en: 'closing' } } as const;

export function contactMutants(data: unknown, { contact }: RuleSet): FileChange[] {
  if (contact === null) return [];
  const none = {
    path: ['contact'],
    value: undefined,
    kind: 'dropped',
    ja: 'お問い合わせ先をなくす',
    en: 'drop the contact',
  };
  return [none, ...contact.hours.flatMap((_, i) => hoursMutants(data, i))];
}

function hoursMutants(data: unknown, index: number): FileChange[] {
  const path = ['contact', 'hours', index];
  const written = valueAt(data, path);
  if (!isGroup(written)) return [];
  const which = `${index + 1}番目の受付時間`;
  const days = Array.isArray(written.days) ? written.days.map(String) : [];
  const other = written.holidays === 'open' ? 'closed' : 'open';
  return [
    ...(['from', 'until'] as const).flatMap((side) => {
      const ja = `${which}の期間の${side === 'from' ? '始まり' : '終わり'}`;
      return shifts(data, [...path, side], { ja, en: `the ${side} of opening hours ${index + 1}` });
    }),
    ...days.map((day, i) => ({
      path: [...path, 'days', i],
      value: undefined,
      kind: 'dropped',
      ja: `${which}から${DAYS[day] ?? day}曜日を外す`,
      en: `drop ${day} from opening hours ${index + 1}`,
    })),
    {
      path: [...path, 'holidays'],
      value: other,
      kind: other,
      ja: `${which}で、祝日を${other === 'open' ? '受け付ける' : '休みにする'}`,
      en: `holidays ${other} in opening hours ${index + 1}`,
    },
    ...(['open', 'close'] as const).flatMap((key) =>
      ([-1, 1] as const).flatMap((by): FileChange[] => {
        const minutes = parseClock(String(written[key]));
        if (minutes === null || minutes + by < 0) return [];
        const kind = by < 0 ? 'earlier' : 'later';
        const ja = `${which}の${CLOCKS[key].ja}を1分${by < 0 ? '早める' : '遅らせる'}`;
        const en = `move the ${CLOCKS[key].en} in opening hours ${index + 1} a minute ${kind}`;
        return [{ path: [...path, key], value: clock(minutes + by), kind, ja, en }];
      }),
    ),
  ];
}

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
