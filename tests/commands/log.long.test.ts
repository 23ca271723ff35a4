/** The log as auditors work on it from the command line. */

import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { KEYS, openApp, sound } from '../http/harness.ts';
import { callHosho } from '../support/command-line.ts';
import { copyDatabase, freshFolder } from '../support/stores.ts';

const cli = join(inject('dist'), 'cli.js');
const COUNT = 1_200;
let original: string;
let folder: string;
let databaseUrl: string;

const environment = (url: string): NodeJS.ProcessEnv => ({
  ...{ PATH: process.env.PATH, LANG: 'en', DATABASE_URL: url, AUDIT_KEY: KEYS.privateKey },
});
const hoshoOn = (url: string, ...args: string[]) => callHosho(args, { cwd: folder, env: environment(url) });
const hosho = (...args: string[]) => hoshoOn(databaseUrl, ...args);
const file = (name: string): string => join(folder, name);
const linesOf = (text: string): string[] => text.split('\n').filter(Boolean);

beforeAll(async () => {
  folder = await freshFolder();
  const opened = await openApp('postgres');
  original = opened.place.databaseUrl ?? '';
  for (let from = 0; from < COUNT; from += 300) {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        opened.evaluate({
          ...sound,
          ...(i % 2 === 1 && { prefecture: 'sample', incident: 'network-outage-2024', facts: {} }),
          reference: `case-${from + i}`,
        }),
      ),
    );
    for (const answer of answers) expect(answer.status, await answer.text()).toBe(200);
  }
  await opened.close();
  databaseUrl = await copyDatabase(original);
}, 120_000);

/** Changes rows as a superuser would who is up to no good. */
async function tamper(url: string, change: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql`set session_replication_role = replica`;
  await sql.unsafe(change);
  await sql.end();
}

describe('hosho decisions', async () => {
  const shape = z.looseObject({
    id: z.string(),
    reference: z.string(),
    outcome: z.string(),
    facts: z.unknown(),
  });
  const newest = async () =>
    shape.parse(JSON.parse((await hosho('decisions', 'list', '--limit', '1', '--json')).stdout));

  test('list: the newest first, by any filter', async () => {
    const { status, stdout } = await hosho('decisions', 'list');
    expect([status, linesOf(stdout).length]).toEqual([0, 20]);
    const ids = linesOf(stdout).map((line) => line.split(' ')[0] ?? '');
    expect(ids).toEqual(ids.toSorted().toReversed());
    const one = (await hosho('decisions', 'list', '--reference', 'case-7', '--json')).stdout;
    expect(linesOf(one).map((line) => JSON.parse(line))).toMatchObject([
      { reference: 'case-7', prefecture: 'sample', facts: {} },
    ]);
    expect((await hosho('decisions', 'list', '--outcome', 'nothing')).stdout).toBe('No decision fits\n');
  });

  test('a filter that cannot be read is a mistake in the call', async () => {
    for (const args of [
      ['--as-of-from', '2023-03-01'],
      ['--version', 'xyz'],
      ['--limit', '0'],
      ['--outcom', 'eligible'],
    ])
      expect((await hosho('decisions', 'list', ...args)).status).toBe(2);
  });

  test('show prints one whole; an id of none is a mistake in the call', async () => {
    const { id } = await newest();
    expect(JSON.parse((await hosho('decisions', 'show', id)).stdout)).toMatchObject({
      id,
      seal: { seq: expect.any(Number) },
    });
    const unknown = await hosho('decisions', 'show', '01890a5d-ac96-774b-bcce-b302099a8057');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('no decision has this id')]);
  });

  test('explain: as text, as a page, as JSON', async () => {
    const { id } = await newest();
    const text = await hosho('decisions', 'explain', id);
    expect([text.status, text.stdout]).toEqual([0, expect.stringContaining(id)]);
    expect((await hosho('decisions', 'explain', id, '--output', 'why.html')).status).toBe(0);
    expect(readFileSync(file('why.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(JSON.parse((await hosho('decisions', 'explain', id, '--format', 'json')).stdout).head.id).toBe(id);
  });

  test('export: all of them, the oldest first; nothing is written over', async () => {
    const { stdout } = await hosho('decisions', 'export');
    const ids = linesOf(stdout).map((line) => shape.parse(JSON.parse(line)).id);
    expect(ids).toHaveLength(COUNT);
    expect(ids).toEqual(ids.toSorted());
    expect(
      (await hosho('decisions', 'export', '--prefecture', 'sample', '--output', 'some.csv')).status,
    ).toBe(0);
    const csv = readFileSync(file('some.csv'), 'utf8');
    expect(csv.startsWith('\ufeffid,prefecture,')).toBe(true);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + COUNT / 2);
    expect((await hosho('decisions', 'export', '--output', 'some.csv')).status).toBe(2);
  });
});

