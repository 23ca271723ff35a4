/** What POST /try and `hosho evaluate` do: decide and answer, and log nothing. */
import type { JsonText } from '../decisions/store.ts';
import { answerText } from '../engine/answer/answer.ts';
import { type EvaluationRequest, type Judged, type Judging, judge, type Unjudged } from './judge.ts';

export type Tried =
  /** The answer of POST /evaluate with `"id":null`, `"decidedAt":null` and `"logged":false`; and what it was made from. */
  { kind: 'decided'; answer: JsonText; judged: Judged } | Unjudged;

export async function tryRequest(judging: Judging, request: EvaluationRequest): Promise<Tried> {
  const judged = await judge(judging, request);
  if (judged.kind !== 'judged') return judged;
  const { ruleSet, by, facts, template } = judged;
  const explanation = request.explain === 'full';
  return {
    kind: 'decided',
    answer: answerText(ruleSet, facts, template, 'tried', { explanation }, by),
    judged,
  };
}
