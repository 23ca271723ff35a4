/** All of a decision that is the same for every case with the same decision key; and how it is filled in for one of them. */
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { judge } from '../judge/judge.ts';
import type { Disagreement, Rules } from '../judge/rules.ts';
import type { SectionResults } from '../judge/sections.ts';
import { supervaluate } from '../unknowns/supervaluation.ts';
import { type Conclusion, conclude } from './conclusion.ts';
import type { ContactAnswer } from './decision.ts';
import type { Explain } from './explain.ts';
import { ANSWER_FIELDS, type Decision, FIELD_NAMES, type FieldName } from './fields.ts';

/** What an answer is made of, but for the case. */
export interface AnswerSource extends Rules {
  /** The contact as at an instant, in epoch milliseconds. */
  contactAt(asOf: number): ContactAnswer | null;
  explain: Explain;
}

export interface DecisionTemplate {
  conclusion: Conclusion;
  /** The fields in their order; undefined where they vary with the case. */
  shared: SharedFields;
  varying: readonly FieldName[];
  results: SectionResults;
  /** Where json-rules-engine and the walk said different things of a rule: empty unless this program is wrong. */
  disagreements: readonly Disagreement[];
  /** The shared fields as JSON, written when they are first sent. */
  written?: readonly WrittenPart[];
}

export type SharedFields = { [Name in FieldName]: Decision[Name] | undefined };

export interface AnswerOptions {
  /** With every condition that mattered, and not only the rules. */
  explanation: boolean;
}

export async function decisionTemplate(program: AnswerSource, facts: CaseFacts): Promise<DecisionTemplate> {
  const { disagreements, ...base } = await judge(program, facts.slots);
  const conclusion = conclude(program, facts, supervaluate(program, facts.slots, base));
  const varying = FIELD_NAMES.filter((name) => ANSWER_FIELDS[name].varies?.(conclusion) ?? false);
  const shared = FIELD_NAMES.map((name) => [
    name,
    varying.includes(name) ? undefined : make(name, program, conclusion, facts),
  ]);
  return {
    conclusion,
    shared: Object.fromEntries(shared) as SharedFields,
    varying,
    results: base,
    disagreements,
  };
}

const make = (
  name: FieldName,
  { contactAt }: AnswerSource,
  conclusion: Conclusion,
  facts: CaseFacts,
): unknown => ANSWER_FIELDS[name].make({ conclusion, facts, contactAt });

/** One field of the answer to a case. */
export function answerField<Name extends FieldName>(
  name: Name,
  program: AnswerSource,
  facts: CaseFacts,
  { shared, conclusion }: DecisionTemplate,
): Decision[Name] {
  const known = shared[name];
  return known === undefined ? (make(name, program, conclusion, facts) as Decision[Name]) : known;
}

export function answerObject(
  program: AnswerSource,
  facts: CaseFacts,
  template: DecisionTemplate,
  { explanation }: AnswerOptions,
): Decision {
  const asOf = toOffsetDateTime(Number(facts.slots[0]), program.ruleSet.timeZone);
  const answer: { asOf: string } & SharedFields = { asOf, ...template.shared };
  for (const name of template.varying) setField(answer, name, answerField(name, program, facts, template));
  return explanation
    ? { ...(answer as Decision), explanation: program.explain(template.results, facts) }
    : (answer as Decision);
}

function setField<Name extends FieldName>(
  answer: Pick<SharedFields, Name>,
  name: Name,
  value: Decision[Name],
): void {
  answer[name] = value;
}

/**
 * The fields as JSON, in the order of `answerObject`, without `asOf` and without the braces around them:
 * `"outcome":"…",…,"reasons":[…]`. What many answers share is written once.
 */
export function answerMembers(
  program: AnswerSource,
  facts: CaseFacts,
  template: DecisionTemplate,
  { explanation }: AnswerOptions,
): string {
  template.written ??= writtenParts(template);
  const members = template.written.map(({ text, field }) =>
    field === null ? text : text + JSON.stringify(make(field, program, template.conclusion, facts)),
  );
  if (explanation) members.push(`"explanation":${JSON.stringify(program.explain(template.results, facts))}`);
  return members.join();
}

/** Neighbouring fields that do not vary in one piece; of one that varies, its name. */
interface WrittenPart {
  text: string;
  field: FieldName | null;
}

function writtenParts({ shared }: DecisionTemplate): WrittenPart[] {
  const parts: WrittenPart[] = [];
  for (const name of FIELD_NAMES) {
    const last = parts.at(-1);
    if (shared[name] === undefined) parts.push({ text: `"${name}":`, field: name });
    else {
      const text = `"${name}":${JSON.stringify(shared[name])}`;
      if (last && last.field === null) last.text += `,${text}`;
      else parts.push({ text, field: null });
    }
  }
  return parts;
}
