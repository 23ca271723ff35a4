/** The body of an answer, as upstream systems read it. Instants are RFC 3339 with the rule set's offset; yen are whole. */
import type { Truth } from './operators.ts';

export interface Labelled {
  id: string;
  label: string;
}

export interface Cited extends Labelled {
  clause: string | null;
}

export interface NextStep extends Cited {
  /** Where to do it. */
  url?: string;
  /** Whom the message to wait for comes from. */
  senders?: { address: string; label: string }[];
}

export interface DeadlineAnswer extends Labelled {
  /** As a person reads it. */
  text: string;
  /** First instant inside; only where the notice gives one. */
  startsAt?: string;
  /** First instant outside (exclusive); never for approximate times. */
  endsAt?: string;
  approximate?: true;
}

export interface ContactAnswer {
  id: string;
  name: string;
  tel: string;
  hours: string;
  /** null where the hours at that time are not known. */
  openNow: boolean | null;
  /** null while open, and where not known. */
  nextOpenAt: string | null;
}

export interface Reason {
  /** section/rule */
  rule: string;
  label: string;
  clause: string | null;
  concludes: string;
}

export interface ConditionExplanation {
  label: string;
  fact: string;
  operator: string;
  /** null where the fact is unknown or does not exist. */
  seen: unknown;
  seenText: string;
  wanted: string;
  truth: Truth;
  /** The caller left the fact out, and the vocabulary says what that means. */
  assumed: boolean;
  clause: string | null;
  at: string;
}

export interface RuleExplanation {
  rule: string;
  label: string;
  concludes: string;
  truth: Truth;
  clause: string | null;
  /** file:line:column */
  at: string;
  /** The conditions that made it so: for what was not granted, those that failed. */
  conditions: ConditionExplanation[];
}

export interface Decision {
  asOf: string;
  outcome: string;
  outcomeLabel: string;
  categories: Cited[];
  remedies: (Cited & { brands?: Labelled[] })[];
  amount: { yen: number | null; final: boolean } | null;
  /** null where the rule set has no vouchers. */
  voucherState: Labelled | null;
  claimState: Labelled;
  nextSteps: NextStep[];
  deadlines: DeadlineAnswer[];
  requiredInformation: Labelled[];
  missingFacts: { fact: string; label: string; question: string }[];
  contradictions: { label: string; clause: string | null; facts: string[] }[];
  contact: ContactAnswer | null;
  citations: { clause: string; text: string }[];
  assumptions: { fact?: string; text: string }[];
  reasons: Reason[];
  explanation?: RuleExplanation[];
}
