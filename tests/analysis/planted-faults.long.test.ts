/** Mistakes as people make them: each is reported where it was made, by check, by the cases or by diff. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { runCases } from '../../src/analysis/cases/decide-case.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { compile } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

const faults = z
  .array(
    z.strictObject({
      fault: z.string(),
      from: z.string(),
      to: z.string(),
      by: z.enum(['check', 'test', 'diff']),
      code: z.string(),
      at: z.string(),
    }),
  )
  .min(40)
  .parse(parse(readFileSync('tests/fixtures/planted-faults.yaml', 'utf8')));

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const vocabulary = vocabularyOf(allWords());
const rules = readFileSync(YAMAGUCHI, 'utf8');
const { cases } = readCasesFile('cases', readFileSync(YAMAGUCHI.replace('.yaml', '.cases.yaml'), 'utf8'));

interface Report {
  code: string;
  line: number;
}

async function check(text: string): Promise<Report[]> {
  const { ruleSet, problems } = readRuleSet(YAMAGUCHI, text, vocabulary);
  const read = problems.map(({ code, position }) => ({ code, line: position.line }));
  if (ruleSet === null) return read;
  const findings = await prove(ruleSet, solver, { cases: cases?.cases ?? [] });
  return [...read, ...findings.map(({ code, position }) => ({ code, line: position.line }))];
}

function sound(text: string): RuleSet {
  const { ruleSet, problems } = readRuleSet(YAMAGUCHI, text, vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems));
  return ruleSet;
}

function diff(text: string): Report[] {
  const { at } = parseSource(YAMAGUCHI, text);
  return editsBetween(sound(rules), sound(text)).map(({ part, id, kind, field, path, position }) => {
    const what = { added: '+', removed: '-', order: '^', changed: field }[kind];
    return { code: `${part}/${id} ${what}`, line: (position ?? at(path)).line };
  });
}

async function failing(text: string): Promise<number> {
  if (!cases) throw new Error('the cases do not read');
  const { results } = await runCases(compile(sound(text)), cases);
  return results.filter(({ differences }) => differences.length > 0).length;
}

it.each(faults)('$fault', async ({ from, to, by, code, at }) => {
  expect(rules).toContain(from);
  const text = rules.replace(from, () => to);
  if (by === 'test') {
    expect(await failing(text)).toBeGreaterThan(0);
    return;
  }
  const line = text.slice(0, text.indexOf(`\n${at}`) + 1).split('\n').length;
  expect(text).toContain(`\n${at}`);
  expect(by === 'check' ? await check(text) : diff(text)).toContainEqual({ code, line });
});

it('nothing of it without a fault', async () => {
  const found = (await check(rules)).map(({ code }) => code);
  const worthKnowing = ['overlap', 'closed-on-deadline', 'falls-to-last'];
  expect(found.filter((code) => !worthKnowing.includes(code))).toEqual([]);
  expect([await failing(rules), diff(rules)]).toEqual([0, []]);
});
