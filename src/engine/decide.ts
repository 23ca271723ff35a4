/** RuleSet + facts + asOf → Decision. */
import type { Decision } from './answer/fields.ts';
import type { AnswerOptions, DecisionTemplate } from './answer/template.ts';
import { answerObject, decisionTemplate } from './answer/template.ts';
import type { CaseFacts } from './facts/read-facts.ts';
import type { Disagreement } from './judge/rules.ts';
import type { Program } from './program.ts';

/** json-rules-engine and the walk over the conditions said different things of some rules: a fault of this program. */
export class EngineDisagreement extends Error {
  override readonly name = 'EngineDisagreement';
  readonly disagreements: readonly Disagreement[];
  constructor(disagreements: readonly Disagreement[]) {
    super(`json-rules-engine disagrees: ${JSON.stringify(disagreements)}`);
    this.disagreements = disagreements;
  }
}

/** Rejects with EngineDisagreement. */
export async function decide(program: Program, facts: CaseFacts, options: AnswerOptions): Promise<Decision> {
  const found = templateFor(program, facts);
  const template = found instanceof Promise ? await found : found;
  if (template.disagreements.length > 0) throw new EngineDisagreement(template.disagreements);
  return answerObject(program, facts, template, options);
}

/** At once where a case with the same key was decided before; otherwise json-rules-engine is asked. */
export function templateFor(
  program: Program,
  facts: CaseFacts,
): DecisionTemplate | Promise<DecisionTemplate> {
  const key = program.keyOf(facts);
  return (
    program.memory.get(key) ??
    decisionTemplate(program, facts).then((template) => {
      program.memory.set(key, template);
      return template;
    })
  );
}
