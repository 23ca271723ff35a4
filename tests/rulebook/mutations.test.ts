/** Nothing that is written may vanish: a slip of the pen is a problem, or it is kept. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isError } from '../../src/rulebook/problems.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { THOROUGHNESS } from '../fixtures/runs.ts';
import { fixture, RULE_FILE, smallVocabulary } from './fixtures.ts';

const vocabulary = smallVocabulary();
const text = fixture('everything.yaml');
const SLIPS = [35, -1, 1.5, '', '35', 'x', 'yes', true, null, [], [[]], {}, { x: 1 }, [35], { fact: 35 }];
/** Of so many slips each place gets one. */
const EVERY = Math.max(1, Math.round(8 / THOROUGHNESS));

type Path = (string | number)[];
type Data = Record<string | number, unknown>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
const stepsOf = (value: Data): Path => (Array.isArray(value) ? [...value.keys()] : Object.keys(value));
const everything: Data = parse(text);
const paths = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(isData(value) ? stepsOf(value).flatMap((step) => paths(value[step], [...path, step])) : []),
];
const all = paths(everything).slice(1);

/** A copy of the file's data with the place at `path` changed. */
function changed(path: Path, change: (parent: Data, step: string | number) => void): Data {
  const copy: Data = structuredClone(everything);
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (isData(at) ? at[step] : undefined), copy);
  if (last === undefined || !isData(parent)) throw new Error(`nothing at ${path.join('/')}`);
  change(parent, last);
  return copy;
}

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

const kept = ({ rules }: RuleSet): string[] =>
  rules.flatMap(({ section, id, when }) => (when === null ? [] : [`${section}/${id}`]));

function check(data: Data, path: Path): void {
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
      for (const path of all.filter((_, j) => (i + j) % EVERY === 0)) {
        check(
          changed(path, (parent, step) => {
            parent[step] = slip;
          }),
          path,
        );
      }
    },
  );

  it('with one part taken out loses no other condition', () => {
    for (const path of all) {
      check(
        changed(path, (parent, step) => {
          if (Array.isArray(parent)) parent.splice(Number(step), 1);
          else delete parent[step];
        }),
        path,
      );
    }
  });

  it('with an unknown key in one place is refused', () => {
    for (const path of all) {
      const data = changed(path, (parent) => {
        parent.surplus = 1;
      });
      const { ruleSet } = read(data);
      // A key set on a list is not written.
      if (JSON.stringify(data) !== JSON.stringify(everything)) expect(ruleSet, path.join('/')).toBeNull();
    }
  });
});
