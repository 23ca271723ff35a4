import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { Deadline, InformationRequest, Rule, RuleSet } from '../rulebook/rule-set.ts';
import type { ContactAnswer, DeadlineAnswer, Decision, Labelled, NextStep } from './decision.ts';
import { compileOpening } from './opening-hours.ts';
import { remembered } from './remembered.ts';
import { factsOfDeadline, resolveExpression, resolveMoment, UNKNOWN, type Values } from './values.ts';
import { deadlineText } from './wording.ts';

/** The clauses cited, each once, quoted in the order of the notice. */
export class Citations {
  private readonly ids = new Set<string>();
  private readonly ruleSet: RuleSet;

  constructor(ruleSet: RuleSet) {
    this.ruleSet = ruleSet;
  }

  add(clauses: readonly string[]): void {
    for (const clause of clauses) this.ids.add(clause);
  }

  list(): Decision['citations'] {
    return [...this.ruleSet.clauses.values()]
      .filter((clause) => this.ids.has(clause.id))
      .map((clause) => ({ clause: clause.id, text: clause.text }));
  }
}

/** The contact as at an instant, in epoch milliseconds. */
export function compileContact({ contact, timeZone }: RuleSet): (asOf: number) => ContactAnswer | null {
  if (contact === null) return () => null;
  const openingAt = compileOpening(contact, timeZone);
  const { id, name, tel, hoursText: hours } = contact;
  const known = new Map<string, ContactAnswer>();
  return (asOf) => {
    const { openNow, nextOpenAt } = openingAt(asOf);
    return remembered(known, `${openNow} ${nextOpenAt}`, () => ({
      ...{ id, name, tel, hours, openNow },
      nextOpenAt: nextOpenAt === null ? null : toOffsetDateTime(nextOpenAt, timeZone),
    }));
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

export type AnswerDeadline = (values: Values) => DeadlineAnswer;

/** A deadline as it is answered; worked out once, or once for each day that it is counted from. */
export function compileDeadline(deadline: Deadline, ruleSet: RuleSet): AnswerDeadline {
  const facts = factsOfDeadline(deadline.id, ruleSet.deadlines);
  if (facts.length === 0) {
    const answer = answerDeadline(deadline, { get: () => undefined }, ruleSet);
    return () => answer;
  }
  const known = new Map<string, DeadlineAnswer>();
  return (values) =>
    remembered(known, facts.map((fact) => String(values.get(fact))).join(), () =>
      answerDeadline(deadline, values, ruleSet),
    );
}

export function answerDeadlines(
  known: ReadonlyMap<string, AnswerDeadline>,
  ids: readonly string[],
  values: Values,
): DeadlineAnswer[] {
  const answers: DeadlineAnswer[] = [];
  for (const id of ids) {
    const answerFor = known.get(id);
    if (answerFor) answers.push(answerFor(values));
  }
  return answers;
}

function answerDeadline(deadline: Deadline, values: Values, ruleSet: RuleSet): DeadlineAnswer {
  const { id, label } = deadline;
  const answer: DeadlineAnswer = { id, label, text: deadlineText(deadline, values, ruleSet) };
  if (deadline.approximate) return { ...answer, approximate: true };
  const from = deadline.from && resolveMoment(deadline.from, values, ruleSet);
  const until = deadline.until && resolveMoment(deadline.until, values, ruleSet);
  if (from && typeof from === 'object') answer.startsAt = toOffsetDateTime(from.start, ruleSet.timeZone);
  if (until && typeof until === 'object') answer.endsAt = toOffsetDateTime(until.end, ruleSet.timeZone);
  return answer;
}

/** null where there is none, or where a fact that it needs is unknown. */
export function answerAmount(amount: Rule['amount'], values: Values): Decision['amount'] {
  if (amount === null) return null;
  if (amount.yen === null) return { yen: null, final: amount.final };
  const yen = resolveExpression(amount.yen, values);
  return yen === UNKNOWN ? null : { yen, final: amount.final };
}

export function answerInformation(
  ruleSet: RuleSet,
  values: Values,
  requests: readonly InformationRequest[],
): Labelled[] {
  const items = new Map<string, Labelled>();
  for (const { list, missingFrom, only } of requests) {
    const held = missingFrom === null ? undefined : values.get(missingFrom);
    for (const item of ruleSet.lists.get(list)?.items ?? []) {
      const wanted = only === null || only.includes(item.id);
      if (wanted && !(held instanceof Set && held.has(item.id)) && !items.has(item.id))
        items.set(item.id, item);
    }
  }
  return [...items.values()];
}

/** In the order to ask: that of the vocabulary. */
export function answerMissing(
  { vocabulary }: RuleSet,
  missing: ReadonlySet<string>,
): Decision['missingFacts'] {
  return [...vocabulary.facts.values()]
    .filter((fact) => missing.has(fact.name))
    .map((fact) => ({ fact: fact.name, label: fact.label, question: fact.question }));
}
