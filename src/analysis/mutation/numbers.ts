/** Every number one more or one less. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { SECTION_NAMES } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { rulesOf } from '../rule-set-parts.ts';
import { type FileChange, isGroup, valueAt } from './edit.ts';

/** Those that have a name, and those in amounts; `conditionMutants` takes those of comparisons. */
export function numberMutants(data: unknown, ruleSet: RuleSet): FileChange[] {
  const values = valueAt(data, ['values']);
  const named = Object.entries(isGroup(values) ? values : {}).flatMap(([id, value]) => {
    const label = valueAt(value, ['label']);
    return numbersIn(valueAt(value, ['value']), ['values', id, 'value'], {
      ja: `「${label}」`,
      en: `"${id}"`,
    });
  });
  const amounts = SECTION_NAMES.flatMap((section) =>
    rulesOf(ruleSet, section).flatMap(({ id }, i) => {
      const path = [section, i, 'yen'];
      return numbersIn(valueAt(data, path), path, {
        ja: `補償額「${id}」の数`,
        en: `a number of amount "${id}"`,
      });
    }),
  );
  return [...named, ...amounts];
}

/** Written out in an expression, at whatever depth. */
export function numbersIn(value: unknown, path: Path, what: { ja: string; en: string }): FileChange[] {
  if (typeof value === 'number')
    return [
      { path, value: value - 1, kind: 'less', ja: `${what.ja}を1減らす`, en: `${what.en} less by one` },
      { path, value: value + 1, kind: 'more', ja: `${what.ja}を1増やす`, en: `${what.en} more by one` },
    ];
  if (Array.isArray(value)) return value.flatMap((item, i) => numbersIn(item, [...path, i], what));
  return isGroup(value)
    ? Object.entries(value).flatMap(([key, item]) => numbersIn(item, [...path, key], what))
    : [];
}
