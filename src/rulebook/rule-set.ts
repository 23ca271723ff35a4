/**
 * The rule set as the engine reads it: every name resolved, every date an instant, every part knowing the
 * line it was written on. `read-rule-set.ts` makes one from text; nothing here can be wrong any more.
 */
import type { Interval, Item, Position } from './basics.ts';
import type { DayCount } from './count-days.ts';
import type { LocalizedText } from './lang.ts';
import type { OpeningHours } from './open-days.ts';
import type { Operator } from './operators.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type { Section, SectionKind } from './sections.ts';
import type { Path } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A day counted from a fact or from another deadline, in the rule set's time zone. */
export interface RelativeDay extends DayCount {
  after: { fact: string } | { deadline: string };
}

/** The minute of a fact, or so many minutes after it (before it where negative). */
export interface TimedMinute {
  at: { fact: string };
  minutes: number;
}

/** `asOf` may be counted from in conditions alone. */
export type CountedMoment = { kind: 'relative'; day: RelativeDay } | ({ kind: 'timed' } & TimedMinute);

export type Moment =
  | {
      kind: 'fixed';
      interval: Interval;
      written: string;
      /** Before it was moved to a day on which the contact is open. */
      writtenInterval?: Interval;
    }
  | CountedMoment;

export interface Deadline {
  id: string;
  label: string;
  clauses: string[];
  from: Moment | null;
  until: Moment | null;
  /** Shown instead of the dates. */
  text: string | null;
  /** Only said in words by the notice ("early April"): never shown as an instant. */
  approximate: boolean;
  /** 消印有効: the day of the postmark counts. */
  postmark: boolean;
  /** Say until when the contact can still be asked before this deadline. */
  enquiries: boolean;
  position: Position;
}

/**
 * A yen amount or another number, computed from facts. An absent fact (none) counts as 0. Every step is exact; what is not
 * whole in the end is rounded down (towards 0) then.
 */
export type Expression =
  /** `unit`: of a named value that has one. */
  | { kind: 'literal'; value: number; unit?: string }
  | { kind: 'fact'; fact: string }
  /** A derived number of the file, by its name, and what it is. */
  | { kind: 'number'; number: string; label: string; unit: string | null; is: Expression }
  /** A difference is the first less all the others. */
  | { kind: ListKind; of: Expression[] }
  /** Of as many decimals as are written. */
  | { kind: 'percent'; percent: number; of: Expression }
  /** `of` times `times`, divided by a whole number of at least 1. */
  | { kind: 'share'; of: Expression; times: Expression; dividedBy: number }
  | { kind: 'bounded'; of: Expression; atLeast: Expression | null; atMost: Expression | null }
  /** To a multiple of `to`, a whole number of at least 1: towards 0, away from it, or to the nearer (a half away from 0). */
  | { kind: Rounding; of: Expression; to: number };

export const LIST_KINDS = ['sum', 'difference', 'product', 'lesserOf', 'greaterOf'] as const;
export type ListKind = (typeof LIST_KINDS)[number];
export const ROUNDINGS = ['roundDown', 'roundUp', 'roundHalfUp'] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** The right-hand side of a condition. */
export type Operand =
  | { kind: 'literal'; value: boolean | number | string | readonly string[]; text: string }
  /** The day on which the notice was published, `source: published`. */
  | { kind: 'interval'; interval: Interval; text: string }
  | { kind: 'deadline'; deadline: string; text: string }
  /** Another instant of the case. */
  | { kind: 'instant'; fact: string; text: string }
  /** Counted from one, in the condition itself: no deadline of the notice. */
  | { kind: 'moment'; moment: CountedMoment; text: string }
  | { kind: 'expression'; expression: Expression; text: string };

/** One comparison. `source` says whether its left side is a fact of the case or an earlier conclusion. */
export interface Leaf {
  kind: 'leaf';
  source: 'fact' | 'conclusion';
  fact: string;
  operator: Operator;
  operand: Operand;
  label: string | null;
  clauses: string[];
  position: Position;
}

export type Condition =
  | Leaf
  | { kind: 'all' | 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'named'; name: string };

export interface NamedCondition {
  name: string;
  label: string | null;
  clauses: string[];
  condition: Condition;
  position: Position;
}

export interface InformationRequest {
  list: string;
  /** Only the items that this set-valued fact does not hold yet. */
  missingFrom: string | null;
  /** Only these items; all where null. */
  only: string[] | null;
}

