/** Written out and not a schema: of all that is done for an answer without its log, a schema's share is a tenth. */
import type { EvaluationRequest } from '../../decisions/evaluate.ts';
import { pointerTo, UNSTORABLE } from '../../engine/facts/read-facts.ts';
import { readVersion } from '../../rule-files/load.ts';
import { BoundedList, quoted } from '../../rulebook/bounded-list.ts';
import { parseInstant } from '../../rulebook/calendar.ts';
import { nearest } from '../../rulebook/problems.ts';
import type { FieldError } from '../problems.ts';
import { INSTANT, readInstant, VERSION } from './values.ts';

const EXPLAIN = ['reasons', 'full'] as const;
const REFERENCE_LIMIT = 200;

/** What each field must be. */
const RULES = {
  prefecture: {
    detail: 'must be the name of a prefecture, a string without U+0000',
    detailJa: 'には都道府県の名前を文字で書いてください',
  },
  incident: {
    detail: 'must be the name of an incident, a string without U+0000',
    detailJa: 'には事案の名前を文字で書いてください',
  },
  asOf: INSTANT,
  reference: {
    detail: `must be a string of at most ${REFERENCE_LIMIT} characters of Unicode, without U+0000`,
    detailJa: `は ${REFERENCE_LIMIT} 文字までの文字です。U+0000 や壊れた文字は使えません`,
  },
  version: VERSION,
  knownAt: INSTANT,
  explain: {
    detail: `must be ${EXPLAIN.join(' or ')}`,
    detailJa: `は ${EXPLAIN.join(' か ')} です`,
  },
  facts: { detail: 'must be an object of facts', detailJa: 'には事実を { } で書いてください' },
};
type Field = keyof typeof RULES;

type Body = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null where the value is none of its field. */
const readText = (value: unknown): string | null =>
  typeof value === 'string' && !UNSTORABLE.test(value) ? value : null;

const readReference = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= REFERENCE_LIMIT ? readText(value) : null;

const readExplain = (value: unknown): (typeof EXPLAIN)[number] | null =>
  EXPLAIN.find((known) => known === value) ?? null;

/** Of a string. */
const text =
  <T>(read: (value: string) => T | null) =>
  (value: unknown): T | null =>
    typeof value === 'string' ? read(value) : null;

/** What is wrong with a request: the first of it, and how much there is beyond. */
export interface InvalidRequest {
  errors: FieldError[];
  moreErrors: number;
}

/** The body of POST /evaluate but for the facts, which only a vocabulary can judge. */
export function parseEvaluationRequest(body: unknown): { request: EvaluationRequest } | InvalidRequest {
  return isObject(body) ? parseFields(body) : { errors: [notAnObject], moreErrors: 0 };
}

function parseFields(body: Body): { request: EvaluationRequest } | InvalidRequest {
  const errors = new BoundedList<FieldError>();
  function required<T>(field: Field, read: (value: unknown) => T | null): T | null {
    const value = read(body[field]);
    if (value === null) errors.add(() => wrong(field, body[field]));
    return value;
  }
  const optional = <T>(field: Field, read: (value: unknown) => T | null): T | null =>
    body[field] === undefined ? null : required(field, read);

  const prefecture = required('prefecture', readText);
  const incident = required('incident', readText);
  const asOf = optional('asOf', text(readInstant)) ?? undefined;
  const reference = optional('reference', readReference) ?? undefined;
  const version = optional('version', text(readVersion)) ?? undefined;
  const knownAt = optional('knownAt', text(readInstant)) ?? undefined;
  const explain = optional('explain', readExplain) ?? 'reasons';
  const { facts } = body;
  if (facts === undefined) errors.add(() => wrong('facts', facts));
  if (version !== undefined && knownAt !== undefined) errors.add(() => TWO_VERSIONS);
  for (const name of Object.keys(body)) if (!Object.hasOwn(RULES, name)) errors.add(() => unknownKey(name));

  const { listed, more } = errors;
  if (prefecture === null || incident === null || listed.length > 0)
    return { errors: listed, moreErrors: more };
  return { request: { prefecture, incident, asOf, reference, version, knownAt, explain, facts } };
}

const notAnObject: FieldError = {
  pointer: '',
  code: 'wrong-type',
  detail: 'the body must be an object',
  detailJa: '本文は { } で書いてください',
};

const TWO_VERSIONS: FieldError = {
  pointer: '/knownAt',
  code: 'not-allowed',
  detail: 'knownAt cannot stand beside version: each of them says which rules to judge by',
  detailJa: 'knownAt と version は、どちらもルールの版を決めるものです。どちらか一つを書いてください',
};

function wrong(field: Field, value: unknown): FieldError {
  const { detail, detailJa } = RULES[field];
  const suggestion = field === 'explain' && typeof value === 'string' ? nearest(value, EXPLAIN) : null;
  return {
    pointer: `/${field}`,
    code: codeOf(field, value),
    detail: `${field} ${detail}`,
    detailJa: `${field} ${detailJa}`,
    ...(suggestion !== null && { suggestion }),
  };
}

function codeOf(field: Field, value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value !== 'string') return 'wrong-type';
  return RULES[field] === INSTANT && parseInstant(value) === null ? 'no-offset' : 'not-allowed';
}

function unknownKey(key: string): FieldError {
  const suggestion = nearest(key, Object.keys(RULES));
  const shown = quoted(key);
  return {
    pointer: pointerTo([shown]),
    code: 'unknown-key',
    detail: `a request has no "${shown}"`,
    detailJa: `「${shown}」という項目はありません`,
    ...(suggestion !== null && { suggestion }),
  };
}
