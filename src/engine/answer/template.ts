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
import type { MadeFrom } from './field.ts';
import { ANSWER_FIELDS, type Decision, FIELD_NAMES, type FieldName } from './fields.ts';
import type { QuestionsOf } from './open-questions.ts';

/** What an answer is made of, but for the case. */
export interface AnswerSource extends Rules {
  questionsOf: QuestionsOf;
  /** The contact as at an instant, in epoch milliseconds. */
  contactAt(asOf: number): ContactAnswer | null;
  explain: Explain;
}

export interface DecisionTemplate {
  conclusion: Conclusion;
  /** `asOf` and the fields, in their order; undefined where they vary with the case. */
  shared: SharedFields;
  varying: readonly FieldName[];
  results: SectionResults;
  /** Where json-rules-engine and the walk said different things of a rule: empty unless this program is wrong. */
  disagreements: readonly Disagreement[];
  /**
   * The fields as JSON, written when they are first sent: neighbours that are shared in one piece; of one that varies, its name.
   */
  written?: readonly { text: string; field: FieldName | null }[];
}

export type SharedFields = { [Name in FieldName | 'asOf']: Decision[Name] | undefined };

export interface AnswerOptions {
  /** With every condition that mattered, and not only the rules. */
  explanation: boolean;
}

export interface WrittenOptions extends AnswerOptions {
  /** With what to ask next, which has to be searched for. */
  openQuestions: boolean;
}

export async function decisionTemplate(program: AnswerSource, facts: CaseFacts): Promise<DecisionTemplate> {
  const { disagreements, ...base } = await judge(program, facts.slots);
  const conclusion = conclude(
    program,
    facts,
    supervaluate(program, facts.slots, base, facts.cannotTell.length > 0),
  );
  const varying = FIELD_NAMES.filter((name) => ANSWER_FIELDS[name].varies?.(conclusion) ?? false);
  const from = madeFrom(program, facts, conclusion);
  const shared = FIELD_NAMES.map((name) => [name, varying.includes(name) ? undefined : make(name, from)]);
  return {
    ...{ conclusion, varying, results: base, disagreements },
    shared: Object.fromEntries([['asOf', undefined], ...shared]) as SharedFields,
  };
}

const madeFrom = (
  { contactAt, questionsOf }: AnswerSource,
  facts: CaseFacts,
  conclusion: Conclusion,
): MadeFrom => ({
  ...{ conclusion, facts, contactAt },
  questions: () => questionsOf(facts, conclusion),
});
const make = (name: FieldName, from: MadeFrom): unknown => ANSWER_FIELDS[name].make(from);

/** One field of the answer to a case. */
export function answerField<Name extends FieldName>(
  name: Name,
  program: AnswerSource,
  facts: CaseFacts,
  { shared, conclusion }: DecisionTemplate,
): Decision[Name] {
  const known = shared[name];
  return known === undefined ? (make(name, madeFrom(program, facts, conclusion)) as Decision[Name]) : known;
}

/** What to ask next is searched for when that member is read. */
export function answerObject(
  program: AnswerSource,
  facts: CaseFacts,
  template: DecisionTemplate,
  { explanation }: AnswerOptions,
): Decision {
  const asOf = toOffsetDateTime(Number(facts.slots[0]), program.ruleSet.timeZone);
  const from = madeFrom(program, facts, template.conclusion);
  let asked: Decision['openQuestions'] | undefined;
  // A copy filled in where it is empty: an object put together from entries takes twice as long.
  const answer = {
    ...template.shared,
    asOf,
    get openQuestions() {
      asked ??= ANSWER_FIELDS.openQuestions.make(from);
      return asked;
    },
  } as Decision;
  const members: Record<FieldName, unknown> = answer;
  for (const name of template.varying) if (name !== 'openQuestions') members[name] = make(name, from);
  if (explanation) answer.explanation = program.explain(template.results, facts);
  return answer;
}

/**
 * The fields as JSON, in the order of `answerObject`, without `asOf` and without the braces around them:
 * `"outcome":"…",…,"reasons":[…]`. What many answers share is written once.
 */
export function answerMembers(
  program: AnswerSource,
  facts: CaseFacts,
  template: DecisionTemplate,
  { explanation, openQuestions }: WrittenOptions,
): string {
  template.written ??= writtenParts(template);
  const from = madeFrom(program, facts, template.conclusion);
  let members = '';
  for (const { text, field } of template.written) {
    if (field === null) members += text;
    else if (field !== 'openQuestions') members += text + JSON.stringify(make(field, from));
    else if (openQuestions) members += `${text}[${ANSWER_FIELDS[field].make(from).map(questionText).join()}]`;
  }
  return explanation
    ? `${members},"explanation":${JSON.stringify(program.explain(template.results, facts))}`
    : members;
}

const questionTexts = new WeakMap<object, string>();

/** Most of a long answer: the same questions again and again. */
function questionText(question: Decision['openQuestions'][number]): string {
  const text = questionTexts.get(question) ?? JSON.stringify(question);
  questionTexts.set(question, text);
  return text;
}

function writtenParts({ shared }: DecisionTemplate): NonNullable<DecisionTemplate['written']> {
  const parts: { text: string; field: FieldName | null }[] = [];
  for (const [i, name] of FIELD_NAMES.entries()) {
    const last = parts.at(-1);
    const text = `${i === 0 ? '' : ','}"${name}":${JSON.stringify(shared[name]) ?? ''}`;
    if (shared[name] === undefined) parts.push({ text, field: name });
    else if (last?.field === null) last.text += text;
    else parts.push({ text, field: null });
  }
  return parts;
}
