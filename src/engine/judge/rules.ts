/** The rules of a rule set, made ready to be judged, and what judging them comes to. */
import { AS_OF } from '../../rulebook/basics.ts';
import { leavesOf } from '../../rulebook/references.ts';
import type { Leaf, Operand, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import type { Section } from '../../rulebook/sections.ts';
import { createMemory, type Memory } from '../cache/memory.ts';
import type { Conclusions, Layout, Slots, Wanted } from '../facts/values.ts';
import { factsOf, instantInterval, layoutOf, NONE, resolveOperand, UNKNOWN } from '../facts/values.ts';
import { createSectionEngine, type SectionEngine } from './json-rules-engine/section-engine.ts';
import { TESTS, type Truth, truthBy } from './operators.ts';

/** A comparison of a fact, to be told from the slots of a case. */
export interface Comparison {
  /** The right-hand side, for this case. */
  wanted(slots: Slots): Wanted;
  truth(slots: Slots): Truth;
}

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
  /** What it compares, by index. */
  leaves: readonly number[];
}

export interface CompiledSection {
  section: Section;
  /** Among the sections, in the order in which they are judged. */
  place: number;
  rules: readonly CompiledRule[];
  /** What its rules compare of facts, and what they read of earlier conclusions, each once. */
  leaves: readonly number[];
  reads: readonly string[];
  /** That its comparisons depend on. */
  facts: readonly string[];
  /** Its rules as json-rules-engine takes them. */
  engine: SectionEngine;
}

/** Sections that take the first rule that holds stop there. */
export interface SectionResult {
  /** The name of the section. */
  section: string;
  /** Of every rule looked at, in the order of the section's rules. */
  truths: readonly Truth[];
  /** Rules that hold, and rules that cannot be told. */
  holding: readonly CompiledRule[];
  open: readonly CompiledRule[];
  /** What later rules read of it, and the same as text. */
  concluded: readonly { name: string; conclusions: Conclusions; text: string }[];
}

/** A section's result by the walk of `sections.ts` until json-rules-engine was asked, then by its word. */
export interface RememberedSection {
  result: SectionResult;
  /** Rules of which json-rules-engine said something else than the walk; null until it was asked. */
  disagreements: readonly Disagreement[] | null;
}

export interface Disagreement {
  /** section/id */
  rule: string;
  jsonRulesEngine: Truth;
  walk: Truth;
}

export interface Rules {
  ruleSet: RuleSet;
  layout: Layout;
  leaves: readonly CompiledLeaf[];
  /** Where a comparison as written stands among the distinct ones. */
  indexOf(leaf: Leaf): number;
  /** By name, in the order in which they are judged. */
  sections: ReadonlyMap<string, CompiledSection>;
  /** What sections came to, and json-rules-engine's word on single rules, by what they read. */
  remembered: Memory<RememberedSection | Truth>;
}

/** Of sections and rules together. A new case seldom needs more than two of nine sections anew, and few rules. */
const REMEMBERED = 20_000;

export function compileRules(ruleSet: RuleSet): Rules {
  const layout = layoutOf(ruleSet.vocabulary);
  const written = new Map<Leaf, number>();
  const distinct = new Map<string, number>();
  const leaves: CompiledLeaf[] = [];
  const indexOf = (leaf: Leaf): number => {
    const known = written.get(leaf);
    if (known !== undefined) return known;
    const key = JSON.stringify([leaf.source, leaf.fact, leaf.operator, leaf.operand]);
    const index = distinct.get(key) ?? leaves.push(compileLeaf(leaf, ruleSet, layout)) - 1;
    distinct.set(key, index);
    written.set(leaf, index);
    return index;
  };
  const compileSection = (section: Section, place: number): CompiledSection => {
    const rules = ruleSet.rules
      .filter((rule) => rule.section === section.name)
      .map((rule) => ({ rule, leaves: [...new Set(leavesOf(rule.when, ruleSet).map(indexOf))] }));
    const all = [...new Set(rules.flatMap((rule) => rule.leaves))];
    const reads = all
      .flatMap((index) => leaves[index]?.leaf ?? [])
      .filter((leaf) => leaf.source === 'conclusion');
    return {
      section,
      place,
      rules,
      leaves: all.filter((index) => leaves[index]?.leaf.source === 'fact'),
      reads: [...new Set(reads.map(({ fact }) => fact))],
      facts: [...new Set(all.flatMap((index) => leaves[index]?.facts ?? []))],
      engine: createSectionEngine(section, ruleSet),
    };
  };
  const sections = new Map(
    ruleSet.sections.map((section, place) => [section.name, compileSection(section, place)]),
  );
  return { ruleSet, layout, leaves, indexOf, sections, remembered: createMemory(REMEMBERED) };
}

function compileLeaf(leaf: Leaf, ruleSet: RuleSet, layout: Layout): CompiledLeaf {
  const ofCase = leaf.source === 'fact';
  const facts = new Set([...(ofCase ? [leaf.fact] : []), ...factsOf(leaf.operand, ruleSet.deadlines)]);
  return {
    leaf,
    facts: [...facts].filter((fact) => fact !== AS_OF),
    isMixed: facts.size > 1,
    comparison: ofCase ? compileComparison(leaf, ruleSet, layout) : null,
  };
}

function compileComparison(leaf: Leaf, ruleSet: RuleSet, layout: Layout): Comparison {
  const wanted = compileOperand(leaf.operand, ruleSet, layout);
  const slot = layout.slotOf(leaf.fact);
  const test = TESTS[leaf.operator];
  return {
    wanted,
    truth(slots) {
      const left = slots[slot] ?? NONE;
      // The right side need not be worked out then.
      return left === UNKNOWN ? 'unknown' : truthBy(test, left, wanted(slots));
    },
  };
}

function compileOperand(operand: Operand, ruleSet: RuleSet, layout: Layout): (slots: Slots) => Wanted {
  if (operand.kind === 'instant') {
    // Most comparisons between facts are of two instants.
    const slot = layout.slotOf(operand.fact);
    return (slots) => instantInterval(slots[slot]);
  }
  const resolve = (slots: Slots): Wanted => resolveOperand(operand, layout.valuesOf(slots), ruleSet);
  if (factsOf(operand, ruleSet.deadlines).length > 0) return resolve;
  const constant = resolve([]);
  return () => constant;
}

/** Of the sections of a rule set, or of what they came to. Throws where there is none of that name. */
export function ofSection<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const found = values.get(name);
  if (found === undefined) throw new Error(`no section ${name}`);
  return found;
}

export function leafAt(rules: Rules, index: number): CompiledLeaf {
  const compiled = rules.leaves[index];
  if (!compiled) throw new Error(`no leaf ${index}`);
  return compiled;
}
