/** However much is wrong with a file: 50 of it and the number of the rest, on every door of the command line. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-limits-'));
const rules = join(folder, 'rules');
const file = join(rules, 'yamaguchi', '2023-02-24.yaml');
const vocabulary = join(rules, 'words', 'regionpay.yaml');
beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  cpSync('rules', rules, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hosho = (args: string[], input = '') =>
  callHosho(args, { cwd: folder, input, env: { ...process.env, RULES_DIR: rules, LANG: 'ja_JP.UTF-8' } });
const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
};

const named = ['--prefecture', 'yamaguchi', '--incident', '2023-02-24'];
const MANY = 20_000;
const LISTED = 50;
const items = (count: number): string[] => Array.from({ length: count }, () => 'x');
const flood = JSON.stringify({ claim: { applicationItems: items(MANY) } });
const count = (text: string, part: string): number => text.split(part).length - 1;

test('evaluate --facts', async () => {
  const { status, stderr } = await hosho(['evaluate', ...named, '--facts', '-'], flood);
  expect(status).toBe(1);
  expect(count(stderr, 'facts/claim/applicationItems')).toBe(LISTED);
  expect(stderr).toContain(`ほかに ${MANY - LISTED} 件`);
});

describe('a line of a bulk file', () => {
  const run = async (name: string, content: string, output: string) => {
    writeFileSync(join(folder, name), content);
    const outputs = ['--output', output, '--review', 'review.csv', '--force'];
    const { status, stderr } = await hosho(['evaluate', ...named, '--input', name, ...outputs]);
    expect(status, stderr).toBe(1);
    return {
      written: readFileSync(join(folder, output), 'utf8'),
      review: readFileSync(join(folder, 'review.csv'), 'utf8'),
    };
  };
  const lineSchema = z.looseObject({ problems: z.array(z.unknown()), moreProblems: z.number() });

  test('of NDJSON', async () => {
    const { written, review } = await run('in.ndjson', `{"facts":${flood}}\n`, 'out.ndjson');
    const { problems, moreProblems } = lineSchema.parse(JSON.parse(written));
    expect([problems.length, moreProblems]).toEqual([LISTED, MANY - LISTED]);
    expect(review).toContain(`ほかに ${MANY - LISTED} 件`);
  });
  test('of NDJSON, by dotted names', async () => {
    const facts = Object.fromEntries(items(MANY).map((_, i) => [`claim.name${i}`, i]));
    const { written } = await run('in.ndjson', `${JSON.stringify({ facts })}\n`, 'out.ndjson');
    expect(lineSchema.parse(JSON.parse(written)).moreProblems).toBe(MANY - LISTED);
  });
  test('of CSV', async () => {
    const cell = items(10_000).join(';');
    const { written, review } = await run(
      'in.csv',
      `照会番号,claim.applicationItems\n甲,${cell}\n`,
      'out.csv',
    );
    for (const text of [written, review]) {
      expect(text).toContain(`ほかに ${10_000 - LISTED} 件`);
      expect(text.length).toBeLessThan(100_000);
    }
  });
  test('the columns of CSV', async () => {
    const headings = items(1000).map((_, i) => `column${i}`);
    writeFileSync(join(folder, 'in.csv'), `${headings.join()}\n`);
    const { status, stderr } = await hosho([
      '--lang',
      'en',
      'evaluate',
      ...named,
      '--input',
      'in.csv',
      '--output',
      'o.csv',
      '--force',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${1000 - LISTED} more columns`);
    expect(count(stderr, 'is no fact')).toBe(LISTED);
  });
});

describe('check of a rule file', () => {
  const more = `ほかに ${MANY - LISTED} 件`;
  test.each<[name: string, text: (i: number) => string]>([
    ['unknown keys', (i) => `name${i}: 1\n`],
    ['the same key', () => 'title: 題\n'],
    ['tags', (i) => `name${i}: !tag 1\n`],
  ])('%s', async (name, line) => {
    const added = items(MANY)
      .map((_, i) => line(i))
      .join('');
    writeFileSync(file, readFileSync(file, 'utf8') + added);
    const { status, stdout } = await hosho(['check', file]);
    expect(status).toBe(1);
    expect(stdout, name).toContain(more);
    expect(count(stdout, '2023-02-24.yaml:')).toBe(LISTED + 1);
  });
  test('unknown names', async () => {
    const clauses = items(MANY)
      .map((_, i) => `none${i}`)
      .join(', ');
    edit(file, 'contact:\n', `values:\n  spare: { value: 1, label: 余り, clause: [${clauses}] }\ncontact:\n`);
    const { status, stdout } = await hosho(['check', file]);
    expect(status).toBe(1);
    expect(stdout).toContain(more);
  });
});

describe('check of a pattern', () => {
  const PATTERN = '"^(0[1-9]|[1-3][0-9]|4[0-7])$"';
  const line = (): number =>
    readFileSync(vocabulary, 'utf8')
      .split('\n')
      .findIndex((text) => text.includes('pattern:')) + 1;
  test.each([
    ["'^(?=[0-9])[0-9]+$'", 'unsafe-pattern'],
    ["'^([0-9])\\1$'", 'unsafe-pattern'],
    ["'^(?:[0-9]{30}){30}$'", 'unsafe-pattern'],
    ["'('", 'value-type'],
  ])('%s is refused at its place: %s', async (pattern, code) => {
    edit(vocabulary, PATTERN, pattern);
    for (const lang of ['ja', 'en']) {
      const { status, stdout } = await hosho(['check', '--lang', lang]);
      expect(status).toBe(1);
      expect(stdout).toContain(`rules/words/regionpay.yaml:${line()}:14`);
      expect(stdout).toContain(code);
    }
  });
  test('that a backtracking engine would never end with is taken', async () => {
    edit(vocabulary, PATTERN, "'^([0-9]+-?)+$'");
    const input = JSON.stringify({ programme: { destinationPrefecture: `${'1'.repeat(60)}x` } });
    const { status, stderr } = await hosho(['evaluate', ...named, '--facts', '-'], input);
    expect(status).toBe(1);
    expect(stderr).toContain('facts/programme/destinationPrefecture');
  });
});
