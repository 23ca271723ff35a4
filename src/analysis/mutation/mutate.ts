/** What becomes of every mutant of a rule file. */
import { compileContact } from '../../engine/answer/opening-hours.ts';
import type { Truth } from '../../engine/judge/operators.ts';
import { compile, type Program } from '../../engine/program.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import { dayInterval, localDate } from '../../rulebook/calendar.ts';
import type { Acceptance, RuleSet } from '../../rulebook/rule-set.ts';
import type { Source } from '../../rulebook/source.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import type { CasesFile, ExampleCase, Expectation } from '../cases/cases-file.ts';
import {
  answerTo,
  distinguishingExpectation,
  type KnownAnswer,
  knownAnswers,
  summaryOf,
  unmetExpectations,
} from '../cases/decide-case.ts';
import { type CaseEvaluation, evaluateCase, partialCaseOf } from '../cases/evaluate-case.ts';
import { distinguish } from '../diff/diff.ts';
import { MUTANT } from '../findings/prove.ts';
import { rulesOf } from '../rule-set-parts.ts';
import type { AnalysisOptions } from '../search/analysis.ts';
import { answered, type Example, fixedInstants } from '../search/example.ts';
import type { Solver } from '../solver/solver.ts';
import { type Mutant, mutantsOf, readMutant } from './mutants.ts';

export type Fate =
  /** No sound rule file any more. */
  | { kind: 'found-by-check' }
  | { kind: 'noticed'; by: ExampleCase }
  /** Proved to answer every case as the original does. */
  | { kind: 'same' }
  | { kind: 'accepted'; reason: string }
  /** `unasked`: a case has another answer and does not ask about it. `example`: a case that would notice it. */
  | { kind: 'alive'; unasked: UncheckedDifference | null; example: Example | null };

export interface Mutated {
  mutant: Mutant;
  /** null where it does not read. */
  ruleSet: RuleSet | null;
  fate: Fate;
}

export interface MutateOptions extends AnalysisOptions {
  /** After each mutant: how many are done, of how many. */
  progress?(done: number, total: number): void;
}

export type MutationReport = Awaited<ReturnType<typeof mutate>>;

export interface Mutable {
  program: Program;
  /** The rule file that it was compiled from, and the vocabulary that all rule files share. */
  source: Source;
  vocabulary: Vocabulary;
}

/** `solver` is asked only about mutants that no case notices. */
export async function mutate(
  { program, source, vocabulary }: Mutable,
  { cases }: CasesFile,
  solver: () => Promise<Solver>,
  options: MutateOptions = {},
) {
  const { ruleSet } = program;
  const known = await knownAnswers(program, cases);
  const acceptances = ruleSet.accepted.filter(({ finding }) => finding === MUTANT);
  const used = new Set<Acceptance>();
  const mutants = mutantsOf(source, ruleSet);
  const mutated: Mutated[] = [];
  for (const mutant of mutants) {
    const other = readMutant(source, mutant, vocabulary);
    const fate: Fate = other === null ? { kind: 'found-by-check' } : await fateOf(mutant, other);
    mutated.push({ mutant, ruleSet: other, fate });
    options.progress?.(mutated.length, mutants.length);
  }
  /** Acceptances of mutants that do not live. */
  const needless = acceptances.filter((one) => !used.has(one));
  return { known, mutated, needless };

  async function fateOf(mutant: Mutant, other: RuleSet): Promise<Fate> {
    const { by, unasked } = await detectMutant(other, affectedCases(mutant, other, known));
    if (by) return { kind: 'noticed', by: by.example };
    if (unasked) return { kind: 'alive', unasked, example: null };
    const acceptance = acceptances.find(({ about }) => about.includes(mutant.id));
    if (acceptance) {
      used.add(acceptance);
      return { kind: 'accepted', reason: acceptance.reason };
    }
    const inHours = await contactExample(ruleSet, other);
    if (inHours) return { kind: 'alive', unasked: null, example: inHours };
    const answer = await distinguish(ruleSet, other, await solver(), options);
    // Of the contact only what was tried is known.
    const isContact = mutant.path[0] === 'contact';
    if (answer.kind === 'same' && !isContact) return { kind: 'same' };
    return { kind: 'alive', unasked: null, example: answer.kind === 'shown' ? answer.example : null };
  }
}

