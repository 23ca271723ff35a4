/** The parts of a rule set that every analysis walks through, and how they are named to people. */

import type { Position } from '../rulebook/basics.ts';
import { leavesOf } from '../rulebook/references.ts';
import type { Condition, Leaf, Operand, Rule, RuleSet, TableCell } from '../rulebook/rule-set.ts';
import { concludedBy, type Section, type SectionKind, sectionsOfKind } from '../rulebook/sections.ts';
import type { Path } from '../rulebook/source.ts';
import { remembered } from './remembered.ts';

/** In the order of the file. */
export const byPosition = (a: { position: Position }, b: { position: Position }): number =>
  a.position.line - b.position.line || a.position.column - b.position.column;

/** As `accepted` in the rule file names a rule. */
export const aboutRule = ({ section, id }: Rule): string => `${section}/${id}`;

const sectionsOf = new WeakMap<RuleSet, ReadonlyMap<string, readonly Rule[]>>();

/** The rules of a section, in file order. */
export function rulesOf(ruleSet: RuleSet, section: string): readonly Rule[] {
  const sections = remembered(
    sectionsOf,
    ruleSet,
    () =>
      new Map(
        ruleSet.sections.map(({ name }) => [name, ruleSet.rules.filter((rule) => rule.section === name)]),
      ),
  );
  return sections.get(section) ?? [];
}

/** The rules of every section of a kind, in order. */
export const rulesOfKind = (ruleSet: RuleSet, ...kinds: readonly SectionKind[]): Rule[] =>
  sectionsOfKind(ruleSet, ...kinds).flatMap(({ name }) => rulesOf(ruleSet, name));

/** The rules of its section that stand above a rule, and are taken rather than it where the first that holds is. */
export function rulesAbove(ruleSet: RuleSet, rule: Rule): readonly Rule[] {
  const rules = rulesOf(ruleSet, rule.section);
  return rules.slice(0, rules.indexOf(rule));
}

/** A conclusion as conditions name it, such as `category` or `outcome.rule`: who makes it, and the ids it may have. */
export function conclusionNamed(
  name: string,
  ruleSet: RuleSet,
): { section: Section; idOf(rule: Rule): string } {
  const section = concludedBy(ruleSet, name);
  if (section === null) throw new Error(`no section concludes ${name}`);
  return { section, idOf: ({ id, concludes }) => (name.endsWith('.rule') ? id : concludes) };
}

/** Every comparison of the rule set, of conditions that no rule uses too. */
export const comparisons = (ruleSet: RuleSet): Leaf[] =>
  [
    ...ruleSet.rules.map(({ when }) => when),
    ...[...ruleSet.conditions.values()].map((one) => one.condition),
  ].flatMap((condition) => leavesOf(condition, ruleSet));

/** The ids and texts that a fact is compared with. */
export const textsIn = (operand: Operand): string[] =>
  operand.kind === 'literal' ? [operand.value].flat().filter((value) => typeof value === 'string') : [];

/** What of a condition is true or false by itself: a comparison, or a named condition where it is used. */
export type ConditionPart = Leaf | Extract<Condition, { kind: 'named' }>;

interface PartPlace {
  part: ConditionPart;
  /** The way to it in the rule file. */
  path: Path;
}

/** A rule's condition, or a named one: each is looked at where it is written, however often it is used. */
export interface WrittenCondition {
  /** section/id, or conditions/name. */
  about: string;
  rule: Rule | null;
  condition: Condition;
  /** The way to it in the rule file. */
  path: Path;
  places: PartPlace[];
}

export function writtenConditions(ruleSet: RuleSet): WrittenCondition[] {
  const named = [...ruleSet.conditions.values()].map(({ name, condition }): WrittenCondition => {
    const path = ['conditions', name];
    return { about: path.join('/'), rule: null, condition, path, places: placesIn(condition, path) };
  });
  const ofRules = ruleSet.sections.flatMap((section) =>
    rulesOf(ruleSet, section.name).flatMap((rule, i): WrittenCondition[] => {
      if (rule.when === null) return [];
      const path = [...section.path, i, 'when'];
      const places = placesIn(rule.when, path).filter(
        (place) => rule.cell === null || isOfRule(rule.cell, place.path, path),
      );
      return [{ about: aboutRule(rule), rule, condition: rule.when, path, places }];
    }),
  );
  return [...named, ...ofRules];
}

/** Of a cell only what its rule wants besides being of the table, and that once. */
const isOfRule = ({ isFirst, ownParts }: TableCell, place: Path, when: Path): boolean =>
  isFirst && Number(place[when.length + 1]) < ownParts;

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

/** The comparisons of a condition, without those of the conditions that it names. */
export const leavesIn = (condition: Condition | null): Leaf[] =>
  condition ? placesIn(condition, []).flatMap(({ part }) => (part.kind === 'leaf' ? part : [])) : [];

const partsOf = new WeakMap<Condition, ReadonlySet<Condition>>();

/** The parts of a condition, those of the conditions that it names among them. */
const partsUnder = (condition: Condition, ruleSet: RuleSet): ReadonlySet<Condition> =>
  remembered(partsOf, condition, () => {
    const parts = placesIn(condition, []).flatMap(({ part }): Condition[] => {
      const named = part.kind === 'named' ? ruleSet.conditions.get(part.name)?.condition : undefined;
      return [part, ...(named ? partsUnder(named, ruleSet) : [])];
    });
    return new Set(parts);
  });

export const hasPart = (condition: Condition, part: ConditionPart, ruleSet: RuleSet): boolean =>
  partsUnder(condition, ruleSet).has(part);

/** The named conditions that a condition rests on, directly or through others. */
export function namesUnder(condition: Condition | null, ruleSet: RuleSet): Set<string> {
  const parts = condition === null ? [] : [...partsUnder(condition, ruleSet)];
  return new Set(parts.flatMap((part) => (part.kind === 'named' ? part.name : [])));
}

export const pairs = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));

/** How a sentence in Japanese calls what a finding or a question is about. */
export const ownerJa = (about: string): string =>
  about.startsWith('conditions/') ? `条件「${about.slice('conditions/'.length)}」` : `規則「${about}」`;
