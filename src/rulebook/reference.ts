/** All that can be written in a rule file, as Markdown, made from what the reader itself goes by. */
import { isObject } from './basics.ts';
import { CONDITION_FORMS } from './condition-schema.ts';
import { ruleSetJsonSchema } from './json-schema.ts';
import { OPERATOR_NAMES, OPERATORS, signatureOf, type ValueType, WORDS } from './operators.ts';
import type { Vocabulary } from './vocabulary.ts';

type Json = Record<string, unknown>;

/** In Japanese. `vocabulary`: names of facts and word files are left out. */
export function ruleFileReference(vocabulary: Vocabulary): string {
  const schema = ruleSetJsonSchema({ ...vocabulary, facts: new Map(), wordFiles: new Map() });
  const parts = objectOf(schema.$defs);
  const own = Object.entries(parts).filter(([id, part]) => isPart(id, part) && !BY_HAND.has(id));
  return [
    '# ルールのファイルに書けるもの',
    'この一覧は `npx hosho schemas --reference` が書き出したものです。書き方の説明は [rules.ja.md](rules.ja.md) にあります。',
    '`名前` とあるところには、英数字と `-` `_` `.` で好きな名前を付けます。',
    ...section('ファイル全体', schema, parts),
    ...own.flatMap(([id, part]) => section(`${id}：${textOf(part.description)}`, part, parts)),
    '## 条件の比べ方',
    '短い形では、言葉は値の後に（`1以上`）、記号は前に（`≥ 1`）書きます。`{ 言葉: 値 }` とも書けます。',
    table(
      ['名前', '言葉と記号', '使える事実', '意味'],
      OPERATOR_NAMES.map((name) => [
        `\`${name}\``,
        WORDS[name].map((word) => `\`${word}\``).join(' '),
        signatureOf(name)
          .left.map((type) => TYPE_NAMES[type])
          .join('、'),
        `事実${OPERATORS[name].ja}`,
      ]),
    ),
    ...choices('条件', { ...parts.condition, anyOf: CONDITION_FORMS }, parts),
    ...choices('日付と日時', parts.moment, parts),
    ...choices('金額と数', parts.expression, parts),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Others, whose names are numbered, are there to check what is written, not to be read. */
const isPart = (id: string, { properties, description }: Json): boolean =>
  isObject(properties) && description !== undefined && !id.includes('.');
/** They have parts of their own below. */
const BY_HAND = new Set(['condition', 'moment', 'expression', 'wordFile']);

const TYPE_NAMES: Record<ValueType, string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢',
  text: '文字',
  set: 'いくつか選ぶもの',
  instant: '日時',
  integer: '数',
};

const objectOf = (value: unknown): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([key, one]) => [key, isObject(one) ? one : {}]),
  );
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

type Parts = Record<string, Json>;

const section = (title: string, schema: Json, parts: Parts): string[] => [
  `## ${title}`,
  table(['項目', '書くもの', '意味'], rowsOf(schema, '', parts)),
];

function rowsOf(schema: Json, prefix: string, parts: Parts): string[][] {
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(objectOf(schema.properties)).flatMap(([key, part]) => {
    const name = `${prefix}${key}`;
    const must = required.includes(key) ? '（必ず書く）' : '';
    return [[`\`${name}\`${must}`, kindOf(part), meaningOf(part, parts)], ...rowsWithin(part, name, parts)];
  });
}

/** Of parts that have no table of their own. */
function rowsWithin(part: Json, name: string, parts: Parts): string[][] {
  if (isObject(part.properties)) return rowsOf(part, `${name}.`, parts);
  const { additionalProperties: each } = part;
  if (isObject(each) && isObject(each.properties)) return rowsOf(each, `${name}.名前.`, parts);
  const options = Array.isArray(part.anyOf) ? part.anyOf.filter(isObject) : [];
  return options.flatMap((option) => (isObject(option.properties) ? rowsOf(option, `${name}.`, parts) : []));
}

/** Its own words, or those of the part that stands there. */
function meaningOf(part: Json, parts: Parts): string {
  const of = isObject(part.items) ? part.items : part;
  const { description } = parts[textOf(of.$ref).split('/').at(-1) ?? ''] ?? {};
  return textOf(part.description) || textOf(description);
}

const KINDS: Record<string, string> = {
  string: '文字',
  integer: '整数',
  number: '数',
  boolean: 'true か false',
  null: 'null',
  object: '項目の組',
};

function kindOf(part: Json): string {
  const name = textOf(part.$ref).split('/').at(-1);
  if (name) return REFERENCES[name] ?? name;
  if (Array.isArray(part.enum)) return part.enum.map((value) => `\`${value}\``).join(' ');
  if (part.const !== undefined) return `\`${part.const}\``;
  if (part.type === 'array' && isObject(part.items)) return `並び（${kindOf(part.items)}）`;
  if (isObject(part.additionalProperties)) return `名前: ${kindOf(part.additionalProperties)}`;
  if (Array.isArray(part.anyOf))
    return [...new Set(part.anyOf.filter(isObject).map(kindOf))].join('、または ');
  return KINDS[textOf(part.type)] ?? '';
}

const REFERENCES: Record<string, string> = {
  condition: '条件',
  namedCondition: '条件',
  newFact: 'localFact',
  moment: '日付',
  fixedMoment: '日付',
  expression: '金額',
  wordFile: '言葉のファイルの名前',
};

const choices = (title: string, { description, anyOf }: Json = {}, parts: Parts): string[] => [
  `## ${title}`,
  `${textOf(description)}。`,
  table(
    ['書き方', '意味'],
    (Array.isArray(anyOf) ? anyOf.filter(isObject) : []).flatMap((option) => [
      [shapeOf(option), textOf(option.description)],
      ...rowsOf(option, '', parts).map(([name = '', kind = '', meaning = '']) => [
        `${name}：${kind}`,
        meaning,
      ]),
    ]),
  ),
];

const shapeOf = (option: Json): string =>
  isObject(option.properties) ? `\`{ ${Object.keys(option.properties).join(', ')} }\`` : kindOf(option);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
