import { leavesOf } from '../rulebook/references.ts';
import type { Condition, Leaf, RuleSet } from '../rulebook/rule-set.ts';
import type { Truth } from './operators.ts';
import { createRuleRunner, type Outcome, type RuleRunner, type Sides, type Told } from './rule-runner.ts';

/** What a condition is made of: comparisons, by index, and named conditions, which are told on their own. */
export type Part = { kind: 'leaf'; index: number } | { kind: 'named'; condition: CompiledCondition };

/** What a comparison or a condition comes to: the same object wherever the same mattered. */
export interface Finding {
  truth: Truth;
  /** The comparisons that made it so, by index: those that hold, those that fail, or those that cannot be told. */
  mattered: readonly number[];
  /** Among the findings of that comparison or condition. */
  id: number;
}

export interface CompiledCondition {
  /** Each once. */
  parts: readonly Part[];
  /** All comparisons in it, those of named conditions too. */
  leaves: readonly number[];
  /** From what its parts come to; undefined where json-rules-engine was never asked. */
  recall(findingOf: (part: Part) => Finding): Finding | undefined;
  /** Asks json-rules-engine, and remembers. */
  learn(findingOf: (part: Part) => Finding, sidesOf: (part: Part) => Sides): Promise<void>;
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
    /** What json-rules-engine said for the truths of the parts, and what that came to for the findings of the parts. */
    const outcomes = new Map<string, Outcome>();
    const findings = new Map<string, Finding>();
    let nextId = 0;
    /** Asked, not yet answered: many cases at once ask once. */
    const asked = new Map<string, Promise<Outcome>>();
    let runner: RuleRunner | undefined;
    const truthsOf = (findingOf: (part: Part) => Finding): string =>
      parts.map((part) => findingOf(part).truth).join();
    return {
      parts,
      leaves: [...new Set(leavesOf(condition, ruleSet).map(indexOf))],
      recall(findingOf) {
        let key = '';
        for (const part of parts) key += `${findingOf(part).id},`;
        const known = findings.get(key);
        if (known) return known;
        const outcome = outcomes.get(truthsOf(findingOf));
        if (!outcome) return undefined;
        const mattered = outcome.mattered.flatMap((place) => {
          const part = parts[place];
          return part ? findingOf(part).mattered : [];
        });
        // The ids go on: those of conditions that are made of this one still mean what they meant.
        const finding = { truth: outcome.truth, mattered: [...new Set(mattered)], id: nextId++ };
        if (findings.size >= PATTERNS_KEPT) findings.clear();
        findings.set(key, finding);
        return finding;
      },
      async learn(findingOf, sidesOf) {
        runner ??= createRuleRunner(condition, (node) => places.get(keyOf(node)) ?? -1);
        const truths = truthsOf(findingOf);
        const answer =
          asked.get(truths) ??
          runner.run((place) => {
            const part = parts[place];
            if (!part) throw new Error(`no part ${place}`);
            return sidesOf(part);
          });
        asked.set(truths, answer);
        const outcome = await answer.finally(() => asked.delete(truths));
        if (outcomes.size >= PATTERNS_KEPT) outcomes.clear();
        outcomes.set(truths, outcome);
      },
    };
  }
  return compile;
}
