/** An instant at which two rule sets answer with different contacts; the contact depends on nothing else. */
import { compileContact } from '../../engine/answer/parts.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import { dayInterval, localDate } from '../../rulebook/calendar.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { answered, type Example } from '../search/example.ts';
import { fixedInstants } from '../search/simpler-values.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Holidays come at least this often. */
const BEFORE = 30;
const AFTER = 120;

/** null where the contacts are the same, or seem so on every day around those that the notice names. */
export async function contactExample(before: RuleSet, after: RuleSet): Promise<Example | null> {
  if (JSON.stringify(before.contact) === JSON.stringify(after.contact)) return null;
  const [was, is] = [compileContact(before), compileContact(after)];
  for (const instant of instants(before)) {
    if (JSON.stringify(was(instant)) === JSON.stringify(is(instant))) continue;
    return answered([before, after], new Map([[AS_OF, instant]]));
  }
  return null;
}

/** Noon of each day, then the minutes at which the contact opens and closes, and those around them. */
function instants(ruleSet: RuleSet): number[] {
  const { contact, timeZone } = ruleSet;
  const bounds = fixedInstants(ruleSet);
  const [first = 0] = bounds;
  const midnight = dayInterval(localDate(first, timeZone), timeZone).start - BEFORE * DAY;
  const count = ((bounds.at(-1) ?? first) - midnight) / DAY + AFTER;
  const days = Array.from({ length: Math.ceil(count) }, (_, i) => midnight + i * DAY);
  const clocks = (contact?.hours ?? []).flatMap(({ open, close }) => [open, close]);
  const minutes = new Set([720, ...clocks.flatMap((clock) => [clock, clock - 1, clock + 1])]);
  return [...minutes].flatMap((minute) => days.map((day) => day + minute * MINUTE));
}
