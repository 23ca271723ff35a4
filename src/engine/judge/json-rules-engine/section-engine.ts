/** A section judged by json-rules-engine. */
import { Engine } from 'json-rules-engine';
import pLimit from 'p-limit';
import type { RuleSet, Section } from '../../../rulebook/rule-set.ts';
import type { Truth } from '../operators.ts';
import { addKnown, addOperators } from './operators.ts';
import { type SectionRules, sectionRules } from './section-rules.ts';

export interface SectionEngine {
  /** The rules as they are run; made when they are first needed. */
  rules(): SectionRules;
  /**
   * Truths of the section's rules, in order. `factOf` gives the value of a fact, as the library takes it, or UNKNOWN.
   */
  run(factOf: (name: string) => unknown): Promise<Truth[]>;
}

export function createSectionEngine(section: Section, ruleSet: RuleSet): SectionEngine {
  let made: { rules: SectionRules; engine: Engine; facts: readonly string[] } | undefined;
  // INVARIANT: one run at a time. An engine whose runs overlap loses rules without a word (tests/engine/traps.test.ts).
  const inTurn = pLimit(1);
  const ready = () => {
    made ??= build(sectionRules(section, ruleSet, 'known:'));
    return made;
  };
  return {
    rules: () => ready().rules,
    run(factOf) {
      const { rules, engine, facts } = ready();
      return inTurn(async () => {
        const { results } = await engine.run(given(facts, factOf));
        const named = new Set(results.map(({ name }) => name));
        return rules.rules.map(({ name = '' }): Truth => {
          const [holds, fails] = [named.has(name), named.has(`not ${name}`)];
          if (holds && fails) throw new Error(`${section}/${name} held and failed at once`);
          return holds ? 'true' : fails ? 'false' : 'unknown';
        });
      });
    },
  };
}

function build(rules: SectionRules) {
  // Facts that nobody gives are known not to exist. One priority: nothing is left unevaluated.
  const engine = new Engine([], { allowUndefinedFacts: true });
  addOperators(engine);
  addKnown(engine);
  for (const [name, value] of Object.entries(rules.constants)) engine.addFact(name, value);
  for (const [name, condition] of Object.entries(rules.conditions)) engine.setCondition(name, condition);
  for (const rule of [...rules.rules, ...rules.failing]) engine.addRule(rule);
  const read = new Set(factsIn([rules.conditions, rules.rules, rules.failing]));
  return { rules, engine, facts: [...read].filter((name) => !Object.hasOwn(rules.constants, name)) };
}

/** What does not exist is left out. */
function given(facts: readonly string[], factOf: (name: string) => unknown): Record<string, unknown> {
  const values = facts.map((name): [string, unknown] => [name, factOf(name)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** Names of the facts that conditions read, on either side. */
function* factsIn(node: unknown): Iterable<string> {
  if (typeof node !== 'object' || node === null) return;
  if ('fact' in node && typeof node.fact === 'string') yield node.fact;
  for (const part of Object.values(node)) yield* factsIn(part);
}
