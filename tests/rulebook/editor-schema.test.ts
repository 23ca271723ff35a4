/** The schemas for editors agree with the readers: in every file of the rules and of the tests, and in every slip of the pen. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { casesFileSchema, readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { isObject } from '../../src/rulebook/basics.ts';
import { ruleSetJsonSchema, vocabularyJsonSchema, wordsJsonSchema } from '../../src/rulebook/json-schema.ts';
import { operatorsFor, WORDS } from '../../src/rulebook/operators.ts';
import { isError, PROBLEM_CODES, type Problem } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { readVocabulary, type Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { readWordFile } from '../../src/rulebook/word-file.ts';
import { LEAST } from '../engine/small.ts';
import { THOROUGHNESS } from '../fixtures/runs.ts';
import { filesUnder } from '../fixtures/source-files.ts';
import { allWords } from '../support/words.ts';
import { badFiles, fixture, RULE_FILE, smallVocabulary, vocabularyOf } from './fixtures.ts';
import { PATHS, replaced, SLIPS, without, withSurplus } from './slips.ts';

/** What readers refuse and a schema cannot know, by problem code; by the name of a fixture where others of the code are known. */
const BEYOND_A_SCHEMA: Record<string, string> = {
  'yaml-syntax': 'what is no YAML has no data; the editor tells it by itself',
  'duplicate-key': 'data have a key once; the editor tells it by itself',
  'typographic-quotes': 'how data are written is not in the data',
  'forbidden-yaml': 'how data are written is not in the data',
  'bad-date': 'the calendar',
  'repeated-case': 'cases are compared with each other',
  'outside-pattern': 'a text may stand with a word: 35以外',
  'bad-time-zone': 'the time zones',
  'file-name-mismatch': 'the name of the file',
  placeholder: 'comments, and the status of a draft',
  'deadline-order': 'dates are compared with each other',
  'cannot-move': 'other parts of the file',
  'no-default': 'which rule is the last one',
  unreachable: 'which rule is the last one',
  'duplicate-id': 'names in other places of the file',
  'circular-condition': 'names in other places of the file',
  'circular-deadline': 'names in other places of the file',
  'circular-number': 'names in other places of the file',
  'later-section': 'what named conditions read',
  'unknown-fact': 'facts of the file itself and of its words',
  'unknown-condition': 'names in other places of the file',
  'unknown-deadline': 'names in other places of the file',
  'unknown-clause': 'names in other places of the file',
  'unknown-value': 'names in other places of the file',
  'unknown-number': 'names in other places of the file',
  'unit-mismatch': 'units of facts and values',
  'unknown-list': 'names in other places of the file',
  'unknown-table': 'names in other places of the file',
  'unknown-brand': 'names in other places of the file',
  'unknown-rule': 'names in other places of the file',
  'unknown-category': 'names in other places of the file',
  'unknown-word': 'words of the file itself and of its word files',
  'unknown-word-file': 'a word file may be new',
  'unsafe-pattern': 'what a regular expression does',
  'value-type.text-only-deadline': 'whether a deadline has a date',
  'value-type.pattern': 'whether a text is a regular expression',
  'value-type.mixed': 'how a number moves with a fact',
  'value-type.absent': 'the choices of the fact that is defined there',
};

const ajv = new Ajv2020({ strictRequired: false, strictTypes: false, allowMatchingProperties: true });
ajv.addVocabulary(['enumDescriptions']);

interface Read {
  name: string;
  data: unknown;
  /** Of the errors. */
  codes: string[];
  /** By the schema; null where it accepts them. */
  refusal: string | null;
}
type Reader = (name: string, text: string) => Read;

function readerOf(schema: object, problemsOf: (name: string, text: string) => readonly Problem[]): Reader {
  const validate = ajv.compile(schema);
  return (name, text) => {
    const { data } = parseSource(name, text);
    const codes = new Set(
      problemsOf(name, text)
        .filter(isError)
        .map(({ code }) => code),
    );
    const refusal = validate(data) ? null : ajv.errorsText(validate.errors);
    return { name, data, codes: [...codes], refusal };
  };
}

const rulesWith = (vocabulary: Vocabulary): Reader =>
  readerOf(ruleSetJsonSchema(vocabulary), (name, text) => readRuleSet(name, text, vocabulary).problems);
