/**
 * What to ask next: the facts whose other value could still change what a person is told, whether they were left out or assumed.
 *
 * The first is looked for: each fact that an open rule waits for is filled in every way that can matter, until the ways of one
 * leave different things open. That takes at most so many judgements as these facts have such values, and nothing is kept.
 * Fillings in which facts contradict each other are not left out: at worst a question turns out to make no difference.
 */
import { SECTION_NAMES } from '../../rulebook/rule-set.ts';
import { type Slots, UNKNOWN, withFact } from '../facts/values.ts';
import { type CompiledRule, leafAt, type Rules } from '../judge/rules.ts';
import { evaluateSections, type SectionResults } from '../judge/sections.ts';
import { candidateValues } from './candidate-values.ts';
import { compileResidue, type Residue } from './residue.ts';
import { compileTold, TELLING } from './told.ts';

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
  const residueOf = compileResidue(rules, TELLING);

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
    const anyOpen = TELLING.flatMap((section) => results.sections[section].open);
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

  return {
    /** Facts whose values some rule tells, if not what it concludes: how much, by when, what is lacking. */
    factsTold: told.factsEverRead,
    /**
     * Facts in the order to ask: only the first is sure to be asked of everybody. `slots`: facts that were assumed are unknown
     * there. `kept`: unknown facts that are not to be asked.
     */
    factsToAsk(given: Slots, kept: ReadonlySet<string>): string[] {
      let state = stateOf(given, evaluateSections(rules, given, SECTION_NAMES));
      for (;;) {
        const waiting = waitedFor(state, kept);
        const [fact] = waiting;
        if (fact === undefined) return inOrder(state.slots, kept, told.factsRead(state.results));
        const ways = waysOf(state, fact);
        const [only, ...others] = new Set(ways.map((way) => textOf(way, kept)));
        const next = ways[0];
        if (only === undefined || others.length > 0 || !next)
          return [...new Set([...waiting, ...inOrder(state.slots, kept, told.factsRead(state.results))])];
        state = next;
      }
    },
  };

  function waysOf({ slots, results, residue }: State, fact: string): State[] {
    const among = rules.leaves.filter(
      ({ facts }, index) => facts.includes(fact) && residue.leaves.has(index),
    );
    const change = { from: results, facts: new Set([fact]) };
    return candidateValues(rules, fact, slots, among).map((value) => {
      const filled = withFact(slots, layout.slotOf(fact), value);
      return stateOf(filled, evaluateSections(rules, filled, SECTION_NAMES, change));
    });
  }
}
