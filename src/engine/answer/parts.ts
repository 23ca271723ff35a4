import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { Deadline, RuleSet } from '../../rulebook/rule-set.ts';
import { factsOfDeadline, resolveMoment, type Values } from '../facts/values.ts';
import type { ContactAnswer, DeadlineAnswer, NextStep } from './decision.ts';
import { compileOpening } from './opening-hours.ts';
import { deadlineText } from './wording.ts';

/** The contact as at an instant, in epoch milliseconds. */
export function compileContact({ contact, timeZone }: RuleSet): (asOf: number) => ContactAnswer | null {
  if (contact === null) return () => null;
  const openingAt = compileOpening(contact, timeZone);
  const { id, name, tel, hoursText: hours } = contact;
  return (asOf) => {
    const { openNow, nextOpenAt: opensAt } = openingAt(asOf);
    const nextOpenAt = opensAt === null ? null : toOffsetDateTime(opensAt, timeZone);
    return { id, name, tel, hours, openNow, nextOpenAt };
  };
}

/** The site and the senders that belong to a step. */
export function stepDetails({ sites, senders }: RuleSet, step: string): Pick<NextStep, 'url' | 'senders'> {
  const site = sites.find(({ nextSteps }) => nextSteps.includes(step));
  const from = senders.filter(({ nextSteps }) => nextSteps.includes(step));
  return {
    ...(site && { url: site.url }),
    ...(from.length > 0 && { senders: from.map(({ address, label }) => ({ address, label })) }),
  };
}

const fixed = new WeakMap<Deadline, DeadlineAnswer>();

/** A deadline as it is answered; one that is counted from no fact is the same for every case. */
export function answerDeadline(deadline: Deadline, values: Values, ruleSet: RuleSet): DeadlineAnswer {
  if (factsOfDeadline(deadline.id, ruleSet.deadlines).length > 0) return inWords(deadline, values, ruleSet);
  const known = fixed.get(deadline) ?? inWords(deadline, values, ruleSet);
  fixed.set(deadline, known);
  return known;
}

function inWords(deadline: Deadline, values: Values, ruleSet: RuleSet): DeadlineAnswer {
  const { id, label } = deadline;
  const answer: DeadlineAnswer = { id, label, text: deadlineText(deadline, values, ruleSet) };
  if (deadline.approximate) return { ...answer, approximate: true };
  const from = deadline.from && resolveMoment(deadline.from, values, ruleSet);
  const until = deadline.until && resolveMoment(deadline.until, values, ruleSet);
  if (from && typeof from === 'object') answer.startsAt = toOffsetDateTime(from.start, ruleSet.timeZone);
  if (until && typeof until === 'object') answer.endsAt = toOffsetDateTime(until.end, ruleSet.timeZone);
  return answer;
}