/** A cell of a table of amounts, which is a rule like any other. */
export interface TableCell {
  table: string;
  /** The id of the rule that names the table: several may. */
  rule: string;
  /** As written, and in Japanese: one for each fact of the table. */
  keys: readonly string[];
  labels: readonly string[];
  /** The first cell of its rule: what is said of the rule's own condition is said of it. */
  isFirst: boolean;
  /** So many first parts of the cell's condition are what its rule wants besides being of the table. */
  ownParts: number;
}

/** `value: null` is an amount that the notice does not settle. `unit`: yen, or as written, such as GB. */
export interface RuleAmount {
  value: Expression | null;
  unit: string;
  final: boolean;
}

/** The unit of money. */
export const YEN = 'yen';

/** One rule of any section. `when: null` always holds. */
export interface Rule {
  /** The name of its section, what it is called, and what kind of section that is. */
  section: string;
  sectionLabel: LocalizedText;
  kind: SectionKind;
  id: string;
  /** The id it concludes: a category, a remedy, a state, an outcome; the rule's own id where it concludes itself. */
  concludes: string;
  label: string;
  clauses: string[];
  when: Condition | null;
  nextSteps: string[];
  deadlines: string[];
  information: InformationRequest[];
  /** Remedies only: the brands on offer. */
  brands: string[];
  /** Amounts only. */
  amount: RuleAmount | null;
  /** Contradictions only: the facts that cannot be true together. */
  facts: string[];
  /** Remedies only: those that nobody may get together with this one. */
  excludes: string[];
  /** Amounts only: where it is a cell of a table. */
  cell: TableCell | null;
  position: Position;
}

type WrittenContact = NonNullable<RuleFile['contact']>;
export interface Contact extends Omit<WrittenContact, 'clause' | 'hours'> {
  hours: OpeningHours[];
  clauses: string[];
}

export interface ItemList {
  id: string;
  /** The way to its items in the file. */
  path: Path;
  label: string | null;
  clauses: string[];
  items: Item[];
}

export interface Clause {
  id: string;
  /** Lines of the notice, as written: "29" or "42-44". */
  lines: string;
  text: string;
}

/** The notice that the rule set follows. */
export interface NoticeSource {
  issuer: string;
  title: string;
  published: string;
  revised: string[];
  url: string | null;
  /** sha256, in hex, of the text that was followed. */
  textHash: string | null;
  /** Lines of the notice that decide nothing, as written: "13" or "21-23". */
  nothingToDecide: string[];
}

/** An amount or another number, by its name. Whole, but for a percentage. */
export interface NamedValue {
  value: number;
  /** 円, 人, % … as written. */
  unit: string | null;
  label: string;
  clauses: string[];
}

/** Amounts by the values of one to three facts. */
export interface Table {
  id: string;
  label: string;
  clauses: string[];
  by: string[];
  position: Position;
}

/** A number that is worked out of facts and other numbers, by its name. */
export interface DerivedNumber {
  label: string;
  unit: string | null;
  clauses: string[];
  expression: Expression;
  position: Position;
}

/** Something the notice names: a site, a sender. */
export interface Named {
  id: string;
  label: string;
  clauses: string[];
  /** The steps that it is shown with. */
  nextSteps: string[];
}

/** Something that is applied for by itself: where it stands is told by its section. */
export interface Claim {
  /** As answers name it: basic, or claimState where the file has one claim without a name. */
  id: string;
  label: string;
  section: string;
  clauses: string[];
  /** The remedies that are applied for with it. */
  remedies: readonly string[];
}

/** A finding of the checks that is meant to be so. What it is about is named by the id or as section/id. */
export type Acceptance = NonNullable<RuleFile['accepted']>[number] & { position: Position };

export interface RuleSet extends Pick<RuleFile, 'prefecture' | 'incident' | 'title' | 'timeZone'> {
  file: string;
  /** Checked and tested, but never served. */
  isDraft: boolean;
  source: NoticeSource;
  clauses: Map<string, Clause>;
  deadlines: Map<string, Deadline>;
  values: Map<string, NamedValue>;
  tables: Map<string, Table>;
  numbers: Map<string, DerivedNumber>;
  brands: ItemList;
  senders: (Named & { address: string })[];
  sites: (Named & { url: string })[];
  lists: Map<string, ItemList>;
  contact: Contact | null;
  conditions: Map<string, NamedCondition>;
  /** In the order in which they are judged: each may test what those before it concluded. */
  sections: readonly Section[];
  claims: readonly Claim[];
  rules: Rule[];
  accepted: Acceptance[];
  /** The word files that it is read with, in order. */
  uses: string[];
  vocabulary: Vocabulary;
}
