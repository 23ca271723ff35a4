/**
 * The facts that a rule set reads, as JSON Schema 2020-12: what a request's `facts` may hold. Whoever makes types of it gets the
 * same names for as long as the facts have theirs: titles are identifiers, and the Japanese words are descriptions.
 */
import { DATE_PATTERN, INSTANT_PATTERN } from '../../rulebook/calendar.ts';
import type { FactDefinition, Vocabulary } from '../../rulebook/vocabulary.ts';
import { TEXT_LIMIT } from './read-facts.ts';

type JsonSchema = Record<string, unknown>;

/** Neither U+0000 nor half characters, in whichever way a validator reads a pattern as Unicode. */
const STORABLE = '^[^\\u0000\\ud800-\\udfff]*$';

const DATE_OR_INSTANT = `${DATE_PATTERN}|${INSTANT_PATTERN}`;

export function factsSchema(title: string, { facts }: Vocabulary): JsonSchema {
  const groups = new Map<string, JsonSchema>();
  const definitions: JsonSchema = {};
  for (const definition of facts.values()) {
    const [group = '', name = ''] = definition.name.split('.');
    const called = `${capital(group)}_${name}`;
    definitions[called] = { title: called, ...factSchema(definition) };
    groups.set(group, { ...groups.get(group), [name]: orNull(called) });
  }
  const properties: JsonSchema = {};
  for (const [group, members] of groups) {
    const called = `${capital(group)}Facts`;
    definitions[called] = { title: called, ...closedObject(members) };
    properties[group] = orNull(called);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Facts',
    description: title,
    ...closedObject(properties),
    $defs: definitions,
  };
}

/** Of the letters A to Z, as names of facts begin with one. */
const capital = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** null is what is left out. */
const orNull = (called: string): JsonSchema => ({
  anyOf: [{ $ref: `#/$defs/${called}` }, { type: 'null' }],
});

const closedObject = (properties: JsonSchema): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
});

const factSchema = (definition: FactDefinition): JsonSchema => ({
  description: [
    definition.label,
    definition.question,
    ...unitNote(definition),
    ...dateNote(definition),
    absenceNote(definition),
  ].join('\n'),
  ...valueSchema(definition),
});

function valueSchema(definition: FactDefinition): JsonSchema {
  switch (definition.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
    case 'instant':
      // Not `format`: validators differ in what they take for a date-time, and many take it for a remark.
      return { type: 'string', pattern: definition.dateMeans === null ? INSTANT_PATTERN : DATE_OR_INSTANT };
    case 'enum':
    case 'text':
      return textSchema(definition);
    case 'set':
      return { type: 'array', items: textSchema(definition) };
  }
}

function textSchema({ values, pattern }: FactDefinition): JsonSchema {
  if (values)
    return { type: 'string', oneOf: values.map(({ id, label }) => ({ const: id, description: label })) };
  const storable = { type: 'string', maxLength: TEXT_LIMIT, pattern: STORABLE };
  return pattern === null ? storable : { ...storable, pattern, allOf: [{ pattern: STORABLE }] };
}

const unitNote = ({ unit }: FactDefinition): string[] => (unit === null ? [] : [`単位：${unit}`]);

const dateNote = ({ dateMeans }: FactDefinition): string[] =>
  dateMeans === null
    ? []
    : [
        '日付だけ（2030-01-31）なら、その日の終わりまで。0:00 の日時は、どちらの日の終わりか決められないため「わからない」とみなします。',
      ];

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
