/** Smallest cases that would close what the cases of a rule set leave open, answered by the engine for staff to confirm. */

import { entriesOf } from '../../engine/answer/comparisons.ts';
import { parseMoment } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { contactExpectation, expectationOf, mergedExpectation } from '../cases/answer-summary.ts';
import type { CasesFile, ExampleCase, Expectation } from '../cases/cases-file.ts';
import { type KnownAnswer, knownAnswers } from '../cases/known-answers.ts';
import { cover } from '../coverage/cover.ts';
import { questionText } from '../coverage/questions.ts';
import { withAnalysis } from '../search/analysis.ts';
import type { Example } from '../search/example.ts';
import type { Property } from '../search/properties.ts';
import { fixedInstants } from '../search/simpler-values.ts';
import type { Solver } from '../solver/solver.ts';
import { affectedCases, comparableTexts } from './affected-cases.ts';
import { detectMutant } from './detect.ts';
import { type Mutable, type Mutated, type MutateOptions, mutate } from './mutate.ts';

/** What a case that is there should expect besides. */
export interface Addition {
  example: ExampleCase;
  expect: Expectation;
  /** Ids of the mutants that it then notices. */
  notices: string[];
}

export interface Suggested {
  cases: ExampleCase[];
  additions: Addition[];
  /** Ids of mutants that stay alive all the same, and what stays uncovered: no example was found in time. */
  open: LocalizedText[];
}

export async function suggest(
  mutable: Mutable,
  file: CasesFile,
  solver: Solver,
  options: MutateOptions = {},
): Promise<Suggested> {
  const { program } = mutable;
  const taken = new Set(file.cases.map(({ id }) => id));
  const cases: ExampleCase[] = [];
  const open: LocalizedText[] = [];

  await withAnalysis(solver, [program.ruleSet], options, async (analysis) => {
    for (const { question, kind } of await cover(analysis, mutable.source, file)) {
      if (kind === 'covered' || kind === 'impossible') continue;
      const text = questionText(question);
      const shown = await knownAnswers(program, cases);
      if (shown.some(({ evaluation }) => question.property.truthIn([evaluation]) === 'true')) continue;
      const example = kind === 'uncovered' ? await analysis.example(question.property) : null;
      if (example) cases.push(await sinceNotice(await answeredCase(example, text.ja), question.property));
      else open.push(text);
    }
  });

  const report = await mutate(
    mutable,
    { ...file, cases: [...file.cases, ...cases] },
    async () => solver,
    options,
  );
  const additions = new Map<ExampleCase, Addition>();
  const texts = comparableTexts(program.ruleSet);
  for (const one of report.mutated) {
    if (one.fate.kind !== 'alive' || one.ruleSet === null) continue;
    if (await isNoticed(one.ruleSet)) continue;
    if (!(await close(one))) open.push({ ja: one.mutant.id, en: one.mutant.id });
  }
  return { cases, additions: [...additions.values()], open };

  async function isNoticed(mutant: RuleSet): Promise<boolean> {
    const more = report.known.flatMap((known): KnownAnswer[] => {
      const addition = additions.get(known.example);
      return addition ? [{ ...known, example: { ...known.example, expect: addition.expect } }] : [];
    });
    const known = [...more, ...(await knownAnswers(program, cases))];
    return (await detectMutant(mutant, affectedCases(texts, comparableTexts(mutant), known))).by !== null;
  }

  async function close({ mutant, ruleSet, fate }: Mutated): Promise<boolean> {
    if (fate.kind !== 'alive' || ruleSet === null) return true;
    if (fate.unasked) {
      const { known, add } = fate.unasked;
      const made = cases.find(({ id }) => id === known.example.id);
      if (made) {
        made.expect = mergedExpectation(made.expect, add);
        return true;
      }
      const before = additions.get(known.example);
      const expect = mergedExpectation(before?.expect ?? {}, add);
      additions.set(known.example, {
        example: known.example,
        expect,
        notices: [...(before?.notices ?? []), mutant.id],
      });
      return true;
    }
    if (fate.example === null) return false;
    const isContact = mutant.path[0] === 'contact';
    cases.push(await answeredCase(fate.example, `${mutant.ja}と、答えが変わる`, isContact));
    if (await isNoticed(ruleSet)) return true;
    cases.pop();
    return false;
  }

  async function answeredCase(
    { asOf, facts }: Example,
    title: string,
    withContact = false,
  ): Promise<ExampleCase> {
    const made = {
      ...{ id: freeId(), title, asOf: Date.parse(asOf), facts, expect: {} },
      position: { file: file.file, line: 1, column: 1 },
    };
    const [known] = await knownAnswers(program, [made]);
    if (!known) throw new Error('an example is refused');
    const expect = expectationOf(known.summary);
    return { ...made, expect: withContact ? { ...expect, ...contactExpectation(known.summary) } : expect };
  }

  /** Judged after the notice was published, where the case still shows the same then: before it, few would ask. */
  async function sinceNotice(made: ExampleCase, property: Property): Promise<ExampleCase> {
    const { ruleSet } = program;
    const published = parseMoment(ruleSet.source.published, ruleSet.timeZone)?.start ?? 0;
    const later = fixedInstants(ruleSet).filter((bound) => bound >= published);
    if (made.asOf >= published) return made;
    for (const bound of later) {
      const [known] = await knownAnswers(program, [{ ...made, asOf: bound + NOON }]);
      if (
        !known ||
        property.truthIn([known.evaluation]) !== 'true' ||
        entriesOf(known.summary.missingFacts).length > 0
      )
        continue;
      return { ...known.example, expect: expectationOf(known.summary) };
    }
    return made;
  }

  function freeId(): string {
    for (let n = 1; ; n++) {
      const id = `suggested-${String(n).padStart(2, '0')}`;
      if (taken.has(id)) continue;
      taken.add(id);
      return id;
    }
  }
}

/** After the midnight at which a day begins. */
const NOON = 43_200_000;
