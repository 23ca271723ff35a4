/** Questions about all cases at once: is there one in which …? */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type CaseSpace, caseSpaceOf, type FullCase } from '../solver/case-space.ts';
import { type CountedDay, isRight, type Lesson, lesson } from '../solver/counted-days.ts';
import type { Session, Solver, Verdict } from '../solver/solver.ts';
import { booleanVariable, FALSE, implies, or, same, type Term } from '../solver/terms.ts';
import { type Translation, translate } from '../solver/translate.ts';

/** `undecided`: the time was up, or only a text that could not be made up would do. */
export type Found = { kind: 'case'; values: FullCase } | { kind: 'none' } | { kind: 'undecided' };

export interface World {
  space: CaseSpace;
  /** One for each rule set, in order. */
  sides: readonly Translation[];
  /** One of the rule sets with a deadline that may lie anywhere. */
  withMovable(ruleSet: RuleSet, deadline: string): Translation;
  /** A case in which at least one of the goals holds. */
  find(goals: readonly Term[]): Promise<Found>;
  /** A case in which as many of the wishes as possible hold too, the first ones rather than the later. */
  findLike(goal: Term, wishes: readonly Term[]): Promise<Found>;
  end(): void;
}

/** The calendar is learned month by month; nobody's question needs this many. */
const MOST_LESSONS = 500;

export function openWorld(solver: Solver, ruleSets: readonly RuleSet[], limitMs: number): World {
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
    find: (goals) => searcher.findAny(goals),
    findLike: (goal, wishes) => searcher.find(goal, wishes),
    end: () => session.end(),
  };
}

function definer(session: Session): (term: Term) => Term {
  const defined = new Map<Term, Term>();
  return (term) => {
    const inner = term.kind === 'not' ? term.of : term;
    if (inner.kind === 'truth' || inner.kind === 'boolean') return term;
    const known = defined.get(term);
    if (known) return known;
    const name = booleanVariable(`term ${defined.size}`);
    session.assert(same(name, term));
    defined.set(term, name);
    return name;
  };
}

class Searcher {
  private readonly session: Session;
  private readonly space: CaseSpace;
  private readonly countedDays: readonly CountedDay[];
  private readonly switches = new Map<Term, Term>();

  constructor(session: Session, space: CaseSpace, countedDays: readonly CountedDay[]) {
    this.session = session;
    this.space = space;
    this.countedDays = countedDays;
  }

  findAny(goals: readonly Term[]): Promise<Found> {
    const open = goals.filter((goal) => goal !== FALSE);
    // Each is turned on by a variable, so that asking for what is left of them is one short clause.
    return this.find(or(open.map((goal) => this.switchFor(goal))), []);
  }

  async find(goal: Term, wishes: readonly Term[]): Promise<Found> {
    if (goal === FALSE) return { kind: 'none' };
    const asked = this.switchFor(goal);
    let granted = wishes.map((wish) => this.switchFor(wish));
    for (;;) {
      const verdict = await this.check([asked, ...granted]);
      if (verdict === 'unsat') {
        const core = this.session.core();
        const last = granted.findLast((wish) => core.includes(wish));
        if (last === undefined) return { kind: 'none' };
        granted = granted.filter((wish) => wish !== last);
      } else if (verdict === 'unknown') {
        if (granted.length === 0) return { kind: 'undecided' };
        granted = [];
      } else return this.read(asked);
    }
  }

  private async read(asked: Term): Promise<Found> {
    const values = this.space.read(this.session);
    if (values) return { kind: 'case', values };
    const verdict = await this.check([asked, this.switchFor(this.space.isNamed)]);
    const named = verdict === 'sat' ? this.space.read(this.session) : null;
    return named ? { kind: 'case', values: named } : { kind: 'undecided' };
  }

  /** A variable that turns a term on. */
  private switchFor(term: Term): Term {
    const known = this.switches.get(term);
    if (known) return known;
    const made = booleanVariable(`asked ${this.switches.size}`);
    this.session.assert(implies(made, term));
    this.switches.set(term, made);
    return made;
  }

  /**
   * Asks until every day that the solver counted is right. After a lesson it is first asked to stay where it now knows
   * better: there are as many months as it likes elsewhere.
   */
  private async check(assumptions: readonly Term[]): Promise<Verdict> {
    let stay: Term[] = [];
    for (let lessons = 0; lessons <= MOST_LESSONS; lessons++) {
      const verdict = await this.session.check([...assumptions, ...stay]);
      if (verdict !== 'sat') {
        if (stay.length === 0) return verdict;
        stay = [];
        continue;
      }
      const learned = this.correct();
      if (learned.length === 0) return 'sat';
      for (const { term } of learned) this.session.assert(term);
      stay = learned.map(({ around }) => this.switchFor(around));
    }
    return 'unknown';
  }

  /** Lessons about the days that the solver got wrong. */
  private correct(): Lesson[] {
    const { session } = this;
    return this.countedDays.flatMap((counted) => {
      if (!session.isTrue(counted.applies)) return [];
      const base = session.integer(counted.base);
      const day = { start: session.integer(counted.start), end: session.integer(counted.end) };
      return isRight(counted, base, day) ? [] : [lesson(counted, base)];
    });
  }
}
