import { leavesOf } from '../rulebook/references.ts';
import type { Condition, Leaf, RuleSet } from '../rulebook/rule-set.ts';
import { createRuleRunner, type Outcome, type RuleRunner, type Sides, type Told } from './rule-runner.ts';

/** What a condition is made of: comparisons, by index, and named conditions, which are told on their own. */
export type Part = { kind: 'leaf'; index: number } | { kind: 'named'; condition: CompiledCondition };

export interface CompiledCondition {
  /** Each once. */
  parts: readonly Part[];
  /** All comparisons in it, those of named conditions too. */
  leaves: readonly number[];
  /** What json-rules-engine said for a pattern of its parts' truths; undefined where it was never asked. */
  recall(pattern: string): Outcome | undefined;
  /** Asks json-rules-engine, and remembers. */
  learn(pattern: string, sidesOf: (part: number) => Sides): Promise<Outcome>;
}

/** Patterns kept for one condition; one of n parts has at most 3^n, and real cases show a few dozen. */
const PATTERNS_KEPT = 4096;

/** Conditions of one rule set; a named one is compiled once, and what is learnt of it serves all who name it. */
export function conditionCompiler(ruleSet: Pick<RuleSet, 'conditions'>, indexOf: (leaf: Leaf) => number) {
  const named = new Map<string, CompiledCondition>();
  const compileNamed = (name: string): CompiledCondition => {
    const known = named.get(name);
    if (known) return known;
    const found = ruleSet.conditions.get(name);
    if (!found) throw new Error(`condition ${name} is not in the rule set`);
    const compiled = compile(found.condition);
    named.set(name, compiled);
    return compiled;
  };

  const keyOf = (node: Told): string =>
    node.kind === 'leaf' ? `leaf ${indexOf(node)}` : `named ${node.name}`;

  function compile(condition: Condition): CompiledCondition {
    const places = new Map<string, number>();
    const parts: Part[] = [];
    const add = (key: string, make: () => Part): void => {
      if (places.has(key)) return;
      places.set(key, parts.length);
      parts.push(make());
    };
    const collect = (node: Condition): void => {
      if (node.kind === 'leaf') add(keyOf(node), () => ({ kind: 'leaf', index: indexOf(node) }));
      else if (node.kind === 'named')
        add(keyOf(node), () => ({ kind: 'named', condition: compileNamed(node.name) }));
      else if (node.kind === 'not') collect(node.of);
      else node.of.forEach(collect);
    };
    collect(condition);
    const memory = new Map<string, Outcome>();
    /** Asked, not yet answered: many cases at once ask once. */
    const asked = new Map<string, Promise<Outcome>>();
    let runner: RuleRunner | undefined;
    return {
      parts,
      leaves: [...new Set(leavesOf(condition, ruleSet).map(indexOf))],
      recall: (pattern) => memory.get(pattern),
      async learn(pattern, sidesOf) {
        runner ??= createRuleRunner(condition, (node) => places.get(keyOf(node)) ?? -1);
        const answer = asked.get(pattern) ?? runner.run(sidesOf);
        asked.set(pattern, answer);
        const outcome = await answer.finally(() => asked.delete(pattern));
        if (memory.size >= PATTERNS_KEPT) memory.clear();
        memory.set(pattern, outcome);
        return outcome;
      },
    };
  }
  return compile;
}
