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

/** Each lemma tells the solver of about a month of the calendar; no question needs this many. */
const MAX_LEMMAS = 500;

/** All cases of one rule set, or of two. */
export class CaseSearch {
  readonly space: CaseSpace;
  /** One for each rule set, in order. */
  readonly sides: readonly Translation[];
  private readonly session: SolverSession;
  private readonly countedDays: CountedDay[] = [];
  private readonly definitions = new Map<Term, Term>();
  private readonly switches = new Map<Term, Term>();

  constructor(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number) {
    this.space = caseSpaceOf(ruleSets);
    this.session = solver.open(limitMs);
    for (const axiom of this.space.axioms) this.session.assert(axiom);
    this.sides = ruleSets.map((ruleSet) => this.translate(ruleSet));
  }

  /** `movable`: a deadline that may lie anywhere. */
  translate(ruleSet: RuleSet, movable?: string): Translation {
    const { space, countedDays, session } = this;
    return translate(ruleSet, {
      ...{ space, countedDays, assert: (term) => session.assert(term), define: (term) => this.define(term) },
      ...(movable !== undefined && { movable }),
    });
  }

  /** A case in which at least one of the terms holds. */
  find(terms: readonly Term[]): Promise<CaseSearchResult> {
    const open = terms.filter((term) => term !== FALSE);
    // Each is turned on by a variable, so that asking for what is left of them is one short clause.
    return this.findPreferring(or(open.map((term) => this.switchFor(term))), []);
  }

  /** A case in which as many of the soft constraints as possible hold too, the first ones rather than the later. */
  async findPreferring(term: Term, softConstraints: readonly Term[]): Promise<CaseSearchResult> {
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

  end(): void {
    this.session.end();
  }

  private define(term: Term): Term {
    const inner = term.kind === 'not' ? term.of : term;
    if (inner.kind === 'truth' || inner.kind === 'boolean') return term;
    return remembered(this.definitions, term, () => {
      const name = booleanVariable(`term ${this.definitions.size}`);
      this.session.assert(same(name, term));
      return name;
    });
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
