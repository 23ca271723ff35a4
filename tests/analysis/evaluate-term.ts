import type { Term } from '../../src/analysis/solver/terms.ts';

/** What a term is, given its variables by name. */
export function evaluate(term: Term, variables: ReadonlyMap<string, boolean | number>): boolean | number {
  const value = (one: Term): number => Number(evaluate(one, variables));
  const truth = (one: Term): boolean => evaluate(one, variables) === true;
  switch (term.kind) {
    case 'truth':
      return term.value;
    case 'number':
      return Number(term.value);
    case 'boolean':
    case 'integer': {
      const found = variables.get(term.name);
      if (found === undefined) throw new Error(`no value for ${term.name}`);
      return found;
    }
    case 'not':
      return !truth(term.of);
    case 'and':
      return term.of.every(truth);
    case 'or':
      return term.of.some(truth);
    case 'sum':
      return term.of.reduce((total, one) => total + value(one), 0);
    case 'same':
      return truth(term.left) === truth(term.right);
    case 'equal':
      return value(term.left) === value(term.right);
    case 'less':
      return value(term.left) < value(term.right);
    case 'times':
      return value(term.of) * Number(term.number);
    case 'product':
      return value(term.left) * value(term.right);
    case 'dividedBy':
      return Math.floor(value(term.of) / Number(term.number));
    case 'choose':
      return evaluate(truth(term.condition) ? term.then : term.otherwise, variables);
  }
}
