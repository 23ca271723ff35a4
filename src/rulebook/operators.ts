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
  /** In Japanese, what a rule wants of the fact, and what it wants under `not`. ○ stands for the value. */
  wanted: readonly [wanted: string, opposite: string];
}

/**
 * Names are json-rules-engine's own where it has the operator. Instants compare with a deadline as a whole:
 * `before` means before its first moment, `after` means after its last minute or day.
 */
export const OPERATORS = {
  equal: {
    left: ['boolean', 'enum', 'text', 'integer'],
    right: 'same',
    ja: 'が次と同じ',
    en: 'equals',
    wanted: ['「○」であること', '「○」ではないこと'],
  },
  notEqual: {
    left: ['boolean', 'enum', 'text', 'integer'],
    right: 'same',
    ja: 'が次と異なる',
    en: 'differs from',
    wanted: ['「○」ではないこと', '「○」であること'],
  },
  in: {
    left: ['enum', 'text'],
    right: 'list',
    ja: 'が次のいずれか',
    en: 'is one of',
    wanted: ['「○」のいずれかであること', '「○」のいずれでもないこと'],
  },
  notIn: {
    left: ['enum', 'text'],
    right: 'list',
    ja: 'が次のいずれでもない',
    en: 'is none of',
    wanted: ['「○」のいずれでもないこと', '「○」のいずれかであること'],
  },
  includesText: {
    left: ['text'],
    right: 'text',
    ja: 'が次の文字を含む',
    en: 'includes the text',
    wanted: ['「○」の文字を含むこと', '「○」の文字を含まないこと'],
  },
  lessThan: {
    left: ['integer'],
    right: 'integer',
    ja: 'が次より小さい',
    en: 'is less than',
    wanted: ['○より小さいこと', '○以上であること'],
  },
  lessThanInclusive: {
    left: ['integer'],
    right: 'integer',
    ja: 'が次以下',
    en: 'is at most',
    wanted: ['○以下であること', '○より大きいこと'],
  },
  greaterThan: {
    left: ['integer'],
    right: 'integer',
    ja: 'が次より大きい',
    en: 'is more than',
    wanted: ['○より大きいこと', '○以下であること'],
  },
  greaterThanInclusive: {
    left: ['integer'],
    right: 'integer',
    ja: 'が次以上',
    en: 'is at least',
    wanted: ['○以上であること', '○より小さいこと'],
  },
  before: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次より前',
    en: 'is before',
    wanted: ['○より前であること', '○以後であること'],
  },
  onOrBefore: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次まで（当日・当該分を含む）',
    en: 'is on or before',
    wanted: ['○を過ぎていないこと', '○を過ぎていること'],
  },
  after: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次を過ぎている',
    en: 'is after',
    wanted: ['○を過ぎていること', '○を過ぎていないこと'],
  },
  onOrAfter: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次以後（当日・当該分を含む）',
    en: 'is on or after',
    wanted: ['○以後であること', '○より前であること'],
  },
  sameInstant: {
    left: ['instant'],
    right: 'instant',
    ja: 'が次と同じ日時',
    en: 'is at',
    wanted: ['○と同じ日時であること', '○と同じ日時ではないこと'],
  },
  contains: {
    left: ['set'],
    right: 'item',
    ja: 'に次が含まれる',
    en: 'contains',
    wanted: ['「○」を含むこと', '「○」を含まないこと'],
  },
  doesNotContain: {
    left: ['set'],
    right: 'item',
    ja: 'に次が含まれない',
    en: 'does not contain',
    wanted: ['「○」を含まないこと', '「○」を含むこと'],
  },
  containsAll: {
    left: ['set'],
    right: 'list',
    ja: 'に次のすべてが含まれる',
    en: 'contains all of',
    wanted: ['「○」がすべてそろうこと', '「○」のうち欠けるものがあること'],
  },
  containsAny: {
    left: ['set'],
    right: 'list',
    ja: 'に次のいずれかが含まれる',
    en: 'contains any of',
    wanted: ['「○」のいずれかを含むこと', '「○」のいずれも含まないこと'],
  },
  subsetOf: {
    left: ['set'],
    right: 'list',
    ja: 'が次の範囲に収まる',
    en: 'is within',
    wanted: ['「○」の中に収まること', '「○」の中に収まらないこと'],
  },
  countGreaterThan: {
    left: ['set'],
    right: 'integer',
    ja: 'の件数が次より多い',
    en: 'has more items than',
    wanted: ['件数が○より多いこと', '件数が○以下であること'],
  },
  isPresent: {
    left: ['boolean', 'enum', 'text', 'set', 'instant', 'integer'],
    right: 'boolean',
    ja: 'がある（はい・いいえ）',
    en: 'is present',
    wanted: ['あること', 'ないこと'],
  },
} as const satisfies Record<string, Signature>;

export type Operator = keyof typeof OPERATORS;
export const OPERATOR_NAMES = Object.keys(OPERATORS) as Operator[];

export const signatureOf = (operator: Operator): Signature => OPERATORS[operator];
export const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name);
