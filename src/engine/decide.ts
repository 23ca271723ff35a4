/** RuleSet + facts + asOf → Decision. */
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import { answerAmount, answerDeadlines, answerInformation } from './answer.ts';
import { type Conclusion, conclude } from './conclude.ts';
import type { Decision } from './decision.ts';
import type { Program } from './program.ts';
import type { CaseFacts } from './read-facts.ts';

export interface DecideOptions {
  /** With every condition that mattered, and not only the rules. */
  explanation: boolean;
}

export async function decide(program: Program, facts: CaseFacts, options: DecideOptions): Promise<Decision> {
  return toDecision(program, facts, await conclusionFor(program, facts), options);
}

/** At once where a case of the same pattern was decided before; otherwise json-rules-engine is asked. */
export function conclusionFor(program: Program, facts: CaseFacts): Conclusion | Promise<Conclusion> {
  const pattern = program.patternOf(facts);
  return (
    program.memory.get(pattern) ??
    conclude(program, facts).then((conclusion) => {
      program.memory.set(pattern, conclusion);
      return conclusion;
    })
  );
}

/** Puts in what depends on the values of the facts. `decisionText` writes the same. */
export function toDecision(
  program: Program,
  facts: CaseFacts,
  conclusion: Conclusion,
  { explanation }: DecideOptions,
): Decision {
  const { ruleSet } = program;
  const { said } = conclusion;
  const asOf = Number(facts.slots[0]);
  const decision: Decision = {
    asOf: toOffsetDateTime(asOf, ruleSet.timeZone),
    outcome: said.outcome,
    outcomeLabel: said.outcomeLabel,
    categories: said.categories,
    remedies: said.remedies,
    amount: answerAmount(conclusion.amount, facts.values),
    voucherState: said.voucherState,
    claimState: said.claimState,
    nextSteps: said.nextSteps,
    deadlines: answerDeadlines(program.deadlines, conclusion.deadlines, facts.values),
    requiredInformation: answerInformation(ruleSet, facts.values, conclusion.information),
    missingFacts: said.missingFacts,
    contradictions: said.contradictions,
    contact: program.contactAt(asOf),
    citations: said.citations,
    assumptions: said.assumptions,
    reasons: said.reasons,
  };
  return explanation ? { ...decision, explanation: conclusion.explain(facts) } : decision;
}
