/** The kinds of value that conditions compare. `integer` covers yen and every other counted unit. */
export type ValueType = 'boolean' | 'enum' | 'text' | 'set' | 'instant' | 'integer';

interface Signature {
  /** Types of fact that it may be applied to. */
  left: readonly ValueType[];
  /** What its right-hand side must be. */
  right: 'same' | 'list' | 'item' | 'instant' | 'integer' | 'text' | 'boolean';
  /** How it reads between a fact and a value. */
  ja: string;
  en: string;
}

/**
 * Names are json-rules-engine's own where it has the operator. Instants compare with a deadline as a whole:
 * `before` means before its first moment, `after` means after its last minute or day.
 */
export const OPERATORS = {
  equal: { left: ['boolean', 'enum', 'text', 'integer'], right: 'same', ja: 'が次と同じ', en: 'equals' },
  notEqual: {
    left: ['boolean', 'enum', 'text', 'integer'],
    right: 'same',
    ja: 'が次と異なる',
    en: 'differs from',
  },
  in: { left: ['enum', 'text'], right: 'list', ja: 'が次のいずれか', en: 'is one of' },
  notIn: { left: ['enum', 'text'], right: 'list', ja: 'が次のいずれでもない', en: 'is none of' },
  includesText: { left: ['text'], right: 'text', ja: 'が次の文字を含む', en: 'includes the text' },
  lessThan: { left: ['integer'], right: 'integer', ja: 'が次より小さい', en: 'is less than' },
  lessThanInclusive: { left: ['integer'], right: 'integer', ja: 'が次以下', en: 'is at most' },
  greaterThan: { left: ['integer'], right: 'integer', ja: 'が次より大きい', en: 'is more than' },
  greaterThanInclusive: { left: ['integer'], right: 'integer', ja: 'が次以上', en: 'is at least' },
  before: { left: ['instant'], right: 'instant', ja: 'が次より前', en: 'is before' },
  onOrBefore: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次まで（当日・当該分を含む）',
    en: 'is on or before',
  },
  after: { left: ['instant'], right: 'instant', ja: 'が次を過ぎている', en: 'is after' },
  onOrAfter: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次以後（当日・当該分を含む）',
    en: 'is on or after',
  },
  sameInstant: { left: ['instant'], right: 'instant', ja: 'が次と同じ日時', en: 'is at' },
  contains: { left: ['set'], right: 'item', ja: 'に次が含まれる', en: 'contains' },
  doesNotContain: { left: ['set'], right: 'item', ja: 'に次が含まれない', en: 'does not contain' },
  containsAll: { left: ['set'], right: 'list', ja: 'に次のすべてが含まれる', en: 'contains all of' },
  containsAny: { left: ['set'], right: 'list', ja: 'に次のいずれかが含まれる', en: 'contains any of' },
  subsetOf: { left: ['set'], right: 'list', ja: 'が次の範囲に収まる', en: 'is within' },
  countGreaterThan: { left: ['set'], right: 'integer', ja: 'の件数が次より多い', en: 'has more items than' },
  isPresent: {
    left: ['boolean', 'enum', 'text', 'set', 'instant', 'integer'],
    right: 'boolean',
    ja: 'がある（はい・いいえ）',
    en: 'is present',
  },
} as const satisfies Record<string, Signature>;

export type Operator = keyof typeof OPERATORS;
export const OPERATOR_NAMES = Object.keys(OPERATORS) as Operator[];

export const signatureOf = (operator: Operator): Signature => OPERATORS[operator];
export const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name);
