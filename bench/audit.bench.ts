/** A log of three services: how long it takes to verify and to replay it, and whether each kind of tampering is named. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { inject, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { newSigningKey } from '../src/audit/keys.ts';
import { copyDatabase, freshDatabase } from '../tests/support/stores.ts';
import { grouped, markdown, randomCases } from './cases.ts';

const DECISIONS = Number(process.env.HOSHO_DECISIONS ?? 100_000);
const INSTANCES = 3;
const RULES = { prefecture: 'yamaguchi', incident: '2023-02-24' };
const { privateKey: AUDIT_KEY } = newSigningKey();

async function startService(databaseUrl: string) {
  const env = { PATH: process.env.PATH, PORT: '0', DATABASE_URL: databaseUrl, AUDIT_KEY };
  const child = spawn(process.execPath, [join(inject('dist'), 'main.js')], {
    ...{ env, stdio: ['ignore', 'pipe', 'inherit'] },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    if (said.length < 10_000) said += piece;
  });
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(said)?.[1];
    if (url) return { url, stop: () => child.kill('SIGTERM') };
    if (child.exitCode !== null) throw new Error(said);
    await sleep(50);
  }
}

/** Each takes its share, all at once, in batches as callers send them. */
async function log(databaseUrl: string, folder: string): Promise<void> {
  const services = await Promise.all(Array.from({ length: INSTANCES }, () => startService(databaseUrl)));
  const bodies = randomCases('rules/yamaguchi/2023-02-24.cases.yaml', DECISIONS).map(({ facts, asOf }, i) =>
    JSON.stringify({ ...RULES, asOf: new Date(asOf).toISOString(), reference: `case-${i}`, facts }),
  );
  await Promise.all(
    services.map(async ({ url }, instance) => {
      const file = join(folder, `${instance}.ndjson`);
      writeFileSync(file, bodies.filter((_, i) => i % INSTANCES === instance).join('\n'));
      const child = spawn(
        'curl',
        [
          ...['-sS', '--no-buffer', '-T', file, '-X', 'POST', '-H', 'content-type: application/x-ndjson'],
          ...['-o', `${file}.answers`, `${url}/evaluate/batch`],
        ],
        { stdio: 'inherit' },
      );
      await new Promise((resolve) => child.once('exit', resolve));
      const refused = readFileSync(`${file}.answers`, 'utf8')
        .split('\n')
        .find((line) => line.includes('"problem"'));
      if (refused) throw new Error(refused);
    }),
  );
  for (const { stop } of services) stop();
}

function hosho(databaseUrl: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, LANG: 'en', DATABASE_URL: databaseUrl, AUDIT_KEY };
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(inject('dist'), 'cli.js'), ...args], {
    ...{ env, encoding: 'utf8', maxBuffer: 1 << 28 },
  });
  return { status, stdout, stderr, seconds: (performance.now() - start) / 1000 };
}

/** How long the database alone takes to hand out all that is verified. */
function readAll(databaseUrl: string): number {
  const start = performance.now();
  const query = 'copy (select * from decisions order by chain, seq) to stdout';
  execFileSync('psql', ['-qAtc', query, databaseUrl], { stdio: ['ignore', 'ignore', 'inherit'] });
  return (performance.now() - start) / 1000;
}

const hasPsql = spawnSync('psql', ['--version']).error === undefined;

const TAMPERINGS: [what: string, change: string][] = [
  [
    'one byte of one answer',
    'update decisions set answer = replace(answer::text, \'"chosenBy":"c\', \'"chosenBy":"C\')::json where seq = 1234 and chain = CHAIN',
  ],
  [
    'one byte of the facts of one row',
    "update decisions set facts = replace(facts::text, ':', ': ')::json where seq = 1234 and chain = CHAIN",
  ],
  ['a row deleted', 'delete from decisions where seq = 1234 and chain = CHAIN'],
  [
    'two rows swapped',
    'update decisions set seq = 0 where seq = 1234 and chain = CHAIN; update decisions set seq = 1234 where seq = 2000 and chain = CHAIN; update decisions set seq = 2000 where seq = 0 and chain = CHAIN',
  ],
  [
    'the last ten rows cut off',
    'delete from decisions where chain = CHAIN and seq > (select max(seq) - 10 from decisions where chain = CHAIN)',
  ],
  ['a chain dropped whole', 'delete from decisions where chain = CHAIN'],
];

const verification = z.looseObject({
  findings: z.array(z.looseObject({ kind: z.string(), seq: z.number() })),
});

test('a log of three services', async () => {
  const folder = await mkdtemp(join(inject('scratch'), 'audit-'));
  const databaseUrl = await freshDatabase();
  const start = performance.now();
  await log(databaseUrl, folder);
  const logged = (performance.now() - start) / 1000;
  await sleep(2_000);

  const checkpoint = hosho(databaseUrl, 'audit', 'checkpoint');
  const file = join(folder, 'checkpoint.json');
  writeFileSync(file, checkpoint.stdout);
  const verified = hosho(databaseUrl, 'audit', 'verify', '--checkpoint', file);
  const replayed = hosho(databaseUrl, 'replay');
  const exported = hosho(databaseUrl, 'decisions', 'export', '--output', join(folder, 'all.ndjson'));
  for (const { status, stdout, stderr } of [checkpoint, verified, replayed, exported])
    if (status !== 0) throw new Error(stdout + stderr);
  const read = hasPsql ? readAll(databaseUrl) : null;
  const row = (name: string, seconds: number) => [
    ...[name, seconds.toFixed(1), grouped(DECISIONS / seconds)],
    read === null ? '' : (seconds / read).toFixed(1),
  ];
  const rows = [
    row(`logged by ${INSTANCES} services at once`, logged),
    ...(read === null ? [] : [row('read by psql, as a yardstick', read)]),
    row('hosho audit verify', verified.seconds),
    row('hosho replay', replayed.seconds),
    row('hosho decisions export', exported.seconds),
    row('hosho audit checkpoint', checkpoint.seconds),
  ];
  console.log(
    `\n${markdown(`A log of ${grouped(DECISIONS)} decisions`, ['', 's', 'decisions/s', '× psql'], rows)}\n`,
  );
  console.log(`${verified.stdout}\n${replayed.stdout}\ncheckpoint: ${checkpoint.stdout.length} bytes\n`);

  const [{ chain } = { chain: '' }] = JSON.parse(checkpoint.stdout).chains;
  const named: string[][] = [];
  for (const [what, change] of TAMPERINGS) {
    const url = await copyDatabase(databaseUrl);
    const sql = postgres(url, { max: 1 });
    await sql`set session_replication_role = replica`;
    await sql.unsafe(change.replaceAll('CHAIN', `'${chain}'`));
    await sql.end();
    const { status, stdout } = hosho(url, 'audit', 'verify', '--checkpoint', file, '--json');
    const { findings } = verification.parse(JSON.parse(stdout));
    named.push([what, String(status), findings.map(({ kind, seq }) => `${kind} at ${seq}`).join(', ')]);
    const admin = postgres(inject('postgresUrl'), { max: 1 });
    await admin.unsafe(`drop database ${new URL(url).pathname.slice(1)}`);
    await admin.end();
  }
  console.log(
    `\n${markdown('Tampering, by SQL with the triggers off', ['', 'exit code', 'named'], named)}\n`,
  );
});
