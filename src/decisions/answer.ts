import type { Answer } from '../engine/answer/answer-schema.ts';
import { type AnswerOptions, answerMembers, type DecisionTemplate } from '../engine/answer/template.ts';
import type { CaseFacts } from '../engine/facts/read-facts.ts';
import type { Program } from '../engine/program.ts';
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { JsonText } from './store.ts';

/** `knownAt` in epoch milliseconds. */
export type ChosenBy = { by: 'current' } | { by: 'version' } | { by: 'knownAt'; knownAt: number };

/** The rules that answer. */
export interface AnsweredBy {
  program: Program;
  version: string;
  commit: string | null;
}

/**
 * An Answer as JSON. `decidedAt` in epoch milliseconds; where the decision is not logged it has neither `id` nor
 * `decidedAt`.
 */
export function answerText(
  by: AnsweredBy,
  facts: CaseFacts,
  template: DecisionTemplate,
  logged: { id: string; decidedAt: number } | null,
  options: AnswerOptions,
  chosen: ChosenBy = { by: 'current' },
): JsonText {
  const { timeZone } = by.program.ruleSet;
  const asOf = toOffsetDateTime(Number(facts.slots[0]), timeZone);
  return (
    `{${logged ? `"id":"${logged.id}",` : ''}"ruleSet":${ruleSetText(by, chosen)},"asOf":"${asOf}"` +
    `${logged ? `,"decidedAt":"${toOffsetDateTime(logged.decidedAt, timeZone)}"` : ''}` +
    `,${answerMembers(by.program, facts, template, options)}}`
  );
}

const written = new WeakMap<AnsweredBy, JsonText>();

/** What every answer says of the rules that gave it. */
function ruleSetText(by: AnsweredBy, chosen: ChosenBy): JsonText {
  if (chosen.by !== 'current') return JSON.stringify(ruleSetOf(by, chosen));
  const known = written.get(by);
  if (known !== undefined) return known;
  const text = JSON.stringify(ruleSetOf(by, chosen));
  written.set(by, text);
  return text;
}

function ruleSetOf({ program, version, commit }: AnsweredBy, chosen: ChosenBy): Answer['ruleSet'] {
  const { prefecture, incident, title, timeZone } = program.ruleSet;
  const about = { prefecture, incident, title, version, commit, chosenBy: chosen.by };
  return chosen.by === 'knownAt' ? { ...about, knownAt: toOffsetDateTime(chosen.knownAt, timeZone) } : about;
}
