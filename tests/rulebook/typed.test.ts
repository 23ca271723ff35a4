/** What people type in place of what is meant: told once, at the sign, with a line that reads well in its place. */
import { describe, expect, it } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import type { Problem } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { readVocabulary } from '../../src/rulebook/vocabulary.ts';
import { readWordFile } from '../../src/rulebook/word-file.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';

const vocabulary = smallVocabulary();
const AMOUNT = 'amount:\n  - { id: a, yen: 1000, final: true }\n';
const CONTACT = `contact:
  id: desk
  name: 窓口
  tel: "0120479249"
  clause: C1
  hoursText: 10:00～18:00
  hours:
    - { days: [mon, tue], holidays: closed, open: 10:00, close: 18:00 }
`;
const RULES = fixture('rules.yaml').replace('outcome:\n', `${CONTACT}${AMOUNT}outcome:\n`);
const CASES = `prefecture: somewhere
incident: outage
cases:
  - id: T-01
    title: 一日
    asOf: 2023-04-01T12:00:00+09:00
    facts:
      case: { hours: 24, kind: one }
    expect: { outcome: granted, amount: { yen: 1000 } }
`;
const WORDS = 'nextSteps:\n  wait: お待ちください\n';

const reading = {
  rules: { text: RULES, read: (text: string) => readRuleSet(RULE_FILE, text, vocabulary).problems },
  vocabulary: {
    text: fixture('vocabulary.yaml'),
    read: (text: string) => readVocabulary('rules/vocabulary.yaml', text).problems,
  },
  words: { text: WORDS, read: (text: string) => readWordFile({ file: 'rules/words/x.yaml', text }).problems },
  cases: { text: CASES, read: (text: string) => readCasesFile('rules/x.cases.yaml', text).problems },
};

/** What was meant, what was typed for it, and where it is told. The line that is proposed is the one that was meant, if no other is said. */
type Row = [meant: string, typed: string, code: string, at: string, proposed?: string];