const vocabularies = readerOf(vocabularyJsonSchema(), (name, text) => readVocabulary(name, text).problems);
const wordFilesWith = (vocabulary: Vocabulary): Reader =>
  readerOf(wordsJsonSchema(vocabulary), (name, text) => {
    const word = { name: 'read', file: name, text };
    const words = { ...vocabulary, wordFiles: new Map([['read', readWordFile(word)]]) };
    // Which rules they are read for makes no difference.
    const { problems } = readRuleSet(RULE_FILE, JSON.stringify({ ...LEAST, uses: ['read'] }), words);
    return problems.filter(({ position }) => position.file === name);
  });
const cases = readerOf(
  z.toJSONSchema(casesFileSchema, { io: 'input' }),
  (name, text) => readCasesFile(name, text).problems,
);

const isBeyond = ({ name }: Read, code: string): boolean =>
  [code, name].some((key) => Object.hasOwn(BEYOND_A_SCHEMA, key)) || code === 'more-problems';

/** What is accepted by one and refused by the other. */
function disagreement(read: Read): string | null {
  const { name, codes, refusal } = read;
  if (codes.length === 0) return refusal && `${name} is refused by the schema alone: ${refusal}`;
  const known = codes.filter((code) => !isBeyond(read, code));
  return known.length > 0 && refusal === null ? `${name} is refused by the reader alone: ${known}` : null;
}
const disagreements = (reads: readonly Read[]): string[] => reads.flatMap((read) => disagreement(read) ?? []);

const small = smallVocabulary();
const smallRules = rulesWith(small);
const shipped = vocabularyOf(allWords());
const shippedRules = rulesWith(shipped);
const past = vocabularyOf(fixture('log-0.1/rules/vocabulary.yaml'));

const isRules = (path: string): boolean =>
  /\.yaml$/.test(path) && !/vocabulary\.yaml$|\/words\/|\.cases\.yaml$/.test(path);
const template = (name: string): string => {
  const [text] = filesUnder('rules/templates', new RegExp(`^${name}`)).map((file) => file.text);
  if (text === undefined) throw new Error(name);
  return text.replaceAll(/__(?:PREFECTURE|INCIDENT)__/g, 'x').replaceAll(/__[A-Z_]+?__/g, '2030-01-31');
};
const yamaguchi = filesUnder('rules/yamaguchi', /2023-02-24\.yaml$/)[0]?.text ?? '';
const planted: { fault: string; from: string; to: string }[] = parse(fixture('planted-faults.yaml'));

const reads: Read[] = [
  ...filesUnder('rules', /\.yaml$/).flatMap(({ path, text }) =>
    isRules(path) ? shippedRules(path, text) : [],
  ),
  shippedRules('rules/x/x.yaml', template('rule-set')),
  ...planted.map(({ fault, from, to }) => {
    const text = yamaguchi.replace(from, () => to);
    return { ...shippedRules('rules/yamaguchi/2023-02-24.yaml', text), name: `planted: ${fault}` };
  }),
  ...['everything', 'claims', 'rules'].map((name) => smallRules(RULE_FILE, fixture(`${name}.yaml`))),
  ...badFiles('bad-rules').map(({ name, text }) => ({ ...smallRules(RULE_FILE, text), name })),
  ...filesUnder('tests/fixtures/log-0.1/rules', /\.yaml$/).flatMap(({ path, text }) =>
    isRules(path) ? rulesWith(past)(path, text) : [],
  ),
  vocabularies('rules/vocabulary.yaml', filesUnder('rules', /^vocabulary\.yaml$/)[0]?.text ?? ''),
  vocabularies('vocabulary.yaml', fixture('vocabulary.yaml')),
  ...badFiles('bad-vocabularies').map(({ name, text }) => ({
    ...vocabularies('vocabulary.yaml', text),
    name,
  })),
  ...filesUnder('rules/words', /\.yaml$/).map(({ path, text }) => wordFilesWith(shipped)(path, text)),
  ...filesUnder('rules', /\.cases\.yaml$/).map(({ path, text }) => cases(path, text)),
  cases('x.cases.yaml', template('cases')),
];

/** Of so many slips and ways one is tried, of each kind. */
const EVERY = Math.max(1, Math.round(11 / THOROUGHNESS));

