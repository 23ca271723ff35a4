/** Choices of a case may be said in Japanese, times without their offset; an amount may be said without whether it is final. */
import { expect, it } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { withChoices } from '../../src/analysis/cases/choices.ts';
import { EXPECTED } from '../../src/engine/answer/fields.ts';
import { smallVocabulary } from '../rulebook/fixtures.ts';

const factsOf = (written: string) => {
  const { cases } = readCasesFile(
    'x.cases.yaml',
    `prefecture: a\nincident: b\ncases:\n  - { id: c, title: t, asOf: 2023-04-01T12:00:00+09:00, facts: { case: ${written} }, expect: {} }\n`,
  );
  if (cases === null) throw new Error(written);
  return withChoices(cases, { ...smallVocabulary(), timeZone: 'America/New_York' }).cases[0]?.facts.case;
};

it.each<[written: string, read: unknown]>([
  ['{ kind: 二 }', { kind: 'two' }],
  ['{ kind: two }', { kind: 'two' }],
  ['{ kind: 四 }', { kind: '四' }],
  ['{ items: [甲, c] }', { items: ['a', 'c'] }],
  ['{ flag: はい, other: いいえ }', { flag: true, other: false }],
  ['{ note: 甲, code: "35" }', { note: '甲', code: '35' }],
  ['{ nothing: 二 }', { nothing: '二' }],
  ['[二]', ['二']],
  ['{ startedAt: 2023-04-01 10:00 }', { startedAt: '2023-04-01T10:00:00-04:00' }],
  ['{ startedAt: 2023-04-01T10:00:00Z }', { startedAt: '2023-04-01T10:00:00Z' }],
  ['{ startedAt: 2023-04-01 }', { startedAt: '2023-04-01' }],
  // The clocks never show it.
  ['{ startedAt: 2023-03-12 02:30 }', { startedAt: '2023-03-12 02:30' }],
  ['{ note: 2023-04-01 10:00 }', { note: '2023-04-01 10:00' }],
])('%s', (written, read) => expect(factsOf(written)).toEqual(read));

it.each<[want: unknown, got: unknown, isMet: boolean]>([
  [{ yen: 1000 }, { yen: 1000, final: true }, true],
  [{ yen: 1000 }, { yen: 1001, final: true }, false],
  [{ yen: 1000, final: false }, { yen: 1000, final: true }, false],
  [{ yen: 1000 }, null, false],
  [null, { yen: 1000, final: true }, false],
  [null, null, true],
])('an amount %j of %j', (want, got, isMet) => {
  const amount = EXPECTED.find(({ name }) => name === 'amount');
  expect(amount?.comparison.unmet('amount', want, got).length === 0).toBe(isMet);
});
