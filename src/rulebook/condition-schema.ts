/** JSON Schemas of conditions, amounts and moments, which zod leaves open because they are parsed by hand. */
import { MOST_YEARS } from './age.ts';
import { AS_OF, type Item } from './basics.ts';
import {
  AGES,
  type Compared,
  choiceOf,
  type Json,
  LIST_NAME,
  listOf,
  longComparison,
  object,
  ref,
  shortComparison,
  whenThen,
} from './comparison-schema.ts';
import { DERIVED } from './derived-left.ts';
import { calculations } from './expression-schema.ts';
import { COUNTING_WORDS, MOST_DAYS, MOST_MINUTES } from './moments.ts';
import { OPERATOR_NAMES, WORDS } from './operators.ts';
import { COMMON_CONCLUSIONS, DECLARED, SHARED_STATES } from './sections.ts';
import type { FactDefinition } from './vocabulary.ts';
import { FACT_NAME } from './vocabulary-schema.ts';

const described = (type: string, description: string): Json => ({ type, description });
const text = (description: string): Json => described('string', description);

const NON_EMPTY: Json = { type: 'string', minLength: 1 };
const BESIDE: Json = {
  label: { ...NON_EMPTY, description: '日本語の見出し' },
  clause: { anyOf: [NON_EMPTY, listOf(NON_EMPTY)], description: '根拠の条項' },
};
const FACT = '事実の名前（asOf は判定時点）、または前の区分の結論';
const VALUE = '比べる値。日時は { deadline: 名前 }、一覧は { list: 名前 }、数は整数や { fact: 名前 }';
const CONCLUSIONS = [...COMMON_CONCLUSIONS, ...SHARED_STATES];
const NOT_FACTS: Json = {
  ...{ [AS_OF]: { description: '判定時点' } },
  ...Object.fromEntries(CONCLUSIONS.map((name) => [name, { description: '前の区分の結論' }])),
};
const all: Json = { ...listOf(ref('condition')), description: 'すべて成り立つべき条件' };
const any: Json = { ...listOf(ref('condition')), description: 'どれかが成り立てばよい条件' };
const not: Json = { ...ref('condition'), description: '成り立ってはならない条件' };
const condition = text('conditions に書いた名前');

/** The ways of writing a condition, as people are told of them. */
export const CONDITION_FORMS: readonly Json[] = [
  text('名前の付いた条件（conditions に書いた名前）'),
  { ...listOf(ref('condition')), description: 'すべて成り立つ' },
  object('事実と値（複数ならすべて成り立つ）', {}, { ...NOT_FACTS, ...BESIDE }),
  object('すべて成り立つ', { all }, BESIDE),
  object('どれかが成り立つ', { any }, BESIDE),
  object('成り立たない', { not }, BESIDE),
  object('名前の付いた条件', { condition }, BESIDE),
  object(
    '事実を値と比べる',
    { fact: text(FACT), operator: text('比べ方'), value: { description: VALUE } },
    BESIDE,
  ),
  { ...AGES, description: '事実（生まれた日）の後に書く満年齢。誕生日にその年齢になる' },
];

const isMap: Json = { type: 'object' };
const has = (...required: string[]): Json => ({ ...isMap, required });
const only = (...keys: string[]): Json => ({ propertyNames: { enum: keys } });
const oneOf = (names: readonly string[]): string =>
  `(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})`;
const GROUPS = ['all', 'any', 'not', 'condition'];
const LEAF = ['fact', 'operator', 'value'];

