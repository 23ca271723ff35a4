/** The reference of rule files: nothing that the reader takes is missing in it. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isObject } from '../../src/rulebook/basics.ts';
import { ruleSetJsonSchema } from '../../src/rulebook/json-schema.ts';
import { OPERATOR_NAMES, WORDS } from '../../src/rulebook/operators.ts';
import { ruleFileReference } from '../../src/rulebook/reference.ts';
import { RULE_FILE_KEYS } from '../../src/rulebook/rule-file-schema.ts';
import { smallVocabulary } from './fixtures.ts';

const reference = ruleFileReference(smallVocabulary());

it('is the page in docs/', () => expect(readFileSync('docs/reference.ja.md', 'utf8')).toBe(reference));

it('has every key, operator and word', () => {
  const noFacts = { ...smallVocabulary(), facts: new Map(), wordFiles: new Map() };
  const keys = new Set<string>(RULE_FILE_KEYS);
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    if (!isObject(part)) return;
    if (isObject(part.properties)) for (const key of Object.keys(part.properties)) keys.add(key);
    Object.values(part).forEach(walk);
  };
  walk(ruleSetJsonSchema(noFacts));
  const wanted = [...keys, ...OPERATOR_NAMES, ...Object.values(WORDS).flat()];
  const names = new Set(
    [...reference.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => [name, ...name.split(/[.{},\s]+/)]),
  );
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it('says of each what it means', () => {
  const rows = reference.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  expect(rows.filter((row) => /\| +\|/.test(row))).toEqual([]);
});
