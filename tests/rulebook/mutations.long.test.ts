/** Nothing that is written may vanish: a slip of the pen is a problem, or it is kept. */
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { THOROUGHNESS } from '../fixtures/runs.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';
import { type Data, everything, isData, PATHS, replaced, SLIPS, without, withSurplus } from './slips.ts';

const vocabulary = smallVocabulary();
const text = fixture('everything.yaml');
/** Of so many slips each place gets one. */
const EVERY = Math.max(1, Math.round(8 / THOROUGHNESS));

/** JSON is YAML. */
const read = (data: Data) => readRuleSet(RULE_FILE, JSON.stringify(data), vocabulary);

/** Section and id of every rule written with a condition, and of all that stands on a state. */
const conditioned = (data: Data): string[] =>
  Object.entries(data).flatMap(([section, rules]) =>
    (Array.isArray(rules) ? rules : [])
      .filter(isData)
      .flatMap((rule) => [
        ...(Object.hasOwn(rule, 'when') ? [`${section}/${rule.id}`] : []),
        ...(Object.hasOwn(rule, 'outcome') ? [`outcome/${rule.id}`] : []),
        ...[rule.assumes ?? []].flat().map((reading) => `assumptions/${Object(reading).id}`),
      ]),
  );

/** Of a table, each cell of which is a rule, the rule that names it. */
const kept = ({ rules }: RuleSet): string[] => [
  ...new Set(
    rules.flatMap(({ section, id, when, cell }) => {
      if (cell) return cell.ownParts > 0 ? [`${section}/${cell.rule}`] : [];
      return when === null ? [] : [`${section}/${id}`];
    }),
  ),
];

function check(data: Data, path: (typeof PATHS)[number]): void {
  const { ruleSet, problems } = read(data);
  expect(ruleSet === null, path.join('/')).toBe(problems.some(isError));
  if (ruleSet) expect(kept(ruleSet).sort(), path.join('/')).toEqual(conditioned(data).sort());
}

describe('the file with every part of the format', () => {
  it('is good, as YAML and as JSON', () => {
    for (const { ruleSet, problems } of [readRuleSet(RULE_FILE, text, vocabulary), read(everything)]) {
      expect(problems.filter(isError)).toEqual([]);
      expect(ruleSet).not.toBeNull();
    }
  });

  it.each(SLIPS.map((slip, i) => [slip, i] as const))(
    'with %j in one place loses no condition',
    (slip, i) => {
      for (const path of PATHS.filter((_, j) => (i + j) % EVERY === 0)) check(replaced(path, slip), path);
    },
  );

  it('with one part taken out loses no other condition', () => {
    for (const path of PATHS) check(without(path), path);
  });

  it('with an unknown key in one place is refused', () => {
    for (const path of PATHS) {
      const data = withSurplus(path);
      const { ruleSet } = read(data);
      // A key set on a list is not written.
      if (JSON.stringify(data) !== JSON.stringify(everything)) expect(ruleSet, path.join('/')).toBeNull();
    }
  });
});
