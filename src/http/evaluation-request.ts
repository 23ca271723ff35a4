import { z } from 'zod';
import type { EvaluationRequest } from '../decisions/evaluate.ts';
import { UNSTORABLE } from '../engine/read-facts.ts';
import { parseInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import type { FieldError } from './problems.ts';

const EXPLAIN = ['reasons', 'full'] as const;

/** The years that the log's instants can have. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

const text = z.string().refine((written) => !UNSTORABLE.test(written));

const schema = z.strictObject({
  prefecture: text,
  incident: text,
  asOf: z.string().transform(parseInstant).pipe(z.number().min(EARLIEST).max(LATEST)).optional(),
  reference: text.max(200).optional(),
  version: z
    .string()
    .regex(/^[0-9a-f]{6,64}$/i)
    .toLowerCase()
    .optional(),
  explain: z.enum(EXPLAIN).default('reasons'),
  facts: z.unknown(),
});

type Field = keyof typeof schema.shape;

/** What each field must be. */
const RULES: Record<Field, { detail: string; detailJa: string }> = {
  prefecture: {
    detail: 'must be the name of a prefecture, a string without U+0000',
    detailJa: 'には都道府県の名前を文字で書いてください',
  },
  incident: {
    detail: 'must be the name of an incident, a string without U+0000',
    detailJa: 'には事案の名前を文字で書いてください',
  },
  asOf: {
    detail:
      'must be an RFC 3339 datetime with an offset, such as 2030-01-31T12:00:00+09:00, in the years 1 to 9999',
    detailJa: 'は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です（西暦1年から9999年まで）',
  },
  reference: {
    detail: 'must be a string of at most 200 characters of Unicode, without U+0000',
    detailJa: 'は 200 文字までの文字です。U+0000 や壊れた文字は使えません',
  },
  version: {
    detail: 'must be the sha256 of a rule set, or its first 6 or more hex digits',
    detailJa: 'はルールの sha256、またはその先頭 6 桁以上（16進数）です',
  },
  explain: {
    detail: `must be ${EXPLAIN.join(' or ')}`,
    detailJa: `は ${EXPLAIN.join(' か ')} です`,
  },
  facts: { detail: 'must be an object of facts', detailJa: 'には事実を { } で書いてください' },
};

const isField = (name: PropertyKey | undefined): name is Field =>
  typeof name === 'string' && Object.hasOwn(RULES, name);

/** The body of POST /evaluate but for the facts, which only a vocabulary can judge. */
export function parseEvaluationRequest(
  body: unknown,
): { request: EvaluationRequest } | { errors: FieldError[] } {
  const result = schema.safeParse(body);
  if (result.success) return { request: result.data };
  return { errors: result.error.issues.flatMap((issue) => toErrors(issue, body)) };
}

function toErrors(issue: z.core.$ZodIssue, body: unknown): FieldError[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownKey);
  const [field] = issue.path;
  if (!isField(field) || typeof body !== 'object' || body === null) {
    const [detail, detailJa] = ['the body must be an object', '本文は { } で書いてください'];
    return [{ pointer: '', code: 'wrong-type', detail, detailJa }];
  }
  const { detail, detailJa } = RULES[field];
  const value: unknown = Object.getOwnPropertyDescriptor(body, field)?.value;
  const suggestion = field === 'explain' && typeof value === 'string' ? nearest(value, EXPLAIN) : null;
  return [
    {
      pointer: `/${field}`,
      code: codeOf(field, value),
      detail: `${field} ${detail}`,
      detailJa: `${field} ${detailJa}`,
      ...(suggestion !== null && { suggestion }),
    },
  ];
}

function codeOf(field: Field, value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value !== 'string') return 'wrong-type';
  return field === 'asOf' && parseInstant(value) === null ? 'no-offset' : 'not-allowed';
}

function unknownKey(key: string): FieldError {
  const suggestion = nearest(key, Object.keys(RULES));
  return {
    pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    code: 'unknown-key',
    detail: `a request has no "${key}"`,
    detailJa: `「${key}」という項目はありません`,
    ...(suggestion !== null && { suggestion }),
  };
}
