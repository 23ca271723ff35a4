/**
 * The meaning of a rule set said a second time, as plainly as possible: every fact known, true or false, no memory,
 * no json-rules-engine. What is settled is found by trying every way of filling the unknown facts.
 */

import type { CaseFacts } from '../../src/engine/facts/read-facts.ts';
import {
  type Conclusions,
  NONE,
  resolveOperand,
  UNKNOWN,
  type Value,
  type Values,
} from '../../src/engine/facts/values.ts';
import { truthOf } from '../../src/engine/judge/operators.ts';
import type { Program } from '../../src/engine/program.ts';
import type { Condition, Leaf, RuleSet } from '../../src/rulebook/rule-set.ts';

export interface Concluded {
  outcome: string;
  voucherState: string;
  claimState: string;
  categories: string[];
  remedies: string[];
}

const only = (ids: string[], single: boolean): Conclusions => ({
  kind: 'conclusions',
  must: new Set(ids),
  may: new Set(ids),
  single,
});

/** What follows from facts that are all known; null where they contradict each other. */
export function conclude(ruleSet: RuleSet, values: Values): Concluded | null {
  const concluded = new Map<string, Conclusions>();
  const truth = (leaf: Leaf): boolean => {
    const left = (leaf.source === 'conclusion' ? concluded.get(leaf.fact) : values.get(leaf.fact)) ?? NONE;
    return truthOf(leaf.operator, left, resolveOperand(leaf.operand, values, ruleSet)) === 'true';
  };
  const holds = (condition: Condition | null): boolean => {
    if (condition === null) return true;
    switch (condition.kind) {
      case 'leaf':
        return truth(condition);
      case 'named':
        return holds(ruleSet.conditions.get(condition.name)?.condition ?? null);
      case 'not':
        return !holds(condition.of);
      case 'all':
        return condition.of.every(holds);
      case 'any':
        return condition.of.some(holds);
    }
  };
  const holding = (section: string) =>
    ruleSet.rules.filter((rule) => rule.section === section && holds(rule.when));
  const collect = (section: string, name: string): string[] => {
    const ids = holding(section).map((rule) => rule.concludes);
    concluded.set(name, only(ids, false));
    return ids;
  };
  const first = (section: string): string => {
    const [rule] = holding(section);
    concluded.set(section, only(rule ? [rule.concludes] : [], true));
    concluded.set(`${section}.rule`, only(rule ? [rule.id] : [], true));
    return rule?.concludes ?? '';
  };
  if (holding('contradictions').length > 0) return null;
  const categories = collect('eligibility', 'category');
  const voucherState = first('voucherState');
  const claimState = first('claimState');
  const outcome = first('outcome');
  return { categories, voucherState, claimState, outcome, remedies: collect('remedies', 'remedy') };
}

/** Every way of filling the unknown facts from `choices` that does not contradict itself, with what follows. */
export function fillings(
  ruleSet: RuleSet,
  given: ReadonlyMap<string, Value>,
  choices: (fact: string) => readonly Value[],
): { filling: Value[]; concluded: Concluded }[] {
  const unknown = unknownFacts(given);
  const found: { filling: Value[]; concluded: Concluded }[] = [];
  const filled = new Map(given);
  const fill = (depth: number, filling: Value[]): void => {
    const fact = unknown[depth];
    if (fact === undefined) {
      const concluded = conclude(ruleSet, filled);
      if (concluded) found.push({ filling, concluded });
      return;
    }
    for (const value of choices(fact)) {
      filled.set(fact, value);
      fill(depth + 1, [...filling, value]);
    }
  };
  fill(0, []);
  return found;
}

/** The slots of a case by name. */
export const byName = ({ layout }: Program, { slots }: CaseFacts): Map<string, Value> =>
  new Map(layout.facts.map((fact, slot) => [fact, slots[slot] ?? UNKNOWN]));

export const unknownFacts = (given: ReadonlyMap<string, Value>): string[] =>
  [...given].filter(([, value]) => value === UNKNOWN).map(([fact]) => fact);

/** The facts of which two ways of filling that differ in nothing else give different conclusions. */
export function relevantFacts(
  unknown: readonly string[],
  all: readonly { filling: Value[]; concluded: Concluded }[],
): string[] {
  const key = (value: Value): string => (value instanceof Set ? [...value].sort().join() : String(value));
  return unknown.filter((_, i) => {
    const seen = new Map<string, string>();
    return all.some(({ filling, concluded }) => {
      const rest = filling.map((value, j) => (i === j ? '' : key(value))).join('|');
      const text = JSON.stringify(concluded);
      const before = seen.get(rest);
      seen.set(rest, text);
      return before !== undefined && before !== text;
    });
  });
}
