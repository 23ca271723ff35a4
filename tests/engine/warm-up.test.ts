import { Engine } from 'json-rules-engine';
import { expect, it, vi } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import type { Decision } from '../../src/engine/decision.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { warmUp } from '../../src/engine/warm-up.ts';
import { factsOf } from './small.ts';
import { yamaguchi, yamaguchiCases } from './yamaguchi.ts';

it('asks json-rules-engine beforehand, pauses, and changes no decision', async () => {
  const asked = vi.spyOn(Engine.prototype, 'run');
  const decideAll = async (program: Program) => {
    const before = asked.mock.calls.length;
    const decisions: Decision[] = [];
    for (const { facts, asOf } of yamaguchiCases())
      decisions.push(await decide(program, factsOf(program, facts, asOf), { explanation: true }));
    return { decisions, asked: asked.mock.calls.length - before };
  };
  const cold = await decideAll(compile(yamaguchi()));
  const program = compile(yamaguchi());
  const before = asked.mock.calls.length;
  let pauses = 0;
  await warmUp(program, async () => {
    pauses++;
  });
  const beforehand = asked.mock.calls.length - before;
  const warm = await decideAll(program);
  expect(warm.decisions).toEqual(cold.decisions);
  expect(pauses).toBeGreaterThan(50);
  expect(beforehand).toBeGreaterThan(cold.asked / 2);
  expect(warm.asked).toBeLessThan(cold.asked / 2);
});
