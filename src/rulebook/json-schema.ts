/** The JSON Schemas that editors complete, explain and check rule files with. */
import { z } from 'zod';
import { type Json, ref, whenThen } from './comparison-schema.ts';
import { definer, type KnownWords, knownConditions, openConditions } from './condition-schema.ts';
import { ofUnit } from './expression-schema.ts';
import { factRules, localFacts, newFact, rewordings } from './fact-json-schema.ts';
import { ProblemList } from './problems.ts';
import { ruleFileSchema } from './rule-file-schema.ts';
import { type Section, sectionsIn } from './sections.ts';
import { idSchema } from './shape.ts';
import { type FactDefinition, useWordFiles, type Vocabulary } from './vocabulary.ts';
import { localVocabularySchema, vocabularySchema } from './vocabulary-schema.ts';

const jsonSchemaOf = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
const membersOf = (value: unknown): Record<string, Json> => Object(value);

/** A schema in which some members are others. */
const withMembers = (schema: Json, members: (properties: Record<string, Json>) => Json): Json => {
  const properties = membersOf(schema.properties);
  return { ...schema, properties: { ...properties, ...members(properties) } };
};

/** Of rule files. What is known of the facts of a word file holds for rule files that use it. */
export function ruleSetJsonSchema(vocabulary: Vocabulary): Json {
  const shared = knownWords('', vocabulary);
  const used = [...vocabulary.wordFiles.keys()].flatMap((name) => {
    const { vocabulary: words } = useWordFiles(vocabulary, [name], 'file', new ProblemList(() => NOWHERE));
    return words ? [{ name, words: knownWords(`${name}:`, words) }] : [];
  });
  const known = [shared, ...used.map(({ words }) => words)];
  const facts = new Map(known.flatMap((words) => words.facts).map((fact) => [fact.name, fact]));
  const { $defs, ...file } = jsonSchemaOf(ruleFileSchema);
  const definitions: Record<string, Json> = {};
  const define = definer(definitions);
  const uses = (name: string): Json => ({
    required: ['uses'],
    properties: { uses: { contains: { const: name } } },
  });
  return {
    ...withMembers(file, ({ conditions, values }) => ({
      conditions: { ...conditions, additionalProperties: ref('namedCondition') },
      values: { ...values, additionalProperties: { ...membersOf(values?.additionalProperties), ...ofUnit } },
    })),
    allOf: [placesOf(shared), ...used.map(({ name, words }) => whenThen(uses(name), placesOf(words)))],
    $defs: {
      ...completed(membersOf($defs), [...facts.values()]),
      wordFile: wordFileOf([...vocabulary.wordFiles.keys()]),
      ...openConditions([...facts.keys()]),
      ...Object.assign({}, ...known.map((words) => knownConditions(words, define))),
      ...definitions,
    },
  };
}
const NOWHERE = { file: '', line: 1, column: 1 };

const knownWords = (prefix: string, vocabulary: Vocabulary): KnownWords => ({
  prefix,
  facts: [...vocabulary.facts.values()],
  words: Object.fromEntries(
    commonSections(vocabulary).flatMap(({ conclusion, words }) =>
      conclusion && words ? [[conclusion, [...words].map(([id, label]) => ({ id, label }))]] : [],
    ),
  ),
});

/** Those that stand at the top of a rule file, whatever it declares. */
const commonSections = (vocabulary: Vocabulary): Section[] =>
  sectionsIn({ voucherState: [], claimState: [] }, vocabulary);

/** Where in a rule file facts stand that are known. */
function placesOf({ prefix, facts }: KnownWords): Json {
  const condition = ref(`${prefix}known`);
  const moment = ref(`${prefix}moment`);
  const each = (properties: Json): Json => ({ additionalProperties: { properties } });
  const rules: Json = { items: { properties: { when: condition } } };
  const quantity: Json = { anyOf: [...yenOf(prefix).anyOf, MONEY] };
  const amount: Json = { properties: { when: condition, yen: quantity, value: quantity } };
  const own: Json = { ...amount, items: amount };
  return {
    properties: {
      deadlines: each({ from: moment, until: moment }),
      vocabulary: { properties: { facts: rewordings(facts) } },
      numbers: each({ is: ref(`${prefix}expression`) }),
      conditions: { additionalProperties: condition },
      ...Object.fromEntries(RULE_LISTS.map((name) => [name, rules])),
      states: each({ rules }),
      claims: each({ state: rules }),
      remedies: { items: { properties: { when: condition, amount: own } } },
      amount: { items: amount },
    },
  };
}

/** Sections that stand at the top of a rule file, and whose rules have a condition alone. */
const RULE_LISTS = [
  ...['contradictions', 'eligibility', 'voucherState', 'claimState', 'outcome', 'advice', 'assumptions'],
];

