/** Comparisons and amounts that treat an edge otherwise than the words do on which they rest: 以上 and 未満, 上限 and 下限. */
import { isObject } from '../../rulebook/basics.ts';
import { valueAt } from '../../rulebook/data.ts';
import type { Operator } from '../../rulebook/operators.ts';
import type { Leaf, NamedValue, RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import type { Finding } from '../findings/finding.ts';
import { aboutRule, leavesIn, rulesOf, writtenConditions } from '../rule-set-parts.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

/**
 * The number itself goes with what is above it, or with what is below it. That is the same of what is compared and of what is left
 * over, so it does not matter whether the words say who is covered or who is not.
 */
const SIDES: Partial<Record<Operator, 'above' | 'below'>> = {
  ...{ greaterThanInclusive: 'above', lessThan: 'above' },
  ...{ lessThanInclusive: 'below', greaterThan: 'below' },
};
const WORDS = {
  above: /^(?:以上|未満|に満たない|より少ない|を下回)/,
  below: /^(?:以下|以内|を?超え|を?こえ|より多い|より大きい|を上回)/,
} as const;

export function edgeWords(written: WrittenRuleSet): Finding[] {
  const { ruleSet } = written;
  const comparing = writtenConditions(ruleSet).flatMap(({ about, rule, condition }) => {
    const named = ruleSet.conditions.get(about.replace(/^conditions\//, ''));
    const owner = rule ?? named;
    return leavesIn(condition).flatMap((leaf) => otherEdge(leaf, about, owner, ruleSet) ?? []);
  });
  return [...comparing, ...amountsBounded(written)];
}

function otherEdge(
  leaf: Leaf,
  about: string,
  owner: { label: string | null; clauses: readonly string[] } | undefined,
  ruleSet: RuleSet,
): Finding | null {
  const { source, fact, operator, operand, position } = leaf;
  const side = SIDES[operator];
  if (source !== 'fact' || side === undefined || operand.kind !== 'expression') return null;
  const { expression } = operand;
  const unit = ruleSet.vocabulary.facts.get(fact)?.unit ?? null;
  if (expression.kind !== 'literal' || unit === null || expression.value === 0) return null;
  const values = [...ruleSet.values.values()].filter(({ value }) => value === expression.value);
  const clauses = [leaf, ...(owner ? [owner] : []), ...values].flatMap((one) => one.clauses);
  const texts = [
    ...[leaf.label, owner?.label, ...values.map(({ label }) => label)].flatMap((label) => label ?? []),
    ...[...new Set(clauses)].flatMap((id) => ruleSet.clauses.get(id)?.text ?? []),
  ];
  const said = texts.flatMap((text) => sidesIn(text, expression.value, unit));
  const [first] = said;
  if (first === undefined || said.some((one) => one.side === side)) return null;
  return textFinding(
    'contradicts-itself',
    { position, about: [about] },
    {
      ja: `「${first.words}」とあるのに、ちょうど${expression.value}${unit}のときが逆になる比べ方です。「以上」「より大きい」「以下」「未満」を確かめてください。`,
      en: `The words say "${first.words}", and this comparison treats ${expression.value} itself the other way. Check whether the edge is included.`,
    },
  );
}

/** What a text says of the number itself, where it names it with its unit. */
function sidesIn(text: string, value: number, unit: string): { side: 'above' | 'below'; words: string }[] {
  const plain = text.normalize('NFKC').replace(/(?<=\d),(?=\d{3})/g, '');
  const number = `${value}${unit.normalize('NFKC')}`;
  return plain.split(number).flatMap((before, i, parts) => {
    const after = parts[i + 1];
    if (after === undefined || /\d$/.test(before)) return [];
    return (['above', 'below'] as const).flatMap((side) => {
      const word = WORDS[side].exec(after);
      return word ? { side, words: number + word[0] } : [];
    });
  });
}

const BOUNDS = [
  { label: /上限|最大|最高/, wrong: ['greaterOf', 'atLeast'], right: 'lesserOf（小さい方）、atMost（上限）' },
  { label: /下限|最低|最小/, wrong: ['lesserOf', 'atMost'], right: 'greaterOf（大きい方）、atLeast（下限）' },
] as const;

/** A value called the most of something, where an amount takes the greater one; and the other way round. */
const amountsBounded = ({ ruleSet, data, at }: WrittenRuleSet): Finding[] =>
  ruleSet.sections.flatMap(({ name, path }) =>
    rulesOf(ruleSet, name).flatMap((rule, i) =>
      ['yen', 'value'].flatMap((key) =>
        boundsIn(valueAt(data, [...path, i, key]), [...path, i, key], null, ruleSet.values).map((found) =>
          textFinding(
            'contradicts-itself',
            { position: at(found.path), about: [aboutRule(rule)] },
            {
              ja: `「${found.value.label}」を ${found.under} に使っています。${found.right} ではありませんか。`,
              en: `"${found.value.label}" stands under ${found.under}. Is ${found.right} meant?`,
            },
          ),
        ),
      ),
    ),
  );

interface Bound {
  path: Path;
  under: string;
  right: string;
  value: NamedValue;
}

function boundsIn(
  data: unknown,
  path: Path,
  under: string | null,
  values: ReadonlyMap<string, NamedValue>,
): Bound[] {
  if (Array.isArray(data)) return data.flatMap((item, i) => boundsIn(item, [...path, i], under, values));
  if (!isObject(data)) return [];
  const value = typeof data.value === 'string' ? values.get(data.value) : undefined;
  if (value !== undefined && under !== null)
    return BOUNDS.flatMap(({ label, wrong, right }) =>
      label.test(value.label) && wrong.some((key) => key === under) ? { path, under, right, value } : [],
    );
  return Object.entries(data).flatMap(([key, item]) => boundsIn(item, [...path, key], key, values));
}
