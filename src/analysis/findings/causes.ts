/**
 * Of many findings with one cause: what follows from what. A condition that is always false, or a rule that is never taken, is freed,
 * as if a fact of its own said whether it holds. What is not found any more then had this as its cause. Freed it may still be as it was,
 * so nothing is found of the freed rule set that is not found of the one that was written.
 */
import type { Position } from '../../rulebook/basics.ts';
import type { Leaf, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { SECTION_KINDS } from '../../rulebook/sections.ts';
import { aboutRule, namesUnder } from '../rule-set-parts.ts';
import type { Finding, FindingCode } from './finding.ts';

const CAUSES: readonly FindingCode[] = [
  'always-contradictory',
  'always-false',
  'always-true',
  'never-holds',
  'shadowed',
];

/** Each costs the proof of all that is left; nobody reads as many. */
const MOST = 12;

export const findingKey = ({ code, about }: { code: string; about: readonly string[] }): string =>
  [code, ...about].join(' ');

/** Of the findings asked for, those that there are in a rule set, or may be. */
export type FoundIn = (ruleSet: RuleSet, keys: ReadonlySet<string>) => Promise<ReadonlySet<string>>;

/** The findings, those that follow from another with that as their cause. */
export async function traceCauses(
  findings: readonly Finding[],
  ruleSet: RuleSet,
  foundIn: FoundIn,
): Promise<Finding[]> {
  const causeOf = new Map<Finding, Finding>();
  const causes = findings
    .filter((one) => CAUSES.includes(one.code) && isOpen(one))
    .map((one) => ({ one, depth: depthOf(one, ruleSet) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ one }) => one);
  const freed: Finding[] = [];
  for (const cause of causes) {
    const left = findings.filter((one) => isOpen(one) && !freed.includes(one) && !causeOf.has(one));
    if (freed.length === MOST || left.length < 2) break;
    if (causeOf.has(cause)) continue;
    freed.push(cause);
    const others = left.filter((one) => one !== cause);
    const found = await foundIn(freed.reduce(free, ruleSet), new Set(others.map(findingKey)));
    for (const one of others) if (!found.has(findingKey(one))) causeOf.set(one, cause);
  }
  return findings.map((one) => {
    const cause = causeOf.get(one);
    return cause ? { ...one, cause: { code: cause.code, about: cause.about } } : one;
  });
}

/** What some case shows is shown whatever else is put right, and what is accepted is told with its reason. */
const isOpen = ({ verdict, accepted }: Finding): boolean => verdict === 'proved' && accepted === null;

/** What others rest on comes first: contradictions, conditions before those that name them, rules as they are judged. */
function depthOf({ code, about: [about = ''] }: Finding, { conditions, rules, ...rest }: RuleSet): number {
  if (code === 'always-contradictory') return 0;
  const condition = conditions.get(about.replace(/^conditions\//, ''));
  if (about.startsWith('conditions/') && condition)
    return 1 + namesUnder(condition.condition, { conditions, rules, ...rest }).size;
  return 1 + conditions.size + rules.findIndex((rule) => aboutRule(rule) === about);
}

/** The rule set in which what is found may hold or not, as a fact says that is there for this alone. */
function free(ruleSet: RuleSet, { about, position }: Finding, index: number): RuleSet {
  const { vocabulary, conditions, rules } = ruleSet;
  const fact = `freed.${index}`;
  const may = isTrue(fact, position);
  const facts = new Map(vocabulary.facts).set(fact, {
    ...{ name: fact, type: 'boolean', label: fact, question: fact },
    ...{
      values: null,
      pattern: null,
      dateMeans: null,
      comparedAs: null,
      unit: null,
      absent: { kind: 'unknown' },
      position,
    },
  });
  const isFreed = (rule: Rule): boolean => about.includes(aboutRule(rule));
  return {
    ...ruleSet,
    vocabulary: { ...vocabulary, facts },
    conditions: new Map(
      [...conditions].map(([name, one]) => [
        name,
        about.includes(`conditions/${name}`) ? { ...one, condition: may } : one,
      ]),
    ),
    // Of a section that takes the first it stands above all others, or one of them might be taken all the same.
    rules: rules
      .map((rule) => (isFreed(rule) ? { ...rule, when: may } : rule))
      .sort((a, b) => Number(isFirst(b)) - Number(isFirst(a))),
  };
  function isFirst(rule: Rule): boolean {
    return isFreed(rule) && SECTION_KINDS[rule.kind] === 'first';
  }
}

const isTrue = (fact: string, position: Position): Leaf => ({
  ...{ kind: 'leaf', source: 'fact', fact, operator: 'equal' },
  ...{ operand: { kind: 'literal', value: true, text: 'true' }, label: null, clauses: [], position },
});
