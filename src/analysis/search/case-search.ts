/** Questions about all cases at once: is there one in which …? */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { type CaseSpace, caseSpaceOf, type FullCase } from '../solver/case-space.ts';
import { type CountedDay, isCorrectDay, type Lemma, lemmaAt } from '../solver/counted-days.ts';
import type { Solver, SolverSession, Verdict } from '../solver/solver.ts';
import { booleanVariable, FALSE, implies, or, same, type Term } from '../solver/terms.ts';
import { type Translation, translate } from '../solver/translate.ts';

/** `undecided`: the time was up, or only a text that could not be made up would do. */
export type CaseSearchResult = { kind: 'case'; values: FullCase } | { kind: 'none' } | { kind: 'undecided' };

export interface CaseSearch {
  space: CaseSpace;
  /** One for each rule set, in order. */
  sides: readonly Translation[];
  /** One of the rule sets with a deadline that may lie anywhere. */
  withMovable(ruleSet: RuleSet, deadline: string): Translation;
  /** A case in which at least one of the terms holds. */
  find(terms: readonly Term[]): Promise<CaseSearchResult>;
  /** A case in which as many of the soft constraints as possible hold too, the first ones rather than the later. */
  findPreferring(term: Term, softConstraints: readonly Term[]): Promise<CaseSearchResult>;
  end(): void;
}

/** Each lemma tells the solver of about a month of the calendar; no question needs this many. */
const MAX_LEMMAS = 500;

export function openCaseSearch(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number): CaseSearch {
  const space = caseSpaceOf(ruleSets);
  const session = solver.open(limitMs);
  for (const axiom of space.axioms) session.assert(axiom);
  const countedDays: CountedDay[] = [];
  const options = {
    space,
    countedDays,
    assert: (term: Term) => session.assert(term),
    define: definer(session),
  };
  const searcher = new Searcher(session, space, countedDays);
  return {
    space,
    sides: ruleSets.map((ruleSet) => translate(ruleSet, options)),
    withMovable: (ruleSet, movable) => translate(ruleSet, { ...options, movable }),
    find: (terms) => searcher.findAny(terms),
    findPreferring: (term, softConstraints) => searcher.find(term, softConstraints),
    end: () => session.end(),
  };
}

function definer(session: SolverSession): (term: Term) => Term {
  const defined = new Map<Term, Term>();
  return (term) => {
    const inner = term.kind === 'not' ? term.of : term;
    if (inner.kind === 'truth' || inner.kind === 'boolean') return term;
    return remembered(defined, term, () => {
      const name = booleanVariable(`term ${defined.size}`);
      session.assert(same(name, term));
      return name;
    });
  };
}

class Searcher {
  private readonly session: SolverSession;
  private readonly space: CaseSpace;
  private readonly countedDays: readonly CountedDay[];
  private readonly switches = new Map<Term, Term>();

  constructor(session: SolverSession, space: CaseSpace, countedDays: readonly CountedDay[]) {
    this.session = session;
    this.space = space;
    this.countedDays = countedDays;
  }

  findAny(terms: readonly Term[]): Promise<CaseSearchResult> {
    const open = terms.filter((term) => term !== FALSE);
    // Each is turned on by a variable, so that asking for what is left of them is one short clause.
    return this.find(or(open.map((term) => this.switchFor(term))), []);
  }

  async find(term: Term, softConstraints: readonly Term[]): Promise<CaseSearchResult> {
    if (term === FALSE) return { kind: 'none' };
    const asked = this.switchFor(term);
    let kept = softConstraints.map((constraint) => this.switchFor(constraint));
    for (;;) {
      const verdict = await this.check([asked, ...kept]);
      if (verdict === 'unsat') {
        const core = this.session.core();
        const last = kept.findLast((constraint) => core.includes(constraint));
        if (last === undefined) return { kind: 'none' };
        kept = kept.filter((constraint) => constraint !== last);
      } else if (verdict === 'unknown') {
        if (kept.length === 0) return { kind: 'undecided' };
        kept = [];
      } else return this.read(asked);
    }
  }

  private async read(asked: Term): Promise<CaseSearchResult> {
    const values = this.space.read(this.session);
    if (values) return { kind: 'case', values };
    const verdict = await this.check([asked, this.switchFor(this.space.isNamed)]);
    const named = verdict === 'sat' ? this.space.read(this.session) : null;
    return named ? { kind: 'case', values: named } : { kind: 'undecided' };
  }

  /** A variable that turns a term on. */
  private switchFor(term: Term): Term {
    return remembered(this.switches, term, () => {
      const made = booleanVariable(`asked ${this.switches.size}`);
      this.session.assert(implies(made, term));
      return made;
    });
  }

  /**
   * Asks until every day that the solver counted is right. After a lemma the solver is first asked for a case inside the
   * instants that the lemma covers; otherwise it would move on to a month it knows nothing about, again and again.
   */
  private async check(assumptions: readonly Term[]): Promise<Verdict> {
    let covered: Term[] = [];
    for (let round = 0; round <= MAX_LEMMAS; round++) {
      const verdict = await this.session.check([...assumptions, ...covered]);
      if (verdict !== 'sat') {
        if (covered.length === 0) return verdict;
        covered = [];
        continue;
      }
      const lemmas = this.lemmas();
      if (lemmas.length === 0) return 'sat';
      for (const { term } of lemmas) this.session.assert(term);
      covered = lemmas.map(({ around }) => this.switchFor(around));
    }
    return 'unknown';
  }

  /** Lemmas about the days that the solver got wrong. */
  private lemmas(): Lemma[] {
    const { session } = this;
    return this.countedDays.flatMap((counted) => {
      if (!session.isTrue(counted.applies)) return [];
      const base = session.integer(counted.base);
      const day = { start: session.integer(counted.start), end: session.integer(counted.end) };
      return isCorrectDay(counted, base, day) ? [] : [lemmaAt(counted, base)];
    });
  }
}
