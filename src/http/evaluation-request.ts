/** Written out and not a schema: of all that is done for an answer without its log, a schema's share is a tenth. */
import type { EvaluationRequest } from '../decisions/evaluate.ts';
import { pointerTo, UNSTORABLE } from '../engine/read-facts.ts';
import { parseInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import type { FieldError } from './problems.ts';

const EXPLAIN = ['reasons', 'full'] as const;
const VERSION = /^[0-9a-f]{6,64}$/i;
const REFERENCE_LIMIT = 200;

/** The years that the log's instants can have. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

const INSTANT = {
  detail:
    'must be an RFC 3339 datetime with an offset, such as 2030-01-31T12:00:00+09:00, in the years 1 to 9999',
  detailJa: 'は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です（西暦1年から9999年まで）',
};

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
  version: {
    detail: 'must be the sha256 of a rule set, or its first 6 or more hex digits',
    detailJa: 'はルールの sha256、またはその先頭 6 桁以上（16進数）です',
  },
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

const readVersion = (value: unknown): string | null =>
  typeof value === 'string' && VERSION.test(value) ? value.toLowerCase() : null;

const readExplain = (value: unknown): (typeof EXPLAIN)[number] | null =>
  EXPLAIN.find((known) => known === value) ?? null;

function readInstant(value: unknown): number | null {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  return instant !== null && instant >= EARLIEST && instant <= LATEST ? instant : null;
}

/** The body of POST /evaluate but for the facts, which only a vocabulary can judge. */
export function parseEvaluationRequest(
  body: unknown,
): { request: EvaluationRequest } | { errors: FieldError[] } {
  return isObject(body) ? parseFields(body) : { errors: [notAnObject] };
}

function parseFields(body: Body): { request: EvaluationRequest } | { errors: FieldError[] } {
  const errors: FieldError[] = [];
  function required<T>(field: Field, read: (value: unknown) => T | null): T | null {
    const value = read(body[field]);
    if (value === null) errors.push(wrong(field, body[field]));
    return value;
  }
  const optional = <T>(field: Field, read: (value: unknown) => T | null): T | null =>
    body[field] === undefined ? null : required(field, read);

  const prefecture = required('prefecture', readText);
  const incident = required('incident', readText);
  const asOf = optional('asOf', readInstant) ?? undefined;
  const reference = optional('reference', readReference) ?? undefined;
  const version = optional('version', readVersion) ?? undefined;
  const knownAt = optional('knownAt', readInstant) ?? undefined;
  const explain = optional('explain', readExplain) ?? 'reasons';
  const { facts } = body;
  if (facts === undefined) errors.push(wrong('facts', facts));
  if (version !== undefined && knownAt !== undefined) errors.push(TWO_VERSIONS);
  for (const name of Object.keys(body)) if (!Object.hasOwn(RULES, name)) errors.push(unknownKey(name));

  if (prefecture === null || incident === null || errors.length > 0) return { errors };
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
  return {
    pointer: pointerTo([key]),
    code: 'unknown-key',
    detail: `a request has no "${key}"`,
    detailJa: `「${key}」という項目はありません`,
    ...(suggestion !== null && { suggestion }),
  };
}