describe('hosho replay', () => {
  test('the whole log is answered the same', async () => {
    const { status, stdout } = await hosho('replay', '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { finished: true, same: COUNT, changed: 0 }]);
  });

  test('what changed is listed, and ends with 1; erased ones are none of these', async () => {
    const url = await copyDatabase(original);
    await tamper(
      url,
      `update decisions set answer = replace(answer::text, '"outcome":"eligible"', '"outcome":"lapsed"')::json
      where reference in ('case-10', 'case-20')`,
    );
    expect((await hoshoOn(url, 'decisions', 'erase', '--reference', 'case-30')).status).toBe(0);
    const { status, stdout } = await hoshoOn(url, 'replay', '--output', 'changed.ndjson', '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([
      1,
      { same: COUNT - 3, changed: 2, notReplayable: { erased: 1 } },
    ]);
    const lines = linesOf(readFileSync(file('changed.ndjson'), 'utf8')).map((line) => JSON.parse(line));
    expect(lines.map(({ result }) => result).sort()).toEqual(['changed', 'changed', 'not-replayable']);
    expect(lines.find(({ result }) => result === 'changed').differences).toEqual([
      { pointer: '/outcome', logged: 'lapsed', replayed: 'eligible' },
    ]);
    const [{ id }] = lines.filter(({ result }) => result === 'changed');
    const one = await hoshoOn(url, 'replay', id);
    expect([one.status, one.stdout]).toEqual([1, expect.stringContaining('/outcome')]);
  });

  test('what cannot be judged again is not the same: 3, or 1 where it is there only in part', async () => {
    const url = await copyDatabase(original);
    await tamper(url, `update decisions set facts = '{"x":1}' where reference = 'case-10'`);
    expect((await hoshoOn(url, 'replay', '--reference', 'case-10')).status).toBe(3);
    await tamper(
      url,
      `alter table decisions drop constraint decisions_whole_or_erased;
      update decisions set salt = null, answer = '{"forged":true}' where reference = 'case-10'`,
    );
    const { status, stdout } = await hoshoOn(url, 'replay', '--json', '--reference', 'case-10');
    expect([status, JSON.parse(stdout)]).toMatchObject([1, { same: 0, notReplayable: { partial: 1 } }]);
    const { id } = JSON.parse(
      (await hoshoOn(url, 'decisions', 'list', '--reference', 'case-10', '--json')).stdout,
    );
    const shown = await hoshoOn(url, 'decisions', 'show', id);
    expect([shown.status, JSON.parse(shown.stdout)]).toMatchObject([1, { missing: ['salt'] }]);
    expect((await hoshoOn(url, 'decisions', 'explain', id)).status).toBe(1);
    expect((await hoshoOn(url, 'decisions', 'export', '--reference', 'case-10')).status).toBe(1);
    expect((await hoshoOn(url, 'audit', 'verify')).status).toBe(1);
    // What is left of it is erased with the rest of the person's.
    expect(linesOf((await hoshoOn(url, 'decisions', 'erase', '--reference', 'case-10')).stdout)).toEqual([
      id,
    ]);
    expect((await hoshoOn(url, 'audit', 'verify')).status).toBe(0);
  });

  test('an interrupted run goes on where it stopped', async () => {
    const whole = await new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, [cli, 'replay', '--output', 'resumed.ndjson'], {
        ...{ cwd: folder, env: environment(databaseUrl), stdio: 'ignore' },
      });
      const poll = setInterval(() => {
        if (!existsSync(file('resumed.ndjson'))) return;
        clearInterval(poll);
        child.kill('SIGINT');
      }, 2);
      child.once('exit', resolve);
    });
    expect(whole).toBe(130);
    const { done } = JSON.parse(readFileSync(file('resumed.ndjson.progress.json'), 'utf8'));
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(COUNT);
    // A line that was begun and not counted is cut away.
    appendFileSync(file('resumed.ndjson'), '{"half');
    expect(
      (await hosho('replay', '--output', 'resumed.ndjson', '--resume', '--outcome', 'eligible')).status,
    ).toBe(2);
    const { status, stdout } = await hosho('replay', '--output', 'resumed.ndjson', '--resume', '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { finished: true, same: COUNT }]);
    expect(readFileSync(file('resumed.ndjson'), 'utf8')).toBe('');
    expect((await hosho('replay', '--output', 'resumed.ndjson', '--resume')).status).toBe(2);
  });
});

