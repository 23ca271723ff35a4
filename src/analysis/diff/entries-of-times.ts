/** Deadlines and the contact, as entries. */
import { deadlineWords } from '../../engine/answer/wording.ts';
import { clockText, japaneseMoment } from '../../rulebook/calendar.ts';
import { type OpeningHours, WEEKDAYS } from '../../rulebook/open-days.ts';
import type { Deadline, RuleSet } from '../../rulebook/rule-set.ts';
import { type Entry, entry } from './entry.ts';

/** Each flag by itself: the words that it adds to a date may be the same without it. */
export function ofDeadline(deadline: Deadline, id: string, ruleSet: RuleSet): Entry {
  const { label, clauses, text, approximate, postmark, enquiries } = deadline;
  const bare = { ...deadline, text: null, postmark: false, enquiries: false };
  const dates = deadlineWords(bare, { get: () => undefined }, ruleSet);
  return entry(label, ['deadlines', id], {
    ...{ label, clause: clauses, dates, text, approximate, postmark, enquiries },
    ifClosed: IF_CLOSED[ifClosedOf(deadline) ?? 'stays'],
  });
}

const IF_CLOSED = { stays: '', nextOpenDay: '翌営業日まで', previousOpenDay: '前営業日まで' };

function ifClosedOf({ from, until }: Deadline): keyof typeof IF_CLOSED | null {
  for (const moment of [until, from]) {
    if (moment?.kind === 'relative' && moment.day.ifClosed) return moment.day.ifClosed.to;
    if (moment?.kind === 'fixed' && moment.writtenInterval)
      return moment.writtenInterval.start < moment.interval.start ? 'nextOpenDay' : 'previousOpenDay';
  }
  return null;
}

export function ofContact({ timeZone }: RuleSet, contact: NonNullable<RuleSet['contact']>): Entry {
  const { id, name, tel, hoursText, hours, clauses } = contact;
  return entry(name, ['contact'], {
    ...{ name, tel, hoursText, clause: clauses, id },
    hours: hours.map((one) => hoursWords(one, timeZone)).join('／'),
  });
}

/** 2030年1月31日(木)から 月火水木金 10:00～18:00（祝日は休み） */
function hoursWords({ from, until, days, open, close, holidays }: OpeningHours, timeZone: string): string {
  const period = [
    from ? `${japaneseMoment(from, timeZone)}から` : '',
    until ? `${japaneseMoment(until, timeZone)}まで` : '',
  ].join('');
  const onDays = days.map((day) => WEEKDAYS[day - 1]).join('');
  const onHolidays = holidays === 'closed' ? '祝日は休み' : '祝日も受け付け';
  return `${period} ${onDays} ${clockText(open)}～${clockText(close)}（${onHolidays}）`.trim();
}
