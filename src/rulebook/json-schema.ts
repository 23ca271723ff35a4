/** The JSON Schemas that editors complete and explain rule files with. */
import { z } from 'zod';
import { CONCLUSIONS } from './basics.ts';
import { OPERATOR_NAMES, OPERATORS } from './operators.ts';
import { ruleFileSchema } from './rule-file-schema.ts';
import { type Vocabulary, vocabularySchema } from './vocabulary.ts';

type Json = Record<string, unknown>;

/** What zod leaves open because `conditions.ts` and `operands.ts` parse it by hand. */
function handWritten(vocabulary: Vocabulary): Record<string, Json> {
  const ref = (id: string): Json => ({ $ref: `#/$defs/${id}` });
  const object = (
    description: string,
    properties: Json,
    required: string[] = Object.keys(properties),
  ): Json => ({
    type: 'object',
    description,
    properties,
    required,
    additionalProperties: false,
  });
  const name = (description: string): Json => ({ type: 'string', description });
  const factNames: Json = {
    description: '事実の名前（asOf は判定時点）、または前の区分の結論',
    anyOf: [
      ...[...vocabulary.facts.values()].map((f) => ({
        const: f.name,
        description: `${f.label}（${f.type}）`,
      })),
      { const: 'asOf', description: '判定時点' },
      ...CONCLUSIONS.map((c) => ({ const: c, description: '前の区分の結論' })),
      { type: 'string', pattern: '\\.' },
    ],
  };
  const text = (description: string): Json => ({ type: 'string', description });
  const clause: Json = {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: '根拠の条項',
  };
  const labelled = { label: text('日本語の見出し'), clause };
  const group = (description: string): Json => ({
    type: 'array',
    minItems: 1,
    items: ref('condition'),
    description,
  });
  return {
    condition: {
      description: '条件',
      anyOf: [
        object('すべて成り立つ', { all: group('すべて成り立つべき条件'), ...labelled }, ['all']),
        object('どれかが成り立つ', { any: group('どれかが成り立てばよい条件'), ...labelled }, ['any']),
        object('成り立たない', { not: ref('condition'), ...labelled }, ['not']),
        object('名前の付いた条件', { condition: name('conditions に書いた名前'), ...labelled }, [
          'condition',
        ]),
        object(
          '事実を値と比べる',
          {
            fact: factNames,
            operator: {
              description: '比べ方',
              anyOf: OPERATOR_NAMES.map((o) => ({ const: o, description: `事実${OPERATORS[o].ja}` })),
            },
            value: {
              description:
                '比べる値。日時は { deadline: 名前 }、一覧は { list: 名前 }、数は整数や { fact: 名前 }',
            },
            ...labelled,
          },
          ['fact', 'operator', 'value'],
        ),
      ],
    },
    moment: {
      description: '日付（2030-01-31）、分まで（2030-01-31 23:59）、または事実や期限から数えた日',
      anyOf: [
        { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2})?$' },
        object('公表日', { source: { const: 'published' } }),
        object(
          '事実や期限から数えた日',
          {
            after: {
              anyOf: [
                object('事実の日から', { fact: name('日時の事実') }),
                object('期限の日から', { deadline: name('期限の名前') }),
              ],
            },
            days: { type: 'integer', description: '日数' },
            months: { type: 'integer', description: '月数' },
            endOfMonth: { type: 'boolean', description: 'その月の末日まで' },
          },
          ['after'],
        ),
      ],
    },
    expression: {
      description: '金額や数',
      anyOf: [
        { type: 'integer' },
        { type: 'null', description: '告知から決まらない' },
        object('事実の値', { fact: name('数の事実') }),
        object('名前の付いた値', { value: name('values に書いた名前') }),
        object('合計', { sum: { type: 'array', minItems: 1, items: ref('expression') } }),
        object('小さい方（上限）', { lesserOf: { type: 'array', minItems: 1, items: ref('expression') } }),
        object('割合（端数切り捨て）', { percent: { type: 'number', minimum: 0 }, of: ref('expression') }),
      ],
    },
  };
}

export function ruleSetJsonSchema(vocabulary: Vocabulary): Json {
  const schema: Json = z.toJSONSchema(ruleFileSchema, { io: 'input', unrepresentable: 'any' });
  return { ...schema, $defs: { ...Object(schema.$defs), ...handWritten(vocabulary) } };
}

export function vocabularyJsonSchema(): Json {
  return z.toJSONSchema(vocabularySchema, { io: 'input', unrepresentable: 'any' });
}
