/** Each command in a process of its own: it ends by itself, with its exit code, and nothing holds it open. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hoshoProcess } from '../support/command-line.ts';
import { freshFolder, freshPlace, kinds } from '../support/stores.ts';
import { casesCsv } from './bulk-cases.ts';

const FILE = join(resolve('rules'), 'yamaguchi', '2023-02-24.yaml');
const NAMES = ['yamaguchi', '2023-02-24'];
const WHICH = ['--prefecture', 'yamaguchi', '--incident', '2023-02-24'];
const FACTS = '{"programme":{"used":true,"destinationPrefecture":"35"}}';
let folder: string;
let places: Map<string, NodeJS.ProcessEnv>;

beforeAll(async () => {
  folder = await freshFolder();
  writeFileSync(join(folder, 'cases.csv'), casesCsv(400));
  places = new Map();
  for (const kind of kinds) {
    const { dataDir, databaseUrl = '' } = await freshPlace(kind);
    places.set(kind, { DATA_DIR: dataDir, DATABASE_URL: databaseUrl });
  }
});

test.each<[args: string[], status: number, input?: string]>([
  [['--help'], 0],
  [['chek'], 2],
  [['check', FILE], 0],
  [['test', FILE, '--coverage'], 0],
  [['diff', FILE, FILE], 0],
  [['notice', FILE], 0],
  [['timeline', FILE, '--format', 'text'], 0],
  [['rules', 'export', FILE], 0],
  [['audit', 'key'], 0],
  [['evaluate', ...WHICH, '--facts', '-', '--as-of', '2023-03-05T12:00:00+09:00', '--json'], 0, FACTS],
])('ends: hosho %j', (args, status, input = '') => {
  const ended = hoshoProcess(args, {
    cwd: folder,
    input,
    env: { ...process.env, RULES_DIR: resolve('rules') },
  });
  expect(ended.status, ended.stderr).toBe(status);
  expect(ended.stdout === '').toBe(status === 2);
});

test.each(kinds)('ends, with the log open (%s)', (kind) => {
  const env = { ...process.env, RULES_DIR: resolve('rules'), ...places.get(kind) };
  for (const [args, status] of [
    [['evaluate', ...WHICH, '--input', 'cases.csv', '--output', `${kind}.csv`, '--threads', '2', '--log'], 1],
    [['versions', ...NAMES], 0],
    [['decisions', 'list'], 0],
    [['replay', '--json'], 0],
    [['impact', FILE, '--json'], 0],
    [['audit', 'verify'], 0],
  ] as const) {
    const ended = hoshoProcess(args, { cwd: folder, env });
    expect(ended.status, `${args.join(' ')}: ${ended.stderr}`).toBe(status);
  }
});
