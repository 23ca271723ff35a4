/** What the quotes of a deadline say of it besides its day: the time, days or months, the end of the month, the postmark. */
import { paddedClock } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Deadline, Moment } from '../../rulebook/rule-set.ts';
import type { Finding } from '../findings/finding.ts';
import { dayOf, isDate, isDay } from '../notice-text/days.ts';
import { isQuoted } from '../notice-text/notice-text.ts';
import { type Reading, readingsIn } from '../notice-text/readings.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

interface Quoted {
  text: string;
  readings: readonly Reading[];
  timeZone: string;
}

type Key = 'from' | 'until' | 'postmark';
type Fault = LocalizedText & { key: Key };

export function quotedDeadlines({ ruleSet, at }: WrittenRuleSet): Finding[] {
  const { deadlines, clauses, timeZone } = ruleSet;
  const all = [...deadlines.values()];
  return all.flatMap((deadline) => {
    // A quote of several periods does not say of which it speaks.
    const own = deadline.clauses.filter((id) => all.every((one) => one === deadline || !ends(one, id)));
    const quotes = own.flatMap((id) => clauses.get(id) ?? []).filter(isQuoted);
    const text = quotes.map((quote) => quote.text).join('　');
    if (text === '' || deadline.approximate) return [];
    const quoted = { text, readings: readingsIn(text), timeZone };
    return FAULTS.flatMap((fault) => fault(deadline, quoted) ?? []).map(({ key, ja, en }) =>
      textFinding(
        'contradicts-itself',
        { position: at(['deadlines', deadline.id, key]), about: [`deadlines/${deadline.id}`] },
        {
          ja: `期限「${deadline.label}」の条項（${own.join('、')}）${ja}`,
          en: `The clause of the deadline "${deadline.id}" (${own.join(', ')}) ${en}`,
        },
      ),
    );
  });
}

const ends = ({ clauses, until }: Deadline, clause: string): boolean =>
  until !== null && clauses.includes(clause);

const FAULTS: readonly ((deadline: Deadline, quoted: Quoted) => Fault | null)[] = [
  ({ from }, quoted) => withoutTime('from', from, quoted),
  ({ until }, quoted) => withoutTime('until', until, quoted),
  ({ until }, quoted) => otherUnit(until, quoted),
  ({ until }, quoted) => monthEnd(until, quoted),
  postmark,
];

/** 23:59 in the quote, and a whole day in the file: answers and the notice are without the time. */
function withoutTime(key: 'from' | 'until', moment: Moment | null, { readings, timeZone }: Quoted) {
  if (moment?.kind !== 'fixed') return null;
  const { writtenInterval: interval = moment.interval, written } = moment;
  const day = dayOf(interval.start, timeZone);
  const dates = readings.filter(isDate).filter((date) => date.day !== null && isDay(date, day));
  const [clock] = dates.map((date) => date.clock);
  if (
    /\d:\d/.test(written) ||
    clock === null ||
    clock === undefined ||
    dates.some((date) => date.clock !== clock)
  )
    return null;
  const time = paddedClock(clock);
  return {
    key,
    ja: `には時刻がありますが、${written} には時刻がありません（${written} ${time} でしょうか）。`,
    en: `has a time of day, and ${written} has none (is ${written} ${time} meant?).`,
  };
}

function otherUnit(moment: Moment | null, { readings }: Quoted): Fault | null {
  if (moment?.kind !== 'relative') return null;
  const { days, months } = moment.day;
  const [written, other] =
    days !== 0 && months === 0 ? (['days', 'months'] as const) : (['months', 'days'] as const);
  const value = Math.abs(written === 'days' ? days : months);
  if (value === 0 || (days !== 0 && months !== 0) || readings.some(({ kind }) => kind === written))
    return null;
  const said = readings.find((reading) => reading.kind === other && reading.value === value);
  if (said === undefined) return null;
  return {
    key: 'until',
    ja: `は「${said.text}」ですが、${written}: ${value} と書かれています（${other}: ${value} でしょうか）。`,
    en: `says "${said.text}", but ${written}: ${value} is written (is ${other}: ${value} meant?).`,
  };
}

const MONTH_END = /月末|月の末|末日/;

function monthEnd(moment: Moment | null, { text, readings }: Quoted): Fault | null {
  if (moment?.kind !== 'relative' || moment.day.months === 0) return null;
  const { endOfMonth } = moment.day;
  if (MONTH_END.test(text) === endOfMonth) return null;
  if (endOfMonth)
    return readings.some(({ kind }) => kind === 'months')
      ? {
          key: 'until',
          ja: 'は月末までと言っていませんが、endOfMonth: true と書かれています。',
          en: 'does not say the end of the month, but endOfMonth: true is written.',
        }
      : null;
  return {
    key: 'until',
    ja: 'は月末までと言っています。endOfMonth: true が要りませんか。',
    en: 'says the end of the month. Is endOfMonth: true missing?',
  };
}

function postmark({ until, postmark: isByPostmark }: Deadline, { text }: Quoted): Fault | null {
  if (until === null) return null;
  if (/消印/.test(text) && !isByPostmark)
    return {
      key: 'until',
      ja: 'は消印のことを言っています。postmark: true が要りませんか。',
      en: 'speaks of the postmark. Is postmark: true missing?',
    };
  if (/必着/.test(text) && !/消印/.test(text) && isByPostmark)
    return {
      key: 'postmark',
      ja: 'は必着と言っていますが、postmark: true（消印有効）と書かれています。',
      en: 'says that it has to have arrived by then, but postmark: true is written.',
    };
  return null;
}
