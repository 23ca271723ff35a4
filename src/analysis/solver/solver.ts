/**
 * z3, wrapped: terms in, answers out. The only importer of it.
 *
 * Terms are built on the calling thread and only the search runs on another one; z3 takes one search at a time, so sessions
 * queue. Its own evaluation of SMT-LIB text is not used: it hands the text to the other thread without keeping it alive.
 */
import type { init, Z3_ast, Z3_model } from 'z3-solver';
import { remembered } from '../remembered.ts';
import { number, type Term } from './terms.ts';

export type Verdict = 'sat' | 'unsat' | 'unknown';

/** Assertions that stay until the session ends. */
export type SolverSession = ReturnType<typeof openSession>;
export type Solver = Awaited<ReturnType<typeof startSolver>>;

type Z3 = Awaited<ReturnType<typeof init>>['Z3'];
type Queue = <T>(search: () => Promise<T>) => Promise<T>;

/**
 * Measured on the rule sets: models as they come are read four times as fast as compacted ones, the older arithmetic is
 * faster on comparisons of dates, a search that does not repeat itself finds a case for more questions at once, and one that
 * does not ask what is relevant takes half the time.
 */
const SETTINGS = {
  'model.compact': 'false',
  'smt.arith.solver': '2',
  'smt.phase_selection': '5',
  'smt.relevancy': '0',
};

/** About 0.3 s; one serves any number of rule sets. */
export async function startSolver() {
  const { init, killThreads } = await import('z3-solver');
  // Ending its threads makes it print to standard error that a thread ended.
  const { Z3, em } = await init({ printErr: () => undefined });
  for (const [name, value] of Object.entries(SETTINGS)) Z3.global_param_set(name, value);
  let last: Promise<unknown> = Promise.resolve();
  const queue: Queue = (search) => {
    const turn = last.then(search, search);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    /** `limitMs` is how long one check may search. */
    open: (limitMs: number) => openSession(Z3, queue, limitMs),
    /** Ends the threads, without which the process would not exit. */
    async end() {
      await last;
      await killThreads(em);
    },
  };
}

const YES = 1;

function openSession(z3: Z3, queue: Queue, limitMs: number) {
  const config = z3.mk_config();
  const context = z3.mk_context_rc(config);
  z3.del_config(config);
  const solver = z3.mk_simple_solver(context);
  z3.solver_inc_ref(context, solver);
  const parameters = z3.mk_params(context);
  z3.params_inc_ref(context, parameters);
  z3.params_set_uint(context, parameters, z3.mk_string_symbol(context, 'timeout'), limitMs);
  z3.solver_set_params(context, solver, parameters);
  z3.params_dec_ref(context, parameters);

  const built = new Map<Term, Z3_ast>();
  let assumed: readonly Term[] = [];
  let model: Z3_model | null = null;

  return {
    assert: (term: Term): void => z3.solver_assert(context, solver, build(term)),
    /** Can everything asserted be true together with these Boolean variables? `unknown` when the time is up. */
    async check(assumptions: readonly Term[]): Promise<Verdict> {
      forgetModel();
      assumed = assumptions;
      const asked = assumptions.map(build);
      const result = await queue(() => z3.solver_check_assumptions(context, solver, asked));
      return result === YES ? 'sat' : result === -YES ? 'unsat' : 'unknown';
    },
    /** After `unsat`: those of the assumptions that were enough for it. */
    core(): Term[] {
      const vector = z3.solver_get_unsat_core(context, solver);
      z3.ast_vector_inc_ref(context, vector);
      const size = z3.ast_vector_size(context, vector);
      const core = new Set(Array.from({ length: size }, (_, i) => z3.ast_vector_get(context, vector, i)));
      z3.ast_vector_dec_ref(context, vector);
      return assumed.filter((term) => core.has(build(term)));
    },
    /** After `sat`: what terms are in the case found; what does not matter has some value too. */
    isTrue: (term: Term): boolean => z3.get_bool_value(context, evaluate(term)) === YES,
    integer: (term: Term): number => Number(z3.get_numeral_string(context, evaluate(term))),
    end(): void {
      forgetModel();
      z3.solver_dec_ref(context, solver);
      z3.del_context(context);
    },
  };

  function evaluate(term: Term): Z3_ast {
    if (model === null) {
      model = z3.solver_get_model(context, solver);
      z3.model_inc_ref(context, model);
    }
    const value = z3.model_eval(context, model, build(term), true);
    if (value === null) throw new Error('the case found has no such value');
    return value;
  }

  function forgetModel(): void {
    if (model !== null) z3.model_dec_ref(context, model);
    model = null;
  }

  /** Each term once; it lives until the session ends. */
  function build(term: Term): Z3_ast {
    return remembered(built, term, () => {
      const made = make(term);
      z3.inc_ref(context, made);
      return made;
    });
  }

  function make(term: Term): Z3_ast {
    switch (term.kind) {
      case 'truth':
        return term.value ? z3.mk_true(context) : z3.mk_false(context);
      case 'number':
        return z3.mk_numeral(context, String(term.value), z3.mk_int_sort(context));
      case 'boolean':
        return z3.mk_const(context, z3.mk_string_symbol(context, term.name), z3.mk_bool_sort(context));
      case 'integer':
        return z3.mk_const(context, z3.mk_string_symbol(context, term.name), z3.mk_int_sort(context));
      case 'not':
        return z3.mk_not(context, build(term.of));
      case 'and':
        return z3.mk_and(context, term.of.map(build));
      case 'or':
        return z3.mk_or(context, term.of.map(build));
      case 'sum':
        return z3.mk_add(context, term.of.map(build));
      case 'same':
      case 'equal':
        return z3.mk_eq(context, build(term.left), build(term.right));
      case 'less':
        return z3.mk_lt(context, build(term.left), build(term.right));
      case 'times':
        return z3.mk_mul(context, [build(number(term.number)), build(term.of)]);
      case 'product':
        return z3.mk_mul(context, [build(term.left), build(term.right)]);
      case 'dividedBy':
        return z3.mk_div(context, build(term.of), build(number(term.number)));
      case 'choose':
        return z3.mk_ite(context, build(term.condition), build(term.then), build(term.otherwise));
    }
  }
}
