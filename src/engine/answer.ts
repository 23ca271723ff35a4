import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { InformationRequest, RuleSet } from '../rulebook/rule-set.ts';
import type { ContactAnswer, DeadlineAnswer, Decision, Labelled, NextStep } from './decision.ts';
import { openingAt } from './opening-hours.ts';
import { resolveMoment, type Values } from './values.ts';
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

export function answerContact({ contact, timeZone }: RuleSet, asOf: number): ContactAnswer | null {
  if (contact === null) return null;
  const { openNow, nextOpenAt } = openingAt(contact, asOf, timeZone);
  return {
    id: contact.id,
    name: contact.name,
    tel: contact.tel,
    hours: contact.hoursText,
    openNow,
    nextOpenAt: nextOpenAt === null ? null : toOffsetDateTime(nextOpenAt, timeZone),
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

/** In the order of the file, each once. */
export function answerDeadlines(ruleSet: RuleSet, values: Values, ids: readonly string[]): DeadlineAnswer[] {
  return [...ruleSet.deadlines.values()]
    .filter((deadline) => ids.includes(deadline.id))
    .map((deadline) => {
      const answer: DeadlineAnswer = {
        id: deadline.id,
        label: deadline.label,
        text: deadlineText(deadline, values, ruleSet),
      };
      if (deadline.approximate) return { ...answer, approximate: true };
      const from = deadline.from && resolveMoment(deadline.from, values, ruleSet);
      const until = deadline.until && resolveMoment(deadline.until, values, ruleSet);
      if (from && typeof from === 'object') answer.startsAt = toOffsetDateTime(from.start, ruleSet.timeZone);
      if (until && typeof until === 'object') answer.endsAt = toOffsetDateTime(until.end, ruleSet.timeZone);
      return answer;
    });
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
