/** What stands behind a fact in the short form of a condition: a value, alone or with a word or a sign. */
import { AGE, AGE_ON, bornBy, NO_AGE } from './age.ts';
import { AS_OF, isObject } from './basics.ts';
import type { LocalizedText } from './lang.ts';
import {
  isOperatorWord,
  type Operator,
  operatorCalled,
  operatorsFor,
  signatureOf,
  type ValueType,
  WORDS,
} from './operators.ts';
import { isExpressionKey } from './read-expression.ts';

export interface Left {
  type: ValueType;
  unit: string | null;
  /** It may be any text, also one that ends in a word for a comparison. */
  isOpen: boolean;
}

/** The names that the short form tells apart. */
export interface Known {
  /** null where there is no such fact or conclusion. */
  left(name: string): Left | null;
  /** Of all facts and conclusions. */
  names(): Iterable<string>;
  isDeadline(name: string): boolean;
  isList(name: string): boolean;
  /** A number with a name. */
  isValue(name: string): boolean;
  /** A derived number. */
  isNumber(name: string): boolean;
}

/** `at`: the key under which the value stands, where it stands under one. */
export type Said =
  | { operator: Operator; value: unknown; at?: string }
  | ({ code: 'value-type' | 'operator-type' | 'unknown-operator' } & LocalizedText);

export function comparisonOf(fact: string, left: Left, written: unknown, known: Known): Said {
  if (Array.isArray(written)) return { operator: left.type === 'set' ? 'containsAny' : 'in', value: written };
  if (isObject(written)) return ofObject(fact, left, written, known);
  if (typeof written !== 'string') return { operator: 'equal', value: written };
  const text = written.trim();
  const isPresent = PRESENT.get(text);
  if (isPresent !== undefined) return { operator: 'isPresent', value: isPresent };
  const worded = left.isOpen ? null : withWord(text, left);
  if (worded) return { operator: worded.operator, value: rightOf(worded.operator, worded.rest, left, known) };
  if (left.type === 'set') return { operator: 'contains', value: written };
  if (left.type === 'instant') return noWord(fact, text);
  if (left.type === 'integer') return { operator: 'equal', value: rightOf('equal', text, left, known) };
  return { operator: 'equal', value: written };
}

const PRESENT = new Map([
  ['ある', true],
  ['ない', false],
]);

/** An instant has to be said to be before or after another. */
const noWord = (fact: string, text: string): Said => ({
  code: 'value-type',
  ja: `「${fact}」と「${text}」の比べ方がありません。まで、より前、から、より後のどれかを後に書いてください（例：${text} まで）。`,
  en: `How is ${fact} compared with "${text}"? Write one of "まで" (on or before), "より前" (before), "から" (on or after), "より後" (after) after it.`,
});

/** `{ 以上: 1 }`; or a right-hand side of the long form, which the fact is to be equal to. */
function ofObject(fact: string, left: Left, written: Record<string, unknown>, known: Known): Said {
  if (left.type === 'instant' && Object.hasOwn(written, AGE)) return ofAge(written);
  const [key = '', ...others] = Object.keys(written);
  const operator = operatorCalled(key.normalize('NFKC'), left.type) ?? operatorCalled(key, left.type);
  if (operator && others.length === 0) {
    const value = written[key];
    return {
      operator,
      value: typeof value === 'string' ? rightOf(operator, value.trim(), left, known) : value,
      at: key,
    };
  }
  if (key === 'list') return { operator: left.type === 'set' ? 'containsAny' : 'in', value: written };
  if (left.type === 'integer' && Object.keys(written).some(isExpressionKey))
    return { operator: 'equal', value: written };
  const words = operatorsFor(left.type).map((name) => WORDS[name][0] ?? name);
  return {
    code: isOperatorWord(key) ? 'operator-type' : 'unknown-operator',
    ja: `「${key}」という比べ方は、この事実には使えません。使えるのは ${words.join('、')} です。`,
    en: `"${key}" cannot compare ${fact}. Use one of ${words.map((word) => `"${word}"`).join(', ')}.`,
  };
}

/** `{ 満年齢: 65以上, 時点: application }` */
function ofAge({ [AGE]: age, [AGE_ON]: on = null, ...others }: Record<string, unknown>): Said {
  const worded = typeof age === 'string' ? withWord(age.trim(), { type: 'integer' }) : null;
  const [, number] = /^(\d{1,3})歳?$/.exec(worded?.rest ?? '') ?? [];
  const isWrong = number === undefined || Object.keys(others).length > 0;
  const born =
    worded && !isWrong && (on === null || typeof on === 'string')
      ? bornBy(worded.operator, Number(number), on)
      : null;
  return born ? { ...born, at: AGE } : { code: 'value-type', ...NO_AGE };
}

/** The signs that a text may begin with and the words that it may end with, the longest first. */
const WORDS_BY_LENGTH = [...new Set(Object.values(WORDS).flat())].sort((a, b) => b.length - a.length);
const isSign = (word: string): boolean => /^[^\p{L}]+$/u.test(word);

function withWord(text: string, { type }: Pick<Left, 'type'>): { operator: Operator; rest: string } | null {
  const plain = text.normalize('NFKC');
  for (const word of WORDS_BY_LENGTH) {
    const operator = operatorCalled(word, type);
    if (!operator || operator === 'isPresent') continue;
    const sign = word.normalize('NFKC');
    const has = isSign(word) ? plain.startsWith(sign) : plain.endsWith(sign);
    if (!has) continue;
    const rest = isSign(word) ? plain.slice(sign.length) : plain.slice(0, -sign.length);
    if (rest.trim() !== '') return { operator, rest: rest.trim() };
  }
  return null;
}

/** A right-hand side as the long form has it. What is not understood stays as it is, and is refused there. */
function rightOf(operator: Operator, text: string, { type, unit }: Left, known: Known): unknown {
  switch (signatureOf(operator).right) {
    case 'instant':
      if (text === '公表日' || text === 'published') return { source: 'published' };
      if (text === '判定時点' || text === AS_OF) return { fact: AS_OF };
      if (known.isDeadline(text)) return { deadline: text };
      return known.left(text) ? { fact: text } : { deadline: text };
    case 'list':
      return known.isList(text) ? { list: text } : [text];
    case 'boolean':
      return PRESENT.get(text) ?? text;
    case 'integer':
      return numberOf(text, type === 'set' ? '件' : unit, known);
    case 'same':
      return type === 'integer' ? numberOf(text, unit, known) : text;
    default:
      return text;
  }
}

const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+)(万)?(.*)$/u;

/** 1000, 1,000, 1,000円, 100万円; a named number; a fact. */
export function numberOf(text: string, unit: string | null, known: Known): unknown {
  const [, digits, tenThousands, rest] = NUMBER.exec(text) ?? [];
  if (digits !== undefined && (rest === '' || rest === unit))
    return Number(digits.replaceAll(',', '')) * (tenThousands ? 10_000 : 1);
  if (known.isValue(text)) return { value: text };
  if (known.isNumber(text)) return { number: text };
  return known.left(text) ? { fact: text } : text;
}