const SYNTAX = 'yaml-syntax';
const rows: Record<keyof typeof reading, Row[]> = {
  rules: [
    ['  C1: { lines', '  C1：{ lines', SYNTAX, '7:5'],
    ['lines: 1', 'lines：1', SYNTAX, '7:14'],
    ['published: 2023', 'published：2023', SYNTAX, '5:46'],
    ['title: 見本', 'title：見本', SYNTAX, '3:6'],
    ['lines: 1, text', 'lines: 1、text', SYNTAX, '7:17'],
    ['lines: 1, text', 'lines: 1，text', SYNTAX, '7:17'],
    ['{ lines: 1, text: 対象の方 }', '｛ lines: 1, text: 対象の方 ｝', SYNTAX, '7:7'],
    ['{ lines: 1, text: 対象の方 }', '｛ lines：1、text：対象の方 ｝', SYNTAX, '7:7'],
    ['[mon, tue]', '［mon, tue］', SYNTAX, '29:15'],
    ['\n  C1:', '\n　C1:', SYNTAX, '7:1'],
    ['\n    label', '\n　　label', SYNTAX, '15:1'],
    ['title: 見本', 'title:　見本', SYNTAX, '3:7'],
    ['title: 見本', 'title:見本', SYNTAX, '3:6'],
    ['title: 見本', 'title 見本', SYNTAX, '3:6'],
    ['  - id: waiting', '  -id: waiting', SYNTAX, '21:3'],
    ['  - id: waiting', '  － id: waiting', SYNTAX, '21:3'],
    ['\n    label', '\n\tlabel', SYNTAX, '15:1'],
    ['\n    clause: C1', '\n     clause: C1', SYNTAX, '14:6'],
    ['\n    clause: C1', '\n   clause: C1', SYNTAX, '14:4'],
    [
      'value: 24 }',
      'value: 1,000 }',
      SYNTAX,
      '19:71',
      '        - { fact: case.hours, operator: greaterThanInclusive, value: 1000 }',
    ],
    ['yen: 1000,', 'yen: 1,000,000,', SYNTAX, '31:20', '  - { id: a, yen: 1000000, final: true }'],
    ['text: 対象の方 }', 'text: 一律3,000円 }', SYNTAX, '7:28', '  C1: { lines: 1, text: "一律3,000円" }'],
    ['text: 対象の方 }', 'text: 対象の方', SYNTAX, '7:7'],
    ['- { condition: in-time }', '- { condition: in-time', SYNTAX, '18:11'],
    ['[mon, tue]', '[mon, tue', SYNTAX, '29:15'],
    ['text: 対象の方 }', 'text: 対象の方 }}', SYNTAX, '7:31'],
    ['lines: 1, text', 'lines: 1 text', SYNTAX, '7:17'],
    [
      'label: 一日より長く使えなかった方',
      'label: "一日より長く使えなかった方',
      SYNTAX,
      '15:12',
      '    label: "一日より長く使えなかった方"',
    ],
    ['text: 対象の方 }', 'text: "対象の方 }', SYNTAX, '7:25', '  C1: { lines: 1, text: "対象の方" }'],
    ['text: 対象の方 }', 'text: “対象, の方” }', SYNTAX, '7:25', '  C1: { lines: 1, text: "対象, の方" }'],
    ['title: 見本の告知', 'title: “見本の告知”', 'typographic-quotes', '3:8', 'title: "見本の告知"'],
    ['title: 見本の告知', 'title: ＂見本の告知＂', 'typographic-quotes', '3:8', 'title: "見本の告知"'],
    ['title: 見本の告知', 'title: 見本: 告知', SYNTAX, '3:10', 'title: "見本: 告知"'],
    ['title: 見本の告知', 'title: [重要] 告知', SYNTAX, '3:8', 'title: "[重要] 告知"'],
    ['title: 見本の告知', 'title: : 告知', SYNTAX, '3:8', 'title: ": 告知"'],
    ['title: 見本の告知', 'title: @告知', SYNTAX, '3:8', 'title: "@告知"'],
    [
      'text: 対象の方 }',
      'text: [重要] 対象の方 }',
      SYNTAX,
      '7:25',
      '  C1: { lines: 1, text: "[重要] 対象の方" }',
    ],
    ['text: 対象の方 }', 'text: 注: 対象の方 }', SYNTAX, '7:26', '  C1: { lines: 1, text: "注: 対象の方" }'],
    ['hoursText: 10:00', 'hoursText: 受付: 10:00', SYNTAX, '27:16', '  hoursText: "受付: 10:00～18:00"'],
    [
      'operator: greaterThanInclusive',
      'operator: >=',
      SYNTAX,
      '19:41',
      '        - { fact: case.hours, operator: ">=", value: 24 }',
    ],
    ['clauses:\n', '＃ 条項\nclauses:\n', SYNTAX, '6:1', '# 条項'],
    ['    clause: C1\n', '    clause: C1 ＃ 条項\n', 'unknown-clause', '14:13'],
    ['    clause: C1\n', '    clause: C1, C1\n', 'unknown-clause', '14:13', '    clause: [C1, C1]'],
    ['    clause: C1\n', '    clause: [C1、C1]\n', 'unknown-clause', '14:14', '    clause: [C1, C1]'],
    ['    clause: C1\n', '    clause: Ｃ１\n', 'unknown-clause', '14:13'],
    [
      '{ fact: case.hours, operator: greaterThanInclusive, value: 24 }',
      '{ case.kind: 二 }',
      'unknown-word',
      '19:24',
      '        - { case.kind: two }',
    ],
    [
      '{ fact: case.hours, operator: greaterThanInclusive, value: 24 }',
      '{ fact: case.kind, operator: equal, value: 二 }',
      'unknown-word',
      '19:54',
      '        - { fact: case.kind, operator: equal, value: two }',
    ],
    [
      '{ fact: case.hours, operator: greaterThanInclusive, value: 24 }',
      '{ case.flag: はい }',
      'value-type',
      '19:24',
      '        - { case.flag: true }',
    ],
    ['tel: "0120479249"', 'tel: 0120479249', 'wrong-shape', '25:8'],
    ['[mon, tue]', '[月, tue]', 'wrong-shape', '29:16'],
    ['holidays: closed', 'holidays: 休み', 'wrong-shape', '29:37'],
    ['open: 10:00', 'open: 10時', 'bad-date', '29:51'],
    ['final: true', 'final: はい', 'wrong-shape', '31:32'],
    ['published: 2023-03-02', 'published: 2023/3/2', 'bad-date', '5:48'],
    ['until: 2023-04-30', 'until: 令和5年4月30日', 'bad-date', '9:25'],
    [
      'until: 2023-04-30',
      'until: 2023/4/30 9:00',
      'bad-date',
      '9:25',
      '  application: { until: 2023-04-30 09:00, label: 申請期限, clause: C1 }',
    ],
    ['lines: 1', 'lines: １ー３', 'wrong-shape', '7:16', '  C1: { lines: 1-3, text: 対象の方 }'],
  ],
  vocabulary: [
    ['outcomes: {', 'outcomes：{', SYNTAX, '32:9'],
    ['absent: false, label: 別の印', 'absent: false、label: 別の印', SYNTAX, '4:45'],
    ['unit: 時間, label: 時間', 'unit: 時間 label: 時間', SYNTAX, '26:40'],
    ['absent: false, label: 別の印', 'absent: いいえ, label: 別の印', 'value-type', '4:40'],
    ['none: なし, done: 済み }', 'none: なし, done: 済み', SYNTAX, '13:15'],
  ],
  words: [['  wait: お', '　wait：お', SYNTAX, '2:1']],
  cases: [
    ['hours: 24,', 'hours: 24、', SYNTAX, '8:24'],
    ['    facts:\n', '    facts：\n', SYNTAX, '7:10'],
    ['kind: one }', 'kind: one', SYNTAX, '8:13'],
    ['title: 一日', 'title: "一日', SYNTAX, '5:12', '    title: "一日"'],
    ['asOf: 2023-04-01T12:00:00+09:00', 'asOf: 2023-04-01', 'bad-date', '6:11'],
    ['asOf: 2023-04-01T12:00:00+09:00', 'asOf: 2023/4/1', 'bad-date', '6:11'],
    [
      'asOf: 2023-04-01T12:00:00+09:00',
      'asOf: 2023-03-31T24:00:00+09:00',
      'bad-date',
      '6:11',
      '    asOf: 2023-04-01T00:00:00+09:00',
    ],
    ['yen: 1000 }', 'yen: 1,000 }', SYNTAX, '9:49'],
  ],
};

