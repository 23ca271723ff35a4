/** The facts that a rule set reads, as JSON Schema 2020-12: what a request's `facts` may hold. */
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';
import { TEXT_LIMIT } from './read-facts.ts';

type JsonSchema = Record<string, unknown>;

export function factsSchema(title: string, { facts }: Vocabulary): JsonSchema {
  const groups: Record<string, JsonSchema> = {};
  for (const definition of facts.values()) {
    const [group = '', name = ''] = definition.name.split('.');
    groups[group] = { ...groups[group], [name]: factSchema(definition) };
  }
  const properties = Object.entries(groups).map(([group, members]) => [group, closedObject(members)]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...closedObject(Object.fromEntries(properties)),
  };
}

const closedObject = (properties: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
});

function factSchema(definition: FactDefinition): JsonSchema {
  const { label, question, absent } = definition;
  return {
    title: label,
    description: [question, ...unitNote(definition), absenceNote(definition)].join('\n'),
    ...valueSchema(definition),
    ...(absent.kind === 'value' && { default: absent.value }),
  };
}

function valueSchema(definition: FactDefinition): JsonSchema {
  switch (definition.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    case 'instant':
      // Many validators take `format` for a remark; the pattern demands the offset all the same.
      return { type: 'string', format: 'date-time', pattern: '([Zz]|[+-][0-9]{2}:[0-9]{2})$' };
    case 'enum':
    case 'text':
      return textSchema(definition);
    case 'set':
      return { type: 'array', items: textSchema(definition) };
  }
}

function textSchema({ values, pattern }: FactDefinition): JsonSchema {
  if (values) return { type: 'string', oneOf: values.map(({ id, label }) => ({ const: id, title: label })) };
  return { type: 'string', maxLength: TEXT_LIMIT, ...(pattern !== null && { pattern }) };
}

const unitNote = ({ unit }: FactDefinition): string[] => (unit === null ? [] : [`単位：${unit}`]);

function absenceNote(definition: FactDefinition): string {
  const { absent } = definition;
  switch (absent.kind) {
    case 'unknown':
      return '書かなければ「わからない」とみなします（「いいえ」とはみなしません）。';
    case 'none':
      return '書かなければ「ない」とみなし、仮定として回答に示します。';
    case 'value':
      return `書かなければ「${valueText(definition, absent.value)}」とみなし、仮定として回答に示します。`;
  }
}

type Default = Extract<FactDefinition['absent'], { kind: 'value' }>['value'];

function valueText({ values, unit }: FactDefinition, value: Default): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'number') return `${value}${unit ?? ''}`;
  const label = (id: string): string => values?.find((item) => item.id === id)?.label ?? id;
  return [value].flat().map(label).join('、');
}
