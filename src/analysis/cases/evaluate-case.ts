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

export interface Seen {
  ruleSet: RuleSet;
  values: Values;
  condition(condition: Condition | null): Truth;
  holds(rule: Rule): Truth;
  speaks(rule: Rule): Truth;
  /** Rules of a section that are taken. */
  speaking(section: Section): Rule[];
  contradictory: Truth;
}

/** What is given of a case, by fact; `asOf` is always given. */
export type Given = ReadonlyMap<string, Value>;

/** As the engine reads it: what is not given is unknown, or what its absence means. */
export function valuesOf(given: Given, { vocabulary }: RuleSet): Values {
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
export function givenOf({ values }: CaseFacts, { vocabulary }: RuleSet): Given {
  const names = [AS_OF, ...vocabulary.facts.keys()];
  const known = names.map((name): [string, Value] => [name, values.get(name) ?? UNKNOWN]);
  return new Map(known.filter(([, value]) => value !== UNKNOWN));
}

export function see(ruleSet: RuleSet, given: Given): Seen {
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
      new Set(rules.filter((rule) => truths.includes(seen.speaks(rule))).map(idOf));
    const made: Conclusions = {
      kind: 'conclusions',
      must: idsWhere('true'),
      may: idsWhere('true', 'unknown'),
      single: word !== 'category' && word !== 'remedy',
    };
    conclusions.set(name, made);
    return made;
  };
  const seen: Seen = {
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
            seen.condition(ruleSet.conditions.get(condition.name)?.condition ?? null),
          );
        case 'not':
          return opposite(seen.condition(condition.of));
        case 'all':
          return every(condition.of.map(seen.condition));
        case 'any':
          return opposite(every(condition.of.map((part) => opposite(seen.condition(part)))));
      }
    },
    holds: (rule) => remembered(holding, rule, () => seen.condition(rule.when)),
    speaks: (rule) =>
      SECTIONS[rule.section] === 'collect'
        ? seen.holds(rule)
        : remembered(speaking, rule, () => {
            const rules = sections.get(rule.section) ?? [];
            const above = rules.slice(0, rules.indexOf(rule));
            return every([seen.holds(rule), ...above.map((one) => opposite(seen.holds(one)))]);
          }),
    speaking: (section) => (sections.get(section) ?? []).filter((rule) => seen.speaks(rule) === 'true'),
  };
  seen.contradictory = opposite(
    every((sections.get('contradictions') ?? []).map((rule) => opposite(seen.holds(rule)))),
  );
  return seen;
}

/** Is every conclusion settled, whatever the facts are that were left out? Assumptions are not conclusions. */
export const isSettled = (seen: Seen): boolean =>
  seen.contradictory === 'true' ||
  seen.ruleSet.rules.every(
    (rule) =>
      rule.section === 'contradictions' || rule.section === 'assumptions' || seen.speaks(rule) !== 'unknown',
  );

export const opposite = (truth: Truth): Truth =>
  truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true';

export function every(truths: readonly Truth[]): Truth {
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
