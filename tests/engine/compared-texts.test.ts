/** Texts of facts and of rule files are compared as what they are. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { factReader, readFacts } from '../../src/engine/facts/read-facts.ts';
import { resolveOperand } from '../../src/engine/facts/values.ts';
import { truthOf } from '../../src/engine/judge/operators.ts';
import { COMPARED_AS, comparableText } from '../../src/rulebook/compared-texts.ts';
import { runs } from '../fixtures/runs.ts';
import { yamaguchiProgram } from './yamaguchi.ts';

test.each([
  ['03-5244-9370', '0352449370'],
  ['0352449370', '0352449370'],
  ['０３－５２４４－９３７０', '0352449370'],
  [' (03) 5244 9370　', '0352449370'],
  ['03ー5244ー9370', '0352449370'],
  // Another number by its digits: the cases of the notice send it to a person.
  ['+81 3-5244-9370', '81352449370'],
  ['Points_ML@Example.JP ', 'points_ml@example.jp'],
  ['ｐｏｉｎｔｓ＠example.jp', 'points@example.jp'],
  ['03-5244-9370x', '03-5244-9370x'],
  ['-', '-'],
  ['', ''],
])('the address %j is compared as %j', (written, compared) =>
  expect(comparableText(written, 'address')).toBe(compared),
);

test.each([
  [' ポイント　', 'ポイント'],
  ['か\u3099', 'が'],
  ['①', '①'],
  ['Ａ', 'Ａ'],
  ['ABC', 'ABC'],
  ['\tx\r\n', 'x'],
])('the text %j is compared as %j', (written, compared) =>
  expect(comparableText(written, null)).toBe(compared),
);

test('what is compared is compared as itself', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(null, ...COMPARED_AS), (text, comparedAs) => {
      const once = comparableText(text, comparedAs);
      expect(comparableText(once, comparedAs)).toBe(once);
    }),
    { numRuns: runs(500) },
  ));

describe('a sender that the notice names', () => {
  const { ruleSet, leaves } = yamaguchiProgram();
  const asOf = Date.parse('2023-05-15T12:00:00+09:00');
  const read = (urlSender: string) => readFacts(ruleSet.vocabulary, { claim: { urlSender } }, asOf).facts;
  const listed = leaves.find(
    ({ leaf }) => leaf.fact === 'claim.urlSender' && ['in', 'notIn'].includes(leaf.operator),
  )?.leaf;

  it.each([
    ['03-5244-9370', true],
    ['0352449370', true],
    ['０３-5244-9370 ', true],
    ['Regionpay_Compensation_ML@giftpad.jp', true],
    ['regionpay_compensation_ml@giftpad.jp　', true],
    ['0352449371', false],
    ['regionpay_compensation_m1@giftpad.jp', false],
  ])('%s: %s', (sender, isListed) => {
    const facts = read(sender);
    const value = facts?.values.get('claim.urlSender');
    if (!listed || !facts || value === undefined) throw new Error('no such comparison');
    const truth = truthOf('in', value, resolveOperand(listed.operand, facts.values, ruleSet));
    expect(truth).toBe(String(isListed));
  });

  it('and a pattern is held against what is compared', () => {
    const { facts } = readFacts(ruleSet.vocabulary, { programme: { destinationPrefecture: ' 35 ' } }, asOf);
    expect(facts?.values.get('programme.destinationPrefecture')).toBe('35');
    expect(factReader(ruleSet.vocabulary).groups.get('claim')?.get('urlSender')?.definition.comparedAs).toBe(
      'address',
    );
  });
});
