/** Smallest cases that would close what the cases of a rule set leave open, answered by the engine for staff to confirm. */
import { entriesOf, reachable } from '../../engine/answer/comparisons.ts';
import { parseMoment } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { CasesFile, ExampleCase, Expectation } from '../cases/cases-file.ts';
import { expectationOf, type KnownAnswer, knownAnswers, mergedExpectation } from '../cases/decide-case.ts';
import { cover, questionText } from '../coverage/questions.ts';
import { withAnalysis } from '../search/analysis.ts';
import { type Example, fixedInstants } from '../search/example.ts';
import type { Property } from '../search/properties.ts';
import type { Solver } from '../solver/solver.ts';
import type { Mutant } from './mutants.ts';
import type { Mutable, MutateOptions, UncheckedDifference } from './mutate.ts';
import { detectMutant, mutate } from './mutate.ts';

/** What a case that is there should expect besides. */
export interface Addition {
  example: ExampleCase;
  expect: Expectation;
  /** Ids of the mutants that it then notices. */
  notices: string[];
}

export type Suggested = Awaited<ReturnType<typeof suggest>>;

export async function suggest(
  mutable: Mutable,
  file: CasesFile,
  solver: Solver,
  options: MutateOptions = {},
) {
  const { program } = mutable;
  const { ruleSet } = program;
  const taken = new Set([...file.cases, ...file.skipped.map(({ example }) => example)].map(({ id }) => id));
  const cases: ExampleCase[] = [];
  /** Ids of mutants that stay alive all the same, and what stays uncovered: no example was found in time. */
  const open: LocalizedText[] = [];

  await withAnalysis(solver, [ruleSet], options, async (analysis) => {
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

  const withCases = { ...file, cases: [...file.cases, ...cases] };
  const { mutated, known } = await mutate(mutable, withCases, async () => solver, options);
  const additions = new Map<ExampleCase, Addition>();
  for (const { mutant, ruleSet: other, fate } of mutated) {
    if (fate.kind !== 'alive' || other === null || (await isNoticed(other))) continue;
    if (fate.unasked) addExpectation(mutant, fate.unasked);
    else if (!(fate.example && (await addCase(mutant, other, fate.example))))
      open.push({ ja: mutant.id, en: mutant.id });
  }
  return { cases, additions: [...additions.values()], open };

  async function isNoticed(mutant: RuleSet): Promise<boolean> {
    const more = known.flatMap((one): KnownAnswer[] => {
      const addition = additions.get(one.example);
      return addition ? [{ ...one, example: { ...one.example, expect: addition.expect } }] : [];
    });
    const all = [...more, ...(await knownAnswers(program, cases))];
    return (await detectMutant(mutant, all)).by !== null;
  }

  function addExpectation({ id }: Mutant, { known: { example }, add }: UncheckedDifference): void {
    const made = cases.find((one) => one.id === example.id);
    if (made) {
      made.expect = mergedExpectation(made.expect, add);
      return;
    }
    const { expect = {}, notices = [] } = additions.get(example) ?? {};
    additions.set(example, { example, expect: mergedExpectation(expect, add), notices: [...notices, id] });
  }

  /** Whether the mutant is noticed by it. */
  async function addCase({ path, ja }: Mutant, mutant: RuleSet, example: Example): Promise<boolean> {
    const contact = path[0] !== 'contact' ? 'unasked' : path[1] === 'hours' ? 'reachable' : 'whole';
    cases.push(await answeredCase(example, `${ja}と、答えが変わる`, contact));
    if (await isNoticed(mutant)) return true;
    cases.pop();
    return false;
  }

  async function answeredCase(
    { asOf, facts }: Example,
    title: string,
    contact: 'unasked' | 'reachable' | 'whole' = 'unasked',
  ): Promise<ExampleCase> {
    const position = { file: file.file, line: 1, column: 1 };
    const made = { id: freeId(), title, asOf: Date.parse(asOf), facts, expect: {}, position };
    const [answer] = await knownAnswers(program, [made]);
    if (!answer) throw new Error('an example is refused');
    const expect = expectationOf(answer.summary);
    if (contact === 'unasked') return { ...made, expect };
    const asked = answer.summary.contact;
    return { ...made, expect: { ...expect, contact: contact === 'whole' ? asked : reachable(asked) } };
  }

  /** Judged after the notice was published, where the case still shows the same then: before it, few would ask. */
  async function sinceNotice(made: ExampleCase, property: Property): Promise<ExampleCase> {
    const published = parseMoment(ruleSet.source.published, ruleSet.timeZone)?.start ?? 0;
    if (made.asOf >= published) return made;
    for (const bound of fixedInstants(ruleSet).filter((instant) => instant >= published)) {
      const [answer] = await knownAnswers(program, [{ ...made, asOf: bound + NOON }]);
      const isShown = answer && property.truthIn([answer.evaluation]) === 'true';
      if (isShown && entriesOf(answer.summary.missingFacts).length === 0)
        return { ...answer.example, expect: expectationOf(answer.summary) };
    }
    return made;
  }

  function freeId(): string {
    let n = 1;
    const id = () => `suggested-${String(n).padStart(2, '0')}`;
    while (taken.has(id())) n++;
    taken.add(id());
    return id();
  }
}

/** After the midnight at which a day begins. */
const NOON = 43_200_000;