const MONEY: Json = {
  ...{ type: 'string', pattern: '^(\\d[\\d,]*万?円?|[A-Za-z0-9][A-Za-z0-9._-]*)$' },
  description: '100万円、1,000円 のような金額、values の名前、数の事実',
};

const cellsOf = (each: Json): Json => ({ type: 'object', minProperties: 1, additionalProperties: each });

/** How deep the cells of a table are is how many facts it is by. */
const cellsBy = (count: number, cells: string): Json => {
  const list: Json = { type: 'array', minItems: count, maxItems: count };
  const by: Json = count === 1 ? { anyOf: [{ type: 'string' }, list] } : list;
  return whenThen({ required: ['by'], properties: { by } }, { properties: { cells: ref(cells) } });
};

const yenOf = (prefix: string): { anyOf: Json[] } => ({
  anyOf: [ref(`${prefix}expression`), { type: 'null', description: '告知から決まらない' }],
});

/** What zod cannot say of the parts of a rule file. */
function completed(parts: Record<string, Json>, facts: readonly FactDefinition[]): Record<string, Json> {
  const needs = (part: Json | undefined, key: string): Json => ({
    ...part,
    required: [...new Set([...(Array.isArray(part?.required) ? part.required : []), key])],
  });
  const {
    deadline,
    hours = {},
    amount = {},
    ownAmount = {},
    localVocabulary = {},
    category,
    remedy,
    advice,
  } = parts;
  return {
    ...parts,
    // Without a condition these would hold for everybody.
    ...{ category: needs(category, 'when'), remedy: needs(remedy, 'when'), advice: needs(advice, 'when') },
    deadline: { ...deadline, anyOf: ['from', 'until', 'text'].map((key) => ({ required: [key] })) },
    hours: withMembers(hours, () => ({ from: ref('fixedMoment'), until: ref('fixedMoment') })),
    amount: amountOf(amount),
    ownAmount: amountOf(ownAmount),
    table: {
      ...parts.table,
      allOf: [cellsBy(1, 'cells1'), cellsBy(2, 'cells2'), cellsBy(3, 'cells3')],
    },
    cells: {},
    cells1: cellsOf({ anyOf: [...yenOf('').anyOf, MONEY] }),
    ...{ cells2: cellsOf(ref('cells1')), cells3: cellsOf(ref('cells2')) },
    localVocabulary: withMembers(localVocabulary, (of) => ({ facts: localFacts(of.facts ?? {}, facts) })),
    newFact,
  };
}

/** Yen, a table of yen, or so much of another unit. */
const amountOf = (part: Json): Json => ({
  ...withMembers(part, ({ yen, value }) => ({
    yen: { description: yen?.description, anyOf: [...yenOf('').anyOf, MONEY] },
    value: { description: value?.description, anyOf: [...yenOf('').anyOf, MONEY] },
  })),
  oneOf: [
    { required: ['yen'], properties: { unit: false } },
    { required: ['table'], properties: { unit: false } },
    { required: ['value', 'unit'] },
  ],
});

const wordFileOf = (names: readonly string[]): Json => ({
  description: '言葉のファイルの名前（words/ にある名前.yaml）',
  anyOf: [
    ...names.map((name) => ({ const: name })),
    { type: 'string', pattern: z.toJSONSchema(idSchema).pattern },
  ],
});

/** Of vocabulary.yaml. */
export function vocabularyJsonSchema(): Json {
  const { $defs, ...file } = jsonSchemaOf(vocabularySchema);
  const { fact, ...parts } = membersOf($defs);
  return { ...file, $defs: { ...parts, fact: { ...fact, allOf: factRules } } };
}

/** Of rules/words/<name>.yaml. */
export function wordsJsonSchema(vocabulary: Vocabulary): Json {
  const { $defs, ...file } = jsonSchemaOf(localVocabularySchema);
  return {
    ...withMembers(file, ({ facts = {} }) => ({ facts: localFacts(facts, definedElsewhere(vocabulary)) })),
    ...{ title: '言葉のファイル', description: WORD_FILE },
    $defs: { ...membersOf($defs), newFact },
  };
}
const WORD_FILE =
  '同じ発行基盤などのいくつかの告知が共有する事実と言葉。ルールのファイルに uses: [ファイルの名前] と書いて使う';

/** Facts that a word file may find defined: the shared ones, and those that stand in two word files or more. */
function definedElsewhere({ facts, wordFiles }: Vocabulary): Pick<FactDefinition, 'name' | 'label'>[] {
  const written = [...wordFiles.values()].flatMap(({ words }) => Object.entries(words?.facts ?? {}));
  const names = written.map(([name]) => name);
  const repeated = written.filter(([name], i) => names.indexOf(name) < i);
  const others = repeated.map(([name, { label }]) => ({ name, label: label ?? name }));
  return [...facts.values(), ...others];
}
