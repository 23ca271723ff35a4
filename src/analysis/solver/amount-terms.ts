import type { Expression } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import type { CaseSpace } from './case-space.ts';
import { atMost, choose, dividedBy, less, number, sum, type Term, times } from './terms.ts';

/** Whole yen and counts as terms, each once. What does not exist counts as 0. */
export class Amounts {
  private readonly space: CaseSpace;
  private readonly assert: (term: Term) => void;
  private readonly known = new Map<Expression, Term>();

  constructor(space: CaseSpace, assert: (term: Term) => void) {
    this.space = space;
    this.assert = assert;
  }

  term(expression: Expression): Term {
    return remembered(this.known, expression, () => {
      const term = this.written(expression);
      // Beyond this the engine's own sums are not exact: such amounts are no cases.
      if (expression.kind === 'sum' || expression.kind === 'percent')
        this.assert(atMost(term, number(Number.MAX_SAFE_INTEGER)));
      return term;
    });
  }

  private written(expression: Expression): Term {
    switch (expression.kind) {
      case 'literal':
        return number(expression.value);
      case 'fact': {
        const fact = this.space.facts.get(expression.fact);
        if (fact?.kind !== 'number') throw new Error(`${expression.fact} is no number`);
        return choose(fact.isNone, number(0), fact.value);
      }
      case 'sum':
        return sum(expression.of.map((part) => this.term(part)));
      case 'lesserOf':
        return expression.of
          .map((part) => this.term(part))
          .reduce((least, part) => choose(less(part, least), part, least));
      case 'percent': {
        const whole = this.term(expression.of);
        const share = BigInt(Math.round(expression.percent * 1_000_000));
        const downFrom = (amount: Term): Term => dividedBy(times(amount, share), 100_000_000);
        // Towards zero, as the engine does: a negative amount would be rounded away from it.
        return choose(less(whole, number(0)), times(downFrom(times(whole, -1)), -1), downFrom(whole));
      }
    }
  }
}
