/** What a condition means: the one place that says what `all`, `any`, `not` and a name come to. */
import type { Condition, Leaf, RuleSet } from '../../rulebook/rule-set.ts';
import type { Truth } from './operators.ts';

/** What is known of a case when its conditions are evaluated. */
export interface KnownTruths {
  ofComparison(leaf: Leaf): Truth;
  /** `evaluateNamed`, as a rule, kept for the case: a condition is named by many rules. */
  ofNamed(name: string): Truth;
}

/** Kleene's strong three-valued logic. A rule without a condition always holds. */
export function evaluateCondition(condition: Condition | null, known: KnownTruths): Truth {
  if (condition === null) return 'true';
  switch (condition.kind) {
    case 'leaf':
      return known.ofComparison(condition);
    case 'named':
      return known.ofNamed(condition.name);
    case 'not':
      return opposite(evaluateCondition(condition.of, known));
    case 'all':
      return combine(condition.of, known, 'false', 'true');
    case 'any':
      return combine(condition.of, known, 'true', 'false');
  }
}

/** `decisive` as soon as one part is; `otherwise` if no part is unknown. */
function combine(parts: readonly Condition[], known: KnownTruths, decisive: Truth, otherwise: Truth): Truth {
  let truth = otherwise;
  for (const part of parts) {
    const one = evaluateCondition(part, known);
    if (one === decisive) return decisive;
    if (one === 'unknown') truth = one;
  }
  return truth;
}

export const opposite = (truth: Truth): Truth =>
  truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true';

/** Evaluates named conditions, each once. The rule set was checked: it has every name that its conditions use. */
export function namedConditions(
  conditions: RuleSet['conditions'],
  ofComparison: KnownTruths['ofComparison'],
): KnownTruths {
  const truths = new Map<string, Truth>();
  const known: KnownTruths = {
    ofComparison,
    ofNamed(name) {
      const before = truths.get(name);
      if (before !== undefined) return before;
      const found = conditions.get(name);
      if (!found) throw new Error(`condition ${name} is not in the rule set`);
      const truth = evaluateCondition(found.condition, known);
      truths.set(name, truth);
      return truth;
    },
  };
  return known;
}

/**
 * The comparisons that made a condition what it is: those that hold where it holds, those that fail where it fails, by way
 * of parts that do so as well; where it cannot be told, those that cannot.
 */
export function decisiveComparisons(
  condition: Condition | null,
  conditions: RuleSet['conditions'],
  known: KnownTruths,
): Leaf[] {
  const below = (node: Condition, truth: Truth): Leaf[] => {
    switch (node.kind) {
      case 'leaf':
        return known.ofComparison(node) === truth ? [node] : [];
      case 'named':
        return known.ofNamed(node.name) === truth
          ? decisiveComparisons(conditions.get(node.name)?.condition ?? null, conditions, known)
          : [];
      case 'not':
        return below(node.of, opposite(truth));
      default:
        return node.of.flatMap((part) => inGroup(part, truth));
    }
  };
  /** All that is unknown is open, whatever the parts around it come to. */
  const inGroup = (part: Condition, truth: Truth): Leaf[] =>
    truth === 'unknown' || evaluateCondition(part, known) === truth ? below(part, truth) : [];
  return condition === null ? [] : below(condition, evaluateCondition(condition, known));
}
