/** RuleSet + facts + asOf → Decision. */
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import { answerAmount, answerInformation } from './answer.ts';
import { type Conclusion, conclude } from './conclude.ts';
import type { Decision } from './decision.ts';
import type { Program } from './program.ts';
import type { CaseFacts } from './read-facts.ts';

export interface DecideOptions {
  /** With every condition that mattered, and not only the rules. */
  explanation: boolean;
}

/** Remembered where a case of the same pattern was decided before; otherwise json-rules-engine is asked. */
export async function decide(program: Program, facts: CaseFacts, options: DecideOptions): Promise<Decision> {
  const pattern = program.patternOf(facts);
  let conclusion = program.memory.get(pattern);
  if (!conclusion) {
    conclusion = await conclude(program, facts);
    program.memory.set(pattern, conclusion);
  }
  return toDecision(program, facts, conclusion, options);
}

/** Puts in what depends on the values of the facts. */
function toDecision(
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
    deadlines: conclusion.deadlines.flatMap((id) => program.deadlines.get(id)?.(facts.values) ?? []),
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