describe('every file', () => {
  it.each(reads)('$name', (read) => expect(disagreement(read)).toBeNull());

  it('that is no YAML is told as such alone', () => {
    const notYaml = reads.filter(({ data }) => !isObject(data) && !Array.isArray(data));
    const codes = new Set(notYaml.flatMap((read) => read.codes));
    expect([...codes].sort()).toEqual(['duplicate-key', 'forbidden-yaml', 'wrong-shape', 'yaml-syntax']);
    expect(notYaml.filter((read) => read.codes.includes('wrong-shape')).map(({ name }) => name)).toEqual([
      'wrong-shape.scalar',
    ]);
  });

  it('what a schema cannot know is what it accepts, and nothing else', () => {
    // What is no YAML has no data that could be accepted.
    const accepted = reads.filter(({ refusal, data }) => refusal === null || !isObject(data));
    const needed = Object.keys(BEYOND_A_SCHEMA).filter((key) =>
      accepted.some(({ name, codes }) => key === name || codes.includes(key)),
    );
    expect(needed).toEqual(Object.keys(BEYOND_A_SCHEMA));
    const codes: readonly string[] = PROBLEM_CODES;
    expect(needed.filter((key) => !codes.includes(key.split('.')[0] ?? ''))).toEqual([]);
  });
});

describe('facts that a file defines or words anew', () => {
  it.each<[fact: object, isGood: boolean]>([
    [{ 'case.hours': { label: '時間数' } }, true],
    [{ 'case.hours': { type: 'yen' } }, false],
    [{ 'case.days': { type: 'integer', unit: '月' } }, false],
    [{ 'case.flag': { absent: false } }, false],
    [{ 'case.held': { absent: 'all' } }, true],
    [{ 'case.code': { pattern: '^[0-9]{3}$' } }, false],
    [{ 'case.kind': { values: { one: 'ひとつ' } } }, true],
    [{ 'case.kind': { values: { tow: 'ふたつ' } } }, false],
    [{ 'case.mark': { label: '印', question: '印は。' } }, false],
    [{ 'case.mark': { type: 'boolean', label: '印', question: '印は。' } }, true],
  ])('%j', (facts, isGood) => {
    const read = smallRules(RULE_FILE, JSON.stringify({ ...LEAST, vocabulary: { facts } }));
    expect([read.codes.length === 0, read.refusal === null]).toEqual([isGood, isGood]);
    const { codes, refusal } = wordFilesWith(small)('rules/words/read.yaml', JSON.stringify({ facts }));
    expect(codes.length === 0).toBe(isGood);
    // What a fact of the shared words is, the schema of word files does not say.
    if (isGood || 'case.mark' in facts) expect(refusal === null).toBe(isGood);
  });
});

it('a label that is no text is passed over in a file of the past alone', () => {
  const conditions = { odd: { 'case.flag': true, label: 35 } };
  const text = JSON.stringify({ ...LEAST, conditions });
  const isRead = (origin: 'file' | 'past') => readRuleSet(RULE_FILE, text, small, origin).ruleSet !== null;
  expect([isRead('file'), isRead('past')]).toEqual([false, true]);
});

describe('every slip in the file with every part of the format', () => {
  /** A fact of the file itself: the schema does not know its type. */
  const isKnown = (path: readonly (string | number)[]): boolean =>
    path.join('/') !== 'eligibility/1/when/any/3/value' && !isRowOrColumn(path) && !isBound(path);
  /** Whether the upper bound is below the lower one is no matter of a schema. */
  const isBound = (path: readonly (string | number)[]): boolean =>
    path.at(-1) === 'atMost' || path.at(-1) === 'atLeast' || path.join('/') === 'values/cap/value';
  /** What the rows and columns of a table may be follows from the facts that it names. */
  const isRowOrColumn = ([group, , key]: readonly (string | number)[]): boolean =>
    group === 'tables' && (key === 'cells' || key === 'by');
  const read = (name: string, data: object): Read => ({
    ...smallRules(RULE_FILE, JSON.stringify(data)),
    name,
  });

  it.each(SLIPS.map((slip, i) => [slip, i] as const))('%j in its place', (slip, i) => {
    const paths = PATHS.filter((path, j) => (i + j) % EVERY === 0 && isKnown(path));
    expect(disagreements(paths.map((path) => read(path.join('/'), replaced(path, slip))))).toEqual([]);
  });

  it('taken out', () =>
    expect(
      disagreements(
        PATHS.filter((path, i) => i % 3 === 0 && isKnown(path)).map((path) =>
          read(path.join('/'), without(path)),
        ),
      ),
    ).toEqual([]));

  it('with one more key', () =>
    expect(
      disagreements(
        PATHS.filter((path, i) => i % 3 === 1 && isKnown(path)).map((path) =>
          read(path.join('/'), withSurplus(path)),
        ),
      ),
    ).toEqual([]));
});

