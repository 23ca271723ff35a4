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

const ALIKE = { left: ['boolean', 'enum', 'text', 'integer'], right: 'same' } as const;
const AMONG = { left: ['enum', 'text'], right: 'list' } as const;
const NUMBER = { left: ['integer'], right: 'integer' } as const;
const TIME = { left: ['instant'], right: 'instant' } as const;
const MEMBER = { left: ['set'], right: 'item' } as const;
const SETS = { left: ['set'], right: 'list' } as const;

/**
 * Names are json-rules-engine's own where it has the operator. Instants compare with a deadline as a whole:
 * `before` means before its first moment, `after` means after its last minute or day.
 */
export const OPERATORS = {
  equal: { ...ALIKE, ja: 'が次と同じ', en: 'equals' },
  notEqual: { ...ALIKE, ja: 'が次と異なる', en: 'differs from' },
  in: { ...AMONG, ja: 'が次のいずれか', en: 'is one of' },
  notIn: { ...AMONG, ja: 'が次のいずれでもない', en: 'is none of' },
  includesText: { left: ['text'], right: 'text', ja: 'が次の文字を含む', en: 'includes the text' },
  lessThan: { ...NUMBER, ja: 'が次より小さい', en: 'is less than' },
  lessThanInclusive: { ...NUMBER, ja: 'が次以下', en: 'is at most' },
  greaterThan: { ...NUMBER, ja: 'が次より大きい', en: 'is more than' },
  greaterThanInclusive: { ...NUMBER, ja: 'が次以上', en: 'is at least' },
  before: { ...TIME, ja: 'が次より前', en: 'is before' },
  onOrBefore: { ...TIME, ja: 'が次まで（当日・当該分を含む）', en: 'is on or before' },
  after: { ...TIME, ja: 'が次を過ぎている', en: 'is after' },
  onOrAfter: { ...TIME, ja: 'が次以後（当日・当該分を含む）', en: 'is on or after' },
  sameInstant: { ...TIME, ja: 'が次と同じ日時', en: 'is at' },
  contains: { ...MEMBER, ja: 'に次が含まれる', en: 'contains' },
  doesNotContain: { ...MEMBER, ja: 'に次が含まれない', en: 'does not contain' },
  containsAll: { ...SETS, ja: 'に次のすべてが含まれる', en: 'contains all of' },
  containsAny: { ...SETS, ja: 'に次のいずれかが含まれる', en: 'contains any of' },
  subsetOf: { ...SETS, ja: 'が次の範囲に収まる', en: 'is within' },
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

/**
 * What else an operator may be called in a rule file, the first as `hosho fmt` writes it: a word behind the value, a sign before it. Of two operators with the same word
 * one is for instants or sets, the other for what else there is: for one type of fact a word means one operator.
 */
export const WORDS: Record<Operator, readonly string[]> = {
  equal: ['等しい', '同じ', '='],
  notEqual: ['以外', '≠', '!='],
  in: ['いずれか'],
  notIn: ['いずれでもない'],
  includesText: ['を含む'],
  lessThan: ['未満', 'より小さい', 'より少ない', '<'],
  lessThanInclusive: ['以下', '≤', '<=', '≦'],
  greaterThan: ['より大きい', 'より多い', '超', '>'],
  greaterThanInclusive: ['以上', '≥', '>=', '≧'],
  before: ['より前', '<'],
  onOrBefore: ['まで', '以前', '≤', '<=', '≦'],
  after: ['より後', '>'],
  onOrAfter: ['から', '以後', '以降', '≥', '>=', '≧'],
  sameInstant: ['と同じ', '='],
  contains: ['を含む'],
  doesNotContain: ['を含まない'],
  containsAll: ['すべてを含む'],
  containsAny: ['いずれかを含む', 'いずれか'],
  subsetOf: ['だけ'],
  countGreaterThan: ['件より多い'],
  isPresent: ['ある'],
};

const isCalled = (operator: Operator, word: string): boolean =>
  operator === word || WORDS[operator].includes(word);

/** The operator by its name or another word for it, of facts of that type. */
export const operatorCalled = (word: string, type: ValueType): Operator | undefined =>
  operatorsFor(type).find((operator) => isCalled(operator, word));

/** Whether it is a word for an operator of whatever type. */
export const isOperatorWord = (word: string): boolean =>
  OPERATOR_NAMES.some((operator) => isCalled(operator, word));

/** In Japanese, what a rule wants of the fact, and what it wants under `not`. ○ stands for the value. */
export const WANTED: Record<Operator, readonly [wanted: string, opposite: string]> = {
  equal: ['「○」であること', '「○」ではないこと'],
  notEqual: ['「○」ではないこと', '「○」であること'],
  in: ['「○」のいずれかであること', '「○」のいずれでもないこと'],
  notIn: ['「○」のいずれでもないこと', '「○」のいずれかであること'],
  includesText: ['「○」の文字を含むこと', '「○」の文字を含まないこと'],
  lessThan: ['○より小さいこと', '○以上であること'],
  lessThanInclusive: ['○以下であること', '○より大きいこと'],
  greaterThan: ['○より大きいこと', '○以下であること'],
  greaterThanInclusive: ['○以上であること', '○より小さいこと'],
  before: ['○より前であること', '○以後であること'],
  onOrBefore: ['○を過ぎていないこと', '○を過ぎていること'],
  after: ['○を過ぎていること', '○を過ぎていないこと'],
  onOrAfter: ['○以後であること', '○より前であること'],
  sameInstant: ['○と同じ日時であること', '○と同じ日時ではないこと'],
  contains: ['「○」を含むこと', '「○」を含まないこと'],
  doesNotContain: ['「○」を含まないこと', '「○」を含むこと'],
  containsAll: ['「○」がすべてそろうこと', '「○」のうち欠けるものがあること'],
  containsAny: ['「○」のいずれかを含むこと', '「○」のいずれも含まないこと'],
  subsetOf: ['「○」の中に収まること', '「○」の中に収まらないこと'],
  countGreaterThan: ['件数が○より多いこと', '件数が○以下であること'],
  isPresent: ['あること', 'ないこと'],
};

export const signatureOf = (operator: Operator): Signature => OPERATORS[operator];
export const operatorsFor = (type: ValueType): Operator[] =>
  OPERATOR_NAMES.filter((operator) => signatureOf(operator).left.includes(type));
export const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name);
