/** Comparisons that come out the same for every value that a fact can have. */

import type { FactDefinition } from '../../rulebook/facts.ts';
import type { Leaf } from '../../rulebook/rule-set.ts';
import type { Finding } from '../findings/finding.ts';
import { leavesIn } from '../rule-set-parts.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export function idleComparisons({ ruleSet }: WrittenRuleSet): Finding[] {
  const { vocabulary, conditions, rules } = ruleSet;
  const written = [
    ...[...conditions.values()].map(({ name, condition }) => ({ about: `conditions/${name}`, condition })),
    // The cells of a table compare with each of its values, by design.
    ...rules.flatMap(({ section, id, when, cell }) =>
      when && cell === null ? [{ about: `${section}/${id}`, condition: when }] : [],
    ),
  ];
  return written.flatMap(({ about, condition }) =>
    leavesIn(condition).flatMap((leaf) => {
      const fact = leaf.source === 'fact' ? vocabulary.facts.get(leaf.fact) : undefined;
      const isAlways = fact === undefined ? null : resultOf(leaf, fact);
      if (fact === undefined || isAlways === null) return [];
      return textFinding(
        'contradicts-itself',
        { position: leaf.position, about: [about] },
        {
          ja: `「${fact.label}」（${leaf.fact}）のこの比較は、どの値でも${isAlways ? '成り立ちます' : '成り立ちません'}。比べる値か、以上・より大きい・以下などの言葉の書き間違いではありませんか。`,
          en: `This comparison of "${leaf.fact}" is ${isAlways ? 'true' : 'false'} for every value. Is another value, or another operator, meant?`,
        },
      );
    }),
  );
}

/** Null: it depends on the value. Numbers of facts are 0 or more. */
function resultOf({ operator, operand }: Leaf, { type, values }: FactDefinition): boolean | null {
  if (operand.kind === 'expression') {
    const { expression: right } = operand;
    if (type !== 'integer' || right.kind !== 'literal' || right.value !== 0) return null;
    return operator === 'greaterThanInclusive' ? true : operator === 'lessThan' ? false : null;
  }
  if (operand.kind !== 'literal') return null;
  const { value } = operand;
  if (type !== 'enum' || values === null || typeof value !== 'object') return null;
  if (!values.every(({ id }) => value.includes(id))) return null;
  return operator === 'in' ? true : operator === 'notIn' ? false : null;
}