describe('hosho audit', () => {
  test('a checkpoint, and the log verified by it', async () => {
    const { status, stdout } = await hosho('audit', 'checkpoint');
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { decisions: COUNT, publicKey: KEYS.publicKey }]);
    writeFileSync(file('checkpoints.ndjson'), stdout + (await hosho('audit', 'checkpoint')).stdout);
    const verified = await hosho('audit', 'verify', '--checkpoint', 'checkpoints.ndjson');
    expect([verified.status, verified.stdout], verified.stderr).toEqual([
      0,
      expect.stringContaining('as it was written'),
    ]);

    const url = await copyDatabase(original);
    await tamper(url, 'delete from decisions where seq > 1190');
    const cut = await hoshoOn(url, 'audit', 'verify', '--checkpoint', 'checkpoints.ndjson', '--json');
    expect([cut.status, JSON.parse(cut.stdout).findings]).toMatchObject([
      1,
      [{ kind: 'cut-off', seq: 1191, last: 1200 }],
    ]);
    await tamper(url, 'delete from decisions where seq = 100');
    const missing = await hoshoOn(url, 'audit', 'checkpoint');
    expect([missing.status, missing.stdout]).toEqual([1, '']);
  });

  test('a checkpoint that was changed, or signed by somebody else, is refused', async () => {
    const checkpoint = (await hosho('audit', 'checkpoint')).stdout;
    writeFileSync(file('forged.json'), checkpoint.replace(/"count":\d+/, '"count":1'));
    expect((await hosho('audit', 'verify', '--checkpoint', 'forged.json')).status).toBe(2);
    const { AUDIT_PUBLIC_KEY: other = '' } = Object.fromEntries(
      linesOf((await hosho('audit', 'key')).stdout).map((line) => [
        line.split('=')[0],
        line.slice(line.indexOf('=') + 1),
      ]),
    );
    writeFileSync(file('good.json'), checkpoint);
    expect((await hosho('audit', 'verify', '--checkpoint', 'good.json')).status).toBe(0);
    const refused = await hosho('audit', 'verify', '--checkpoint', 'good.json', '--public-key', other);
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('not signed by a trusted key'),
    ]);
    writeFileSync(file('none.json'), 'x\n');
    expect((await hosho('audit', 'verify', '--checkpoint', 'none.json')).stderr).toContain('none.json:1');
  });
});

