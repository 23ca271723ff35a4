/** Several claims in one decision: each with where it stands, its guidance and its amount; states of the file's own naming. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/program.ts';
import { isError } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { fixture, RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import { decideCase, ruleTextOf } from './small.ts';

const read = (text: string) => readRuleSet(RULE_FILE, text, smallVocabulary());
function programOf(text: string) {
  const { ruleSet, problems } = read(text);
  if (ruleSet === null) throw new Error(JSON.stringify(problems.filter(isError), null, 2));
  return compile(ruleSet);
}
const program = programOf(fixture('claims.yaml'));
const decided = (facts: object, asOf = '2023-04-15T12:00:00+09:00') =>
  decideCase(program, { case: { flag: true, kind: 'one', hours: 30, paidYen: 1340, ...facts } }, asOf);

const FIRST_OVER = '2023-05-01T00:00:00+09:00';
const SECOND_OVER = '2023-07-31T00:00:00+09:00';
const yen = (value: number, final = true) => ({ value, unit: 'yen', final });

describe('claims', () => {
  it('stand each where it does, with its own guidance and amount', async () => {
    const { claims, claimState, outcome } = await decided({});
    expect(claims).toEqual([
      {
        ...{ id: 'basic', label: '一つ目', state: { id: 'waiting', label: '待ち' }, remedies: ['basic'] },
        amount: yen(1_000_000),
        ...{ nextSteps: ['apply'], deadlines: ['first'], requiredInformation: ['a', 'b'] },
      },
      {
        ...{ id: 'more', label: '二つ目', state: { id: 'waiting', label: '待ち' } },
        remedies: ['more', 'points'],
        amount: yen(1000),
        ...{ nextSteps: [], deadlines: ['second'], requiredInformation: [] },
      },
    ]);
    expect([claimState, outcome]).toEqual([null, 'granted']);
  });

  it('end each by itself, and take their money with them', async () => {
    const { claims, remedies, amount, outcome } = await decided({}, FIRST_OVER);
    expect(claims.map(({ state, amount }) => [state.id, amount])).toEqual([
      ['closed', null],
      ['waiting', yen(1000)],
    ]);
    expect(remedies.map(({ id, amount }) => [id, amount])).toEqual([
      ['more', yen(1000)],
      ['points', { value: 1, unit: 'GB', final: true }],
    ]);
    expect([amount, outcome]).toEqual([{ yen: 1000, final: true }, 'granted']);
  });

  it('of which all are over come to the outcome that the file states', async () => {
    const { claims, amount, outcome } = await decided({}, SECOND_OVER);
    expect(claims.map(({ state }) => state.id)).toEqual(['closed', 'closed']);
    expect([amount, outcome]).toEqual([null, 'review']);
    // What is not money is no 0 yen.
    expect(claims[1]?.amount).toEqual({ value: 1, unit: 'GB', final: true });
  });

  it('are open one by one where facts are missing', async () => {
    const { claims, missingFacts, outcome } = await decideCase(
      program,
      { case: { flag: true, stage: 'none', paidYen: 1340 } },
      FIRST_OVER,
    );
    expect(claims.map(({ state, amount }) => [state.id, amount])).toEqual([
      ['closed', null],
      ['waiting', null],
    ]);
    expect([missingFacts, outcome]).toEqual([[], 'granted']);
  });
});

describe('amounts by remedy', () => {
  it('add up to the whole, final if all are', async () => {
    expect((await decided({})).amount).toEqual({ yen: 1_001_000, final: true });
    expect((await decided({ hours: 23 })).amount).toEqual({ yen: 1_000_670, final: false });
  });

  it('leave the whole open while one of them is', async () => {
    const { amount, remedies } = await decideCase(program, { case: { flag: true, kind: 'one' } });
    expect(remedies.map(({ amount }) => amount)).toEqual([
      yen(1_000_000),
      null,
      { value: 1, unit: 'GB', final: true },
    ]);
    expect(amount).toBeNull();
  });

  it('leave the whole undecided where the notice does not settle one', async () => {
    const { amount, remedies } = await decided({ kind: 'three' });
    expect(remedies[0]?.amount).toEqual({ value: null, unit: 'yen', final: true });
    expect(amount).toEqual({ yen: null, final: true });
  });

  it('are not told of a negative number', async () => {
    const { amount, remedies } = await decided({ paidYen: 339 });
    expect(remedies[1]?.amount).toEqual({ value: null, unit: 'yen', final: false });
    expect(amount).toEqual({ yen: null, final: false });
  });
});

it('states have the names and the words of their file', async () => {
  const { states, voucherState } = await decided({});
  expect(states).toEqual([
    { id: 'terminal', label: '端末の状態', value: { id: 'down', label: '使えない' } },
    { id: 'another-one', label: 'もう一つの状態', value: { id: 'seen', label: 'ある' } },
  ]);
  expect(voucherState).toBeNull();
  const { states: working, assumptions } = await decided({ stage: 'done' });
  expect(working[0]?.value).toEqual({ id: 'working', label: '使える' });
  expect(assumptions).toContainEqual({ text: '直ったとした' });
});

it('a file needs neither a claim nor a state', async () => {
  const text = ruleTextOf({}).replace(/^claimState:\n(?: {2}.*\n)+/m, '');
  expect(text).not.toContain('claimState');
  const { claims, states, claimState, outcome } = await decideCase(programOf(text), { case: { flag: true } });
  expect([claims, states, claimState, outcome]).toEqual([[], [], null, 'granted']);
});

describe('is refused, at its line:', () => {
  const problemOf = (from: string | RegExp, to: string) =>
    read(fixture('claims.yaml').replace(from, to))
      .problems.filter(isError)
      .map(({ code, position }) => [code, position.line]);
  const lineOf = (part: string): number =>
    fixture('claims.yaml').slice(0, fixture('claims.yaml').indexOf(part)).split('\n').length;

  it.each<[name: string, from: string, to: string, code: string, at: string]>([
    [
      'an outcome on one of several claims',
      '{ id: waiting, nextSteps: [apply]',
      '{ id: waiting, outcome: granted, nextSteps: [apply]',
      'wrong-shape',
      '{ id: waiting, nextSteps',
    ],
    [
      'a remedy in two claims',
      'remedies: [more, points]',
      'remedies: [more, basic]',
      'duplicate-id',
      'remedies: [more, points]',
    ],
    [
      'a claim of an unknown remedy',
      'remedies: [more, points]',
      'remedies: [more, pints]',
      'unknown-rule',
      'remedies: [more, points]',
    ],
    [
      'a word that the state does not have',
      'states.terminal: [down, working]',
      'states.terminal: [down, broken]',
      'unknown-word',
      'states.terminal: [down',
    ],
    [
      'a state that there is none of',
      'states.another-one: seen',
      'states.another: seen',
      'unknown-fact',
      'states.another-one: seen',
    ],
    [
      'a claim read before it is judged',
      'case.endedAt: ない',
      'claims.more: closed',
      'later-section',
      'case.endedAt: ない',
    ],
    [
      'a state without a last rule',
      '{ id: back, concludes',
      '{ id: back, when: { case.flag: true }, concludes',
      'no-default',
      '{ id: back, concludes',
    ],
    [
      'claimState beside claims',
      'outcome:\n',
      'claimState: [{ id: waiting }]\noutcome:\n',
      'wrong-shape',
      'outcome:\n',
    ],
    [
      'an amount of the whole beside those of remedies',
      'outcome:\n',
      'amount: [{ id: all, yen: 1, final: true }]\noutcome:\n',
      'wrong-shape',
      'amount: { table',
    ],
    ['GB without a unit', 'value: 1, unit: GB', 'value: 1', 'missing-key', 'amount: { value: 1'],
    ['yen with a unit', 'value: 1, unit: GB', 'yen: 1, unit: GB', 'wrong-shape', 'amount: { value: 1'],
    [
      'yen of minutes',
      'yen: { percent: 50, of: { fact: case.paidYen } }',
      'yen: { fact: case.hours }',
      'unit-mismatch',
      '{ id: half',
    ],
    [
      'GB of yen',
      'value: 1, unit: GB',
      'value: { fact: case.paidYen }, unit: GB',
      'unit-mismatch',
      'amount: { value: 1',
    ],
    [
      'two amounts of one name',
      '{ id: half, clause',
      '{ id: much, clause',
      'duplicate-id',
      '{ id: half, clause',
    ],
  ])('%s', (_, from, to, code, at) => {
    const offset =
      to.startsWith(from) || !to.endsWith(from) ? 0 : to.split('\n').length - from.split('\n').length;
    expect(problemOf(from, to)).toContainEqual([code, lineOf(at) + (at.startsWith('amount') ? offset : 0)]);
  });
});
