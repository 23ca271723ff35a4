/** `hosho versions`, and `hosho evaluate` by a version of the log, as people call them. */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { RuleSetVersion } from '../../src/decisions/store.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { callHosho } from '../support/command-line.ts';
import { freshFolder, freshPlace, type Place } from '../support/stores.ts';
import { wordsOf } from '../support/words.ts';

const original = readFileSync('rules/yamaguchi/2023-02-24.yaml', 'utf8');
const vocabularyText = wordsOf(original);
const names = ['yamaguchi', '2023-02-24'];
const which = ['--prefecture', 'yamaguchi', '--incident', '2023-02-24'];
const given = [...which, '--facts', '-'];
const asOf = ['--as-of', '2023-04-15T12:00:00+09:00'];

function stored(day: string, more: Partial<RuleSetVersion> & { end?: string } = {}): RuleSetVersion {
  const { end = '', ...changes } = more;
  const ruleText =
    original.replace('application: { until: 2023-04-30,', `application: { until: ${day},`) + end;
  return {
    ...{ prefecture: 'yamaguchi', incident: '2023-02-24', ruleText, vocabularyText, commit: null },
    ...{ authoredAt: null, version: versionOf(ruleText, vocabularyText), ...changes },
  };
}
const first = stored('2023-05-01', {
  commit: 'c0ffee'.padEnd(40, '1'),
  authoredAt: '2023-03-02T09:00:00+09:00',
});
const second = stored('2023-05-02', { end: '\r\n# 終わり' });
const unreadable: RuleSetVersion = { ...stored('2023-05-03'), ruleText: 'a: [', version: 'd'.repeat(64) };

const facts = JSON.stringify({
  programme: { used: true, destinationPrefecture: '35' },
  voucher: {
    ...{ platform: 'regionpay', medium: 'paper', received: true, balanceAfterGraceYen: 2000 },
    ...{ originalExpiry: '2023-02-24T23:59:00+09:00', balanceAtFinalExpiryYen: 1500 },
  },
  app: { charged: false, account: 'never' },
});

let place: Place;
/** With an empty folder for rules: all that is asked for is in the log. */
let folder: string;
const hosho = (...args: string[]) => hoshoAt(place, args);
function hoshoAt({ dataDir, databaseUrl = '' }: Place, args: string[]) {
  const env = { ...process.env, RULES_DIR: folder, DATA_DIR: dataDir, DATABASE_URL: databaseUrl };
  return callHosho(args, { cwd: folder, input: facts, env });
}

beforeAll(async () => {
  place = await freshPlace('postgres');
  folder = await freshFolder();
  const store = await openStore(place);
  await store.saveVersions([first], new Date('2023-03-10T00:00:00.500Z'));
  await store.saveVersions([second], new Date('2023-03-11T00:00:00Z'));
  await store.saveVersions([first], new Date('2023-03-12T00:00:00Z'));
  await store.saveVersions([unreadable]);
  await store.close();
});

describe('versions', () => {
  test('a table: when each was in use, its commit and when that was written', async () => {
    const { status, stdout } = await hosho('versions', ...names);
    expect(status).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(lines.slice(0, 2)).toEqual([
      ['yamaguchi/2023-02-24'],
      ['版', '使い始め', '使い終わり', 'コミット', '作成日時'],
    ]);
    const rows = [
      [first.version.slice(0, 12), '2023-03-12T09:00:00+09:00', '使用中', 'c0ffee111111', first.authoredAt],
      ['', '2023-03-10T09:00:00.500+09:00', '2023-03-11T09:00:00+09:00'],
      [second.version.slice(0, 12), '2023-03-11T09:00:00+09:00', '2023-03-12T09:00:00+09:00', '-', '-'],
      ['d'.repeat(12), '使われていません', '-', '-'],
    ];
    expect(lines.slice(2)).toHaveLength(rows.length);
    expect(lines).toEqual(expect.arrayContaining(rows));
  });

  test('the same in English', async () => {
    const { stdout } = await hosho('--lang', 'en', 'versions', ...names);
    expect(stdout).toContain('in use');
    expect(stdout).not.toMatch(JAPANESE);
  });

  test('of a rule set that is no longer served: since when', async () => {
    const of = { ...first, prefecture: 'tottori', version: 'a'.repeat(64) };
    const store = await openStore(place);
    await store.saveVersions([of], new Date('2023-03-10T00:00:00Z'));
    await store.endServing([of], new Date('2023-04-01T00:00:00Z'));
    await store.close();
    const { status, stdout } = await hosho('--lang', 'en', 'versions', 'tottori', of.incident);
    expect(status).toBe(0);
    expect(stdout).toContain('no longer served since 2023-04-01T09:00:00+09:00');
    expect(stdout).not.toContain('in use\n');
    expect((await hosho('versions', ...names)).stdout).not.toContain('から使われていません');
  });

  test('JSON, as the service lists them', async () => {
    const { stdout } = await hosho('versions', ...names, '--json');
    const found: { version: string }[] = JSON.parse(stdout);
    expect(found.find(({ version }) => version === first.version)).toMatchObject({
      ...{ commit: first.commit, authoredAt: first.authoredAt, isCurrent: true, lastCurrentAt: null },
      firstCurrentAt: '2023-03-10T00:00:00.500Z',
      current: [
        { since: '2023-03-10T00:00:00.500Z', until: '2023-03-11T00:00:00.000Z' },
        { since: '2023-03-12T00:00:00.000Z', until: null },
      ],
    });
    expect(found).toHaveLength(3);
  });

  test('the rule file of one, to the byte; with --json the vocabulary too', async () => {
    expect((await hosho('versions', ...names, second.version)).stdout).toBe(second.ruleText);
    expect((await hosho('versions', ...names, first.version.slice(0, 6).toUpperCase())).stdout).toBe(
      first.ruleText,
    );
    expect(JSON.parse((await hosho('versions', ...names, second.version, '--json')).stdout)).toEqual(second);
  });

  test.each([
    ['a rule set that the log does not have', ['yamaguti', '2023-02-24'], '記録に版がありません'],
    ['a version that is not there', [...names, 'abcdef'], second.version.slice(0, 12)],
    ['too few digits', [...names, 'abc12'], '6'],
  ])('%s', async (_, args, said) => {
    const { status, stderr } = await hosho('versions', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^hosho: /);
    expect(stderr).toContain(said);
  });
});

