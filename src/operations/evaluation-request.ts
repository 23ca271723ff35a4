/** A request for an evaluation, for every door: all but the facts, which only a vocabulary can judge. */
import { z } from 'zod';
import { pointerTo, UNSTORABLE } from '../engine/facts/read-facts.ts';
import { readVersion } from '../rule-files/load.ts';
import { isObject } from '../rulebook/basics.ts';
import { BoundedList, quoted } from '../rulebook/bounded-list.ts';
import { parseInstant, readInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import { type FieldError, fieldError } from './refusal.ts';
import { INSTANT, VERSION } from './values.ts';

const EXPLAIN = ['reasons', 'full'] as const;
const REFERENCE_LIMIT = 200;

const NAMES = {
  ja: 'には事実の名前を並べてください（["まとまり.名前", …]）',
  en: 'must be an array of names of facts, such as ["group.name"]',
};

/** How each field is told what it must be: the words after its name. */
const WORDING = {
  prefecture: {
    ja: 'には都道府県の名前を文字で書いてください',
    en: 'must be the name of a prefecture, a string without U+0000',
  },
  incident: {
    ja: 'には事案の名前を文字で書いてください',
    en: 'must be the name of an incident, a string without U+0000',
  },
  asOf: INSTANT,
  reference: {
    ja: `は ${REFERENCE_LIMIT} 文字までの文字です。U+0000 や壊れた文字は使えません`,
    en: `must be a string of at most ${REFERENCE_LIMIT} characters of Unicode, without U+0000`,
  },
  version: VERSION,
  knownAt: INSTANT,
  explain: { ja: `は ${EXPLAIN.join(' か ')} です`, en: `must be ${EXPLAIN.join(' or ')}` },
  ...{ cannotTell: NAMES, none: NAMES },
  facts: { ja: 'には事実を { } で書いてください', en: 'must be an object of facts' },
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

const namesOfFacts = z.array(z.string().refine(isStorable));

/** In the order that errors are told in. Instants come out in epoch milliseconds; `asOf` is the clock's time where absent. */
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
  cannotTell: namesOfFacts.optional(),
  none: namesOfFacts.optional(),
  facts: z.unknown().refine((value) => value !== undefined),
});

export type EvaluationRequest = z.infer<typeof schema>;

const isField = (name: PropertyKey | undefined): name is Field =>
  name !== undefined && Object.hasOwn(WORDING, name);

/** Everything that is wrong at once, unknown names last: the first errors, and how many there are beyond. */
export function parseEvaluationRequest(
  body: unknown,
): { request: EvaluationRequest } | { errors: FieldError[]; moreErrors: number } {
  if (!isObject(body)) return { errors: [notAnObject], moreErrors: 0 };
  const { data: request, error } = schema.safeParse(body);
  if (request !== undefined && (request.version === undefined || request.knownAt === undefined))
    return { request };
  const issues = error?.issues ?? [];
  const wrongFields = [...new Set(issues.map(({ path: [name] }) => name).filter(isField))];
  const errors = new BoundedList<FieldError>();
  for (const field of wrongFields) errors.add(() => wrong(field, body[field]));
  const isFine = (field: Field): boolean => body[field] !== undefined && !wrongFields.includes(field);
  // Not a refinement of the schema: zod leaves these out where a field is wrong.
  if (isFine('version') && isFine('knownAt')) errors.add(() => TWO_VERSIONS);
  for (const issue of issues)
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) errors.add(() => unknownKey(key));
  return { errors: errors.listed, moreErrors: errors.more };
}

const notAnObject = fieldError({ pointer: '' }, 'wrong-type', {
  ja: '本文は { } で書いてください',
  en: 'the body must be an object',
});

const TWO_VERSIONS = fieldError({ pointer: '/knownAt' }, 'not-allowed', {
  ja: 'knownAt と version は、どちらもルールの版を決めるものです。どちらか一つを書いてください',
  en: 'knownAt cannot stand beside version: each of them says which rules to judge by',
});

function wrong(field: Field, value: unknown): FieldError {
  const { ja, en } = WORDING[field];
  const said = { ja: `${field} ${ja}`, en: `${field} ${en}` };
  const suggestion = field === 'explain' && typeof value === 'string' ? nearest(value, EXPLAIN) : null;
  return fieldError({ pointer: `/${field}` }, codeOf(field, value), said, suggestion);
}

function codeOf(field: Field, value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value !== 'string') return 'wrong-type';
  return WORDING[field] === INSTANT && parseInstant(value) === null ? 'no-offset' : 'not-allowed';
}

function unknownKey(key: string): FieldError {
  const shown = quoted(key);
  const said = { ja: `「${shown}」という項目はありません`, en: `a request has no "${shown}"` };
  return fieldError({ pointer: pointerTo([shown]) }, 'unknown-key', said, nearest(key, REQUEST_FIELDS));
}
