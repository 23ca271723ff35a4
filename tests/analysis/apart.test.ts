/** Which pairs of rules the solver is not asked about. */
import { expect, it } from 'vitest';
import { pairsTogether } from '../../src/analysis/findings/apart.ts';
import { rulesOf } from '../../src/analysis/rule-set-parts.ts';
import { ruleSetOf } from '../engine/small.ts';

const is = (fact: string, value: unknown, operator = 'equal') => ({ fact, operator, value });
const isOne = is('case.kind', 'one');
const isThree = is('case.kind', 'three');
const two = is('case.hours', 2);
const three = is('case.hours', 3);

it.each([
  ['one value of a fact and another', isOne, isThree, false],
  ['two numbers', two, three, false],
  ['a value and a list without it', isOne, is('case.kind', ['two', 'three'], 'in'), false],
  ['a value and a list with it', isOne, is('case.kind', ['one', 'three'], 'in'), true],
  ['among all of a condition', { all: [isOne, two] }, { all: [isOne, three] }, false],
  ['in a named condition', { condition: 'is-one' }, isThree, false],
  ['as one way of several', { any: [isOne, two] }, isThree, true],
  ['as what is not', { not: isOne }, isThree, true],
  ['a comparison other than equality', is('case.hours', 2, 'greaterThan'), three, true],
  ['other facts', isOne, two, true],
  ['texts, which may be compared as the same', is('case.note', '03-1234'), is('case.note', '031234'), true],
])('%s', (_, a, b, isAsked) => {
  const eligibility = [a, b].map((when, i) => ({ id: `R${i}`, clause: 'C1', label: `区分${i}`, when }));
  const conditions = { 'is-one': { label: '一つ', ...isOne } };
  const ruleSet = ruleSetOf({ conditions, eligibility });
  expect(pairsTogether(rulesOf(ruleSet, 'eligibility'), ruleSet)).toHaveLength(isAsked ? 1 : 0);
});
