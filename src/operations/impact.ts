/** What a candidate for the rules would have answered. Nothing is written. */
import { countImpact, type Impact, type JudgedBefore } from '../analysis/diff/impact.ts';
import { parseJson } from '../audit/parse-json.ts';
import { allDecisions } from '../decisions/all-decisions.ts';
import type { DecisionStore } from '../decisions/store.ts';
import { readLoggedAnswer } from '../engine/answer/answer-schema.ts';
import type { Decision } from '../engine/answer/fields.ts';
import { decide } from '../engine/decide.ts';
import { readLoggedFacts } from '../engine/facts/read-facts.ts';
import { compile, type Program } from '../engine/program.ts';
import type { LocalizedText } from '../rulebook/lang.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';

const ERASED: LocalizedText = { ja: '事実が消去されています', en: 'The facts were erased' };
const PARTIAL: LocalizedText = {
  ja: '事実・回答・ソルトの一部だけが残っています',
  en: 'Only some of facts, answer and salt are there',
};
const UNREADABLE: LocalizedText = {
  ja: '今のプログラムでは記録された回答を読めません',
  en: 'This program cannot read the logged answer',
};

/** A case with what names it; `problem` where it cannot be read. */
export interface NamedCase extends Omit<JudgedBefore, 'answer'> {
  problem?: LocalizedText;
}

/** Of all that was decided by its rule set, beside what was answered. Rejects with StoreUnavailable. */
export async function impactOnLog(store: Pick<DecisionStore, 'page'>, candidate: RuleSet): Promise<Impact> {
  const { prefecture, incident } = candidate;
  const count = countImpact(compile(candidate));
  for await (const decision of allDecisions(store, { prefecture, incident })) {
    const { id: name, asOf } = decision;
    if ('missing' in decision) count.skip(name, PARTIAL);
    else if (decision.answer === null) count.skip(name, ERASED);
    else {
      const answer = readLoggedAnswer(decision.answer)?.decision;
      if (answer) await count.add({ name, facts: parseJson(decision.facts), asOf: asOf.getTime(), answer });
      else count.skip(name, UNREADABLE);
    }
  }
  return count.result();
}

/** Of cases, judged by the rules before and by the candidate. */
export async function impactOnCases(
  cases: AsyncIterable<NamedCase>,
  before: RuleSet,
  candidate: RuleSet,
): Promise<Impact> {
  const count = countImpact(compile(candidate));
  const program = compile(before);
  for await (const { problem, ...given } of cases) {
    const answer = problem ?? (await answerOf(program, given));
    if ('outcome' in answer) await count.add({ ...given, answer });
    else count.skip(given.name, answer);
  }
  return count.result();
}

async function answerOf(program: Program, { facts, asOf }: NamedCase): Promise<Decision | LocalizedText> {
  const read = readLoggedFacts(program.ruleSet.vocabulary, facts, asOf);
  if (read.facts !== null) return decide(program, read.facts, { explanation: false });
  const [problem] = read.problems;
  return {
    ja: `今のルールで判定できません：${problem?.detailJa ?? ''}`,
    en: `The rules as they are refuse it: ${problem?.detail ?? ''}`,
  };
}
