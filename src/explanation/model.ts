/**
 * One logged decision, explained for a person who has nothing but this: plain data, as the API answers it and as the
 * page and the text show it. Words are Japanese. A decision is explained by judging its facts again under the version
 * of the rules that it was made by.
 */
import type { Truth } from '../engine/judge/operators.ts';
import type { RuleSet, SECTIONS, Section } from '../rulebook/rule-set.ts';

export interface Explanation {
  head: Head;
  /** The public notice that the clauses quote. Dates as written in the rule file. */
  notice: RuleSet['source'];
  /** What the logged answer says, in words; nothing of what it does not say. */
  answered: { field: string; values: string[] }[];
  /** The facts, judged again, lead to the very answer that was logged. Otherwise the rules below explain another one. */
  isSame: boolean;
  /** null where it is the same. */
  difference: Difference | null;
  facts: { given: FactValue[]; assumed: FactValue[]; unknown: FactValue[] };
  /** The facts contradict each other: then no rule but a contradiction concludes anything. */
  isContradictory: boolean;
  /** The rules that concluded something, in the order of judging: each section reads what those before it concluded. */
  concluding: SectionExplanation[];
  /** The others that were looked at: those that fail, stay open, or hold without being used. */
  notConcluding: SectionExplanation[];
  /** The named conditions that the conditions are reached through, and the deadlines compared with, as written. */
  namedConditions: (Excerpt & { name: string; label: string | null })[];
  deadlines: (Excerpt & { id: string; label: string; text: string; clauses: Quote[] })[];
}

/** The same instant for people and for programs: in the rule set's time zone, RFC 3339 to the millisecond. */
export interface Instant {
  text: string;
  at: string;
}

export interface Head {
  id: string;
  title: string;
  prefecture: string;
  incident: string;
  asOf: Instant;
  decidedAt: Instant;
  timeZone: string;
  /** Every line below is one of this file of this version. */
  ruleFile: string;
  /** sha256 (64 hex digits). */
  version: string;
  commit: string | null;
  /** Of the program that made the decision. */
  engineVersion: string;
  reference: string | null;
}

export interface Difference {
  /** Labels of the outcomes. */
  outcome: { logged: string; again: string };
  /** Field by field, what only the one and only the other says. */
  changes: { field: string; onlyLogged: string[]; onlyAgain: string[] }[];
}

/** A value that a condition reads: of a fact, of the instant judged, or of an earlier conclusion. */
export interface FactValue {
  /** The name of a fact, asOf, category … */
  name: string;
  label: string;
  /** `assumed` and `unknown` facts were left out; the vocabulary says what that means. */
  from: 'given' | 'assumed' | 'unknown' | 'asOf' | 'conclusion';
  /** JSON Pointer (RFC 6901) into the facts, also of one that was left out; null for what is no fact. */
  pointer: string | null;
  /** As given, to the letter; the ids of a conclusion; null where there is none. */
  value: unknown;
  /** The value in words, with its unit. */
  text: string;
  /** Of a conclusion: the section that made it. */
  section: Section | null;
  /** Of a fact that was left out and assumed: the answer rests on the assumption, and says so. */
  isRestedOn: boolean;
}

/** A line of the rule file. `number` counts from 1. */
export interface Line {
  number: number;
  text: string;
}

/** A part of the rule file: the line that its position names, and the whole of it. */
export interface Excerpt {
  line: number;
  lines: Line[];
}

export interface Quote {
  clause: string;
  /** Lines of the public notice: "29" or "42-44". */
  noticeLines: string;
  text: string;
}

export interface SectionExplanation {
  section: Section;
  title: string;
  takes: (typeof SECTIONS)[Section];
  rules: RuleInWords[];
}

export interface RuleInWords extends Excerpt {
  /** section/id */
  rule: string;
  id: string;
  label: string;
  /** The id it concludes, and that in words. */
  concludes: string;
  concludesText: string;
  truth: Truth;
  truthText: string;
  clauses: Quote[];
  /** Of an amount that was concluded: the facts it is worked out from. */
  amountFrom: FactValue[];
  /** What made it so: of a rule that fails, the conditions that are not met. Empty for a rule without conditions. */
  conditions: ConditionInWords[];
}

export interface ConditionInWords extends Excerpt {
  label: string;
  seen: FactValue;
  operator: string;
  wantedText: string;
  /** What else it was compared with: other facts of the case. */
  comparedWith: FactValue[];
  /** Of the comparison as its line says it. */
  truth: Truth;
  /** The line stands under `not`: the rule wants it not to hold. */
  isReversed: boolean;
  /** Of what the rule wants. */
  met: Truth;
  metText: string;
  clause: Quote | null;
  /** The named conditions from the rule to the line, outermost first; several ways where several lead there. */
  through: Reference[][];
  /** The deadlines compared with. */
  deadlines: Reference[];
}

/** What is written once in the rule file, and referred to by its name. */
export interface Reference {
  name: string;
  line: number;
}