function told(problem: Problem): string {
  const { line, column } = problem.position;
  expect(problem.message).toMatch(JAPANESE);
  // No English but names of the format and of the file.
  expect(problem.message).not.toMatch(/[A-Za-z]+ [a-z]+ [a-z]+/);
  expect(problem.messageEn).toMatch(/^[A-Z"]/);
  return `${line}:${column}`;
}

describe.each(Object.entries(reading))('%s', (name, { text, read }) => {
  it('start from a text that reads well', () => expect(read(text)).toEqual([]));

  const of = Object.entries(rows).find(([key]) => key === name)?.[1] ?? [];
  it.each(of)('%j typed as %j', (meant, typed, code, at, proposed) => {
    expect(text).toContain(meant);
    const wrong = text.replace(meant, typed);
    const problems = read(wrong);
    expect(problems.map((problem) => [problem.code, told(problem)])).toEqual([[code, at]]);
    const [problem] = problems;
    const line = (problem?.position.line ?? 0) - 1;
    expect(problem?.correctedLine).toBe(proposed ?? text.split('\n')[line]);
    const mended = wrong.split('\n').with(line, problem?.correctedLine ?? '');
    expect(read(mended.join('\n'))).toEqual([]);
  });
});

describe('every line of a file', () => {
  const text = fixture('vocabulary.yaml');
  const lines = text.split('\n');
  const SLIPS: [name: string, slip: (line: string) => string][] = [
    ['a wide colon', (line) => line.replace(/^(\s*(?:- )?[\w.-]+): (?=\S)/, '$1：')],
    ['a wide comma', (line) => line.replace(/, (?=[A-Za-z][\w.-]*: )/, '、')],
    ['a wide indent', (line) => line.replace(/^ {2}/, '　')],
    ['a tab', (line) => line.replace(/^ {2}/, '\t')],
    ['no space', (line) => line.replace(/^(\s*(?:- )?[\w.-]+): (?=\S)/, '$1:')],
    ['a brace too many', (line) => line.replace(/\}$/, '}}')],
  ];
  it.each(SLIPS)('%s is told there, and mended', (_, slip) => {
    const isKey = (line: string): boolean => /^ {2}[a-z]/i.test(line);
    const all = lines.flatMap((line, i) => (isKey(line) && slip(line) !== line ? [i] : []));
    const tried = all.filter((_, i) => i % 3 === 0);
    expect(tried.length).toBeGreaterThan(4);
    for (const i of tried) {
      const { problems } = parseSource('x', lines.with(i, slip(lines[i] ?? '')).join('\n'));
      expect(problems.map(({ position, correctedLine }) => [position.line, correctedLine])).toEqual([
        [i + 1, lines[i]],
      ]);
    }
  });
});

it('two faults are two messages, each at its own', () => {
  const wrong = RULES.replace('title: 見本', 'title：見本').replace('text: 対象の方 }', 'text: 対象の方');
  const { problems } = readRuleSet(RULE_FILE, wrong, vocabulary);
  expect(problems.map(({ code, position: { line } }) => [code, line])).toEqual([
    [SYNTAX, 3],
    [SYNTAX, 7],
  ]);
});

it('what nobody can guess is told where it was noticed, once and without a line', () => {
  const { problems } = parseSource('x', 'a: 1\n}}}: [{\n: :\n');
  expect(problems).toHaveLength(1);
  expect(problems[0]?.correctedLine).toBeUndefined();
});

it('a copied file is told as one', () => {
  const { problems } = readRuleSet('rules/somewhere/outage - コピー.yaml', RULES, vocabulary);
  expect(problems.map(({ code, suggestion }) => [code, suggestion])).toEqual([
    ['file-name-mismatch', 'outage.yaml'],
  ]);
});