/** Conditions as far as they do not depend on what a fact is. `known`: facts that `knownConditions` tells of, by name. */
export function openConditions(known: readonly string[]): Record<string, Json> {
  const name = FACT_NAME.source.slice(1);
  const unknown = `^(?!${oneOf([...known, ...CONCLUSIONS])}$)${name}`;
  const isLong = has('fact');
  return {
    conditionShape: {
      type: ['string', 'array', 'object'],
      ...{ minItems: 1, items: ref('condition'), minProperties: 1 },
      properties: {
        ...{ ...NOT_FACTS, all, any, not, condition },
        fact: {
          type: 'string',
          pattern: `${FACT_NAME.source}|${DECLARED.source}|${DERIVED.source}|^${oneOf([AS_OF, ...CONCLUSIONS])}$`,
          description: FACT,
        },
        operator: { type: 'string', description: '比べ方' },
        value: { description: VALUE },
        ...BESIDE,
      },
      patternProperties: {
        ...{ [FACT_NAME.source]: {}, [unknown]: ref('unknownShort') },
        ...{ [DECLARED.source]: ref('unknownShort'), [DERIVED.source]: ref('unknownShort') },
      },
      additionalProperties: false,
      allOf: [
        whenThen(isLong, { required: LEAF, ...only(...LEAF, ...Object.keys(BESIDE)) }),
        whenThen({ ...isMap, anyOf: [has('operator'), has('value')] }, { required: LEAF }),
        whenThen({ ...isLong, properties: { fact: { pattern: unknown } } }, ref('unknownLong')),
        ...Object.keys(BESIDE).map((key) => whenThen(has(key), { minProperties: 2 })),
        whenThen(has(...Object.keys(BESIDE)), { minProperties: 3 }),
      ],
    },
    // A label of a group, or of several facts, belongs to the name of a condition.
    condition: {
      description: '条件',
      allOf: [
        ref('conditionShape'),
        ...GROUPS.map((key) => whenThen(has(key), only(key))),
        whenThen(
          { ...isMap, anyOf: Object.keys(BESIDE).map((key) => has(key)), not: isLong },
          { if: has(...Object.keys(BESIDE)), ...thenElse({ maxProperties: 3 }, { maxProperties: 2 }) },
        ),
      ],
    },
    namedCondition: {
      description: '条件',
      allOf: [
        ref('conditionShape'),
        ...GROUPS.map((key) => whenThen(has(key), only(key, ...Object.keys(BESIDE)))),
      ],
    },
    unknownShort: {
      anyOf: [
        ...[
          { type: 'boolean' },
          { type: 'string' },
          ref('expression'),
          listOf({ type: 'string' }),
          LIST_NAME,
        ],
        {
          ...{ type: 'object', minProperties: 1, maxProperties: 1 },
          propertyNames: { pattern: `^${oneOf(['equal', ...ANY_WORD])}$` },
          additionalProperties: { not: { type: 'null' } },
        },
      ],
    },
    unknownLong: {
      properties: {
        operator: { enum: ANY_WORD },
        value: {
          anyOf: [
            ...[{ type: 'boolean' }, { type: 'string' }, listOf({ type: 'string' }), LIST_NAME],
            ...[ref('instant'), ref('expression')],
          ],
        },
      },
    },
  };
}
const thenElse = (then: Json, otherwise: Json): Json => ({
  then,
  else: otherwise,
});
const ANY_WORD = [...new Set(OPERATOR_NAMES.flatMap((name) => [name, ...WORDS[name]]))];

/** The words of one source: the shared ones, or those that a rule file has with one word file. */
export interface KnownWords {
  /** Before the names of its definitions. */
  prefix: string;
  facts: readonly FactDefinition[];
  /** Labels of the outcomes and states, by the conclusion that they may be. */
  words: Readonly<Record<string, readonly Item[]>>;
}

/** What is compared, with what is said of it. */
interface Named extends Compared {
  name: string;
  description: string;
}

/** Comparisons of facts that are known, amounts and moments, beside `openConditions`. */
export function knownConditions(
  { prefix, facts, words }: KnownWords,
  define: Compared['define'],
): Record<string, Json> {
  const parts: Parts = {
    ...{ define, expression: ref(`${prefix}expression`), instant: ref(`${prefix}instant`) },
  };
  const self = ref(`${prefix}known`);
  const named = [...facts.map((fact) => ofFact(fact, parts)), ...conclusionsOf(words, parts), asOf(parts)];
  const long = new Map<Json, string[]>();
  const properties: Json = {};
  for (const each of named) {
    const short = parts.define(each.type, shortComparison(each));
    properties[each.name] = { description: each.description, ...short };
    const comparison = parts.define(`${each.type}Long`, longComparison(each));
    long.set(comparison, [...(long.get(comparison) ?? []), each.name]);
  }
  const isOne = (names: readonly string[]): Json => ({
    ...has('fact'),
    properties: { fact: { enum: names } },
  });
  return {
    [`${prefix}known`]: {
      items: self,
      properties: {
        ...{ all: { items: self }, any: { items: self }, not: self },
        fact: { anyOf: [choiceOf(named.map((one) => ({ id: one.name, label: one.description }))), {}] },
        ...properties,
      },
      allOf: [...long].map(([comparison, names]) => whenThen(isOne(names), comparison)),
    },
    ...amountsAndMoments(prefix, facts),
  };
}

type Parts = Pick<Compared, 'define' | 'expression' | 'instant'>;

/** Puts each schema into `definitions` once; the same reference to it each time. */
export function definer(definitions: Record<string, Json>): Compared['define'] {
  const known = new Map<string, Json>();
  const counts = new Map<string, number>();
  return (name, schema) => {
    const key = JSON.stringify(schema);
    const before = known.get(key);
    if (before) return before;
    const count = (counts.get(name) ?? 0) + 1;
    const id = `${name}.${count}`;
    counts.set(name, count);
    definitions[id] = schema;
    known.set(key, ref(id));
    return ref(id);
  };
}

const TYPE_NAMES: Record<FactDefinition['type'], string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢から一つ',
  set: '選択肢からいくつか',
  text: '文字',
  instant: '日時',
  integer: '数',
};

