/** The boundary: a caller's untyped facts in, typed values or every problem out. */
import { parseInstant } from '../rulebook/calendar.ts';
import { nearest } from '../rulebook/problems.ts';
import { AS_OF } from '../rulebook/rule-set.ts';
import type { FactDefinition, Vocabulary } from '../rulebook/vocabulary.ts';
import { NONE, UNKNOWN, type Value, type Values } from './values.ts';

export interface FactProblem {
  /** JSON Pointer (RFC 6901) within the facts. */
  pointer: string;
  code: 'unknown-fact' | 'wrong-type' | 'not-allowed' | 'no-offset';
  detail: string;
  detailJa: string;
  suggestion: string | null;
}

export interface CaseFacts {
  /** Every fact of the vocabulary, and the instant judged. */
  values: Values;
  /** Facts left out whose absence means something: what was assumed of them. */
  assumed: ReadonlySet<string>;
}

export const TEXT_LIMIT = 1000;
/** U+0000 and half characters, which no database takes as text. */
export const UNSTORABLE = /\0|\p{Cs}/u;

/** `asOf` in epoch milliseconds. `facts` is grouped: { group: { name: value } }. */
export function readFacts(
  vocabulary: Vocabulary,
  facts: unknown,
  asOf: number,
): { facts: CaseFacts | null; problems: FactProblem[] } {
  const problems: FactProblem[] = [];
  const given = collect(vocabulary, facts, problems);
  const values = new Map<string, Value>([[AS_OF, asOf]]);
  const assumed = new Set<string>();
  for (const definition of vocabulary.facts.values()) {
    const entry = given.get(definition.name);
    if (entry === undefined) {
      values.set(definition.name, absentValue(definition));
      if (definition.absent.kind !== 'unknown') assumed.add(definition.name);
      continue;
    }
    const value = toValue(definition, entry, pointerOf(definition.name), problems);
    if (value !== null) values.set(definition.name, value);
  }
  return { facts: problems.length > 0 ? null : { values, assumed }, problems };
}

export function absentValue({ absent }: FactDefinition): Value {
  switch (absent.kind) {
    case 'unknown':
      return UNKNOWN;
    case 'none':
      return NONE;
    case 'value':
      return typeof absent.value === 'object' ? new Set(absent.value) : absent.value;
  }
}

const escapePointer = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');
export const pointerOf = (factName: string): string => `/${factName.split('.').map(escapePointer).join('/')}`;

/** Flattens { group: { name: value } }; unknown groups and names are problems. */
function collect(vocabulary: Vocabulary, facts: unknown, problems: FactProblem[]): Map<string, unknown> {
  const given = new Map<string, unknown>();
  const groups = new Set([...vocabulary.facts.keys()].map((name) => name.split('.')[0] ?? name));
  if (!isObject(facts)) {
    problems.push(wrong('', 'wrong-type', 'facts must be an object', 'facts は { } で書いてください'));
    return given;
  }
  for (const [group, members] of Object.entries(facts)) {
    const pointer = `/${escapePointer(group)}`;
    if (!groups.has(group)) {
      const suggestion = nearest(group, [...groups, ...vocabulary.facts.keys()]);
      problems.push({
        ...wrong(
          pointer,
          'unknown-fact',
          `no group of facts is called "${group}"`,
          `「${group}」という事実のまとまりはありません`,
        ),
        suggestion,
      });
      continue;
    }
    if (!isObject(members)) {
      problems.push(
        wrong(
          pointer,
          'wrong-type',
          `"${group}" must be an object of facts`,
          `「${group}」は { } で書いてください`,
        ),
      );
      continue;
    }
    for (const [member, value] of Object.entries(members)) {
      const name = `${group}.${member}`;
      if (vocabulary.facts.has(name)) given.set(name, value);
      else {
        problems.push({
          ...wrong(
            `${pointer}/${escapePointer(member)}`,
            'unknown-fact',
            `there is no fact "${name}"`,
            `「${name}」という事実はありません`,
          ),
          suggestion: nearest(name, vocabulary.facts.keys()),
        });
      }
    }
  }
  return given;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (
  pointer: string,
  code: FactProblem['code'],
  detail: string,
  detailJa: string,
): FactProblem => ({
  pointer,
  code,
  detail,
  detailJa,
  suggestion: null,
});

function toValue(
  definition: FactDefinition,
  value: unknown,
  pointer: string,
  problems: FactProblem[],
): Value | null {
  const { name, label } = definition;
  const refuse = (
    code: FactProblem['code'],
    detail: string,
    detailJa: string,
    suggestion: string | null = null,
  ): null => {
    problems.push({
      pointer,
      code,
      detail: `${name} ${detail}`,
      detailJa: `${label}（${name}）${detailJa}`,
      suggestion,
    });
    return null;
  };
  if (value === null) {
    return refuse(
      'wrong-type',
      'is null; leave a fact out when it is not known',
      'が null です。わからない事実は書かないでください',
    );
  }
  switch (definition.type) {
    case 'boolean':
      return typeof value === 'boolean'
        ? value
        : refuse('wrong-type', 'must be true or false', 'は true か false です');
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
        const unit = definition.unit ?? '';
        return refuse(
          'wrong-type',
          `must be a whole number, 0 or more (${unit})`,
          `は 0 以上の整数（${unit}）です`,
        );
      }
      return value;
    case 'instant': {
      const instant = typeof value === 'string' ? parseInstant(value) : null;
      if (instant !== null) return instant;
      return refuse(
        'no-offset',
        'must be a datetime with an offset, such as 2030-01-31T12:00:00+09:00',
        'は 2030-01-31T12:00:00+09:00 のように時差まで書いた日時です',
      );
    }
    case 'enum':
    case 'text':
      if (typeof value !== 'string') return refuse('wrong-type', 'must be a string', 'は文字（"…"）です');
      return checkText(definition, value, refuse);
    case 'set': {
      if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
        return refuse('wrong-type', 'must be an array of strings', 'は文字の並び（[ ]）です');
      }
      const items: string[] = value;
      const checked = items.map((item) => checkText(definition, item, refuse));
      return checked.includes(null) ? null : new Set(items);
    }
  }
}

function checkText(
  { values, pattern }: FactDefinition,
  value: string,
  refuse: (code: FactProblem['code'], detail: string, detailJa: string, suggestion?: string | null) => null,
): string | null {
  if (values && !values.some((v) => v.id === value)) {
    const ids = values.map((v) => v.id);
    return refuse(
      'not-allowed',
      `must be one of ${ids.join(', ')}, not "${value}"`,
      `に「${value}」は使えません。使えるのは ${ids.join('、')} です`,
      nearest(value, ids),
    );
  }
  if (pattern !== null && !new RegExp(pattern, 'u').test(value)) {
    return refuse('not-allowed', `must match ${pattern}`, `は ${pattern} の形で書いてください`);
  }
  if (value.length > TEXT_LIMIT || UNSTORABLE.test(value)) {
    return refuse(
      'not-allowed',
      `must be at most ${TEXT_LIMIT} characters of Unicode, without U+0000`,
      `は ${TEXT_LIMIT} 文字までです。U+0000 や壊れた文字は使えません`,
    );
  }
  return value;
}
