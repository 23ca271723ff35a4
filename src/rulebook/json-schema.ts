/** The JSON Schemas that editors complete and explain rule files with. */
import { z } from 'zod';
import { CONCLUSIONS, type Conclusion, type Item } from './basics.ts';
import { OPERATOR_NAMES, OPERATORS, operatorsFor, type ValueType, WORDS } from './operators.ts';
import { ProblemList } from './problems.ts';
import { ruleFileSchema } from './rule-file-schema.ts';
import { conclusionType } from './rule-set.ts';
import { idSchema } from './shape.ts';
import { type FactDefinition, useWordFiles, type Vocabulary } from './vocabulary.ts';
import { localVocabularySchema, vocabularySchema } from './vocabulary-schema.ts';

type Json = Record<string, unknown>;

const ref = (id: string): Json => ({ $ref: `#/$defs/${id}` });
const described = (type: string, description: string): Json => ({ type, description });
const text = (description: string): Json => described('string', description);
const listOf = (id: string): Json => ({ type: 'array', minItems: 1, items: ref(id) });
const object = (description: string, required: Json, optional: Json = {}): Json => ({
  ...described('object', description),
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});

/** What zod leaves open because `conditions.ts` and `operands.ts` parse it by hand. */
function handWritten(vocabulary: Vocabulary): Record<string, Json> {
  const names = [...vocabulary.wordFiles.keys()];
  const fact: Json = {
    description: '事実の名前（asOf は判定時点）、または前の区分の結論',
    anyOf: [
      ...offeredFacts(vocabulary).map((f) => ({ const: f.name, description: `${f.label}（${f.type}）` })),
      { const: 'asOf', description: '判定時点' },
      ...CONCLUSIONS.map((c) => ({ const: c, description: '前の区分の結論' })),
      { type: 'string', pattern: '\\.' },
    ],
  };
  const operator: Json = {
    description: '比べ方',
    anyOf: OPERATOR_NAMES.flatMap((o) =>
      [o, ...WORDS[o]].map((word) => ({ const: word, description: `事実${OPERATORS[o].ja}` })),
    ),
  };
  const value: Json = {
    description: '比べる値。日時は { deadline: 名前 }、一覧は { list: 名前 }、数は整数や { fact: 名前 }',
  };
  const clause: Json = {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: '根拠の条項',
  };
  const labelled = { label: text('日本語の見出し'), clause };
  const all = { ...listOf('condition'), description: 'すべて成り立つべき条件' };
  const any = { ...listOf('condition'), description: 'どれかが成り立てばよい条件' };
  const short = shortForm(offeredFacts(vocabulary), labelled);
  const after = {
    anyOf: [
      object('事実の日から', { fact: text('日時の事実') }),
      object('期限の日から', { deadline: text('期限の名前') }),
    ],
  };
  const counted = {
    days: described('integer', '日数'),
    months: described('integer', '月数'),
    endOfMonth: described('boolean', 'その月の末日まで'),
  };
  return {
    ...compared,
    wordFile: {
      description: '言葉のファイルの名前（words/ にある名前.yaml）',
      anyOf: [
        ...names.map((name) => ({ const: name })),
        { type: 'string', pattern: z.toJSONSchema(idSchema).pattern },
      ],
    },
    condition: {
      description: '条件',
      anyOf: [
        text('名前の付いた条件（conditions に書いた名前）'),
        { ...listOf('condition'), description: 'すべて成り立つ' },
        { ...short, description: '事実と値（複数ならすべて成り立つ）' },
        object('すべて成り立つ', { all }, labelled),
        object('どれかが成り立つ', { any }, labelled),
        object('成り立たない', { not: ref('condition') }, labelled),
        object('名前の付いた条件', { condition: text('conditions に書いた名前') }, labelled),
        object('事実を値と比べる', { fact, operator, value }, labelled),
      ],
    },
    moment: {
      description: '日付（2030-01-31）、分まで（2030-01-31 23:59）、または事実や期限から数えた日',
      anyOf: [
        {
          description: '日付か、分までの日時',
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2})?$',
        },
        object('公表日', { source: { const: 'published', description: '公表日' } }),
        object('事実や期限から数えた日', { after: { ...after, description: 'どの日から数えるか' } }, counted),
      ],
    },
    expression: {
      description: '金額や数',
      anyOf: [
        described('integer', '整数'),
        described('null', '告知から決まらない'),
        object('事実の値', { fact: text('数の事実') }),
        object('名前の付いた値', { value: text('values に書いた名前') }),
        object('合計', { sum: listOf('expression') }),
        object('小さい方（上限）', { lesserOf: listOf('expression') }),
        object('割合（端数切り捨て）', {
          percent: { ...described('number', '何%か'), minimum: 0 },
          of: { ...ref('expression'), description: 'もとの金額' },
        }),
      ],
    },
  };
}