/** A case whose answer is another, and that does not ask about it: `add` is what it would have to expect. */
export interface UncheckedDifference {
  known: KnownAnswer;
  add: Expectation;
}

/** `unasked` only where nothing notices it. */
export async function detectMutant(
  mutant: RuleSet,
  cases: readonly KnownAnswer[],
): Promise<{ by: KnownAnswer | null; unasked: UncheckedDifference | null }> {
  const program = compile(mutant);
  let unasked: UncheckedDifference | null = null;
  for (const known of cases) {
    const summary = summaryOf(await answerTo(program, known.facts), mutant);
    const before = unmetExpectations(known.example.expect, known.summary).length;
    if (unmetExpectations(known.example.expect, summary).length > before) return { by: known, unasked: null };
    if (unasked !== null) continue;
    const add = distinguishingExpectation(known.summary, summary);
    if (Object.keys(add).length > 0) unasked = { known, add };
  }
  return { by: null, unasked };
}

/**
 * The cases whose answer a mutant can change, as far as one rule or named condition tells. Where its condition is true in both
 * versions, or false in both, with what is known of a case, the answer stays the same whatever the unknown facts are.
 */
export function affectedCases(
  { path }: Mutant,
  mutant: RuleSet,
  known: readonly KnownAnswer[],
): KnownAnswer[] {
  const [part, name] = path;
  const section = mutant.sections.findLast(({ path: to }) => to.every((step, i) => step === path[i]));
  if (section === undefined && part !== 'conditions') return [...known];
  const [step, key] = path.slice(section?.path.length);
  return known.filter(({ facts, evaluation }) => {
    const truth = ({ ruleSet, holds, isTaken, named }: CaseEvaluation): Truth => {
      if (section === undefined) return named(String(name));
      const rule = rulesOf(ruleSet, section.name)[Number(step)];
      if (!rule) return 'unknown';
      return key === 'when' ? holds(rule) : isTaken(rule);
    };
    const before = truth(evaluation);
    if (section && key !== 'when') return before !== 'false';
    return before === 'unknown' || before !== truth(evaluateCase(mutant, partialCaseOf(facts, mutant)));
  });
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Holidays come at least this often. */
const BEFORE = 30;
const AFTER = 120;

/** null where the contacts are the same, or seem so on every day around those that the notice names. */
async function contactExample(before: RuleSet, after: RuleSet): Promise<Example | null> {
  if (JSON.stringify(before.contact) === JSON.stringify(after.contact)) return null;
  const [was, is] = [compileContact(before), compileContact(after)];
  for (const instant of instants(before)) {
    if (JSON.stringify(was(instant)) === JSON.stringify(is(instant))) continue;
    return answered([before, after], new Map([[AS_OF, instant]]));
  }
  return null;
}

/** Noon of each day, then the minutes at which the contact opens and closes, and those around them. */
function instants(ruleSet: RuleSet): number[] {
  const { contact, timeZone } = ruleSet;
  const bounds = fixedInstants(ruleSet);
  const [first = 0] = bounds;
  const midnight = dayInterval(localDate(first, timeZone), timeZone).start - BEFORE * DAY;
  const count = ((bounds.at(-1) ?? first) - midnight) / DAY + AFTER;
  const days = Array.from({ length: Math.ceil(count) }, (_, i) => midnight + i * DAY);
  const clocks = (contact?.hours ?? []).flatMap(({ open, close }) => [open, close]);
  const minutes = new Set([720, ...clocks.flatMap((clock) => [clock, clock - 1, clock + 1])]);
  return [...minutes].flatMap((minute) => days.map((day) => day + minute * MINUTE));
}
