/** A bulk run that is interrupted, killed even, and taken up again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { THOROUGHNESS } from '../fixtures/runs.ts';
import { kill } from '../support/child.ts';
import { freshFolder, freshPlace, kinds, type Place } from '../support/stores.ts';
import { casesCsv } from './bulk-cases.ts';

const cli = join(inject('dist'), 'cli.js');
const LINES = 6000;
/** More than the header: something has been written. */
const SOME = 10;
/** A hundredth of the lines cannot be read. */
const DECIDED = LINES - 1 - Math.floor((LINES - 1) / 100);
const OUTPUTS = ['out.csv', 'pay.csv', 'review.csv'];
let cases: string;
beforeAll(() => {
  cases = casesCsv(LINES);
});

const MOST_KILLS = 4 * THOROUGHNESS;

interface Job {
  folder: string;
  start(...more: string[]): { child: ChildProcess; said(): string };
  progress(): { at: { line: number; offset: number } } | null;
  hashes(): string[];
}

async function job(place: Place | null, output = 'out.csv'): Promise<Job> {
  const folder = await freshFolder();
  cpSync('rules', join(folder, 'rules'), { recursive: true });
  writeFileSync(join(folder, 'in.csv'), cases);
  const args = [
    ...[
      'evaluate',
      '--prefecture',
      'yamaguchi',
      '--incident',
      '2023-02-24',
      '--as-of',
      '2023-04-15T12:00:00+09:00',
    ],
    ...[
      '--input',
      'in.csv',
      '--output',
      output,
      '--payments',
      'pay.csv',
      '--review',
      'review.csv',
      '--threads',
      '2',
    ],
    place ? '--log' : '--no-log',
  ];
  const env = {
    ...{ PATH: process.env.PATH, RULES_DIR: join(folder, 'rules') },
    ...(place && { DATA_DIR: place.dataDir }),
    ...(place?.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
  };
  return {
    folder,
    start(...more) {
      const child = spawn(process.execPath, [cli, ...args, ...more], {
        cwd: folder,
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      let said = '';
      child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
        said += piece;
      });
      return { child, said: () => said };
    },
    progress() {
      const path = join(folder, `${output}.progress.json`);
      return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
    },
    hashes: () =>
      [output, 'pay.csv', 'review.csv'].map((name) => {
        // Ids and the time of deciding are of the run.
        const text = readFileSync(join(folder, name), 'utf8')
          .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '')
          .replaceAll(/"decidedAt":"[^"]*"/g, '');
        return createHash('sha256').update(text).digest('hex');
      }),
  };
}

const ended = async ({ child, said }: ReturnType<Job['start']>): Promise<number | null> => {
  const [code] = await once(child, 'close');
  expect([0, 1, 2, 130], said()).toContain(code);
  return code;
};

/** Starts, and does `act` to the run when it has come on by some lines; false where it ended before that. */
async function disturb(
  { start, progress }: Job,
  lines: number,
  act: (child: ChildProcess) => unknown,
  ...more: string[]
) {
  const from = progress()?.at.line ?? 0;
  const started = start(...more);
  while (started.child.exitCode === null && (progress()?.at.line ?? 0) < from + lines) await sleep(1);
  await sleep(Math.random() * 20);
  if (started.child.exitCode !== null) return false;
  await act(started.child);
  return true;
}

async function uninterrupted(place: Place | null, output?: string): Promise<string[]> {
  const whole = await job(place, output);
  expect(await ended(whole.start())).toBe(1);
  expect(whole.progress()).toBeNull();
  return whole.hashes();
}

/** Killed at several points, the first of them early on. */
async function killAgainAndAgain(broken: Job): Promise<number> {
  let kills = 0;
  const far = (): number => Math.floor((Math.random() * LINES) / MOST_KILLS);
  while (kills < MOST_KILLS) {
    const isFirst = kills === 0;
    if (!(await disturb(broken, isFirst ? 1 : far(), kill, ...(isFirst ? [] : ['--resume'])))) break;
    kills += 1;
  }
  // Killed over its last steps, it may have come to the end.
  if (broken.progress()) expect(await ended(broken.start('--resume'))).toBe(1);
  return kills;
}

