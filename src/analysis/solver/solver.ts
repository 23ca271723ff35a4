/**
 * z3, wrapped: terms in, answers out. The only importer of it.
 *
 * Terms are built on the calling thread and only the search runs on another one; z3 takes one search at a time, so sessions
 * queue. Its own evaluation of SMT-LIB text is not used: it hands the text to the other thread without keeping it alive.
 */
import type { init, Z3_ast, Z3_context, Z3_model, Z3_solver } from 'z3-solver';
import { number, type Term } from './terms.ts';

export type Verdict = 'sat' | 'unsat' | 'unknown';

/** Assertions that stay until the session ends. */
export interface SolverSession {
  assert(term: Term): void;
  /** Can everything asserted be true together with these Boolean variables? `unknown` when the time is up. */
  check(assumptions: readonly Term[]): Promise<Verdict>;
  /** After `unsat`: those of the assumptions that were enough for it. */
  core(): Term[];
  /** After `sat`: what terms are in the case found; what does not matter has some value too. */
  isTrue(term: Term): boolean;
  integer(term: Term): number;
  end(): void;
}

export interface Solver {
  /** `limitMs` is how long one check may search. */
  open(limitMs: number): SolverSession;
  /** Ends the threads, without which the process would not exit. */
  end(): Promise<void>;
}

type Z3 = Awaited<ReturnType<typeof init>>['Z3'];
type Queue = <T>(search: () => Promise<T>) => Promise<T>;

/**
 * Measured on the rule sets: models as they come are read four times as fast as compacted ones, the older arithmetic is
 * faster on comparisons of dates, and a search that does not repeat itself finds a case for more questions at once.
 */
const SETTINGS = { 'model.compact': 'false', 'smt.arith.solver': '2', 'smt.phase_selection': '5' };

/** About 0.3 s; one serves any number of rule sets. */
export async function startSolver(): Promise<Solver> {
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
    open: (limitMs) => new Z3Session(Z3, queue, limitMs),
    async end() {
      await last;
      await killThreads(em);
    },
  };
}

const YES = 1;

class Z3Session implements SolverSession {
  private readonly z3: Z3;
  private readonly queue: Queue;
  private readonly context: Z3_context;
  private readonly solver: Z3_solver;
  private readonly built = new Map<Term, Z3_ast>();
  private assumed: readonly Term[] = [];
  private model: Z3_model | null = null;

  constructor(z3: Z3, queue: Queue, limitMs: number) {
    this.z3 = z3;
    this.queue = queue;
    const config = z3.mk_config();
    const context = z3.mk_context_rc(config);
    z3.del_config(config);
    this.context = context;
    this.solver = z3.mk_simple_solver(context);
    z3.solver_inc_ref(context, this.solver);
    const parameters = z3.mk_params(context);
    z3.params_inc_ref(context, parameters);
    z3.params_set_uint(context, parameters, z3.mk_string_symbol(context, 'timeout'), limitMs);
    z3.solver_set_params(context, this.solver, parameters);
    z3.params_dec_ref(context, parameters);
  }

  assert(term: Term): void {
    this.z3.solver_assert(this.context, this.solver, this.build(term));
  }

  async check(assumptions: readonly Term[]): Promise<Verdict> {
    this.forgetModel();
    this.assumed = assumptions;
    const built = assumptions.map((term) => this.build(term));
    const result = await this.queue(() => this.z3.solver_check_assumptions(this.context, this.solver, built));
    return result === YES ? 'sat' : result === -YES ? 'unsat' : 'unknown';
  }

  core(): Term[] {
    const { z3, context } = this;
    const vector = z3.solver_get_unsat_core(context, this.solver);
    z3.ast_vector_inc_ref(context, vector);
    const size = z3.ast_vector_size(context, vector);
    const core = new Set(Array.from({ length: size }, (_, i) => z3.ast_vector_get(context, vector, i)));
    z3.ast_vector_dec_ref(context, vector);
    return this.assumed.filter((term) => core.has(this.build(term)));
  }

  isTrue(term: Term): boolean {
    return this.z3.get_bool_value(this.context, this.evaluate(term)) === YES;
  }

  integer(term: Term): number {
    return Number(this.z3.get_numeral_string(this.context, this.evaluate(term)));
  }

  end(): void {
    this.forgetModel();
    this.z3.solver_dec_ref(this.context, this.solver);
    this.z3.del_context(this.context);
  }

  private evaluate(term: Term): Z3_ast {
    const { z3, context } = this;
    if (this.model === null) {
      this.model = z3.solver_get_model(context, this.solver);
      z3.model_inc_ref(context, this.model);
    }
    const value = z3.model_eval(context, this.model, this.build(term), true);
    if (value === null) throw new Error('the case found has no such value');
    return value;
  }

  private forgetModel(): void {
    if (this.model !== null) this.z3.model_dec_ref(this.context, this.model);
    this.model = null;
  }

  /** Each term once; it lives until the session ends. */
  private build(term: Term): Z3_ast {
    const before = this.built.get(term);
    if (before !== undefined) return before;
    const made = this.make(term);
    this.z3.inc_ref(this.context, made);
    this.built.set(term, made);
    return made;
  }

  private make(term: Term): Z3_ast {
    const { z3, context } = this;
    const all = (terms: readonly Term[]): Z3_ast[] => terms.map((one) => this.build(one));
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
        return z3.mk_not(context, this.build(term.of));
      case 'and':
        return z3.mk_and(context, all(term.of));
      case 'or':
        return z3.mk_or(context, all(term.of));
      case 'sum':
        return z3.mk_add(context, all(term.of));
      case 'same':
      case 'equal':
        return z3.mk_eq(context, this.build(term.left), this.build(term.right));
      case 'less':
        return z3.mk_lt(context, this.build(term.left), this.build(term.right));
      case 'times':
        return z3.mk_mul(context, all([number(term.number), term.of]));
      case 'dividedBy':
        return z3.mk_div(context, this.build(term.of), this.build(number(term.number)));
      case 'choose': {
        const [condition, then, otherwise] = [term.condition, term.then, term.otherwise];
        return z3.mk_ite(context, this.build(condition), this.build(then), this.build(otherwise));
      }
    }
  }
}
