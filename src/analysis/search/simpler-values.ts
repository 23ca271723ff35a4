/** Values that a person would rather read. */
import type { Value } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import { localDate, parseMoment } from '../../rulebook/calendar.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';

const MINUTE = 60_000;
const NOON = { hour: 12 };
const YEN = [1000, 2000, 1500, 3000, 500, 5000, 10_000, 100, 1, 0, 2];
const COUNTS = [1, 2, 3, 5, 10, 24, 30, 48, 72, 100, 0];

/** Every fixed instant that the rule set names: where something begins or ends. */
export function fixedInstants({ deadlines, timeZone, source }: RuleSet): number[] {
  const fixed = [...deadlines.values()].flatMap(({ from, until }) =>
    [from, until].flatMap((moment) =>
      moment?.kind === 'fixed' ? [moment.interval.start, moment.interval.end] : [],
    ),
  );
  const published = parseMoment(source.published, timeZone);
  if (published) fixed.push(published.start);
  return [...new Set(fixed)].sort((a, b) => a - b);
}

const noonOf = (instant: number, timeZone: string): number =>
  localDate(instant, timeZone).toZonedDateTime({ timeZone, plainTime: NOON }).epochMilliseconds;

/** The simplest first; none of them may do. */
export function simplerValues(name: string, value: Value | undefined, ruleSets: readonly RuleSet[]): Value[] {
  const definition = ruleSets.flatMap(({ vocabulary }) => vocabulary.facts.get(name) ?? [])[0];
  if (value instanceof Set) {
    const ids = [...value];
    return [
      new Set(),
      ...ids.map((id) => new Set([id])),
      ...ids.map((id) => new Set(ids.filter((other) => other !== id))),
    ];
  }
  if (typeof value !== 'number') return [];
  if (name !== AS_OF && definition?.type !== 'instant')
    return (definition?.unit === '円' ? YEN : COUNTS).filter((number) => number !== value);
  return instants(value, ruleSets);
}

/** Noon near a date that the notice names, a date's own first minute, or at least a round minute. */
function instants(value: number, ruleSets: readonly RuleSet[]): number[] {
  return ruleSets.flatMap((ruleSet) => {
    const { timeZone } = ruleSet;
    const bounds = fixedInstants(ruleSet);
    const noons = bounds.flatMap((bound) => [noonOf(bound - 1, timeZone), noonOf(bound, timeZone)]);
    const edges = bounds.flatMap((bound) => [bound - MINUTE, bound]);
    const rounded = [60 * MINUTE, MINUTE, 1000].map((unit) => Math.floor(value / unit) * unit);
    return [...new Set([noonOf(value, timeZone), ...noons, ...edges, ...rounded])];
  });
}
