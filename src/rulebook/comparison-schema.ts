/** JSON Schemas of what a fact is compared with, by the fact's type: in the short form, and in the long one. */
import { AGE, AGE_ON, AGE_OPERATORS } from './age.ts';
import type { Item } from './basics.ts';
import {
  OPERATOR_NAMES,
  OPERATORS,
  type Operator,
  operatorsFor,
  signatureOf,
  type ValueType,
  WORDS,
} from './operators.ts';

export type Json = Record<string, unknown>;

/** What stands on the left of a comparison. */
export interface Compared {
  type: ValueType;
  unit: string | null;
  /** To be offered. */
  choices: readonly Item[];
  /** Whether there are other choices, which the schema does not know. */
  isOpen: boolean;
  /** Defines a schema by such a name, once; a reference to it. */
  define(name: string, schema: Json): Json;
  /** An amount, and a moment, of the words that it is one of. */
  expression: Json;
  instant: Json;
}

export const ref = (id: string): Json => ({ $ref: `#/$defs/${id}` });
/** `enumDescriptions`: an editor shows them beside the choices. */
export const choiceOf = (items: readonly Item[]): Json => ({
  enum: items.map(({ id }) => id),
  enumDescriptions: items.map(({ label }) => label),
});
export const listOf = (items: Json): Json => ({ type: 'array', minItems: 1, items });
export const object = (description: string, required: Json, optional: Json = {}): Json => ({
  ...{ type: 'object', description },
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

export const whenThen = (condition: Json, consequence: Json): Json => ({
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: consequence,
});

type Right = ReturnType<typeof signatureOf>['right'];

const rightOf = (operator: Operator): Right => signatureOf(operator).right;

const PRESENCE = choiceOf([
  { id: 'ある', label: '申告がある' },
  { id: 'ない', label: '申告がない' },
]);
export const LIST_NAME = object('名前の付いた一覧', { list: { type: 'string', description: '一覧の名前' } });

/** A choice where all are known, else any text. */
function itemOf({ choices, isOpen, define }: Compared): Json {
  if (choices.length === 0) return { type: 'string' };
  const choice = define('choice', choiceOf(choices));
  return isOpen ? { anyOf: [choice, { type: 'string' }] } : choice;
}

/** The right-hand side of the long form. */
function longRight(right: Right, left: Compared): Json {
  switch (right) {
    case 'same':
      if (left.type === 'integer') return left.expression;
      return left.type === 'boolean' ? { type: 'boolean' } : itemOf(left);
    case 'item':
      return itemOf(left);
    case 'list':
      return { anyOf: [listOf(itemOf(left)), LIST_NAME] };
    case 'instant':
      return left.instant;
    case 'integer':
      return left.expression;
    case 'text':
      return { type: 'string' };
    case 'boolean':
      return { type: 'boolean' };
  }
}

/** The right-hand side of `{ 以上: … }`, where names may stand without their kind. */
function shortRight(right: Right, left: Compared): Json {
  const long = longRight(right, left);
  const also = (...others: Json[]): Json => ({ anyOf: [long, ...others] });
  if (right === 'boolean') return also(PRESENCE);
  if (right === 'list') return also({ type: 'string' });
  if (right === 'instant') return also(exactly(NAME));
  const isNumber = right === 'integer' || left.type === 'integer';
  return isNumber ? also(exactly(numberText(unitIn(right, left)))) : long;
}

const unitIn = (right: Right, { type, unit }: Compared): string | null =>
  right === 'integer' && type === 'set' ? '件' : unit;

const exactly = (pattern: string): Json => ({ type: 'string', pattern: `^\\s*(?:${pattern})\\s*$` });
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const oneOf = (texts: readonly string[]): string => `(?:${texts.map(escaped).join('|')})`;

/** Of deadlines, values and facts; and the two moments that have Japanese names. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]*|公表日|判定時点';
/** 1000, 1,000円, １万; or a name. The reader takes full-width digits where a word or a sign stands beside them. */
const numberText = (unit: string | null): string =>
  `[A-Za-z0-9][A-Za-z0-9._-]*|(?:${DIGIT}{1,3}(?:[,，]${DIGIT}{3})+|${DIGIT}+)万?(?:${escaped(unit ?? '')})?`;
const DIGIT = '[0-9０-９]';

/** What may stand beside a word or a sign in one text, as a pattern. */
function restOf(right: Right, left: Compared): string {
  if (right === 'list') return '.*\\S';
  if (right === 'instant') return NAME;
  if (right === 'integer' || left.type === 'integer') return numberText(unitIn(right, left));
  return left.choices.map(({ id }) => escaped(id)).join('|');
}

const AGE_WORDS = OPERATOR_NAMES.filter((name) => AGE_OPERATORS[name]).flatMap((name) => WORDS[name]);
const ageText = (): Json => {
  const [signs, words] = [
    AGE_WORDS.filter(isSign).flatMap(widths),
    AGE_WORDS.filter((word) => !isSign(word)),
  ];
  const age = `${DIGIT}{1,3}歳?`;
  return exactly(`${age}\\s*${oneOf(words)}|${oneOf(signs)}\\s*${age}`);
};

const isSign = (word: string): boolean => /^[^\p{L}]+$/u.test(word);
/** ASCII signs may be written with full-width characters. */
const widths = (word: string): string[] => {
  const wide = word.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
  return isSign(word) && wide !== word ? [word, wide] : [word];
};

/** `1以上`, `≥ 1`: a text with a word behind or a sign before it. */
function worded(left: Compared): Json[] {
  const operators = operatorsFor(left.type).filter((name) => name !== 'isPresent');
  const rests = groupedBy(operators, (name) => restOf(rightOf(name), left));
  if (left.type === 'boolean') return [];
  return [...rests].map(([rest, names]) => {
    const all = names.flatMap((name) => WORDS[name]);
    const signs = all.filter(isSign).flatMap(widths);
    const before = signs.length > 0 ? `|${oneOf(signs)}\\s*(?:${rest})` : '';
    const words = oneOf(all.filter((word) => !isSign(word)));
    return { ...exactly(`(?:${rest})\\s*${words}${before}`), description: WORDED[left.type] };
  });
}

const WORDED: Record<ValueType, string> = {
  boolean: '',
  enum: '「値 以外」のように、言葉を付けてもよい',
  text: '',
  set: '「一覧の名前 だけ」のように、言葉を付けてもよい',
  instant: '「期限の名前 まで」のように、まで・より前・から・より後を付ける',
  integer: '「1以上」のように、以上・以下・未満・より大きいを付けてもよい',
};

/** `{ 以上: 1 }`. The Japanese words are offered; the names of operators and signs may stand there as well. */
function withWord(left: Compared): Json {
  const properties: Json = {};
  const patternProperties: Json = {};
  for (const name of operatorsFor(left.type)) {
    const description = `事実${OPERATORS[name].ja}`;
    const right = { description, ...left.define('right', shortRight(rightOf(name), left)) };
    const words = WORDS[name].filter((word) => !isSign(word));
    for (const word of words) properties[word] = right;
    const others = [name, ...WORDS[name].filter(isSign).flatMap(widths)];
    patternProperties[`^${oneOf(others)}$`] = right;
  }
  return {
    ...{
      type: 'object',
      title: '{ 言葉: 値 }',
      description: '比べ方の言葉と値',
      minProperties: 1,
      maxProperties: 1,
    },
    ...{ properties, patternProperties, additionalProperties: false },
  };
}

/** Of what is compared with an age. */
export const AGES = object(
  '満年齢（生まれた日の事実について）',
  { [AGE]: { ...ageText(), description: '「65以上」「18未満」など' } },
  { [AGE_ON]: { type: 'string', description: 'いつの年齢か（期限の名前）。書かなければ判定時点' } },
);

/** What stands behind the fact in the short form. */
export function shortComparison(left: Compared): Json {
  const item = itemOf(left);
  const { type } = left;
  const isListed = operatorsFor(type).some((name) => rightOf(name) === 'list');
  // Where any text may stand, so may one with a word.
  const words = left.isOpen ? [] : worded(left);
  const plain: Record<ValueType, Json[]> = {
    boolean: [{ type: 'boolean' }, PRESENCE],
    enum: [item, PRESENCE, ...words],
    text: [{ type: 'string' }, PRESENCE],
    set: [item, PRESENCE, ...words],
    instant: [...worded(left), PRESENCE, left.define('age', AGES)],
    integer: [left.expression, PRESENCE, exactly(numberText(left.unit)), ...worded(left)],
  };
  const lists = isListed ? [listOf(item), LIST_NAME] : [];
  return { anyOf: [...plain[type], ...lists, left.define('compared', withWord(left))] };
}

/** Of `{ fact, operator, value }`: operators that fit the type, and values that fit the operator. */
export function longComparison(left: Compared): Json {
  const operators = operatorsFor(left.type);
  const called = (names: readonly Operator[]): string[] => names.flatMap((name) => [name, ...WORDS[name]]);
  const byRight = groupedBy(operators, rightOf);
  return {
    properties: { operator: left.define('operator', operatorChoice(operators)) },
    allOf: [...byRight].map(([right, names]) =>
      whenThen(
        { properties: { operator: { enum: called(names) } }, required: ['operator'] },
        { properties: { value: left.define('value', longRight(right, left)) } },
      ),
    ),
  };
}

function groupedBy<Name, Key>(names: readonly Name[], keyOf: (name: Name) => Key): Map<Key, Name[]> {
  const groups = new Map<Key, Name[]>();
  for (const name of names) groups.set(keyOf(name), [...(groups.get(keyOf(name)) ?? []), name]);
  return groups;
}

export const operatorChoice = (operators: readonly Operator[]): Json =>
  choiceOf(
    operators.flatMap((name) =>
      [name, ...WORDS[name]].map((id) => ({ id, label: `事実${OPERATORS[name].ja}` })),
    ),
  );
