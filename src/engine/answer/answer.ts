import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import type { Program } from '../program.ts';
import type { Answer } from './answer-schema.ts';
import { answerMembers, type DecisionTemplate, type WrittenOptions } from './template.ts';

/** `knownAt` in epoch milliseconds. */
export type ChosenBy = { by: 'current' } | { by: 'version' } | { by: 'knownAt'; knownAt: number };

/** The rules that answer. */
export interface AnsweredBy {
  program: Program;
  version: string;
  commit: string | null;
}

/**
 * How an answer stands to the log. `decidedAt` in epoch milliseconds, `reference` the caller's. What was only tried says that it is
 * not logged; a line of a bulk run that logs nothing says nothing of it.
 */
export type Logged =
  | { id: string; decidedAt: number; reference: string | null }
  | { id: null; reference: string | null }
  | 'unsaid';

/** An Answer as JSON. */
export function answerText(
  by: AnsweredBy,
  facts: CaseFacts,
  template: DecisionTemplate,
  logged: Logged,
  options: WrittenOptions,
  chosen: ChosenBy = { by: 'current' },
): string {
  const { timeZone } = by.program.ruleSet;
  const asOf = toOffsetDateTime(Number(facts.slots[0]), timeZone);
  const { id, decidedAt } = logMembers(logged, timeZone);
  return `{${id}"ruleSet":${ruleSetText(by, chosen)},"asOf":"${asOf}"${decidedAt},${answerMembers(by.program, facts, template, options)}}`;
}

function logMembers(logged: Logged, timeZone: string): { id: string; decidedAt: string } {
  if (logged === 'unsaid') return { id: '', decidedAt: '' };
  const reference = `"reference":${JSON.stringify(logged.reference)}`;
  if (logged.id === null)
    return { id: '"id":null,', decidedAt: `,"decidedAt":null,"logged":false,${reference}` };
  const decidedAt = `"decidedAt":"${toOffsetDateTime(logged.decidedAt, timeZone)}"`;
  const links = JSON.stringify(linksOf(logged.id));
  return {
    id: `"id":"${logged.id}",`,
    decidedAt: `,${decidedAt},"logged":true,${reference},"links":${links}`,
  };
}

/** Of a logged decision, as this service has them. */
const linksOf = (id: string): NonNullable<Answer['links']> => ({
  decision: `/decisions/${id}`,
  explanation: `/decisions/${id}/explanation`,
});

/** What stands around a decision and says who asked when, and not what was decided. */
export const AROUND: readonly string[] = ['id', 'ruleSet', 'decidedAt', 'logged', 'reference', 'links'];

const written = new WeakMap<AnsweredBy, string>();

/** What every answer says of the rules that gave it. */
function ruleSetText(by: AnsweredBy, chosen: ChosenBy): string {
  const known = chosen.by === 'current' ? written.get(by) : undefined;
  if (known !== undefined) return known;
  const { program, version, commit } = by;
  const { prefecture, incident, title, timeZone } = program.ruleSet;
  const about: Answer['ruleSet'] = { prefecture, incident, title, version, commit, chosenBy: chosen.by };
  if (chosen.by === 'knownAt') about.knownAt = toOffsetDateTime(chosen.knownAt, timeZone);
  const text = JSON.stringify(about);
  if (chosen.by === 'current') written.set(by, text);
  return text;
}
