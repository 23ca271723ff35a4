/** Word files: one text for all that a rule set is read with, and what is wrong with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, versionOf } from '../../src/rule-files/load.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { readVocabulary, readWords, type Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { joinWords, splitWords, startIn, usesOf } from '../../src/rulebook/word-texts.ts';
import { ruleTextOf } from '../engine/small.ts';
import { runs } from '../fixtures/runs.ts';
import { fixture, RULE_FILE, summary, vocabularyOf } from './fixtures.ts';

const SHARED = fixture('vocabulary.yaml');
const PASSES = `# 一日パスの告知
facts:
  pass.held: { type: boolean, label: パスの有無, question: パスをお持ちですか。 }
claimStates: { automatic: 手続き不要 }
`;
const NORTH = 'facts: { pass.held: { label: 北パス } }\nclaimStates: { automatic: 自動, waiting: 審査中 }\n';
const files = (...texts: [name: string, text: string][]) => texts.map(([name, text]) => ({ name, text }));
const read = (written: object, ...texts: [name: string, text: string][]) =>
  readRuleSet(RULE_FILE, ruleTextOf({ ...written }), vocabularyOf(joinWords(SHARED, files(...texts))));
const wordsOf = (vocabulary: Vocabulary | undefined) => [
  vocabulary?.facts.get('pass.held')?.label,
  vocabulary?.claimStates.get('automatic'),
  vocabulary?.claimStates.get('waiting'),
];

describe('the text of all words', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '',
      '\n',
      'facts: {}',
      'a: 1\r\n',
      '\uFEFFfacts: {}\n',
      '---\na: 1\n',
      '--- # words/a.yaml\n',
      '#\n--- # words/a.yaml',
    ),
  );
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,5}$/);
  it('comes apart as it was put together', () =>
    fc.assert(
      fc.property(text, fc.array(fc.record({ name, text })), (shared, used) => {
        fc.pre([shared, ...used.map((each) => each.text)].every((each) => startIn(each) === null));
        expect(splitWords(joinWords(shared, used))).toEqual({ shared, used });
      }),
      { numRuns: runs(300) },
    ));

  it('is that of the shared words alone where no file is used', () => {
    const shared = `${SHARED}# 改行で終わらない`;
    const all = joinWords(shared, files(['passes', PASSES]));
    const { loaded } = load(RULE_FILE, ruleTextOf({}), vocabularyOf(all), all);
    expect(loaded?.vocabularyText).toBe(shared);
    expect(loaded?.version).toBe(versionOf(ruleTextOf({}), shared));
  });

  it('has the files that are used, in order, and is read back as the same version', () => {
    const all = joinWords(SHARED, files(['north', NORTH], ['passes', PASSES], ['south', NORTH]));
    const ruleText = ruleTextOf({ uses: ['passes', 'north'] });
    const { loaded } = load(RULE_FILE, ruleText, vocabularyOf(all), all);
    const stored = loaded?.vocabularyText ?? '';
    expect(stored).toBe(joinWords(SHARED, files(['passes', PASSES], ['north', NORTH])));
    const again = load(RULE_FILE, ruleText, vocabularyOf(stored), stored, 'past').loaded;
    expect([again?.version, again?.vocabularyText]).toEqual([loaded?.version, stored]);
    expect(again?.ruleSet).toEqual(loaded?.ruleSet && { ...loaded.ruleSet, vocabulary: expect.anything() });
    const other = load(
      RULE_FILE,
      ruleText,
      vocabularyOf(all.replace('北', '南')),
      all.replace('北', '南'),
    ).loaded;
    expect(other?.version).not.toBe(loaded?.version);
  });

  it.each<[name: string, text: string, uses: string[]]>([
    ['in lines', 'uses:\n  - a\n  - b-1\n', ['a', 'b-1']],
    ['in braces', '{ prefecture: x, uses: [a] }', ['a']],
    ['not in a text', 'title: uses x\n', []],
    ['not outside of the folder', 'uses: [../a, a/b, .a]\n', []],
    ['not of what cannot be read', 'uses: [a\n', []],
  ])('the files used are found %s', (_, text, uses) => expect(usesOf(text)).toEqual(uses));
});

describe('each file goes before those before it', () => {
  it.each<[uses: string[], own: object, expected: (string | undefined)[]]>([
    [['passes'], {}, ['パスの有無', '手続き不要', '待ち']],
    [['passes', 'north'], {}, ['北パス', '自動', '審査中']],
    [['passes', 'north'], { facts: { 'pass.held': { label: '私のパス' } } }, ['私のパス', '自動', '審査中']],
    [[], {}, [undefined, undefined, '待ち']],
  ])('%j and %j', (uses, facts, expected) => {
    const eligibility = [
      {
        ...{ id: 'A', clause: 'C1', label: '対象の方' },
        when: { fact: uses.length > 0 ? 'pass.held' : 'case.flag', operator: 'equal', value: true },
      },
    ];
    const written = { ...(uses.length > 0 ? { uses } : {}), eligibility, vocabulary: facts };
    const { ruleSet, problems } = read(written, ['passes', PASSES], ['north', NORTH]);
    expect(problems).toEqual([]);
    expect(wordsOf(ruleSet?.vocabulary)).toEqual(expected);
  });

  it('and is refused where it rests on one that comes after it', () => {
    const { ruleSet, problems } = read({ uses: ['north', 'passes'] }, ['passes', PASSES], ['north', NORTH]);
    expect(ruleSet).toBeNull();
    expect(problems).toMatchObject([
      { code: 'missing-key', position: { file: 'rules/words/north.yaml', line: 1, column: 10 } },
    ]);
  });
});

describe('what is wrong', () => {
  it('with a name: the nearest', () => {
    const { ruleSet, problems } = read({ uses: ['pases'] }, ['passes', PASSES]);
    expect([ruleSet, summary(problems)]).toEqual([
      null,
      [{ code: 'unknown-word-file', at: expect.any(String), suggestion: 'passes' }],
    ]);
  });

  it.each<[name: string, text: string, code: string, line: number]>([
    ['a key', PASSES.replace('claimStates', 'claimState'), 'unknown-key', 4],
    ['the YAML', PASSES.replace('}', ''), 'yaml-syntax', 3],
    ['an empty file', '# まだない\n', 'yaml-syntax', 1],
    ['a list', `${PASSES}worklists: { review: { claimStates: [automatik] } }\n`, 'unknown-word', 5],
    [
      'a fact of other files',
      `${PASSES}  \n`.replace('facts:', 'facts:\n  case.kind: { type: text }'),
      'value-type',
      3,
    ],
    ['a second document', `${PASSES}---\nfacts: {}\n`, 'forbidden-yaml', 5],
  ])('with %s: at its file and line, and only where it is used', (_, text, code, line) => {
    const { ruleSet, problems } = read({ uses: ['passes'] }, ['passes', text]);
    expect(ruleSet).toBeNull();
    expect(problems).toContainEqual(
      expect.objectContaining({
        code,
        position: expect.objectContaining({ file: 'rules/words/passes.yaml', line }),
      }),
    );
    expect(problems.every(({ position }) => position.file.endsWith('passes.yaml'))).toBe(true);
    expect(read({}, ['passes', text])).toMatchObject({ ruleSet: { uses: [] }, problems: [] });
  });

  it('with a line that would begin another file', () => {
    const text = `# 写し\n--- # words/other.yaml\n${PASSES}`;
    const at = { name: 'passes', file: 'rules/words/passes.yaml', text };
    const { vocabulary } = readWords('rules/vocabulary.yaml', SHARED, [at], 'file');
    expect(vocabulary?.wordFiles.get('passes')?.problems).toMatchObject([
      { code: 'forbidden-yaml', position: { file: at.file, line: 2 } },
    ]);
    const shared = readWords(
      'rules/vocabulary.yaml',
      `# 写し\n--- # words/other.yaml\n${SHARED}`,
      [],
      'file',
    );
    expect(shared).toMatchObject({ vocabulary: null, problems: [{ code: 'forbidden-yaml' }] });
  });

  it('with the shared words: those alone', () => {
    const joined = joinWords(SHARED.replace('outcomes:', 'outcome:'), files(['passes', PASSES]));
    const { vocabulary, problems } = readVocabulary('rules/vocabulary.yaml', joined);
    expect(vocabulary).toBeNull();
    expect(new Set(problems.map(({ position }) => position.file))).toEqual(
      new Set(['rules/vocabulary.yaml']),
    );
  });
});
