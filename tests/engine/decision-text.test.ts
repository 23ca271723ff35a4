/** A decision written as text is the decision made as an object. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerMembers, answerObject } from '../../src/engine/answer/template.ts';
import { templateFor } from '../../src/engine/decide.ts';
import type { CaseFacts } from '../../src/engine/facts/read-facts.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { runs } from '../fixtures/runs.ts';
import { asOf, facts, ruleFile, vocabulary } from './generated.ts';
import { factsOf, programOf } from './small.ts';
import { yamaguchi, yamaguchiCases } from './yamaguchi.ts';

async function same(program: Program, read: CaseFacts, explanation: boolean): Promise<void> {
  const template = await templateFor(program, read);
  const { asOf: at, ...rest } = answerObject(program, read, template, { explanation });
  expect(at).toMatch(/^\d{4}-/);
  const written = answerMembers(program, read, template, { explanation, openQuestions: true });
  expect(`{${written}}`).toBe(JSON.stringify(rest));
  const { openQuestions: _, ...others } = rest;
  const without = answerMembers(program, read, template, { explanation, openQuestions: false });
  expect(`{${without}}`).toBe(JSON.stringify(others));
}

it('for every case of Yamaguchi, with and without the explanation', async () => {
  const program = compile(yamaguchi());
  for (const { facts: given, asOf: at } of yamaguchiCases()) {
    await same(program, factsOf(program, given, at), false);
    await same(program, factsOf(program, given, at), true);
  }
});

it('over generated rule sets and cases, with facts unknown', async () => {
  await fc.assert(
    fc.asyncProperty(
      ruleFile,
      fc.array(fc.tuple(facts(1, 3), asOf), { minLength: 4, maxLength: 4 }),
      async (written, cases) => {
        const program = programOf(written, vocabulary);
        for (const [given, at] of cases) await same(program, factsOf(program, given, at), true);
      },
    ),
    { numRuns: runs(40) },
  );
});
