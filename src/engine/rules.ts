import { AS_OF } from '../rulebook/basics.ts';
import { type Leaf, type Rule, type RuleSet, SECTION_NAMES, type Section } from '../rulebook/rule-set.ts';
import { type CompiledCondition, conditionCompiler, type Finding } from './compile-condition.ts';
import { type Comparison, compileComparison } from './compile-leaf.ts';
import { PatternMemory } from './memory.ts';
import type { Truth } from './operators.ts';
import { remembered } from './remembered.ts';
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
  findings: Readonly<Record<Truth, Finding>>;
}

export interface CompiledRule {
  rule: Rule;
  /** null where it always holds. */
  condition: CompiledCondition | null;
  /** What it compares, by index. */
  leaves: readonly number[];
}

/** What a section says. Sections that take the first rule that holds stop there. */
export interface SectionStanding {
  section: Section;
  /** Of every rule looked at, in the order of the section's rules. */
  findings: readonly Finding[];
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

/** Patterns kept for one section. */
const PATTERNS_KEPT = 4096;

export function compileRules(ruleSet: RuleSet): Rules {
  const layout = layoutOf(ruleSet.vocabulary);
  const written = new Map<Leaf, number>();
  const indexes = new Map<string, number>();
  const leaves: CompiledLeaf[] = [];
  const indexOf = (leaf: Leaf): number => remembered(written, leaf, () => distinct(leaf));
  const distinct = (leaf: Leaf): number => {
    const key = JSON.stringify([leaf.source, leaf.fact, leaf.operator, leaf.operand]);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, leaves.length);
    const ofCase = leaf.source === 'fact';
    const facts = [...new Set([...(ofCase ? [leaf.fact] : []), ...factsOf(leaf.operand, ruleSet.deadlines)])];
    const index = leaves.length;
    const finding = (truth: Truth, id: number): Finding => ({ truth, mattered: [index], id });
    leaves.push({
      leaf,
      facts: facts.filter((fact) => fact !== AS_OF),
      isMixed: facts.length > 1,
      comparison: ofCase ? compileComparison(leaf, ruleSet, layout) : null,
      findings: { false: finding('false', 0), true: finding('true', 1), unknown: finding('unknown', 2) },
    });
    return index;
  };
  const compileCondition = conditionCompiler(ruleSet, indexOf);
  const compileRule = (rule: Rule): CompiledRule => {
    const condition = rule.when && compileCondition(rule.when);
    return { rule, condition, leaves: condition?.leaves ?? [] };
  };
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => {
      const rules = ruleSet.rules.filter((rule) => rule.section === section).map(compileRule);
      return [section, compileSection(rules, leaves)];
    }),
  ) as Record<Section, CompiledSection>;
  return { ruleSet, layout, leaves, indexOf, sections };
}

function compileSection(rules: readonly CompiledRule[], all: readonly CompiledLeaf[]): CompiledSection {
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

export function leafAt(rules: Rules, index: number): CompiledLeaf {
  const compiled = rules.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled;
}
