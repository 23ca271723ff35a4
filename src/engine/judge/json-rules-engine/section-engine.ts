/** Rules of a section, judged by json-rules-engine. */
import { Engine } from 'json-rules-engine';
import type { RuleSet } from '../../../rulebook/rule-set.ts';
import type { Section } from '../../../rulebook/sections.ts';
import type { Truth } from '../operators.ts';
import { addKnown, addOperators } from './operators.ts';
import { type SectionRules, sectionRules } from './section-rules.ts';

export type SectionEngine = ReturnType<typeof createSectionEngine>;

export function createSectionEngine(section: Section, ruleSet: RuleSet) {
  let made: { rules: SectionRules; runnable: Runnable[] } | undefined;
  const ready = () => {
    if (made === undefined) {
      const rules = sectionRules(section, ruleSet, 'known:');
      made = { rules, runnable: rules.rules.map((_, place) => runnableAt(rules, place)) };
    }
    return made;
  };
  return {
    /** The section's rules as they are run; made when they are first needed. */
    rules: () => ready().rules,
    /**
     * Truths of the rules at these places of the section. `factOf` gives the value of a fact, as the library takes it, or
     * UNKNOWN.
     */
    async run(places: readonly number[], factOf: (name: string) => unknown): Promise<Truth[]> {
      const { rules, runnable } = ready();
      const chosen = places.flatMap((place) => runnable[place] ?? []);
      const held = await namesHolding(rules, chosen, factOf);
      return places.map((place) => {
        const name = rules.rules[place]?.name ?? '';
        const [holds, fails] = [held.has(name), held.has(`not ${name}`)];
        if (holds && fails) throw new Error(`${section.name}/${name} held and failed at once`);
        return holds ? 'true' : fails ? 'false' : 'unknown';
      });
    },
  };
}

/**
 * INVARIANT: an engine serves one run. One whose runs overlap loses rules without a word (tests/engine/traps.test.ts). One
 * priority: nothing is left unevaluated.
 */
async function namesHolding(
  section: SectionRules,
  runnable: readonly Runnable[],
  factOf: (name: string) => unknown,
): Promise<ReadonlySet<string>> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  addOperators(engine);
  addKnown(engine);
  for (const name of new Set(runnable.flatMap(({ conditions }) => [...conditions]))) {
    const condition = section.conditions[name];
    if (condition) engine.setCondition(name, condition);
  }
  for (const { rules } of runnable) for (const rule of rules) engine.addRule(rule);
  const facts: Record<string, unknown> = {};
  for (const name of new Set(runnable.flatMap((each) => [...each.facts]))) {
    const value = section.constants[name] ?? factOf(name);
    // What does not exist is left out.
    if (value !== undefined) facts[name] = value;
  }
  const { results } = await engine.run(facts);
  return new Set(results.map(({ name }) => name));
}

type Runnable = ReturnType<typeof runnableAt>;

/** A rule as holding and as failing, with the conditions and facts that they need. */
function runnableAt(section: SectionRules, place: number) {
  const rules = [section.rules[place], section.failing[place]].flatMap((rule) => rule ?? []);
  const [conditions, facts] = [new Set<string>(), new Set<string>()];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('fact' in node && typeof node.fact === 'string') facts.add(node.fact);
    if ('condition' in node && typeof node.condition === 'string' && !conditions.has(node.condition)) {
      conditions.add(node.condition);
      visit(section.conditions[node.condition]);
    }
    Object.values(node).forEach(visit);
  };
  for (const { conditions: tree } of rules) visit(tree);
  return { rules, conditions, facts };
}
