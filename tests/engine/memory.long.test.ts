/** What was seen before, and what is decided at the same time, changes no decision. */
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { parseInstant } from '../../src/rulebook/calendar.ts';
import { THOROUGHNESS } from '../fixtures/runs.ts';
import { factsOf } from './small.ts';
import { type Case, yamaguchi, yamaguchiCases } from './yamaguchi.ts';

const ruleSet = yamaguchi();
const cases = yamaguchiCases();
const DAY = 86_400_000;

/** The cases moved to other times: comparisons that came out so before, now beside others. */
const moved = (days: number): Case[] =>
  cases.map((one) => ({
    ...one,
    asOf: new Date(Number(parseInstant(one.asOf)) + days * DAY).toISOString(),
  }));
const explained = (program: Program, { facts, asOf }: Case): Promise<Decision> =>
  decide(program, factsOf(program, facts, asOf), { explanation: true });

const fresh: Decision[] = [];
for (const one of cases) fresh.push(await explained(compile(ruleSet), one));

it(
  'a program that has seen a thousand others decides like one that has seen none',
  async () => {
    const program = compile(ruleSet);
    const days = Array.from({ length: 12 * THOROUGHNESS }, (_, i) => (i % 2 === 0 ? i : -i));
    for (const day of days) {
      for (const { facts, asOf } of moved(day))
        await decide(program, factsOf(program, facts, asOf), { explanation: false });
    }
    for (const [i, one] of cases.entries()) expect(await explained(program, one), one.id).toEqual(fresh[i]);
  },
  300_000 * THOROUGHNESS,
);

describe('decisions made at the same time are the ones made in turn', () => {
  const turns = async (n: number): Promise<void> => {
    for (let i = 0; i < n; i++) await null;
  };

  it.each([1, 3, 17])('on a program that has seen nothing, a case every %i turns', async (apart) => {
    const program = compile(ruleSet);
    const together = await Promise.all(
      cases.map(async (one, i) => {
        await turns(i * apart);
        return explained(program, one);
      }),
    );
    for (const [i, decision] of together.entries()) expect(decision, cases[i]?.id).toEqual(fresh[i]);
  });

  it('each case three times over', async () => {
    const program = compile(ruleSet);
    const many = Array.from({ length: 3 }, () => cases).flat();
    const together = await Promise.all(many.map((one) => explained(program, one)));
    for (const [i, decision] of together.entries()) expect(decision).toEqual(fresh[i % cases.length]);
  });
});

it('deciding changes neither the facts nor the rule set', async () => {
  const program = compile(ruleSet);
  const before = structuredClone(ruleSet.rules);
  for (const one of cases.slice(0, 10)) {
    const read = factsOf(program, one.facts, one.asOf);
    const slots = [...read.slots];
    await decide(program, read, { explanation: true });
    expect(read.slots).toEqual(slots);
  }
  expect(ruleSet.rules).toEqual(before);
});
