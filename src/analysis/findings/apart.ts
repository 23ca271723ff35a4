/** Rules that nobody is in at once, as their conditions alone show. It spares the solver most pairs of a long list of categories. */
import type { Operator } from '../../rulebook/operators.ts';
import type { Condition, Operand, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { remembered } from '../remembered.ts';
import { pairs } from '../rule-set-parts.ts';

type Value = boolean | number | string;
/** Of each fact that has to be one of some values: these. */
type Wanted = ReadonlyMap<string, ReadonlySet<Value>>;

const NOTHING: Wanted = new Map();

/** Pairs of rules that may hold of one person. */
export function pairsTogether(rules: readonly Rule[], ruleSet: RuleSet): [Rule, Rule][] {
  const wanted = new Map(rules.map((rule) => [rule, wantedBy(rule.when, ruleSet)]));
  const areApart = (a: Rule, b: Rule): boolean =>
    [...(wanted.get(a) ?? NOTHING)].some(([fact, values]) => {
      const others = wanted.get(b)?.get(fact);
      return others !== undefined && ![...values].some((value) => others.has(value));
    });
  return pairs(rules).filter(([a, b]) => !areApart(a, b));
}

const wantedIn = new WeakMap<Condition, Wanted>();

/** Without texts, of which two may be compared as the same. */
function wantedBy(condition: Condition | null, ruleSet: RuleSet): Wanted {
  if (condition === null) return NOTHING;
  return remembered(wantedIn, condition, () => {
    switch (condition.kind) {
      case 'named':
        return wantedBy(ruleSet.conditions.get(condition.name)?.condition ?? null, ruleSet);
      case 'all':
        return condition.of.map((part) => wantedBy(part, ruleSet)).reduce(both, NOTHING);
      case 'leaf': {
        const { source, fact, operator, operand } = condition;
        const values = source === 'fact' && OF_VALUES.includes(operator) ? valuesOf(operand) : null;
        return values && ruleSet.vocabulary.facts.get(fact)?.type !== 'text'
          ? new Map([[fact, values]])
          : NOTHING;
      }
      default:
        return NOTHING;
    }
  });
}

const OF_VALUES: readonly Operator[] = ['equal', 'in'];

function valuesOf(operand: Operand): ReadonlySet<Value> | null {
  if (operand.kind === 'literal') return new Set([operand.value].flat());
  if (operand.kind !== 'expression' || operand.expression.kind !== 'literal') return null;
  return new Set([operand.expression.value]);
}

const both = (a: Wanted, b: Wanted): Wanted =>
  new Map([
    ...[...a].filter(([fact]) => !b.has(fact)),
    ...[...b].map(([fact, values]): [string, ReadonlySet<Value>] => {
      const others = a.get(fact);
      return [fact, others ? new Set([...values].filter((value) => others.has(value))) : values];
    }),
  ]);
