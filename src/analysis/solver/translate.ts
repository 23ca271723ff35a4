/** A rule set as terms of the solver: what holds of a case in which everything is known. */
import type { Operator } from '../../rulebook/operators.ts';
import type { Leaf, Operand, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { meaningIn } from '../meaning.ts';
import { conclusionNamed, rulesOf, textsIn } from '../rule-set-parts.ts';
import { amountTerms } from './amount-terms.ts';
import type { CaseSpace } from './case-space.ts';
import type { Period, TranslateOptions } from './operand-terms.ts';
import { deadlineTerms, fixedPeriod, numberFact } from './operand-terms.ts';
import type { Term } from './terms.ts';
import { and, atMost, equal, FALSE, less, not, oneIf, or, plus, sum, TRUE, within } from './terms.ts';

/** A rule set in the solver's words. */
export type Translation = ReturnType<typeof translate>;

export function translate(ruleSet: RuleSet, options: TranslateOptions) {
  const { space, define } = options;
  const deadlines = deadlineTerms(ruleSet, options);
  const amount = amountTerms(options);
  const meaning = meaningIn<Term>(ruleSet, {
    constant: (value) => (value ? TRUE : FALSE),
    not,
    and: (parts, of) => and(parts.map(of)),
    or: (parts, of) => or(parts.map(of)),
    comparison: (leaf, isTaken) =>
      leaf.source === 'conclusion'
        ? compareConclusion(leaf, ruleSet, isTaken, amount)
        : compareFact(leaf, { space, deadlines, amount }),
    define,
  });
  /** A set-valued fact has this member. */
  const has = (fact: string, id: string): Term => {
    const set = space.facts.get(fact);
    return set?.kind === 'set' ? set.has(id) : FALSE;
  };
  return { ...meaning, define, deadlines, amount, has };
}

/** What the operands of a rule set are made of. */
interface Terms {
  space: CaseSpace;
  deadlines: ReturnType<typeof deadlineTerms>;
  amount: ReturnType<typeof amountTerms>;
}

function compareFact(leaf: Leaf, terms: Terms): Term {
  const { operator, operand } = leaf;
  const { space, amount } = terms;
  const fact = space.facts.get(leaf.fact);
  if (!fact) throw new Error(`no fact ${leaf.fact}`);
  if (operator === 'isPresent') return isLiteral(operand, true) ? not(fact.isNone) : fact.isNone;
  switch (fact.kind) {
    case 'boolean': {
      const same = and([not(fact.isNone), isLiteral(operand, true) ? fact.holds : not(fact.holds)]);
      return operator === 'notEqual' ? not(same) : same;
    }
    case 'choice':
      return operator === 'includesText'
        ? or(textsIn(operand).map(fact.includes))
        : compareWord(operator, operand, fact.is);
    case 'set':
      return compareSet(operator, operand, amount, {
        ...fact,
        hasOnly: (ids) => equal(fact.size, sum([...new Set(ids)].map((id) => oneIf(fact.has(id))))),
      });
    case 'number': {
      if (operand.kind === 'expression') {
        const comparison = NUMBER_COMPARISONS[operator]?.(fact.value, amount(operand.expression)) ?? FALSE;
        return operator === 'notEqual' ? or([fact.isNone, comparison]) : and([not(fact.isNone), comparison]);
      }
      const period = periodOf(operand, terms);
      const exist = [not(fact.isNone), not(period.isNone)];
      return and([...exist, INSTANT_COMPARISONS[operator]?.(fact.value, period) ?? FALSE]);
    }
  }
}

const isLiteral = (operand: Operand, value: boolean): boolean =>
  operand.kind === 'literal' && operand.value === value;

function compareWord(operator: Operator, operand: Operand, is: (word: string) => Term): Term {
  const any = or(textsIn(operand).map(is));
  return operator === 'notEqual' || operator === 'notIn' ? not(any) : any;
}

interface Members {
  has(id: string): Term;
  size: Term;
  hasOnly(ids: readonly string[]): Term;
}

function compareSet(operator: Operator, operand: Operand, amount: Terms['amount'], members: Members): Term {
  const ids = textsIn(operand);
  switch (operator) {
    case 'contains':
    case 'containsAny':
      return or(ids.map(members.has));
    case 'doesNotContain':
      return not(or(ids.map(members.has)));
    case 'containsAll':
      return and(ids.map(members.has));
    case 'subsetOf':
      return members.hasOnly(ids);
    case 'countGreaterThan':
      return operand.kind === 'expression' ? less(amount(operand.expression), members.size) : FALSE;
    default:
      return FALSE;
  }
}

const NUMBER_COMPARISONS: Partial<Record<Operator, (left: Term, right: Term) => Term>> = {
  equal,
  notEqual: (left, right) => not(equal(left, right)),
  lessThan: less,
  lessThanInclusive: atMost,
  greaterThan: (left, right) => less(right, left),
  greaterThanInclusive: (left, right) => atMost(right, left),
};

const INSTANT_COMPARISONS: Partial<Record<Operator, (left: Term, period: Period) => Term>> = {
  before: (left, { start }) => less(left, start),
  onOrBefore: (left, { end }) => less(left, end),
  after: (left, { end }) => atMost(end, left),
  onOrAfter: (left, { start }) => atMost(start, left),
  sameInstant: (left, { start, end }) => within(start, left, end),
};

function periodOf(operand: Operand, { space, deadlines }: Terms): Period {
  switch (operand.kind) {
    case 'deadline':
      return deadlines.period(operand.deadline);
    case 'interval':
      return fixedPeriod(operand.interval);
    case 'moment':
      return deadlines.resolve(operand.moment);
    case 'instant': {
      const { value, isNone } = numberFact(space, operand.fact);
      return { start: value, end: plus(value, 1), isNone };
    }
    default:
      throw new Error(`${operand.kind} is no instant`);
  }
}

/** What earlier sections concluded: categories and remedies are sets, states are words. */
function compareConclusion(
  { operator, operand, fact }: Leaf,
  ruleSet: RuleSet,
  isTaken: (rule: Rule) => Term,
  amount: Terms['amount'],
): Term {
  const { section, idOf } = conclusionNamed(fact, ruleSet);
  const rules = rulesOf(ruleSet, section.name);
  const concludes = (id: string): Term => or(rules.filter((rule) => idOf(rule) === id).map(isTaken));
  if (section.takes === 'collect') {
    const held = rules.map(isTaken);
    if (operator === 'isPresent') return isLiteral(operand, true) ? or(held) : not(or(held));
    return compareSet(operator, operand, amount, {
      has: concludes,
      size: sum(held.map(oneIf)),
      hasOnly: (ids) =>
        and(rules.filter((rule) => !ids.includes(rule.concludes)).map((rule) => not(isTaken(rule)))),
    });
  }
  // A rule set without such states compares nothing.
  if (rules.length === 0) return FALSE;
  if (operator === 'isPresent') return isLiteral(operand, true) ? TRUE : FALSE;
  return compareWord(operator, operand, concludes);
}
