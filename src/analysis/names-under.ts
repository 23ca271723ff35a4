import type { Condition, RuleSet } from '../rulebook/rule-set.ts';

/** The named conditions that a condition rests on, directly or through others. */
export function namesUnder(
  condition: Condition | null,
  { conditions }: Pick<RuleSet, 'conditions'>,
): Set<string> {
  const names = new Set<string>();
  const visit = (node: Condition | null): void => {
    if (node === null || node.kind === 'leaf') return;
    if (node.kind === 'not') visit(node.of);
    else if (node.kind !== 'named') node.of.forEach(visit);
    else if (!names.has(node.name)) {
      names.add(node.name);
      visit(conditions.get(node.name)?.condition ?? null);
    }
  };
  visit(condition);
  return names;
}
