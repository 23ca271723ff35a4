/** The sentences of the original notice: each once on the page, and none that the rules have overtaken. */

import type { Interval } from '../rulebook/basics.ts';
import { clockText, parseMoment, zoned } from '../rulebook/calendar.ts';
import { occurrences } from '../rulebook/references.ts';
import type { Clause, Condition, RuleSet } from '../rulebook/rule-set.ts';
import { readDates } from '../rulebook/written-dates.ts';
import { withDigits } from '../rulebook/written-numbers.ts';

/** Days (1月30日, 1月上旬), with the time of day where it follows, and other times of day, each in one form. */
function timesIn(text: string): string[] {
  const { dates, clocks } = readDates(withDigits(text.normalize('NFKC')));
  const days = dates.flatMap(({ years, month, day, part, clock: minutes }) => {
    const of = day ?? (part?.endsWith('旬') ? part : null);
    if (of === null) return [];
    const [year] = years ?? [];
    return `${year === undefined ? '' : `${year}-`}${month}-${of}${minutes === null ? '' : ` ${clockText(minutes)}`}`;
  });
  return [...days, ...clocks.map(({ minutes }) => clockText(minutes))];
}

/** Every day and time of day that the rule set states as a value, in the same form. */
function timesOf({ deadlines, source, contact, timeZone }: RuleSet): Set<string> {
  const datesOf = (interval: Interval | null): string[] => {
    if (interval === null) return [];
    const { year, month, day } = zoned(interval.end - 1, timeZone);
    return [`${month}-${day}`, `${year}-${month}-${day}`];
  };
  const moments = [...deadlines.values()].flatMap(({ from, until }) =>
    [from, until].flatMap((moment) => {
      if (moment?.kind !== 'fixed') return [];
      const { interval, writtenInterval = interval } = moment;
      // The last minute: the only one, where a minute is written.
      const { hour, minute } = zoned(interval.end - 1, timeZone);
      const time = interval.end === interval.start ? '24:00' : clockText(hour * 60 + minute);
      const dates = [interval, writtenInterval].flatMap(datesOf);
      return [time, ...dates, ...dates.map((date) => `${date} ${time}`)];
    }),
  );
  const texts = [...deadlines.values()].flatMap(({ text }) => timesIn(text ?? ''));
  const published = [source.published, ...source.revised].flatMap((date) =>
    datesOf(parseMoment(date, timeZone)),
  );
  const hours = (contact?.hours ?? []).flatMap(({ from, until, open, close }) => [
    ...[from, until].flatMap(datesOf),
    ...[open, close].map(clockText),
  ]);
  const withoutYears = texts.map((time) => time.replace(/^\d{4}-/, ''));
  return new Set([...moments, ...texts, ...withoutYears, ...published, ...hours]);
}

/** Clauses whose words name a date or a time that the rule set no longer has: not to be shown beside the new one. */
export function overtakenClauses(ruleSet: RuleSet): Clause[] {
  const times = timesOf(ruleSet);
  return [...ruleSet.clauses.values()].filter(({ text }) => timesIn(text).some((time) => !times.has(time)));
}

export type Quote = (title: string, clauses: readonly string[]) => string[];

/**
 * Gives the sentences of clauses that were not given before, by themselves or inside another. Lists and the contact are said by their own values,
 * and the head of the notice (its title, the day of its publication) is shown already: none of these is quoted.
 */
export function quoting(ruleSet: RuleSet): Quote {
  const { clauses, lists, contact, source } = ruleSet;
  const given = new Set(overtakenClauses(ruleSet).map(({ id }) => id));
  for (const list of [...lists.values(), contact]) for (const id of list?.clauses ?? []) given.add(id);
  const [year, month, day] = source.published.split('-').map(Number);
  const heading = [source.title, `${year}年${month}月${day}日`];
  for (const { id, text } of clauses.values()) if (heading.some((said) => text.includes(said))) given.add(id);
  const texts: string[] = [];
  return (title, ids) =>
    ids.flatMap((id) => {
      const text = clauses.get(id)?.text;
      if (text === undefined || given.has(id)) return [];
      given.add(id);
      const isSaid = text.replace(/^[▽・]/, '') === title || texts.some((other) => other.includes(text));
      if (isSaid) return [];
      texts.push(text);
      return [text];
    });
}

/** The clauses that a condition rests on, those of the conditions that it names included, in the order of the notice. */
export function clausesUnder(condition: Condition | null, ruleSet: RuleSet): string[] {
  const found = new Set(
    occurrences(condition, ruleSet).flatMap(({ leaf, through }) =>
      [leaf, ...through].flatMap(({ clauses }) => clauses),
    ),
  );
  return [...ruleSet.clauses.keys()].filter((id) => found.has(id));
}
