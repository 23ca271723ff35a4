/** `hosho fmt`: what it writes reads as exactly the same rules, and nothing of the file is lost. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { shortened } from '../../src/rulebook/shorten.ts';
import type { Vocabulary } from '../../src/rulebook/vocabulary.ts';
import { vocabulary as generatedVocabulary, ruleFile } from '../engine/generated.ts';
import { LEAST } from '../engine/small.ts';
import { fixture, RULE_FILE, smallVocabulary, vocabularyOf } from './fixtures.ts';

function meaningOf(file: string, text: string, vocabulary: Vocabulary): string {
  const { ruleSet, problems } = readRuleSet(file, text, vocabulary);
  if (ruleSet === null) throw new Error(`${JSON.stringify(problems.slice(0, 3))}\n${text}`);
  return JSON.stringify(ruleSet, (key, value) => {
    if (key === 'position') return undefined;
    return value instanceof Map || value instanceof Set ? [...value] : value;
  });
}

/** The short form of a text that reads well; shown to mean the same, and to be as short as it gets. */
function short(file: string, text: string, vocabulary: Vocabulary): string {
  const { ruleSet } = readRuleSet(file, text, vocabulary);
  const once = shortened(text, ruleSet?.vocabulary ?? vocabulary);
  expect(meaningOf(file, once, vocabulary)).toBe(meaningOf(file, text, vocabulary));
  expect(shortened(once, ruleSet?.vocabulary ?? vocabulary)).toBe(once);
  return once;
}

const commentsOf = (text: string): string[] => text.match(/(?<=^\s*|\s)#.*$/gm) ?? [];

it('of generated rule files, in every layout of YAML', () =>
  fc.assert(
    fc.property(ruleFile, fc.constantFrom(40, 80, 0), (written, lineWidth) => {
      const whole = { ...LEAST, ...written };
      for (const collectionStyle of ['block', 'any', 'flow'] as const) {
        const options = { lineWidth, collectionStyle, aliasDuplicateObjects: false };
        const text = stringify(whole, options);
        expect(short(RULE_FILE, text, generatedVocabulary)).not.toMatch(/operator:|condition:/);
      }
    }),
    { numRuns: 60 },
  ));

it.each(['yamaguchi/2023-02-24', 'sample/card-terminal-2024', 'sample/network-outage-2024'])(
  'of %s',
  (name) => {
    const [file, shared] = [
      `rules/${name}.yaml`,
      vocabularyOf(readFileSync('tests/fixtures/log-0.1/rules/vocabulary.yaml', 'utf8')),
    ];
    const text = readFileSync(`tests/fixtures/log-0.1/${file}`, 'utf8');
    const result = short(file, text, shared);
    expect(commentsOf(result)).toEqual(commentsOf(text));
    expect(result).not.toMatch(/operator:|condition:/);
    expect(result.split('\n').length).toBeLessThan(text.split('\n').length);
  },
);

const base = fixture('rules.yaml');
const LONG = `      all:
        - { condition: in-time }
        - { fact: case.hours, operator: greaterThanInclusive, value: 24 }
`;
const withWhen = (when: string): string => base.replace(`    when:\n${LONG}`, when);

describe('comments stay at what they are about', () => {
  it.each<[name: string, long: string, wanted: string]>([
    [
      'before and behind the parts of a list',
      `    when:
      # すべて
      all:
        # 期限
        - { condition: in-time } # 4月まで
        # 時間
        - { fact: case.hours, operator: greaterThanInclusive, value: 24 } # 一日
`,
      `    when:
      # すべて
      # 期限
      - in-time # 4月まで
      # 時間
      - case.hours: 24以上 # 一日
`,
    ],
    [
      'behind a condition on one line',
      '    when: { condition: in-time } # 4月まで\n',
      '    when: in-time # 4月まで\n',
    ],
    [
      'within what is nested',
      `    when:
      any:
        - all:
            # 一つ目
            - { condition: in-time }
            - { fact: case.flag, operator: equal, value: true }
        - not: { condition: in-time }
`,
      `    when:
      any:
        # 一つ目
        - [in-time, case.flag: true]
        - not: in-time
`,
    ],
  ])('%s', (_, long, wanted) => {
    const text = withWhen(long);
    expect(text).toContain(long);
    expect(short(RULE_FILE, text, smallVocabulary())).toContain(wanted);
  });
});

it('the ends of lines and a mark at the start of the file stay', () => {
  const windows = base.replaceAll('\n', '\r\n');
  expect(short(RULE_FILE, windows, smallVocabulary())).toBe(
    short(RULE_FILE, base, smallVocabulary()).replaceAll('\n', '\r\n'),
  );
  expect(short(RULE_FILE, `\uFEFF${base}`, smallVocabulary())).toBe(
    `\uFEFF${short(RULE_FILE, base, smallVocabulary())}`,
  );
});

it('a text that ends like a comparison, and what is in quotes, mean what they did', () => {
  const leaf = (fact: string, operator: string, value: string): string =>
    `    when: { fact: ${fact}, operator: ${operator}, value: ${value} }\n`;
  for (const value of ['一日以上', 'ある', 'ない', '"07"', '"a, b"', '≥ 1', '"[a]"'])
    for (const [fact, operator] of [
      ['case.note', 'equal'],
      ['case.note', 'notEqual'],
      ['case.note', 'includesText'],
      ['case.brands', 'contains'],
    ] as const)
      short(RULE_FILE, withWhen(leaf(fact, operator, value)), smallVocabulary());
});
