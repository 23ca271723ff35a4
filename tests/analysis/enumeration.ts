/** What a rule set says of every case there is, worked out without the solver: all facts tried with all their values. */

import {
  type Conclusions,
  NONE,
  resolveExpression,
  resolveMoment,
  resolveOperand,
  type Value,
  type Values,
} from '../../src/engine/facts/values.ts';
import { truthOf } from '../../src/engine/judge/operators.ts';
import type { Condition, Leaf, Rule, RuleSet } from '../../src/rulebook/rule-set.ts';
import { type SectionKind, sectionsOfKind } from '../../src/rulebook/sections.ts';

export interface Answered {
  values: Values;
  isContradictory: boolean;
  named(name: string): boolean;
  holds(rule: Rule): boolean;
  speaks(rule: Rule): boolean;
}

const FIRST: readonly SectionKind[] = ['state', 'claim', 'outcome', 'amount'];
const MAKERS: Record<string, string> = { category: 'eligibility', remedy: 'remedies' };

export function answer(ruleSet: RuleSet, values: Values): Answered {
  const inSection = (section: string): Rule[] => ruleSet.rules.filter((rule) => rule.section === section);
  const truth = (leaf: Leaf): boolean => {
    let left: Value | undefined = values.get(leaf.fact);
    if (leaf.source === 'conclusion') {
      const isRule = leaf.fact.endsWith('.rule');
      const name = leaf.fact.replace(/\.rule$/, '');
      const speaking = inSection(MAKERS[name] ?? name).filter(speaks);
      const ids = new Set(speaking.map((rule) => (isRule ? rule.id : rule.concludes)));
      const single = name !== 'category' && name !== 'remedy';
      left = { kind: 'conclusions', must: ids, may: ids, single } satisfies Conclusions;
    }
    return truthOf(leaf.operator, left ?? NONE, resolveOperand(leaf.operand, values, ruleSet)) === 'true';
  };
  const meets = (condition: Condition | null): boolean => {
    if (condition === null) return true;
    if (condition.kind === 'leaf') return truth(condition);
    if (condition.kind === 'named') return named(condition.name);
    if (condition.kind === 'not') return !meets(condition.of);
    return condition.kind === 'all' ? condition.of.every(meets) : condition.of.some(meets);
  };
  const named = (name: string): boolean => meets(ruleSet.conditions.get(name)?.condition ?? null);
  const known = new Map<Rule, boolean>();
  const holds = (rule: Rule): boolean => {
    const before = known.get(rule);
    if (before !== undefined) return before;
    const held = meets(rule.when);
    known.set(rule, held);
    return held;
  };
  const speaks = (rule: Rule): boolean =>
    FIRST.includes(rule.kind) ? inSection(rule.section).find(holds) === rule : holds(rule);
  return {
    values,
    isContradictory: inSection('contradictions').some(holds),
    named,
    holds,
    speaks,
  };
}

export function everyCase(
  pool: readonly string[],
  choices: (fact: string) => readonly Value[],
): Map<string, Value>[] {
  let cases: Map<string, Value>[] = [new Map()];
  for (const fact of new Set([...pool, 'asOf'])) {
    // An instant judged that no condition reads makes no difference.
    const values = pool.includes(fact) ? choices(fact) : choices(fact).slice(0, 1);
    cases = cases.flatMap((one) => values.map((value) => new Map(one).set(fact, value)));
  }
  return cases;
}

/** Everything that an answer says, as texts: by field for what is one word, by field and id for the rest. */
export function wordsOf(ruleSet: RuleSet, { speaks, values }: Answered) {
  const speaking = ruleSet.rules.filter(speaks);
  const ids = (section: string): string[] =>
    speaking.filter((rule) => rule.section === section).map(({ concludes }) => concludes);
  const guiding = speaking.filter(({ kind }) => ['outcome', 'state', 'claim', 'advice'].includes(kind));
  const unique = (all: string[]): string[] => [...new Set(all)].sort();
  const ofOwn = (kind: SectionKind, shared: string): string[] =>
    speaking
      .filter((rule) => rule.kind === kind && rule.section !== shared)
      .map(({ section, concludes }) => `${section}/${concludes}`);
  const amounts = sectionsOfKind(ruleSet, 'amount').map(({ name }) => {
    const amount = speaking.find(({ section }) => section === name)?.amount ?? null;
    const value = amount?.value ? Number(resolveExpression(amount.value, values)) : null;
    return [name, { value, remark: amount === null ? 'none' : `${amount.final}` }] as const;
  });
  const deadlines = unique(guiding.flatMap((rule) => rule.deadlines));
  return {
    outcome: ids('outcome'),
    voucherState: ids('voucherState'),
    claimState: ids('claimState'),
    states: ofOwn('state', 'voucherState'),
    claims: ofOwn('claim', 'claimState'),
    categories: ids('eligibility'),
    remedies: ids('remedies'),
    nextSteps: unique(guiding.flatMap((rule) => rule.nextSteps)),
    deadlines,
    assumptions: speaking.filter(({ section }) => section === 'assumptions').map(({ label }) => label),
    /** By section. */
    amounts: new Map(amounts),
    dates: new Map(
      deadlines.map((id) => {
        const moments = [ruleSet.deadlines.get(id)?.from, ruleSet.deadlines.get(id)?.until];
        return [
          id,
          JSON.stringify(
            moments.map((moment) => moment && String(JSON.stringify(resolveMoment(moment, values, ruleSet)))),
          ),
        ];
      }),
    ),
  };
}
