/** A named condition that always holds, or never. */
import type { NamedCondition } from '../../rulebook/rule-set.ts';
import { namesUnder, rulesOf } from '../rule-set-parts.ts';
import { no } from '../search/properties.ts';
import { type Check, type CheckContext, reportIfNever } from './finding.ts';

const conditions = ({ ruleSet, properties }: CheckContext, holds: boolean) => {
  const ofContradictions = new Set(
    rulesOf(ruleSet, 'contradictions').flatMap(({ when }) => [...namesUnder(when, ruleSet)]),
  );
  return [...ruleSet.conditions.values()].map((condition) => {
    const property = holds ? properties.named(condition.name) : no(properties.named(condition.name));
    // What makes a case contradictory is there for such cases.
    return {
      condition,
      property: ofContradictions.has(condition.name) ? property : properties.consistent(property),
    };
  });
};

const draft = ({ name, position }: NamedCondition, ja: string, en: string) => ({
  position,
  about: [`conditions/${name}`],
  ja: `条件「${name}」は、${ja}`,
  en: `The condition "${name}" ${en}`,
});

export const alwaysTrue: Check = {
  code: 'always-true',
  severity: 'warning',
  questions: (context) =>
    conditions(context, false).map(({ condition, property }) => ({
      property,
      report: (answer) =>
        reportIfNever(answer, draft(condition, 'どんな場合にも成り立ちます。', 'holds in every case.')),
    })),
};

export const alwaysFalse: Check = {
  code: 'always-false',
  severity: 'warning',
  questions: (context) =>
    conditions(context, true).map(({ condition, property }) => ({
      property,
      report: (answer) =>
        reportIfNever(answer, draft(condition, 'どんな場合にも成り立ちません。', 'can never hold.')),
    })),
};
