/** What the analyses need to know of one field of an answer. */
import type { z } from 'zod';
import type { Decision } from '../../engine/answer/fields.ts';
import type { Said } from '../../rulebook/lang.ts';
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import type { FieldComparison } from './field-comparisons.ts';
import type { ReadableAnswer } from './readable-answer.ts';

/** Something that a rule puts into the field, by its id. */
export interface FieldPart {
  id: string;
  /** Only where this set-valued fact does not hold the id yet. */
  missingFrom?: string | null;
}

/** What a diff needs to know of a field that it compares. */
export interface ComparedField {
  /**
   * Level, and place in it. First comes what an answer turns on, then the states that follow from it, then all else. Of each
   * level only cases are compared in which everything above stays the same: the rest are consequences.
   */
  level: readonly [level: number, place: number];
  /** An English word for one part of it. */
  one?: string;
  /** The sections whose rules put something into it. A section that takes the first rule puts in exactly one word. */
  sections: readonly Section[];
  parts(rule: Rule, ruleSet: RuleSet): FieldPart[];
  /** Some parts have a `missingFrom`. */
  readsFacts?: true;
  /** How the rule set words a part. */
  wordFor(ruleSet: RuleSet, id: string): string | undefined;
}

export interface AnswerField<Name extends string = string> {
  name: Name;
  label?: Said;
  /** What of it a person reads, where that can differ on its own: citations and the contact follow from other fields. */
  items?(answer: ReadableAnswer): string[];
  /** As JSON for comparisons. Lists of ids are sorted. */
  read?(decision: Decision, ruleSet: RuleSet): unknown;
  /** What a case may write under `expect`, and how that is compared. */
  expect?: z.ZodType;
  comparison?: FieldComparison;
  /** A case may also expect some of it, as `…Include`. */
  mayInclude?: true;
  /** Is it part of the expectation that describes a whole answer? */
  described?: 'always' | 'unless-empty';
  compared?: ComparedField;
}
