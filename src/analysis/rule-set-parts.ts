/** Every condition of a rule file, and every part of it that is true or false by itself, with the way to it in the file. */
import { type Condition, type Leaf, type Rule, type RuleSet, SECTION_NAMES } from '../rulebook/rule-set.ts';
import type { Path } from '../rulebook/source.ts';
import { rulesBySection } from './cases/evaluate-case.ts';
import { aboutRule } from './findings/rule-text.ts';

/** A comparison, or a named condition where it is used. */
export type ConditionPart = Leaf | Extract<Condition, { kind: 'named' }>;

export interface PartPlace {
  part: ConditionPart;
  path: Path;
}

/** A rule's condition, or a named one: each is looked at where it is written, however often it is used. */
export interface WrittenCondition {
  /** section/id, or conditions/name. */
  about: string;
  rule: Rule | null;
  condition: Condition;
  places: PartPlace[];
}

export function writtenConditions(ruleSet: RuleSet): WrittenCondition[] {
  const named = [...ruleSet.conditions.values()].map(({ name, condition }): WrittenCondition => {
    const path = ['conditions', name];
    return { about: path.join('/'), rule: null, condition, places: placesIn(condition, path) };
  });
  const ofRules = SECTION_NAMES.flatMap((section) =>
    (rulesBySection(ruleSet).get(section) ?? []).flatMap((rule, i): WrittenCondition[] => {
      if (rule.when === null) return [];
      const places = placesIn(rule.when, [section, i, 'when']);
      return [{ about: aboutRule(rule), rule, condition: rule.when, places }];
    }),
  );
  return [...named, ...ofRules];
}

function placesIn(condition: Condition, path: Path): PartPlace[] {
  switch (condition.kind) {
    case 'leaf':
    case 'named':
      return [{ part: condition, path }];
    case 'not':
      return placesIn(condition.of, [...path, 'not']);
    default:
      return condition.of.flatMap((part, i) => placesIn(part, [...path, condition.kind, i]));
  }
}
