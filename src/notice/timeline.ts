/** The deadlines and periods of a rule set along one line of time, by channel. */

import { deadlineWords } from '../engine/answer/wording.ts';
import { resolveDeadline } from '../engine/facts/values.ts';
import type { Interval } from '../rulebook/basics.ts';
import { dayInterval, localDate, parseMoment } from '../rulebook/calendar.ts';
import type { Deadline, RuleSet } from '../rulebook/rule-set.ts';
import { type Section, sectionsOfKind } from '../rulebook/sections.ts';
import { clocksText, daysText, NO_FACTS, periodText } from './wording.ts';

export interface Bar {
  label: string;
  /** The dates in words. */
  text: string;
  clauses: string[];
  /** null where it is counted from facts: there is nothing to draw. Ends are exclusive, epoch milliseconds. */
  drawn: Interval | null;
  /** Whether the rule set says when it begins and ends; drawn fading where it does not. */
  startStated: boolean;
  endStated: boolean;
  approximate: boolean;
}

export interface Lane {
  /** null where its one bar says it. */
  label: string | null;
  bars: Bar[];
}

interface Mark {
  at: number;
  label: string;
}

export type Timeline = ReturnType<typeof timelineOf>;

const DAY = 86_400_000;

export function timelineOf(ruleSet: RuleSet) {
  const { deadlines, contact, title, timeZone } = ruleSet;
  const published = publishedOf(ruleSet);
  const stated = [...deadlines.values()].map((deadline) => fixedInterval(deadline, ruleSet));
  const hours = (contact?.hours ?? []).flatMap(({ from, until }) => [from, until]);
  const instants = [...stated, ...hours].flatMap((interval) =>
    interval ? [interval.start, interval.end] : [],
  );
  const all = [...instants, ...published.map(({ at }) => at)];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  // A little room on both sides, for what begins before and ends after.
  const room = Math.max(DAY, (last - first) / 20);
  const shown = { start: first - room, end: last + room };
  return {
    title: `期限と期間：${title}`,
    /** What is drawn of time; epoch milliseconds. */
    shown,
    /** The first of each month shown, or of every second, third … where there are many. */
    months: monthsIn(shown, timeZone),
    /** When the notice was published and added to. */
    published,
    /** In the order of the rule file; the contact's hours last. */
    lanes: [...lanesOf(ruleSet, shown), ...contactLane(ruleSet, shown)],
  };
}

function publishedOf({ source, timeZone }: RuleSet): Mark[] {
  const mark = (label: string) => (date: string) => {
    const interval = parseMoment(date, timeZone);
    return interval ? [{ at: interval.start, label }] : [];
  };
  return [...mark('公表')(source.published), ...source.revised.flatMap(mark('追記'))];
}

/** null where it depends on facts, or is only said in words. */
function fixedInterval(deadline: Deadline, ruleSet: RuleSet): Interval | null {
  const interval = resolveDeadline(deadline, NO_FACTS, ruleSet);
  return typeof interval === 'object' ? interval : null;
}

/**
 * What a state runs to is one channel. The others are the headings of the notice, as the names of the
 * clauses give them: 1.web.by and 1.web.from stand under 1.web.
 */
function lanesOf(ruleSet: RuleSet, shown: Interval): Lane[] {
  const all = [...ruleSet.deadlines.values()];
  /** The state that shows a deadline, where one does. */
  const stateOf = new Map(
    sectionsOfKind(ruleSet, 'state')
      .toReversed()
      .flatMap((section) => deadlinesOf(ruleSet, section).map((id) => [id, section])),
  );
  const dated = all.filter(({ id }) => !stateOf.has(id)).flatMap(({ clauses }) => clauses);
  const channels = new Map<string, Deadline[]>();
  for (const deadline of all) {
    const headings = deadline.clauses.map((clause) => headingOf(clause, dated));
    const state = stateOf.get(deadline.id);
    for (const channel of state ? [state.name] : new Set(headings))
      channels.set(channel, [...(channels.get(channel) ?? []), deadline]);
  }
  return [...channels].map(([channel, deadlines]) => ({
    label: channelLabel(channel, deadlines, ruleSet),
    bars: deadlines.map((deadline, i) => barOf(deadline, deadlines[i - 1], ruleSet, shown)),
  }));
}