const TYPES: readonly ValueType[] = ['boolean', 'enum', 'text', 'set', 'instant', 'integer'];

/** By type of fact: `{ 以上: 1 }`. */
const compared: Json = Object.fromEntries(
  TYPES.map((type) => {
    const words = operatorsFor(type).flatMap((name) =>
      [name, ...WORDS[name]].map((word) => [word, { description: `事実${OPERATORS[name].ja}` }]),
    );
    return [`${type}Compared`, { type: 'object', properties: Object.fromEntries(words) }];
  }),
);

/** `fact: value`, where what may be written behind a fact follows from its type. */
function shortForm(facts: readonly FactDefinition[], labelled: Json): Json {
  const right = (type: ValueType, items: readonly Item[] | null): Json => {
    const ids = items?.map(({ id, label }) => ({ const: id, description: label })) ?? [];
    const plain: Record<ValueType, Json[]> = {
      boolean: [{ type: 'boolean' }, described('string', 'ある か ない')],
      enum: [
        ...ids,
        { type: 'string' },
        { type: 'array', items: ids.length > 0 ? { anyOf: ids } : { type: 'string' } },
      ],
      text: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
      set: [
        ...ids,
        { type: 'string' },
        { type: 'array', items: ids.length > 0 ? { anyOf: ids } : { type: 'string' } },
      ],
      instant: [described('string', '「期限の名前 まで」のように、まで・より前・から・より後を付ける')],
      integer: [
        { type: 'integer' },
        described('string', '「1以上」のように、以上・以下・未満・より大きいを付ける'),
      ],
    };
    return { anyOf: [...plain[type], ref(`${type}Compared`)] };
  };
  const ofFact = ({ type, values, label, unit }: FactDefinition): Json => ({
    description: `${label}${unit === null ? '' : `（${unit}）`}`,
    ...right(type, values),
  });
  const ofConclusion = (name: Conclusion): Json => ({
    description: '前の区分の結論',
    ...right(conclusionType(name), null),
  });
  return {
    type: 'object',
    minProperties: 1,
    properties: {
      ...Object.fromEntries(facts.map((fact) => [fact.name, ofFact(fact)])),
      ...Object.fromEntries(CONCLUSIONS.map((name) => [name, ofConclusion(name)])),
      asOf: { description: '判定時点', ...right('instant', null) },
      ...labelled,
    },
    patternProperties: { '^[a-z][A-Za-z0-9]*\\.[a-z][A-Za-z0-9]*$': {} },
    additionalProperties: false,
  };
}

/** Those of the shared words and of all word files: an editor does not know which of them a rule file uses. */
function offeredFacts(vocabulary: Vocabulary): FactDefinition[] {
  const { facts } = [...vocabulary.wordFiles].reduce((known, [name]) => {
    const { vocabulary: more } = useWordFiles(known, [name], 'file', new ProblemList(() => NOWHERE));
    return more ?? known;
  }, vocabulary);
  return [...facts.values()];
}
const NOWHERE = { file: '', line: 1, column: 1 };

export function ruleSetJsonSchema(vocabulary: Vocabulary): Json {
  const schema: Json = z.toJSONSchema(ruleFileSchema, { io: 'input', unrepresentable: 'any' });
  return { ...schema, $defs: { ...Object(schema.$defs), ...handWritten(vocabulary) } };
}

export function vocabularyJsonSchema(): Json {
  return z.toJSONSchema(vocabularySchema, { io: 'input', unrepresentable: 'any' });
}

/** Of rules/words/<name>.yaml. */
export function wordsJsonSchema(): Json {
  const schema: Json = z.toJSONSchema(localVocabularySchema, { io: 'input', unrepresentable: 'any' });
  return { ...schema, title: '言葉のファイル', description: WORD_FILE };
}
const WORD_FILE =
  '同じ発行基盤などのいくつかの告知が共有する事実と言葉。ルールのファイルに uses: [ファイルの名前] と書いて使う';
