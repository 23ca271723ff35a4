/** The wrapper around z3. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Solver, type SolverSession, startSolver } from '../../src/analysis/solver/solver.ts';
import {
  and,
  atMost,
  booleanVariable,
  choose,
  dividedBy,
  equal,
  implies,
  integerVariable,
  less,
  not,
  number,
  or,
  plus,
  same,
  sum,
  type Term,
  times,
} from '../../src/analysis/solver/terms.ts';
import { evaluate } from './evaluate-term.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

async function inSession<T>(run: (session: SolverSession) => Promise<T>, limitMs = 5000): Promise<T> {
  const session = solver.open(limitMs);
  try {
    return await run(session);
  } finally {
    session.end();
  }
}

const [a, b] = [booleanVariable('a'), booleanVariable('b')];
const [x, y] = [integerVariable('x'), integerVariable('y')];

it('finds a case for every kind of term, and the case is one', async () => {
  const terms: Term[] = [
    or([a, b]),
    not(same(a, b)),
    implies(a, less(x, y)),
    implies(not(a), less(y, x)),
    equal(sum([x, times(y, 3)]), number(1_677_250_800_000_000)),
    equal(dividedBy(x, 7), plus(dividedBy(y, 7), -2)),
    atMost(number(-5), choose(a, x, y)),
  ];
  await inSession(async (session) => {
    for (const term of terms) session.assert(term);
    expect(await session.check([])).toBe('sat');
    const found = new Map<string, boolean | number>([
      ['a', session.isTrue(a)],
      ['b', session.isTrue(b)],
      ['x', session.integer(x)],
      ['y', session.integer(y)],
    ]);
    expect(terms.map((term) => evaluate(term, found))).toEqual(terms.map(() => true));
  });
});

it('names assumptions that cannot hold together, and goes on without them', async () => {
  await inSession(async (session) => {
    session.assert(implies(a, less(x, number(0))));
    session.assert(implies(b, less(number(0), x)));
    expect(await session.check([a, b])).toBe('unsat');
    expect(new Set(session.core())).toEqual(new Set([a, b]));
    expect(await session.check([a])).toBe('sat');
    expect(session.integer(x)).toBeLessThan(0);
  });
});

it('keeps sessions apart, also those that ask at the same time', async () => {
  const verdicts = await Promise.all(
    [-1, 1].map((bound) =>
      inSession(async (session) => {
        session.assert(less(x, number(bound)));
        session.assert(less(number(-1), x));
        return session.check([]);
      }),
    ),
  );
  expect(verdicts).toEqual(['unsat', 'sat']);
});

it('gives up when the time is up, and takes the next question', async () => {
  // More pigeons than holes: every way of seating them has to be refused.
  const seats = Array.from({ length: 14 }, (_, pigeon) =>
    Array.from({ length: 13 }, (__, hole) => booleanVariable(`pigeon ${pigeon} in ${hole}`)),
  );
  const verdict = await inSession(async (session) => {
    for (const [pigeon, holes] of seats.entries()) {
      session.assert(or(holes));
      for (const others of seats.slice(pigeon + 1))
        for (const [hole, seat] of holes.entries()) session.assert(not(and([seat, others[hole] ?? seat])));
    }
    return session.check([]);
  }, 100);
  expect(verdict).toBe('unknown');
  expect(await inSession((session) => session.check([]))).toBe('sat');
});

it('says the same comparison in one way', () => {
  expect(atMost(number(1), x)).toBe(less(number(0), x));
  expect(atMost(x, number(4))).toBe(less(x, number(5)));
  expect(and([a, b])).toBe(and([b, a]));
  expect(not(not(a))).toBe(a);
});