describe('every way of comparing a fact', () => {
  const FACTS = [
    'case.flag',
    'case.kind',
    'case.code',
    'case.items',
    'case.brands',
    'case.startedAt',
    'case.paidYen',
  ];
  const LEFT = [...FACTS, 'asOf', 'category', 'claimState'];
  const VALUES = [
    ...[
      true,
      null,
      1,
      -1,
      1.5,
      [],
      ['one'],
      ['a', 'b'],
      ['four'],
      [1],
      {},
      { x: 1 },
      { list: 'papers' },
      { list: 3 },
    ],
    ...[{ list: 'papers', x: 1 }, { deadline: 'application' }, { source: 'published' }, { source: 'x' }],
    ...[
      { fact: 'case.startedAt' },
      { fact: 'case.paidYen' },
      { fact: 'asOf' },
      { value: 'cap' },
      { sum: [] },
    ],
    ...[
      { sum: [1, { fact: 'case.paidYen' }] },
      { percent: 50, of: 1 },
      { percent: 50 },
      { percent: -1, of: 1 },
    ],
    ...['one', 'a', 'ある', '1', '一日', '1,000円'],
  ];
  const TEXTS = [
    ...[
      '',
      'one',
      'a',
      '一日',
      '1',
      '1,000',
      '1,0000',
      '1,000円',
      '３時間',
      '２４',
      '1万円',
      'application',
      'cap',
    ],
    ...['case.startedAt', 'case.paidYen', '公表日', 'asOf', 'papers'],
  ];
  const PARTS = {
    deadlines: { application: { until: '2023-04-30', label: '申請期限', clause: 'C1' } },
    values: { cap: { value: 1, label: '上限' } },
    information: { papers: { items: { a: '甲' } } },
  };
  const read = (when: unknown): Read => {
    const rule = { id: 'A', clause: 'C1', label: '対象の方', when };
    const text = JSON.stringify({
      ...LEAST,
      ...PARTS,
      assumptions: [{ id: 'G', text: '見なした', when }],
      eligibility: [{ ...rule, when: { 'case.flag': true } }],
    });
    return { ...smallRules(RULE_FILE, text), name: JSON.stringify(when) };
  };
  /** A text of the short form that may be a name, or has one in it, may be one that the file does not have. */
  const isReference = (value: unknown): boolean =>
    typeof value === 'string' &&
    !LEFT.includes(value) &&
    (/[A-Za-z]/.test(value) || value.endsWith('件より多い'));

  it.each(LEFT)('%s', (fact) => {
    const type = fact === 'category' ? 'set' : (small.facts.get(fact)?.type ?? 'enum');
    const operators = operatorsFor(fact === 'asOf' ? 'instant' : type);
    const words = [
      ...new Set([...operators.map((name) => WORDS[name][0] ?? name), 'まで', '以上', 'を含む', '＝']),
    ];
    const short = [
      ...VALUES,
      ...TEXTS.flatMap((text) => [
        text,
        ...words.flatMap((word) => [text + word, `${text} ${word}`, `${word} ${text}`]),
      ]),
    ].map((value) => ({ [fact]: value }));
    const objects = [...words, 'x', 'equal'].flatMap((word) =>
      VALUES.map((value) => ({ [fact]: { [word]: value } })),
    );
    const long = [...words, ...operators, 'x'].flatMap((operator) =>
      VALUES.map((value) => ({ fact, operator, value })),
    );
    const all = [...short, ...objects, ...long].filter((_, i) => i % EVERY === 0);
    expect(disagreements(all.filter((when) => !isReference(Object.values(when)[0])).map(read))).toEqual([]);
    const references = all.filter((when) => isReference(Object.values(when)[0])).map(read);
    expect(references.filter(({ codes, refusal }) => codes.length === 0 && refusal !== null)).toEqual([]);
  });
});
