/** Derived numbers on the left of a comparison mean what they say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { runs } from '../fixtures/runs.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import { decideCase, programWhen, ruleTextOf } from './small.ts';

const [A, B] = [{ fact: 'case.tally' }, { fact: 'case.total' }];
/** By name: what it is, and what it comes to. */
const NUMBERS: Record<string, [is: unknown, value: (a: number, b: number) => number]> = {
  sum: [{ sum: [A, B, 3] }, (a, b) => a + b + 3],
  difference: [{ difference: [20, A, B] }, (a, b) => 20 - a - b],
  nested: [{ difference: [{ sum: [A, 5] }, { difference: [B, 2] }] }, (a, b) => a + 5 - (b - 2)],
  scaled: [{ sum: [A, { product: [B, 4] }] }, (a, b) => a + b * 4],
};
const numbers = Object.fromEntries(
  Object.entries(NUMBERS).map(([name, [is]]) => [name, { label: name, is }]),
);
const OPERATORS: Record<string, (left: number, right: number) => boolean> = {
  equal: (left, right) => left === right,
  notEqual: (left, right) => left !== right,
  lessThan: (left, right) => left < right,
  lessThanInclusive: (left, right) => left <= right,
  greaterThan: (left, right) => left > right,
  greaterThanInclusive: (left, right) => left >= right,
};

describe.each(Object.keys(NUMBERS))('numbers.%s', (name) => {
  it.each(Object.keys(OPERATORS))('%s', async (operator) => {
    const [, value] = NUMBERS[name] ?? [null, () => 0];
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), fc.nat(40), async (tally, total, wanted) => {
        const when = { fact: `numbers.${name}`, operator, value: wanted };
        const { categories, missingFacts } = await decideCase(programWhen(when, { numbers }), {
          case: { tally, total },
        });
        const holds = OPERATORS[operator]?.(value(tally, total), wanted);
        expect([categories.length, missingFacts]).toEqual([holds ? 1 : 0, []]);
      }),
      { numRuns: runs(15) },
    );
  });
});

it('asks for the facts that it is made of', async () => {
  const program = programWhen({ 'numbers.sum': '10以上' }, { numbers });
  const { missingFacts } = await decideCase(program, { case: { tally: 2 } });
  expect(missingFacts.map(({ fact }) => fact)).toEqual(['case.total']);
  const settled = await decideCase(program, { case: { tally: 7 } });
  expect([settled.categories.length, settled.missingFacts]).toEqual([1, []]);
});

it('is explained by what it is called', async () => {
  const { explanation } = await decideCase(programWhen({ 'numbers.sum': '10以上' }, { numbers }), {
    case: { tally: 2, total: 1 },
  });
  const rule = explanation?.find(({ rule }) => rule === 'eligibility/A');
  expect(rule?.conditions[0]?.label).toContain('sum');
});

it.each<[name: string, is: unknown, when: unknown, code: string]>([
  ['is unknown', A, { 'numbers.other': '1以上' }, 'unknown-fact'],
  ['is rounded', { roundDown: A, to: 10 }, { 'numbers.n': '1以上' }, 'value-type'],
  ['is a product', { product: [A, B] }, { 'numbers.n': '1以上' }, 'value-type'],
  [
    'has a fact that may be none',
    { sum: [{ fact: 'case.refundedYen' }, 1] },
    { 'numbers.n': '1以上' },
    'value-type',
  ],
  ['has its fact twice', { difference: [A, { lesserOf: [A, 3] }] }, { 'numbers.n': '1以上' }, 'value-type'],
  ['is compared with its own fact', A, { 'numbers.n': { 以上: A } }, 'value-type'],
  ['is asked whether it is there', A, { 'numbers.n': 'ある' }, 'value-type'],
])('a number that %s cannot stand there', (_, is, when, code) => {
  const text = ruleTextOf({
    numbers: { n: { label: '数', is } },
    eligibility: [{ id: 'A', clause: 'C1', label: '対象の方', when }],
  });
  const { problems } = readRuleSet(RULE_FILE, text, smallVocabulary());
  expect(problems.filter(isError).map((problem) => problem.code)).toContain(code);
});
