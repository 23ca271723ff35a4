/** Comparisons turned round, moved at their edge, or short of one of the values they name. */
import { factLabel } from '../../engine/answer/wording.ts';
import type { Operator } from '../../rulebook/operators.ts';
import { signatureOf } from '../../rulebook/operators.ts';
import type { Leaf, RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { type WrittenCondition, writtenConditions } from '../rule-set-parts.ts';
import { type FileChange, valueAt } from './edit.ts';
import { numbersIn } from './numbers.ts';

const OPPOSITE: Partial<Record<Operator, Operator>> = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
};
/** The same but for the edge itself. */
const AT_THE_EDGE: Partial<Record<Operator, Operator>> = {
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
  before: 'onOrBefore',
  onOrBefore: 'before',
  after: 'onOrAfter',
  onOrAfter: 'after',
};
const ALL_OR_ANY: Partial<Record<Operator, Operator>> = {
  containsAll: 'containsAny',
  containsAny: 'containsAll',
};

export function conditionMutants(data: unknown, ruleSet: RuleSet): FileChange[] {
  return writtenConditions(ruleSet).flatMap((owner) =>
    owner.places.flatMap(({ part, path }) =>
      part.kind === 'leaf'
        ? leafMutants(data, part, path, owner, ruleSet)
        : [
            {
              path,
              value: { not: valueAt(data, path) },
              kind: 'negated',
              ja: `${ownerJa(owner)}で、条件「${part.name}」を反対にする`,
              en: `negate "${part.name}" in ${owner.about}`,
            },
          ],
    ),
  );
}

function leafMutants(
  data: unknown,
  leaf: Leaf,
  path: Path,
  owner: WrittenCondition,
  ruleSet: RuleSet,
): FileChange[] {
  const { operator, fact } = leaf;
  const what = `${ownerJa(owner)}で、「${leaf.label ?? factLabel(fact, ruleSet)}」`;
  const whatEn = `${fact} in ${owner.about}`;
  const value = valueAt(data, [...path, 'value']);
  const opposite = OPPOSITE[operator];
  const changes: FileChange[] = [
    {
      ...(opposite
        ? { path: [...path, 'operator'], value: opposite }
        : { path, value: { not: valueAt(data, path) } }),
      kind: 'negated',
      ja: `${what}の比べ方（${signatureOf(operator).ja}）を反対にする`,
      en: `negate ${operator} of ${whatEn}`,
    },
  ];
  const edge = AT_THE_EDGE[operator];
  if (edge) changes.push(other(edge, 'edge', '境目を変え'));
  const allOrAny = Array.isArray(value) && value.length < 2 ? undefined : ALL_OR_ANY[operator];
  if (allOrAny) changes.push(other(allOrAny, allOrAny, 'すべてといずれかを取り違え'));
  if (Array.isArray(value) && value.length > 1) {
    for (const [i, item] of value.entries())
      changes.push({
        path: [...path, 'value', i],
        value: undefined,
        kind: 'dropped',
        ja: `${what}と比べる並びから「${item}」を外す`,
        en: `drop "${item}" from what ${whatEn} is compared with`,
      });
  }
  return [
    ...changes,
    ...numbersIn(value, [...path, 'value'], { ja: `${what}と比べる数`, en: `the number of ${whatEn}` }),
  ];

  function other(to: Operator, kind: string, ja: string): FileChange {
    return {
      path: [...path, 'operator'],
      value: to,
      kind,
      ja: `${what}の比べ方の${ja}る（${operator} を ${to} に）`,
      en: `${to} for ${operator} of ${whatEn}`,
    };
  }
}

const ownerJa = ({ about, rule }: WrittenCondition): string =>
  rule === null ? `条件「${about.slice('conditions/'.length)}」` : `規則「${about}」`;