const deadlinesOf = ({ rules }: RuleSet, { name }: Section): string[] =>
  rules.flatMap(({ section, deadlines }) => (section === name ? deadlines : []));

/** The clause above, where it has nothing but dated clauses of the same rank below it, and more than one. */
function headingOf(clause: string, dated: readonly string[]): string {
  const above = clause.slice(0, Math.max(0, clause.lastIndexOf('.')));
  const below = new Set(dated.filter((other) => above !== '' && other.startsWith(`${above}.`)));
  const areAllNext = [...below].every((other) => !other.slice(above.length + 1).includes('.'));
  return below.size > 1 && areAllNext ? above : clause;
}

/** The heading of a clause is what stands before its first colon or omission, or its first sentence. */
function channelLabel(channel: string, deadlines: Deadline[], ruleSet: RuleSet): string | null {
  const state = sectionsOfKind(ruleSet, 'state').find(({ name }) => name === channel);
  if (state) return state.label.ja;
  const text = ruleSet.clauses.get(channel)?.text ?? '手続き';
  const [heading = text, ...rest] = text.split(/[：…]/);
  if (rest.length > 0 && deadlines.every(({ label }) => label !== heading)) return heading;
  return deadlines.length > 1 ? (text.split('。')[0] ?? text) : null;
}

function barOf(deadline: Deadline, previous: Deadline | undefined, ruleSet: RuleSet, shown: Interval): Bar {
  const interval = fixedInterval(deadline, ruleSet);
  const { label, clauses, from, approximate } = deadline;
  return {
    ...{ label, clauses, approximate, text: deadlineWords(deadline, NO_FACTS, ruleSet) },
    drawn: interval && {
      start: from ? interval.start : startAfter(previous, interval.end, ruleSet, shown),
      end: interval.end,
    },
    startStated: from !== null,
    // A lone beginning is drawn as a moment, not as a period without an end.
    endStated: true,
  };
}

/** A deadline without a beginning is drawn from where the one before it in its channel begins, or else ends. */
function startAfter(previous: Deadline | undefined, end: number, ruleSet: RuleSet, shown: Interval): number {
  const before = previous && fixedInterval(previous, ruleSet);
  if (!before) return shown.start;
  const start = previous.from ? before.start : before.end;
  return start < end ? start : shown.start;
}

function contactLane({ contact, timeZone }: RuleSet, shown: Interval): Lane[] {
  if (contact === null) return [];
  const bars = contact.hours.map(
    (hours): Bar => ({
      label: `${daysText(hours)}${hours.holidays === 'open' ? '（祝日も）' : '（祝日を除く）'} ${clocksText(hours)}`,
      text: periodText(hours, timeZone),
      clauses: contact.clauses,
      drawn: { start: hours.from?.start ?? shown.start, end: hours.until?.end ?? shown.end },
      startStated: hours.from !== null,
      endStated: hours.until !== null,
      approximate: false,
    }),
  );
  return [{ label: contact.name, bars }];
}

const MOST_MONTHS = 12;

function monthsIn({ start, end }: Interval, timeZone: string): Mark[] {
  const first = localDate(start, timeZone).with({ day: 1 });
  const last = localDate(end, timeZone);
  const count = (last.year - first.year) * 12 + last.month - first.month + 1;
  const step = Math.ceil(count / MOST_MONTHS);
  const days = Array.from({ length: Math.ceil(count / step) }, (_, i) => first.add({ months: i * step }));
  const marked = days
    .map((day) => ({ day, at: dayInterval(day, timeZone).start }))
    .filter(({ at }) => at >= start);
  return marked.map(({ day: { year, month }, at }, i) => ({
    at,
    label: year === marked[i - 1]?.day.year ? `${month}月` : `${year}年${month}月`,
  }));
}
