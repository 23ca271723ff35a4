/**
 * What to ask next: the facts whose other value could still change what a person is told, whether they were left out or assumed.
 *
 * The first is looked for: a fact that an open rule waits for is filled in the ways that can matter, until two of them leave
 * different things open. If none do, it does not matter, and the next one is looked at. Nothing is kept of this, so that what is
 * asked depends on the case alone. Fillings in which facts contradict each other are not left out: at worst a question turns out
 * to make no difference.
 */
import { type Slots, UNKNOWN, withFact } from '../facts/values.ts';
import { type CompiledRule, leafAt, ofSection, type Rules } from '../judge/rules.ts';
import { evaluateSections, type SectionResults } from '../judge/sections.ts';
import { candidateValues } from './candidate-values.ts';
import { compileResidue, type Residue } from './residue.ts';
import { compileTold, tellingSections } from './told.ts';

/** Beyond so many judgements for one case a fact that a rule waits for is asked unseen: at worst it makes no difference. */
const LIMIT = 2_000;

/** A case, as far as it is told. */
interface State {
  slots: Slots;
  results: SectionResults;
  residue: Residue;
  /** Rules that keep open what is told, in the order of the notice. */
  open: readonly CompiledRule[];
}

export type FindQuestions = ReturnType<typeof compileQuestions>;

export function compileQuestions(rules: Rules) {
  const { layout } = rules;
  const told = compileTold(rules.ruleSet);
  const telling = tellingSections(rules.ruleSet);
  const sections = [...rules.sections.values()];
  const residueOf = compileResidue(rules, telling);

  function stateOf(slots: Slots, results: SectionResults): State {
    return { slots, results, residue: residueOf(slots, results), open: told.openRules(results) };
  }

  /** What can still come of it, as one comparable text. */
  function textOf({ slots, results, residue, open }: State, kept: ReadonlySet<string>): string {
    const unsaid = inOrder(slots, kept, told.factsRead(results)).join();
    return open.length === 0 ? `${told.text(results)} ${unsaid}` : `${residue.text} ${unsaid}`;
  }

  /** Unknown facts that may be asked, in the order of the vocabulary. */
  function inOrder(slots: Slots, kept: ReadonlySet<string>, among: Iterable<string>): string[] {
    const wanted = new Set(among);
    return layout.facts.filter(
      (fact, slot) => wanted.has(fact) && slots[slot] === UNKNOWN && !kept.has(fact),
    );
  }

  /** Rule by rule, those that it waits for; last those that it waits for by way of what earlier sections conclude. */
  function waitedFor({ slots, results, residue, open }: State, kept: ReadonlySet<string>): string[] {
    const anyOpen = telling.flatMap(({ name }) => ofSection(results.sections, name).open);
    const comparisons = (rule: CompiledRule) => residue.of(rule).leaves.map((index) => leafAt(rules, index));
    const readsConclusions = open.flatMap(comparisons).some(({ leaf }) => leaf.source === 'conclusion');
    const waiting = [...open, ...(readsConclusions ? anyOpen : [])].flatMap((rule) =>
      inOrder(
        slots,
        kept,
        comparisons(rule).flatMap(({ facts }) => facts),
      ),
    );
    return [...new Set(waiting)];
  }

  /** The case with the fact filled, if every way of filling it leaves the same open; null where it has to be asked. */
  function doesNotMatter(
    search: { judged: number },
    { slots, results, residue }: State,
    fact: string,
    kept: ReadonlySet<string>,
  ): State | null {
    const reading = rules.leaves.filter(
      ({ facts }, index) => facts.includes(fact) && residue.leaves.has(index),
    );
    const change = { from: results, facts: new Set([fact]) };
    let first: { state: State; text: string } | null = null;
    for (const value of candidateValues(rules, fact, slots, reading)) {
      search.judged += 1;
      if (search.judged > LIMIT) return null;
      const filled = withFact(slots, layout.slotOf(fact), value);
      const state = stateOf(filled, evaluateSections(rules, filled, sections, change));
      const text = textOf(state, kept);
      if (first === null) first = { state, text };
      else if (text !== first.text) return null;
    }
    return first?.state ?? null;
  }

  return {
    /** Facts whose values some rule tells, if not what it concludes: how much, by when, what is lacking. */
    factsTold: told.factsEverRead,
    /**
     * Facts in the order to ask: only the first is sure to be asked of everybody. `slots`: facts that were assumed are unknown
     * there. `kept`: unknown facts that are not to be asked.
     */
    factsToAsk(given: Slots, kept: ReadonlySet<string>): string[] {
      const search = { judged: 0 };
      let state = stateOf(given, evaluateSections(rules, given, sections));
      for (;;) {
        const waiting = waitedFor(state, kept);
        const [fact] = waiting;
        const withoutIt = fact === undefined ? null : doesNotMatter(search, state, fact, kept);
        if (withoutIt === null) {
          const toTell = inOrder(state.slots, kept, told.factsRead(state.results));
          return [...new Set([...waiting, ...toTell])];
        }
        state = withoutIt;
      }
    },
  };
}
