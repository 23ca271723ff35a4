/** Whatever is changed of a rule file that reads otherwise is told by `diff`, in words. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { editWords } from '../../src/analysis/diff/edit-words.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { readAlike } from '../../src/analysis/diff/read-alike.ts';
import { readOtherwise } from '../../src/analysis/solver/case-space.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { RULE_FILE, smallVocabulary, vocabularyOf } from '../rulebook/fixtures.ts';
import { VERSION_PAIRS, versionsOf } from '../support/version-pairs.ts';

type Path = readonly (string | number)[];

function pathsIn(node: unknown, path: Path = []): Path[] {
  if (isScalar(node)) return [path];
  const inside = isMap<{ value: string }, Node>(node)
    ? node.items.flatMap(({ key, value }) => pathsIn(value, [...path, key.value]))
    : isSeq(node)
      ? node.items.flatMap((item, i) => pathsIn(item, [...path, i]))
      : [];
  return path.length === 0 ? inside : [path, ...inside];
}

/** The text with that taken away, and, of a leaf, with another value. */
function editsAt(text: string, path: Path): string[] {
  const [without, other] = [parseDocument(text), parseDocument(text)];
  without.deleteIn(path);
  const value = other.getIn(path);
  if (typeof value === 'object') return [String(without)];
  const next = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value}改`;
  other.setIn(path, next);
  return [String(without), String(other)];
}

test.each(['everything', 'claims'])('of %s.yaml, key by key', (name) => {
  const text = readFileSync(`tests/fixtures/${name}.yaml`, 'utf8');
  const vocabulary = smallVocabulary();
  const read = (edited: string) => readRuleSet(RULE_FILE, edited, vocabulary).ruleSet;
  const before = read(text);
  if (before === null) throw new Error(`${name} does not read well`);
  const untold: string[] = [];
  let told = 0;
  for (const path of pathsIn(parseDocument(text).contents))
    for (const edited of editsAt(text, path)) {
      const after = read(edited);
      if (after === null || readAlike(before, after)) continue;
      const words = editsBetween(before, after).map((edit) => editWords(edit).ja);
      if (words.length === 0 || words.some((one) => /[{}]|undefined|\[object/.test(one)))
        untold.push(path.join('/'));
      else told += 1;
    }
  expect(untold).toEqual([]);
  expect(told).toBeGreaterThan(50);
});

test.each([
  ['    dateMeans: endOfDay\n', ['voucher.originalExpiry']],
  ['    comparedAs: address\n', ['claim.urlSender']],
  ['timeZone: Asia/Tokyo', ['voucher.originalExpiry']],
  ['    label: 全国旅行支援を利用した', []],
])('facts that are read otherwise: %j', (old, facts) => {
  const pair = VERSION_PAIRS.find((one) => one.old === old);
  if (!pair) throw new Error('no such pair');
  const ruleSets = versionsOf(pair).flatMap(
    ({ file, text, words }) => readRuleSet(file, text, vocabularyOf(words)).ruleSet ?? [],
  );
  expect(ruleSets).toHaveLength(2);
  expect(readOtherwise(ruleSets)).toEqual(facts);
});
