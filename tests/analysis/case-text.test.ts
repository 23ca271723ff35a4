/** What is suggested reads back as what it is. */
import { expect, it } from 'vitest';
import { caseText, expectText, readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { casesOf } from './small-cases.ts';

const FILE = 'rules/somewhere/outage.cases.yaml';

it('reads back the same, quoted where it must be', () => {
  const facts = {
    text: '35',
    word: 'no',
    set: ['a', 'yes'],
    at: '2023-04-28T12:00:00+09:00',
    yen: 5,
    flag: true,
  };
  const expectation = {
    amount: { yen: 5, final: false },
    brands: { points: ['x', 'y'] },
    deadlineTexts: { day: '2023年4月28日(金)まで: "注"' },
    contact: null,
  };
  const [written] = casesOf({ facts, expect: expectation }).cases;
  if (!written) throw new Error('there is a case');
  const text = `prefecture: somewhere\nincident: outage\ncases:\n${caseText(written, 'Asia/Tokyo')}\n`;
  const { cases, problems } = readCasesFile(FILE, text);
  expect(problems).toEqual([]);
  expect(cases?.cases.map(({ position: _, ...one }) => one)).toEqual(
    [written].map(({ position: _, ...one }) => one),
  );
  expect(text).toContain('"no"');
  expect(expectText({ categories: ['A', 'B'] })).toBe('      categories: [A, B]');
});