describe('after SIGKILL at any point, --resume ends with what an uninterrupted run writes', () => {
  test.each(['out.csv', 'out.ndjson'])('%s, nothing logged', { timeout: 240_000 }, async (output) => {
    const expected = await uninterrupted(null, output);
    const broken = await job(null, output);
    expect(await killAgainAndAgain(broken)).toBeGreaterThan(0);
    expect(broken.hashes()).toEqual(expected);
    expect(broken.progress()).toBeNull();
  });

  test.each(kinds)('logged: %s', { timeout: 240_000 }, async (kind) => {
    const expected = await uninterrupted(null);
    const place = await freshPlace(kind);
    const broken = await job(place);
    expect(await killAgainAndAgain(broken)).toBeGreaterThan(0);
    expect(broken.hashes()).toEqual(expected);

    const rows = readFileSync(join(broken.folder, 'out.csv'), 'utf8').split('\r\n').slice(1, -1);
    const ids = rows.map((row) => row.split(',').at(-2) ?? '').filter((id) => id !== '');
    expect(new Set(ids).size).toBe(DECIDED);
    const store = await openStore(place);
    try {
      const logged = await store.findAll(ids);
      expect(logged.length).toBe(DECIDED);
      const [one] = await store.findAll(ids.slice(5, 6));
      expect(JSON.parse(one?.answer ?? '{}').id).toBe(ids[5]);
      expect(await countOf(place)).toBe(DECIDED);
      const paid = readFileSync(join(broken.folder, 'pay.csv'), 'utf8').split('\r\n').slice(1, -1);
      const runs = await store.paymentRunsOf('yamaguchi', '2023-02-24');
      expect(runs).toMatchObject([{ payments: paid.length, finishedAt: expect.any(Date) }]);
    } finally {
      await store.close();
    }
  });
});

/** A job that was interrupted in the middle; tried again where it came to its end first. */
async function interrupted(act: (child: ChildProcess) => unknown = kill): Promise<Job> {
  for (;;) {
    const broken = await job(null);
    await disturb(broken, SOME, act);
    if (broken.progress()) return broken;
  }
}

/** Decisions in the log, as far as there is another way in. */
async function countOf({ databaseUrl }: Place): Promise<number> {
  if (databaseUrl === undefined) return DECIDED;
  const { default: postgres } = await import('postgres');
  const session = postgres(databaseUrl, { max: 1 });
  try {
    const [row] = await session`select count(*)::int as n from decisions`;
    return row?.n;
  } finally {
    await session.end();
  }
}

test('Ctrl-C ends it in order and says how to go on', { timeout: 120_000 }, async () => {
  const expected = await uninterrupted(null);
  let code: unknown;
  const stopped = await interrupted(async (child) => {
    const closed = once(child, 'close');
    child.kill('SIGINT');
    [code] = await closed;
  });
  expect(code).toBe(130);
  const resumed = stopped.start('--resume');
  expect(await ended(resumed)).toBe(1);
  expect(stopped.hashes()).toEqual(expected);
});

describe('--resume is refused', () => {
  const refusal = async (broken: Job, ...more: string[]): Promise<string> => {
    const before = broken.progress();
    const started = broken.start('--resume', ...more);
    expect(await ended(started)).toBe(2);
    expect(broken.progress()).toEqual(before);
    return started.said();
  };

  test('where the input, the rules, the options or the outputs are not what they were', {
    timeout: 120_000,
  }, async () => {
    const broken = await interrupted();
    const at = (name: string): string => join(broken.folder, name);
    const rules = at('rules/yamaguchi/2023-02-24.yaml');

    const rulesText = readFileSync(rules, 'utf8');
    appendFileSync(rules, '# 注\n');
    expect(await refusal(broken)).toContain('rules');
    writeFileSync(rules, rulesText);

    expect(await refusal(broken, '--local-times')).toContain('local-times');

    const size = readFileSync(at('out.csv')).length;
    truncateSync(at('out.csv'), 10);
    expect(await refusal(broken)).toContain('out.csv');
    expect(size).toBeGreaterThan(10);

    utimesSync(at('in.csv'), 1, 1);
    expect(await refusal(broken)).toContain('input');
  });

  test('where there is nothing to go on with', async () => {
    expect(await refusal(await job(null))).toContain('--resume');
  });

  test('and without it the outputs that are there stay', async () => {
    const broken = await interrupted();
    const before = OUTPUTS.map((name) => readFileSync(join(broken.folder, name)).length);
    const again = broken.start();
    expect(await ended(again)).toBe(2);
    expect(again.said()).toContain('--resume');
    expect(OUTPUTS.map((name) => readFileSync(join(broken.folder, name)).length)).toEqual(before);
  });
});

test('what was written behind the last progress is cut off', { timeout: 120_000 }, async () => {
  const expected = await uninterrupted(null);
  const broken = await interrupted();
  for (const name of OUTPUTS) appendFileSync(join(broken.folder, name), 'half a li');
  expect(await ended(broken.start('--resume'))).toBe(1);
  expect(broken.hashes()).toEqual(expected);
});
