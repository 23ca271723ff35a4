/** The cases of this repository's rule sets show everything that a case can show, and no small mistake goes unnoticed. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCasesFile } from '../../src/analysis/cases/cases-file.ts';
import { coverage } from '../../src/analysis/coverage/questions.ts';
import { mutate } from '../../src/analysis/mutation/mutate.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { compile } from '../../src/engine/program.ts';
import { readSource } from '../../src/rulebook/read-rule-set.ts';
import { longForm } from '../../src/rulebook/short-form.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

it.each([YAMAGUCHI, 'rules/sample/card-terminal-2024.yaml', 'rules/sample/network-outage-2024.yaml'])(
  '%s',
  async (file) => {
    const vocabulary = vocabularyOf(allWords());
    const written = parseSource(file, readFileSync(file, 'utf8'));
    const { ruleSet } = readSource(written, vocabulary);
    const casesFile = file.replace('.yaml', '.cases.yaml');
    const { cases } = readCasesFile(casesFile, readFileSync(casesFile, 'utf8'));
    if (!ruleSet || !cases) throw new Error(`${file} cannot be read`);
    const source = longForm(written, ruleSet.vocabulary);

    const covered = await coverage(ruleSet, source, cases, solver);
    const open = covered.filter(({ kind }) => kind === 'uncovered' || kind === 'undecided');
    expect(open.map(({ question: { about, showing } }) => [about, showing])).toEqual([]);

    const mutable = { program: compile(ruleSet), source, vocabulary };
    const { mutated, needless } = await mutate(mutable, cases, async () => solver);
    expect(mutated.filter(({ fate }) => fate.kind === 'alive').map(({ mutant }) => mutant.id)).toEqual([]);
    expect(needless).toEqual([]);
  },
  300_000,
);
