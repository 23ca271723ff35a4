/** A request for an evaluation, for every door: all but the facts, which only a vocabulary can judge. */
import { z } from 'zod';
import { pointerTo, UNSTORABLE } from '../engine/facts/read-facts.ts';
import { readVersion } from '../rule-files/load.ts';
import { isObject } from '../rulebook/basics.ts';
import { BoundedList, quoted } from '../rulebook/bounded-list.ts';
import { parseInstant, readInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import type { EvaluationRequest } from './judge.ts';
import type { FieldError } from './refusal.ts';
import { INSTANT, VERSION } from './values.ts';

const EXPLAIN = ['reasons', 'full'] as const;
const REFERENCE_LIMIT = 200;

/** How each field is told what it must be: the words after its name. */
const WORDING = {
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
  explain: { detail: `must be ${EXPLAIN.join(' or ')}`, detailJa: `は ${EXPLAIN.join(' か ')} です` },
  facts: { detail: 'must be an object of facts', detailJa: 'には事実を { } で書いてください' },
};
type Field = keyof typeof WORDING;
export const REQUEST_FIELDS = Object.keys(WORDING);

const isStorable = (value: string): boolean => !UNSTORABLE.test(value);

/** A string that `read` can read; null where it cannot. */
const readBy = <Value>(read: (value: string) => Value | null) =>
  z.string().transform((value, context) => {
    const found = read(value);
    if (found === null) context.addIssue('unreadable');
    return found ?? z.NEVER;
  });

/** In the order that errors are told in. */
const schema = z.strictObject({
  prefecture: z.string().refine(isStorable),
  incident: z.string().refine(isStorable),
  asOf: readBy(readInstant).optional(),
  reference: z
    .string()
    .refine((value) => value.length <= REFERENCE_LIMIT && isStorable(value))
    .optional(),
  version: readBy(readVersion).optional(),
  knownAt: readBy(readInstant).optional(),
  explain: z.enum(EXPLAIN).default('reasons'),
  facts: z.unknown().refine((value) => value !== undefined),
});

const isField = (name: PropertyKey | undefined): name is Field =>
  name !== undefined && Object.hasOwn(WORDING, name);

/** What is wrong with a request: the first of it, and how much there is beyond. */
export interface InvalidRequest {
  errors: FieldError[];
  moreErrors: number;
}

/** Everything that is wrong at once; unknown names last. */
export function parseEvaluationRequest(body: unknown): { request: EvaluationRequest } | InvalidRequest {
  if (!isObject(body)) return { errors: [notAnObject], moreErrors: 0 };
  const { data: request, error } = schema.safeParse(body);
  if (request !== undefined && (request.version === undefined || request.knownAt === undefined))
    return { request };
  const issues = error?.issues ?? [];
  const wrongFields = issues.map(({ path: [name] }) => name).filter(isField);
  const errors = new BoundedList<FieldError>();
  for (const field of wrongFields) errors.add(() => wrong(field, body[field]));
  const isFine = (field: Field): boolean => body[field] !== undefined && !wrongFields.includes(field);
  // Not a refinement of the schema: zod leaves these out where a field is wrong.
  if (isFine('version') && isFine('knownAt')) errors.add(() => TWO_VERSIONS);
  for (const issue of issues)
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) errors.add(() => unknownKey(key));
  return { errors: errors.listed, moreErrors: errors.more };
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
  const { detail, detailJa } = WORDING[field];
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
  return WORDING[field] === INSTANT && parseInstant(value) === null ? 'no-offset' : 'not-allowed';
}

function unknownKey(key: string): FieldError {
  const [shown, suggestion] = [quoted(key), nearest(key, REQUEST_FIELDS)];
  return {
    pointer: pointerTo([shown]),
    code: 'unknown-key',
    detail: `a request has no "${shown}"`,
    detailJa: `「${shown}」という項目はありません`,
    ...(suggestion !== null && { suggestion }),
  };
}
