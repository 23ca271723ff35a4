/**
 * What a rule set says of one case, some of it perhaps unknown, told from the conditions alone. It is how examples are made
 * small, thousands of steps at a time; each is decided by the engine before anyone sees it.
 */
import { type Truth, truthOf } from '../../engine/judge/operators.ts';
import { absentValue, type CaseFacts } from '../../engine/facts/read-facts.ts';
import {
  type Conclusions,
  NONE,
  resolveOperand,
  UNKNOWN,
  type Value,
  type Values,
} from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import {
  type Condition,
  type Leaf,
  type Rule,
  type RuleSet,
  SECTION_NAMES,
  SECTIONS,
  type Section,
} from '../../rulebook/rule-set.ts';

export interface CaseEvaluation {
  ruleSet: RuleSet;
  values: Values;
  condition(condition: Condition | null): Truth;
  holds(rule: Rule): Truth;
  isTaken(rule: Rule): Truth;
  /** Rules of a section that are taken. */
  takenRules(section: Section): Rule[];
  contradictory: Truth;
}

/** What is given of a case, by fact; `asOf` is always given. */
export type PartialCase = ReadonlyMap<string, Value>;

/** As the engine reads it: what is not given is unknown, or what its absence means. */
export function valuesOf(given: PartialCase, { vocabulary }: RuleSet): Values {
  return {
    get(fact) {
      const value = given.get(fact);
      if (value !== undefined) return value;
      const definition = vocabulary.facts.get(fact);
      return definition ? absentValue(definition) : UNKNOWN;
    },
  };
}

/** What is known of a case that was read, the meaning of absence included. */
export function partialCaseOf({ values }: CaseFacts, { vocabulary }: RuleSet): PartialCase {
  const names = [AS_OF, ...vocabulary.facts.keys()];
  const known = names.map((name): [string, Value] => [name, values.get(name) ?? UNKNOWN]);
  return new Map(known.filter(([, value]) => value !== UNKNOWN));
}

export function evaluateCase(ruleSet: RuleSet, given: PartialCase): CaseEvaluation {
  const values = valuesOf(given, ruleSet);
  const sections = rulesBySection(ruleSet);
  const leaves = new Map<Leaf, Truth>();
  const named = new Map<string, Truth>();
  const holding = new Map<Rule, Truth>();
  const speaking = new Map<Rule, Truth>();
  const conclusions = new Map<string, Conclusions>();

  const leafTruth = (leaf: Leaf): Truth => {
    const left = leaf.source === 'fact' ? values.get(leaf.fact) : concluded(leaf.fact);
    return truthOf(leaf.operator, left ?? NONE, resolveOperand(leaf.operand, values, ruleSet));
  };
  const concluded = (name: string): Conclusions => {
    const known = conclusions.get(name);
    if (known) return known;
    const [word = '', detail] = name.split('.');
    const rules = sections.get(concludingSection(word)) ?? [];
    const idOf = (rule: Rule): string => (detail === 'rule' ? rule.id : rule.concludes);
    const idsWhere = (...truths: Truth[]): Set<string> =>
      new Set(rules.filter((rule) => truths.includes(evaluation.isTaken(rule))).map(idOf));
    const made: Conclusions = {
      kind: 'conclusions',
      must: idsWhere('true'),
      may: idsWhere('true', 'unknown'),
      single: word !== 'category' && word !== 'remedy',
    };
    conclusions.set(name, made);
    return made;
  };
  const evaluation: CaseEvaluation = {
    ruleSet,
    values,
    contradictory: 'false',
    condition(condition) {
      if (condition === null) return 'true';
      switch (condition.kind) {
        case 'leaf':
          return remembered(leaves, condition, () => leafTruth(condition));
        case 'named':
          return remembered(named, condition.name, () =>
            evaluation.condition(ruleSet.conditions.get(condition.name)?.condition ?? null),
          );
        case 'not':
          return kleeneNot(evaluation.condition(condition.of));
        case 'all':
          return kleeneAnd(condition.of.map(evaluation.condition));
        case 'any':
          return kleeneNot(kleeneAnd(condition.of.map((part) => kleeneNot(evaluation.condition(part)))));
      }
    },
    holds: (rule) => remembered(holding, rule, () => evaluation.condition(rule.when)),
    isTaken: (rule) =>
      SECTIONS[rule.section] === 'collect'
        ? evaluation.holds(rule)
        : remembered(speaking, rule, () => {
            const rules = sections.get(rule.section) ?? [];
            const above = rules.slice(0, rules.indexOf(rule));
            return kleeneAnd([
              evaluation.holds(rule),
              ...above.map((one) => kleeneNot(evaluation.holds(one))),
            ]);
          }),
    takenRules: (section) =>
      (sections.get(section) ?? []).filter((rule) => evaluation.isTaken(rule) === 'true'),
  };
  evaluation.contradictory = kleeneNot(
    kleeneAnd((sections.get('contradictions') ?? []).map((rule) => kleeneNot(evaluation.holds(rule)))),
  );
  return evaluation;
}

/** Is every conclusion settled, whatever the facts are that were left out? Assumptions are not conclusions. */
export const isSettled = (evaluation: CaseEvaluation): boolean =>
  evaluation.contradictory === 'true' ||
  evaluation.ruleSet.rules.every(
    (rule) =>
      rule.section === 'contradictions' ||
      rule.section === 'assumptions' ||
      evaluation.isTaken(rule) !== 'unknown',
  );

export const kleeneNot = (truth: Truth): Truth =>
  truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true';

export function kleeneAnd(truths: readonly Truth[]): Truth {
  if (truths.includes('false')) return 'false';
  return truths.includes('unknown') ? 'unknown' : 'true';
}

const remembered = <K>(truths: Map<K, Truth>, key: K, tell: () => Truth): Truth => {
  const known = truths.get(key);
  if (known !== undefined) return known;
  const told = tell();
  truths.set(key, told);
  return told;
};

/** Which section makes the conclusion of that name. */
export function concludingSection(name: string): Section {
  const section = SECTION_OF[name];
  if (section === undefined) throw new Error(`no section concludes ${name}`);
  return section;
}

const SECTION_OF: Record<string, Section> = {
  category: 'eligibility',
  remedy: 'remedies',
  outcome: 'outcome',
  voucherState: 'voucherState',
  claimState: 'claimState',
};

const sectionsOf = new WeakMap<RuleSet, ReadonlyMap<Section, readonly Rule[]>>();

/** The rules of each section, in file order. */
export function rulesBySection(ruleSet: RuleSet): ReadonlyMap<Section, readonly Rule[]> {
  const known = sectionsOf.get(ruleSet);
  if (known) return known;
  const sections = new Map(
    SECTION_NAMES.map((section) => [section, ruleSet.rules.filter((rule) => rule.section === section)]),
  );
  sectionsOf.set(ruleSet, sections);
  return sections;
}
