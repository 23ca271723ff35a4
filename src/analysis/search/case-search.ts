/** Questions about all cases at once: is there one in which …? */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { PartialCase } from '../cases/evaluate-case.ts';
import { remembered } from '../remembered.ts';
import { caseSpaceOf } from '../solver/case-space.ts';
import {
  type Counted,
  calendarBounds,
  type Found,
  isCorrect,
  lemmaAt,
  orderOf,
} from '../solver/counted-days.ts';
import type { Solver, Verdict } from '../solver/solver.ts';
import { booleanVariable, FALSE, implies, or, same, type Term, TRUE } from '../solver/terms.ts';
import { type Translation, translate } from '../solver/translate.ts';

/**
 * `shown` by that case, and perhaps others; by `none` at all, which is proved; `undecided`: the time was up, or only a text
 * that could not be made up would do.
 */
export type SearchResult =
  | { kind: 'shown'; values: PartialCase }
  | { kind: 'none' }
  | { kind: 'undecided'; isTimeUp: boolean };

/** Each lemma tells the solver of about a month of the calendar; no question needs this many. */
const MAX_LEMMAS = 500;

/** All cases of one rule set, or of two. */
export function caseSearch(
  solver: Solver,
  ruleSets: readonly RuleSet[],
  { limitMs, isTimeUp }: { limitMs: number; isTimeUp(): boolean },
) {
  const space = caseSpaceOf(ruleSets);
  const session = solver.open(limitMs);
  const counted: Counted[] = [];
  const definitions = new Map<Term, Term>();
  const switches = new Map<Term, Term>();

  for (const axiom of space.axioms) session.assert(axiom);
  /** `movable`: a deadline that may lie anywhere. */
  const translated = (ruleSet: RuleSet, movable?: string): Translation =>
    translate(ruleSet, { space, counted, assert: session.assert, define, movable });
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
    if (isTimeUp()) return { kind: 'undecided', isTimeUp: true };
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
        if (kept.length === 0) return { kind: 'undecided', isTimeUp: true };
        kept = [];
      } else return readCase(asked);
    }
  }

  async function readCase(asked: Term): Promise<SearchResult> {
    const values = space.read(session);
    if (values) return { kind: 'shown', values };
    const verdict = await check([asked, switchFor(space.isNamed)]);
    const named = verdict === 'sat' ? space.read(session) : null;
    return named ? { kind: 'shown', values: named } : { kind: 'undecided', isTimeUp: verdict === 'unknown' };
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
      const all = found();
      const wrongly = all.filter((one) => !isCorrect(one));
      if (wrongly.length === 0) return 'sat';
      for (const one of wrongly) know(one.counted);
      const wrong = wrongly.map((one) => lemmaAt(one.counted, one.base));
      for (const { term } of wrong) session.assert(term);
      for (const [i, one] of all.entries())
        for (const other of all.slice(i + 1)) session.assert(orderOf(one, other) ?? TRUE);
      covered = wrong.map(({ around }) => switchFor(around));
    }
    return 'unknown';
  }

  /** Lemmas are about the day counted from, of which the solver need not know before. */
  function know(one: Counted): void {
    if (one.kind === 'minute' || one.own === null) return;
    const { own } = one;
    if (counted.some(({ start }) => start === own.start)) return;
    counted.push(own);
    session.assert(implies(own.applies, calendarBounds(own)));
  }

  /** What is counted, as the solver has it. */
  function found(): Found[] {
    return counted
      .filter(({ applies }) => session.isTrue(applies))
      .map((one) => ({
        counted: one,
        base: session.integer(one.base),
        start: session.integer(one.start),
        end: session.integer(one.end),
      }));
  }
}
