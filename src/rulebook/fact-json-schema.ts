/** JSON Schemas of facts as they are defined, and as a later file words them anew: what zod's schema of them leaves open. */
import type { Json } from './comparison-schema.ts';
import { ref, whenThen } from './comparison-schema.ts';
import type { Absence, FactDefinition } from './facts.ts';

const ofType = (...types: string[]): Json => ({
  properties: { type: { enum: types } },
  required: ['type'],
});
const absent = (...also: Json[]): Json => ({
  properties: { absent: { anyOf: [{ enum: ['unknown', 'none'] }, ...also] } },
});

/** What the type of a fact asks of the rest of its definition. */
export const factRules: readonly Json[] = [
  whenThen(ofType('enum'), { required: ['values'] }),
  whenThen(ofType('boolean', 'text', 'instant', 'integer', 'yen'), { not: { required: ['values'] } }),
  whenThen(ofType('boolean', 'enum', 'text', 'set', 'integer', 'yen'), { not: { required: ['dateMeans'] } }),
  whenThen(ofType('boolean', 'enum', 'set', 'instant', 'integer', 'yen'), {
    not: { required: ['comparedAs'] },
  }),
  whenThen(ofType('boolean'), absent({ type: 'boolean' })),
  whenThen(ofType('integer', 'yen'), absent({ type: 'integer', minimum: 0 })),
  whenThen(ofType('instant'), absent()),
  whenThen(ofType('text', 'enum', 'set'), absent({ type: 'string' })),
];

/** Of a fact that no other file defines. */
export const newFact: Json = {
  description: '新しい事実の定義',
  allOf: [ref('localFact'), ...factRules],
  required: ['type', 'label', 'question'],
};

/** Facts by name, of which those in `known` may be there already: of these what is left out stays as it is. */
export const localFacts = (facts: Json, known: readonly Pick<FactDefinition, 'name' | 'label'>[]): Json => ({
  ...facts,
  properties: Object.fromEntries(
    known.map(({ name, label }) => [name, { description: label, ...ref('localFact') }]),
  ),
  additionalProperties: ref('newFact'),
});

/** What may be written anew of facts that are there, by name: whatever else is written must be as it is. */
export const rewordings = (facts: readonly FactDefinition[]): Json => ({
  properties: Object.fromEntries(facts.map((fact) => [fact.name, rewording(fact)])),
});

const rewording = ({ type, unit, values, pattern, dateMeans, comparedAs, absent }: FactDefinition): Json => ({
  properties: {
    type: { enum: type === 'integer' && unit === '円' ? ['yen', 'integer'] : [type] },
    // Of yen a unit says nothing.
    ...(unit === '円' ? {} : { unit: unit === null ? false : { const: unit } }),
    values: values?.length ? { propertyNames: { enum: values.map(({ id }) => id) } } : { maxProperties: 0 },
    pattern: pattern === null ? false : { const: pattern },
    comparedAs: comparedAs === null ? false : { const: comparedAs },
    dateMeans: dateMeans === null ? false : { const: dateMeans },
    absent: { const: writtenAbsence(absent) },
  },
});

/** As it is written in a file. */
function writtenAbsence(absent: Absence): boolean | number | string {
  if (absent.kind !== 'value') return absent.kind;
  const { value } = absent;
  return typeof value === 'object' ? 'all' : value;
}