describe('evaluate', () => {
  const until = (stdout: string): string | undefined =>
    JSON.parse(stdout).deadlines.find(({ id }: { id: string }) => id === 'application')?.endsAt;

  test.each([
    [['--version', second.version.slice(0, 8)], second, '2023-05-03', { chosenBy: 'version' }],
    [['--known-at', '2023-03-10T09:00:00.500+09:00'], first, '2023-05-02', { chosenBy: 'knownAt' }],
    [['--known-at', '2023-03-11T00:00:00Z'], second, '2023-05-03', { knownAt: '2023-03-11T09:00:00+09:00' }],
    [['--known-at', '2030-01-01T00:00:00Z'], first, '2023-05-02', {}],
  ])('%j', async (options, { version }, day, chosen) => {
    const { status, stdout, stderr } = await hosho('evaluate', ...given, ...asOf, ...options, '--json');
    expect(status, stderr).toBe(0);
    expect(until(stdout)).toBe(`${day}T00:00:00+09:00`);
    expect(JSON.parse(stdout).ruleSet).toMatchObject({ version, ...chosen });
  });

  test('the answer for people names the version', async () => {
    const { stdout } = await hosho('evaluate', ...given, ...asOf, '--version', second.version);
    expect(stdout).toContain(`（版 ${second.version.slice(0, 12)}）`);
  });

  test('a version that can no longer be read', async () => {
    const { status, stderr } = await hosho('evaluate', ...given, '--version', unreadable.version);
    expect(status).toBe(1);
    expect(stderr).toContain('rules/yamaguchi/2023-02-24.yaml:1:');
  });

  test.each([
    [
      ['--version', 'abcdef', '--known-at', '2030-01-01T00:00:00Z'],
      ['--version', '--known-at'],
    ],
    [['--known-at', '2030-01-01'], ['--known-at']],
    [['--known-at', '2020-01-01T00:00:00Z'], [first.version.slice(0, 12)]],
    [['--version', 'abcdeg'], ['abcdeg']],
  ])('%j is a mistake in the call', async (options, said) => {
    const { status, stderr } = await hosho('evaluate', ...given, ...options);
    expect(status).toBe(2);
    for (const part of said) expect(stderr).toContain(part);
  });

  test('a file of cases is not judged by it', async () => {
    const many = ['--input', 'cases.csv', '--output', 'out.csv', '--version', 'abcdef'];
    const { status, stderr } = await hosho('evaluate', ...which, ...many);
    expect(status).toBe(2);
    expect(stderr).toContain('--version');
  });
});

test('an embedded log, and one that another process has open', async () => {
  const embedded = await freshPlace('embedded');
  const store = await openStore(embedded);
  await store.saveVersions([second]);
  const { status, stderr } = await hoshoAt(embedded, ['versions', ...names]);
  await store.close();
  expect(status).toBe(2);
  expect(stderr).toContain('DATABASE_URL');
  expect((await hoshoAt(embedded, ['versions', ...names, second.version])).stdout).toBe(second.ruleText);
});
