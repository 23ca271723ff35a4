/** Questions about all cases at once: is there one in which …? */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { PartialCase } from '../cases/evaluate-case.ts';
import { remembered } from '../remembered.ts';
import { caseSpaceOf } from '../solver/case-space.ts';
import { type CountedDay, isCorrectDay, type Lemma, lemmaAt } from '../solver/counted-days.ts';
import type { Solver, Verdict } from '../solver/solver.ts';
import { booleanVariable, FALSE, implies, or, same, type Term } from '../solver/terms.ts';
import { type Translation, translate } from '../solver/translate.ts';

/**
 * `shown` by that case, and perhaps others; by `none` at all, which is proved; `undecided`: the time was up, or only a text
 * that could not be made up would do.
 */
export type SearchResult = { kind: 'shown'; values: PartialCase } | { kind: 'none' | 'undecided' };

/** Each lemma tells the solver of about a month of the calendar; no question needs this many. */
const MAX_LEMMAS = 500;

/** All cases of one rule set, or of two. */
export function caseSearch(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number) {
  const space = caseSpaceOf(ruleSets);
  const session = solver.open(limitMs);
  const countedDays: CountedDay[] = [];
  const definitions = new Map<Term, Term>();
  const switches = new Map<Term, Term>();

  for (const axiom of space.axioms) session.assert(axiom);
  /** `movable`: a deadline that may lie anywhere. */
  const translated = (ruleSet: RuleSet, movable?: string): Translation =>
    translate(ruleSet, { space, countedDays, assert: session.assert, define, movable });
  const sides = ruleSets.map((ruleSet) => translated(ruleSet));
  return { space, sides, translated, find, findPreferring, end: session.end };

  /** A case in which at least one of the terms holds. */
  function find(terms: readonly Term[]): Promise<SearchResult> {
    const open = terms.filter((term) => term !== FALSE);
    // Each is turned on by a variable, so that asking for what is left of them is one short clause.
    return findPreferring(or(open.map(switchFor)), []);
  }

  /** A case in which as many of the soft constraints as possible hold too, the first ones rather than the later. */
  async function findPreferring(term: Term, softConstraints: readonly Term[]): Promise<SearchResult> {
    if (term === FALSE) return { kind: 'none' };
    const asked = switchFor(term);
    let kept = softConstraints.map(switchFor);
    for (;;) {
      const verdict = await check([asked, ...kept]);
      if (verdict === 'unsat') {
        const core = session.core();
        const last = kept.findLast((constraint) => core.includes(constraint));
        if (last === undefined) return { kind: 'none' };
        kept = kept.filter((constraint) => constraint !== last);
      } else if (verdict === 'unknown') {
        if (kept.length === 0) return { kind: 'undecided' };
        kept = [];
      } else return readCase(asked);
    }
  }

  async function readCase(asked: Term): Promise<SearchResult> {
    const values = space.read(session);
    if (values) return { kind: 'shown', values };
    const verdict = await check([asked, switchFor(space.isNamed)]);
    const named = verdict === 'sat' ? space.read(session) : null;
    return named ? { kind: 'shown', values: named } : { kind: 'undecided' };
  }

  function define(term: Term): Term {
    const inner = term.kind === 'not' ? term.of : term;
    if (inner.kind === 'truth' || inner.kind === 'boolean') return term;
    return remembered(definitions, term, () => {
      const name = booleanVariable(`term ${definitions.size}`);
      session.assert(same(name, term));
      return name;
    });
  }

  /** A variable that turns a term on. */
  function switchFor(term: Term): Term {
    return remembered(switches, term, () => {
      const made = booleanVariable(`asked ${switches.size}`);
      session.assert(implies(made, term));
      return made;
    });
  }

  /**
   * Asks until every day that the solver counted is right. After a lemma the solver is first asked for a case inside the
   * instants that the lemma covers; otherwise it would move on to a month it knows nothing about, again and again.
   */
  async function check(assumptions: readonly Term[]): Promise<Verdict> {
    let covered: Term[] = [];
    for (let round = 0; round <= MAX_LEMMAS; round++) {
      const verdict = await session.check([...assumptions, ...covered]);
      if (verdict !== 'sat') {
        if (covered.length === 0) return verdict;
        covered = [];
        continue;
      }
      const wrong = lemmas();
      if (wrong.length === 0) return 'sat';
      for (const { term } of wrong) session.assert(term);
      covered = wrong.map(({ around }) => switchFor(around));
    }
    return 'unknown';
  }

  /** About the days that the solver got wrong. */
  function lemmas(): Lemma[] {
    return countedDays.flatMap((counted) => {
      if (!session.isTrue(counted.applies)) return [];
      const base = session.integer(counted.base);
      const day = { start: session.integer(counted.start), end: session.integer(counted.end) };
      return isCorrectDay(counted, base, day) ? [] : [lemmaAt(counted, base)];
    });
  }
}
