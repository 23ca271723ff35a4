/** Comparisons turned round, moved at their edge, or short of one of the values they name. */
import { factLabel } from '../../engine/answer/wording.ts';
import { valueAt } from '../../rulebook/data.ts';
import { type Operator, signatureOf } from '../../rulebook/operators.ts';
import type { Leaf, RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { ownerJa, writtenConditions } from '../rule-set-parts.ts';
import { dropped, type FileChange, numbersIn } from './edit.ts';

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

export const conditionMutants = (data: unknown, ruleSet: RuleSet): FileChange[] =>
  writtenConditions(ruleSet).flatMap(({ about, places }) =>
    places.flatMap(({ part, path }): FileChange[] => {
      if (part.kind === 'leaf') return leafMutants(data, part, path, about, ruleSet);
      const ja = `${ownerJa(about)}で、条件「${part.name}」を反対にする`;
      const en = `negate "${part.name}" in ${about}`;
      return [{ path, value: { not: valueAt(data, path) }, kind: 'negated', ja, en }];
    }),
  );

function leafMutants(data: unknown, leaf: Leaf, path: Path, about: string, ruleSet: RuleSet): FileChange[] {
  const { operator, fact, label } = leaf;
  const what = `${ownerJa(about)}で、「${label ?? factLabel(fact, ruleSet)}」`;
  const whatEn = `${fact} in ${about}`;
  const value = valueAt(data, [...path, 'value']);
  const values = Array.isArray(value) ? value : [];
  const [opposite, edge] = [OPPOSITE[operator], AT_THE_EDGE[operator]];
  const allOrAny = Array.isArray(value) && value.length < 2 ? undefined : ALL_OR_ANY[operator];
  const otherOperator = (to: Operator, kind: string, ja: string): FileChange => ({
    path: [...path, 'operator'],
    value: to,
    kind,
    ja: `${what}の比べ方の${ja}る（「${signatureOf(operator).ja}」を「${signatureOf(to).ja}」に）`,
    en: `${to} for ${operator} of ${whatEn}`,
  });
  return [
    {
      ...(opposite
        ? { path: [...path, 'operator'], value: opposite }
        : { path, value: { not: valueAt(data, path) } }),
      kind: 'negated',
      ja: `${what}の比べ方（${signatureOf(operator).ja}）を反対にする`,
      en: `negate ${operator} of ${whatEn}`,
    },
    ...(edge ? [otherOperator(edge, 'edge', '境目を変え')] : []),
    ...(allOrAny ? [otherOperator(allOrAny, allOrAny, 'すべてといずれかを取り違え')] : []),
    ...(values.length > 1 ? values : []).map((item, i) =>
      dropped(
        [...path, 'value', i],
        `${what}と比べる並びから「${item}」を外す`,
        `drop "${item}" from what ${whatEn} is compared with`,
      ),
    ),
    ...numbersIn(value, [...path, 'value'], { ja: `${what}と比べる数`, en: `the number of ${whatEn}` }),
  ];
}