describe('hosho decisions archive', () => {
  test('a month is written out, checked, and taken out of the log', async () => {
    const url = await copyDatabase(original);
    const checkpoint = (await hoshoOn(url, 'audit', 'checkpoint')).stdout;
    writeFileSync(file('before.ndjson'), checkpoint);
    expect((await hoshoOn(url, 'decisions', 'archive', '2023-04', '--output', 'april.ndjson')).status).toBe(
      2,
    );
    expect((await hoshoOn(url, 'decisions', 'archive', '2999-01', '--output', 'future.ndjson')).status).toBe(
      2,
    );
    const archived = await hoshoOn(url, 'decisions', 'archive', '2023-03', '--output', 'march.ndjson');
    expect([archived.status, archived.stdout]).toEqual([0, expect.stringContaining('1,200')]);
    expect(linesOf(readFileSync(file('march.ndjson'), 'utf8'))).toHaveLength(COUNT);
    expect((await hoshoOn(url, 'decisions', 'list')).stdout).toBe('No decision fits\n');

    const without = await hoshoOn(url, 'audit', 'verify', '--checkpoint', 'before.ndjson', '--json');
    expect([without.status, JSON.parse(without.stdout)]).toMatchObject([
      3,
      {
        ...{ sound: false, verdict: 'not-checked' },
        decisions: 0,
        notChecked: [{ month: '2023-03', decisions: COUNT }],
      },
    ]);
    const all = ['audit', 'verify', '--checkpoint', 'before.ndjson', '--archive', 'march.ndjson', '--json'];
    expect(JSON.parse((await hoshoOn(url, ...all)).stdout)).toMatchObject({
      decisions: COUNT,
      findings: [],
      notChecked: [],
    });
    const replayed = await hoshoOn(url, 'replay', '--archive', 'march.ndjson', '--json');
    expect([replayed.status, JSON.parse(replayed.stdout)]).toMatchObject([0, { same: COUNT }]);

    // A person's facts go from the file too, and that is on record.
    const erase = ['decisions', 'erase', '--reference', 'case-100', '--archive', 'march.ndjson'];
    const [id = ''] = linesOf((await hoshoOn(url, ...erase, '--dry-run')).stdout);
    expect(readFileSync(file('march.ndjson'), 'utf8')).toContain(`"reference":"case-100"`);
    expect(linesOf((await hoshoOn(url, ...erase)).stdout)).toEqual([id]);
    expect((await hoshoOn(url, ...erase)).stdout).toBe('');
    const row = linesOf(readFileSync(file('march.ndjson'), 'utf8')).find((line) => line.includes(id));
    expect(JSON.parse(row ?? '')).toMatchObject({
      reference: 'case-100',
      facts: null,
      answer: null,
      salt: null,
    });
    expect(JSON.parse((await hoshoOn(url, ...all)).stdout)).toMatchObject({
      decisions: COUNT,
      erased: 1,
      findings: [],
    });

    // Another answer in the file where the salt was taken away; rows cut off at the end, without a checkpoint.
    const written = readFileSync(file('march.ndjson'), 'utf8');
    const [first = '', ...others] = linesOf(written);
    const forged = { ...JSON.parse(first), salt: null, facts: '{}', answer: '{"forged":true}' };
    const verifyFile = async (text: string) => {
      writeFileSync(file('changed.ndjson'), text);
      return await hoshoOn(url, 'audit', 'verify', '--archive', 'changed.ndjson', '--json');
    };
    const partial = await verifyFile([JSON.stringify(forged), ...others, ''].join('\n'));
    expect([partial.status, JSON.parse(partial.stdout)]).toMatchObject([
      1,
      { verdict: 'broken', findings: [{ kind: 'partial', missing: ['salt'], seq: 1 }] },
    ]);
    const cut = await verifyFile([first, ...others.slice(0, -5), ''].join('\n'));
    expect([cut.status, JSON.parse(cut.stdout).findings]).toMatchObject([
      1,
      [{ kind: 'not-as-archived', month: '2023-03', count: COUNT, seq: COUNT - 5 }],
    ]);

    const lines = readFileSync(file('march.ndjson'), 'utf8').split('\n');
    writeFileSync(file('march.ndjson'), [...lines.slice(0, 50), ...lines.slice(51)].join('\n'));
    const broken = await hoshoOn(url, ...all);
    expect([broken.status, JSON.parse(broken.stdout).findings]).toMatchObject([1, [{ kind: 'removed' }]]);

    // Nothing more can be logged in that month, and the table is there until somebody drops it.
    const sql = postgres(url, { max: 1 });
    const [{ rows } = {}] = await sql`select count(*)::int as rows from decisions_2023_03`;
    expect(rows).toBe(COUNT);
    await expect(sql`select hosho_add_month('2023-03-05')`).rejects.toMatchObject({ code: '23001' });
    await sql.end();
    const again = await hoshoOn(url, 'decisions', 'archive', '2023-03', '--output', 'again.ndjson');
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('archived before')]);
  });

  test('a month that is not whole stays', async () => {
    const url = await copyDatabase(original);
    await tamper(url, "update decisions set outcome = 'lapsed' where seq = 5");
    const refused = await hoshoOn(
      url,
      'decisions',
      'archive',
      '2023-03',
      '--output',
      'broken.ndjson',
      '--drop',
    );
    expect(refused.status).toBe(1);
    expect((await hoshoOn(url, 'decisions', 'list', '--limit', '1')).stdout).toContain('case');
  });
});

test('hosho migrate', async () => {
  expect(await hosho('migrate')).toMatchObject({ status: 0, stdout: 'The database is up to date\n' });
});
