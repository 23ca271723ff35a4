/** Cases that `diff` tries: each once, and with unknown facts among them, however many there are to begin with. */
import { expect, test } from 'vitest';
import type { PartialCase } from '../../src/analysis/cases/evaluate-case.ts';
import { casesFrom } from '../../src/analysis/diff/tried.ts';
import { UNKNOWN } from '../../src/engine/facts/values.ts';
import { AS_OF } from '../../src/rulebook/basics.ts';

const seed = (asOf: number): PartialCase =>
  new Map<string, number | boolean>([
    [AS_OF, asOf],
    ['pass.valid', asOf % 2 === 0],
  ]);
const seeds = (count: number): PartialCase[] => Array.from({ length: count }, (_, i) => seed(i));
const written = (one: PartialCase): string =>
  JSON.stringify([...one].map(([fact, value]) => [fact, String(value)]).sort());

test.each([1, 3, 1000])('of %i cases', (count) => {
  const cases = [...casesFrom(seeds(count), [])];
  expect(cases.slice(0, count)).toEqual(seeds(count));
  expect(new Set(cases.map(written)).size).toBe(cases.length);
  expect(cases.some((one) => one.get('pass.valid') === UNKNOWN)).toBe(true);
  expect(cases.some((one) => !one.has('pass.valid'))).toBe(true);
  expect(cases.every((one) => one.has(AS_OF))).toBe(true);
});

test('of none, none', () => {
  expect([...casesFrom([], [])]).toEqual([]);
});