const ofFact = ({ name, label, type, unit, values }: FactDefinition, parts: Parts): Named => ({
  ...{ ...parts, name, type, unit },
  ...{ choices: values ?? [], isOpen: values === null },
  description: `${label}（${TYPE_NAMES[type]}${unit === null ? '' : `、${unit}`}）`,
});

const asOf = (parts: Parts): Named => ({
  ...{ ...parts, name: AS_OF, type: 'instant', unit: null, choices: [], isOpen: true },
  description: '判定時点（日時）',
});

/** A rule file has rules and words of its own: other conclusions are possible. */
const conclusionsOf = (words: KnownWords['words'], parts: Parts): Named[] =>
  CONCLUSIONS.map((name) => {
    const type = name === 'category' || name === 'remedy' ? 'set' : 'enum';
    const choices = words[name] ?? [];
    const description = `前の区分の結論（${TYPE_NAMES[type]}）`;
    return { ...{ ...parts, name, type, unit: null, choices, isOpen: true }, description };
  });

function amountsAndMoments(prefix: string, facts: readonly FactDefinition[]): Record<string, Json> {
  const expression = ref(`${prefix}expression`);
  const factOf = (type: FactDefinition['type'], more: readonly Item[] = []): Json => {
    const fitting = facts
      .filter((fact) => fact.type === type)
      .map(({ name, label }) => ({ id: name, label }));
    const others = facts.filter((fact) => fact.type !== type).map(({ name }) => name);
    const pattern = others.length > 0 ? `^(?!${oneOf(others)}$)` : '';
    const offered = choiceOf([...fitting, ...more]);
    return { anyOf: [...(fitting.length + more.length > 0 ? [offered] : []), { type: 'string', pattern }] };
  };
  const published = object('公表日', { source: { const: 'published', description: '公表日' } });
  const dayFact = (more: readonly Item[] = []): Json =>
    object('事実の日から', { fact: { description: '日時の事実', ...factOf('instant', more) } });
  const afterOf = (more: readonly Item[]): Json => ({
    description: 'どの日から数えるか',
    anyOf: [dayFact(more), object('期限の日から', { deadline: text('期限の名前') })],
  });
  const count = (description: string, most = MOST_DAYS): Json => ({
    description,
    anyOf: [
      { type: 'integer', minimum: -most, maximum: most },
      object('名前の付いた値', { value: text('values に書いた名前') }),
    ],
  });
  const amounts = {
    years: count('年数', MOST_YEARS),
    months: count('月数'),
    days: count('日数（前なら負の数）'),
  };
  const ends = {
    endOfMonth: described('boolean', 'その月の末日まで'),
    endOfFiscalYear: described('boolean', 'その年度の末日まで'),
  };
  const counting: Json = {
    description: '最初の日：翌日から（初日を含まない）か、当日から（初日を含む）',
    enum: Object.entries(COUNTING_WORDS).flatMap(([name, words]) => [name, ...words]),
  };
  const isEnd = { properties: { endOfMonth: { const: true } }, required: ['endOfMonth'] };
  const isCount = {
    anyOf: Object.keys(amounts).map((key) => ({
      properties: { [key]: { not: { const: 0 } } },
      required: [key],
    })),
  };
  const countedOf = (more: readonly Item[]): Json[] => [
    {
      ...object('事実や期限から数えた日', { after: afterOf(more) }, { ...amounts, counting, ...ends }),
      ...whenThen({ required: ['counting'] }, { ...isCount, not: isEnd }),
    },
    object(
      '事実の時刻（その分を含む）',
      { at: { ...dayFact(), description: 'どの時刻か' } },
      {
        hours: count('何時間後か（前なら負の数）', MOST_MINUTES / 60),
        minutes: count('何分後か（前なら負の数）', MOST_MINUTES),
      },
    ),
  ];
  const asOf = { id: AS_OF, label: '判定時点' };
  const fixed: Json[] = [
    {
      description: '日付か、分までの日時',
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}([ T]\\d{1,2}:\\d{2})?$',
    },
    published,
  ];
  return {
    [`${prefix}moment`]: {
      description: '日付（2030-01-31）、分まで（2030-01-31 23:59）、事実や期限から数えた日、または事実の時刻',
      anyOf: [...fixed, ...countedOf([])],
    },
    [`${prefix}fixedMoment`]: {
      description: '日付（2030-01-31）か、分まで（2030-01-31 23:59）',
      anyOf: fixed,
    },
    [`${prefix}instant`]: {
      description: '日時',
      anyOf: [
        object('期限', { deadline: text('期限の名前') }),
        object('日時の事実', {
          fact: { description: '日時の事実', ...factOf('instant', [asOf]) },
        }),
        published,
        ...countedOf([asOf]),
      ],
    },
    [`${prefix}expression`]: {
      description: '金額や数',
      anyOf: [
        {
          ...described('integer', '整数'),
          minimum: Number.MIN_SAFE_INTEGER,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        object('事実の値', { fact: { description: '数の事実', ...factOf('integer') } }),
        ...calculations(expression),
      ],
    },
  };
}
