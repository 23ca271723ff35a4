import { AS_OF } from '../../rulebook/basics.ts';
import { leavesOf } from '../../rulebook/references.ts';
import { type Leaf, type Rule, type RuleSet, SECTION_NAMES, type Section } from '../../rulebook/rule-set.ts';
import { createMemory, type Memory } from '../cache/memory.ts';
import { type Layout, layoutOf } from '../facts/slots.ts';
import { factsOf } from '../facts/values.ts';
import { type Comparison, compileComparison } from './comparison.ts';
import { createSectionEngine, type SectionEngine } from './json-rules-engine/section-engine.ts';
import type { CompiledRule, Remembered } from './section-result.ts';

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

export interface CompiledSection {
  section: Section;
  rules: readonly CompiledRule[];
  /** What its rules compare of facts, and what they read of earlier conclusions, each once. */
  leaves: readonly number[];
  reads: readonly string[];
  /** Its rules as json-rules-engine takes them. */
  engine: SectionEngine;
}

/** The rules of a rule set, made ready to be judged. */
export interface Rules {
  ruleSet: RuleSet;
  layout: Layout;
  leaves: readonly CompiledLeaf[];
  /** Where a comparison as written stands among the distinct ones. */
  indexOf(leaf: Leaf): number;
  /** In the order in which they are judged. */
  sections: Readonly<Record<Section, CompiledSection>>;
  /** What sections and single rules came to, by what they read. */
  remembered: Memory<Remembered>;
}

/** Of sections and rules together. A new case seldom needs more than two of nine sections anew, and few rules. */
const REMEMBERED = 20_000;

export function compileRules(ruleSet: RuleSet): Rules {
  const layout = layoutOf(ruleSet.vocabulary);
  const written = new Map<Leaf, number>();
  const indexes = new Map<string, number>();
  const leaves: CompiledLeaf[] = [];
  const indexOf = (leaf: Leaf): number => {
    const known = written.get(leaf);
    if (known !== undefined) return known;
    const index = distinct(leaf);
    written.set(leaf, index);
    return index;
  };
  const distinct = (leaf: Leaf): number => {
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
  const compileRule = (rule: Rule): CompiledRule => ({
    rule,
    leaves: [...new Set(leavesOf(rule.when, ruleSet).map(indexOf))],
  });
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => {
      const rules = ruleSet.rules.filter((rule) => rule.section === section).map(compileRule);
      return [section, compileSection(section, rules, leaves, ruleSet)];
    }),
  ) as Record<Section, CompiledSection>;
  return { ruleSet, layout, leaves, indexOf, sections, remembered: createMemory(REMEMBERED) };
}

function compileSection(
  section: Section,
  rules: readonly CompiledRule[],
  all: readonly CompiledLeaf[],
  ruleSet: RuleSet,
): CompiledSection {
  const leaves: number[] = [];
  const reads = new Set<string>();
  for (const index of new Set(rules.flatMap((rule) => rule.leaves))) {
    const leaf = all[index]?.leaf;
    if (leaf?.source === 'fact') leaves.push(index);
    else if (leaf) reads.add(leaf.fact);
  }
  return { section, rules, leaves, reads: [...reads], engine: createSectionEngine(section, ruleSet) };
}

export function leafAt(rules: Rules, index: number): CompiledLeaf {
  const compiled = rules.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled;
}
