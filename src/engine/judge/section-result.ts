/** What a section comes to, and how it is remembered. */
import type { Rule, Section } from '../../rulebook/rule-set.ts';
import type { Conclusions } from '../facts/values.ts';
import type { Truth } from './operators.ts';

export interface CompiledRule {
  rule: Rule;
  /** What it compares, by index. */
  leaves: readonly number[];
}

/** Sections that take the first rule that holds stop there. */
export interface SectionResult {
  section: Section;
  /** Of every rule looked at, in the order of the section's rules. */
  truths: readonly Truth[];
  /** Rules that hold, and rules that cannot be told. */
  holding: readonly CompiledRule[];
  open: readonly CompiledRule[];
  /** What later rules read of it, and the same as text. */
  concluded: readonly { name: string; conclusions: Conclusions; text: string }[];
}

/** What was judged before: a section, or json-rules-engine's word on a single rule. */
export type Remembered = RememberedSection | RememberedWord;

export interface RememberedWord {
  kind: 'word';
  truth: Truth;
}

/** A section's result by the walk below until json-rules-engine was asked, then by its word. */
export interface RememberedSection {
  kind: 'section';
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
