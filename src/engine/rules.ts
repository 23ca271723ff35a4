import { AS_OF } from '../rulebook/basics.ts';
import { leavesOf } from '../rulebook/references.ts';
import { type Leaf, type Rule, type RuleSet, SECTION_NAMES, type Section } from '../rulebook/rule-set.ts';
import { type Comparison, compileComparison } from './compile-leaf.ts';
import { PatternMemory } from './memory.ts';
import { createRuleRunner, type RuleOutcome, type RuleRunner, type Sides } from './rule-runner.ts';
import { type Layout, layoutOf } from './slots.ts';
import { type Conclusions, factsOf } from './values.ts';

/** A distinct comparison of the rule set, however many rules make it. */
export interface CompiledLeaf {
  leaf: Leaf;
  /** Facts of the case that its truth depends on; none for a comparison of conclusions or of asOf with a date. */
  facts: readonly string[];
  /** Compares what the case says with something else that the case says, not with what the rule file says. */
  isMixed: boolean;
  /** null where it reads what earlier sections concluded. */
  comparison: Comparison | null;
}

export interface CompiledRule {
  rule: Rule;
  leaves: readonly number[];
  /** What json-rules-engine said for a pattern of leaf truths; undefined where it was never asked. */
  recall(pattern: string): RuleOutcome | undefined;
  /** Asks json-rules-engine, and remembers. */
  learn(pattern: string, sides: (leaf: number) => Sides): Promise<RuleOutcome>;
}

export interface RuleStanding {
  compiled: CompiledRule;
  outcome: RuleOutcome;
}

/** What a section says. Sections that take the first rule that holds stop there. */
export interface SectionStanding {
  section: Section;
  /** Every rule looked at, in order. */
  rules: readonly RuleStanding[];
  /** Rules that hold, or that may be the first to hold. */
  holding: readonly CompiledRule[];
  open: readonly CompiledRule[];
  /** What later rules read of it, and the same as text. */
  concluded: readonly { name: string; conclusions: Conclusions; text: string }[];
}

export interface CompiledSection {
  rules: readonly CompiledRule[];
  /** What its rules compare of facts, and what they read of earlier conclusions, each once. */
  leaves: readonly number[];
  reads: readonly string[];
  /** What it said for a pattern of these. */
  memory: PatternMemory<SectionStanding>;
}

/** The rules of a rule set, made ready to be judged. */
export interface Rules {
  ruleSet: RuleSet;
  layout: Layout;
  leaves: readonly CompiledLeaf[];
  /** Where a comparison as written stands among the distinct ones. */
  indexOf(leaf: Leaf): number;
  sections: Readonly<Record<Section, CompiledSection>>;
}

const ALWAYS: RuleOutcome = { truth: 'true', mattered: [] };
/** Patterns kept for one rule or section; a rule of n leaves has at most 3^n, and real cases show a few dozen. */
const PATTERNS_KEPT = 4096;

export function compileRules(ruleSet: RuleSet): Rules {
  const layout = layoutOf(ruleSet.vocabulary);
  const indexes = new Map<string, number>();
  const leaves: CompiledLeaf[] = [];
  const indexOf = (leaf: Leaf): number => {
    const key = JSON.stringify([leaf.source, leaf.fact, leaf.operator, leaf.operand]);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, leaves.length);
    const ofCase = leaf.source === 'fact';
    const facts = [...new Set([...(ofCase ? [leaf.fact] : []), ...factsOf(leaf.operand, ruleSet.deadlines)])];
    leaves.push({
      leaf,
      facts: facts.filter((fact) => fact !== AS_OF),
      isMixed: facts.length > 1,
      comparison: ofCase ? compileComparison(leaf, ruleSet, layout) : null,
    });
    return leaves.length - 1;
  };
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => [section, compileSection(section, ruleSet, indexOf, leaves)]),
  ) as Record<Section, CompiledSection>;
  return { ruleSet, layout, leaves, indexOf, sections };
}

function compileSection(
  section: Section,
  ruleSet: RuleSet,
  indexOf: (leaf: Leaf) => number,
  all: readonly CompiledLeaf[],
): CompiledSection {
  const rules = ruleSet.rules
    .filter((rule) => rule.section === section)
    .map((rule) => compileRule(rule, ruleSet, indexOf));
  const leaves: number[] = [];
  const reads = new Set<string>();
  for (const index of new Set(rules.flatMap((rule) => rule.leaves))) {
    const leaf = all[index]?.leaf;
    if (leaf?.source === 'fact') leaves.push(index);
    else if (leaf) reads.add(leaf.fact);
  }
  const memory = new PatternMemory<SectionStanding>(PATTERNS_KEPT);
  return { rules, leaves, reads: [...reads], memory };
}

function compileRule(rule: Rule, ruleSet: RuleSet, indexOf: (leaf: Leaf) => number): CompiledRule {
  if (rule.when === null) return { rule, leaves: [], recall: () => ALWAYS, learn: async () => ALWAYS };
  const condition = rule.when;
  const leaves = [...new Set(leavesOf(condition, ruleSet).map(indexOf))];
  const memory = new Map<string, RuleOutcome>();
  /** Asked, not yet answered: many cases at once ask once. */
  const asked = new Map<string, Promise<RuleOutcome>>();
  let runner: RuleRunner | undefined;
  return {
    rule,
    leaves,
    recall: (pattern) => memory.get(pattern),
    async learn(pattern, sides) {
      runner ??= createRuleRunner(condition, ruleSet, indexOf);
      const answer = asked.get(pattern) ?? runner.run(sides);
      asked.set(pattern, answer);
      const outcome = await answer.finally(() => asked.delete(pattern));
      if (memory.size >= PATTERNS_KEPT) memory.clear();
      memory.set(pattern, outcome);
      return outcome;
    },
  };
}

export function leafAt(rules: Rules, index: number): CompiledLeaf {
  const compiled = rules.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled;
}
