/**
 * Whatever this program has become since: a log of hosho 0.1 is as it was written, each of its decisions is answered the same,
 * and every text it keeps can be read, whatever is refused of files that are loaded now. The numbers are those of
 * tests/fixtures/log-0.1/README.md.
 */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { post, sound, startOn } from '../http/harness.ts';
import { callHosho } from '../support/command-line.ts';
import { fixtureFile, restoreLog } from '../support/log-0.1.ts';
import { freshFolder, kinds, type Place } from '../support/stores.ts';

const PUBLIC_KEY = 'MCowBQYDK2VwAyEASpiE8j15CKxSuFC1+7lSF1Nqc1Eh8b6Z8aH8T312Wjo=';
const ARCHIVE = fixtureFile('decisions-2026-09.ndjson');
const SLOW = 180_000;
const RULE_SETS = [
  'yamaguchi/2023-02-24',
  'sample/card-terminal-2024',
  'sample/network-outage-2024',
  'sample/coupon-code-2024',
];
const read = (name: string): string => readFileSync(fixtureFile(name), 'utf8');
const linesOf = (text: string): string[] => text.split('\n').filter(Boolean);

/** The rules folder is empty: all that is asked for is in the log. */
async function hosho({ dataDir, databaseUrl = '' }: Place, args: string[], input = '') {
  const cwd = await freshFolder();
  const env = {
    ...{ PATH: process.env.PATH, LANG: 'en', RULES_DIR: cwd, AUDIT_PUBLIC_KEY: PUBLIC_KEY },
    ...{ DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
  };
  const { status, stdout, stderr } = await callHosho(args, { cwd, env, input });
  expect(stderr).toBe('');
  expect(status, stdout).toBe(0);
  return stdout;
}

const factsSchema = z.record(z.string(), z.unknown());
const answerSchema = z.looseObject({ id: z.string(), ruleSet: z.unknown(), decidedAt: z.string() });
const rowSchema = z.looseObject({
  ...{ id: z.string(), prefecture: z.string(), incident: z.string(), version: z.string(), asOf: z.string() },
  facts: factsSchema.nullable(),
  answer: answerSchema.nullable(),
});
type Row = z.infer<typeof rowSchema>;
const idsSchema = z.object({ decisions: z.array(z.object({ id: z.string() })) });
const versionsSchema = z.object({ versions: z.array(z.object({ version: z.string() })) });
const replaySchema = z.looseObject({ result: z.string(), reason: z.string().optional() });

/** What two answers to the same question have in common. */
function conclusion({ id: _, ruleSet: __, decidedAt: ___, ...rest }: z.infer<typeof answerSchema>) {
  return rest;
}

describe.each(kinds)('the log of hosho 0.1 (%s)', (kind) => {
  let place: Place;
  let url: string;
  let close: () => Promise<void>;
  let rows: Row[];

  beforeAll(async () => {
    place = await restoreLog(kind);
    const checkpoint = ['--checkpoint', fixtureFile('checkpoints.ndjson')];
    const verified = await hosho(place, ['audit', 'verify', '--json', ...checkpoint, '--archive', ARCHIVE]);
    expect(JSON.parse(verified)).toMatchObject({
      ...{ sound: true, decisions: 144, chains: 2, erased: 4, versions: 8, findings: [], notChecked: [] },
    });
    const { service } = await startOn(place, fixtureFile('rules'));
    url = service.url;
    close = service.close;
    const { decisions } = idsSchema.parse(await json('/decisions?limit=500&order=oldest'));
    rows = [];
    for (const { id } of decisions) rows.push(rowSchema.parse(await json(`/decisions/${id}`)));
  }, SLOW);
  afterAll(() => close?.());

  async function json(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(new URL(path, url), init);
    expect(response.status, path).toBe(200);
    return response.json();
  }
  async function text(path: string): Promise<string> {
    const response = await fetch(new URL(path, url), { headers: { Accept: 'application/yaml' } });
    expect(response.status, path).toBe(200);
    return response.text();
  }

  test('the rule files of then are served', async () => {
    await json('/readyz');
    for (const name of RULE_SETS.slice(0, 3))
      expect(await text(`/rule-sets/${name}`)).toBe(read(`rules/${name}.yaml`));
  });

  test(
    'every decision is answered the same, but those whose facts were erased',
    async () => {
      const tally: Record<string, number> = {};
      for (const { id } of rows) {
        const { result, reason } = replaySchema.parse(await json(`/decisions/${id}/replay`, post('')));
        const key = [result, reason].filter(Boolean).join(': ');
        tally[key] = (tally[key] ?? 0) + 1;
      }
      expect(tally).toEqual({ same: 123, 'not-replayable: erased': 3 });
    },
    SLOW,
  );

  test(
    'every text ever stored is shown, and judges as it did',
    async () => {
      let versions = 0;
      for (const name of RULE_SETS) {
        const [prefecture, incident] = name.split('/');
        const listed = versionsSchema.parse(await json(`/rule-sets/${name}/versions`));
        for (const { version } of listed.versions) {
          expect(await text(`/rule-sets/${name}/versions/${version}`)).toContain(`incident: ${incident}\n`);
          const judged = rows.filter((row) => row.version === version && row.facts !== null);
          expect(judged.length).toBeGreaterThan(0);
          for (const { asOf, facts, answer } of judged.slice(0, 3)) {
            const explain = answer && 'explanation' in answer ? 'full' : 'reasons';
            const request = { prefecture, incident, version, asOf, facts, explain };
            const again = answerSchema.parse(await json('/evaluate', post(request)));
            // Members that answers did not have yet, the logged one does not have.
            const now = Object.entries(conclusion(again)).filter(([name]) => answer && name in answer);
            expect(Object.fromEntries(now)).toEqual(answer && conclusion(answer));
          }
          versions += 1;
        }
      }
      expect(versions).toBe(8);
    },
    SLOW,
  );

  test('a pattern that no new file may have still reads the facts of its version', async () => {
    const stored = versionsSchema.parse(await json(`/rule-sets/${RULE_SETS[3]}/versions`)).versions;
    expect(stored).toHaveLength(1);
    const { version } = stored[0] ?? { version: '' };
    for (const part of ['', '/vocabulary'])
      expect(await text(`/rule-sets/${RULE_SETS[3]}/versions/${version}${part}`)).toBe(
        read(part === '' ? 'refused-rules/sample/coupon-code-2024.yaml' : 'refused-rules/vocabulary.yaml'),
      );
    const request = { prefecture: 'sample', incident: 'coupon-code-2024', version };
    const asked = (coupon: object) =>
      post({ ...request, asOf: '2024-12-01T12:00:00+09:00', facts: { coupon } });
    const good = { number: '12-34-56', check: 'A12A', serial: 'AB12' };
    expect(await json('/evaluate', asked(good))).toMatchObject({ outcome: 'eligible' });
    // What looks around or back cannot be run in linear time: every text that fitted still fits, and some others (decision 8).
    const others: [coupon: object, status: number][] = [
      [{ number: '12--34' }, 422],
      [{ check: 'A12B' }, 200],
      [{ check: 'A' }, 422],
      [{ serial: '0000' }, 200],
    ];
    for (const [other, status] of others) {
      const response = await fetch(new URL('/evaluate', url), asked({ ...good, ...other }));
      expect(response.status, JSON.stringify(other)).toBe(status);
    }
  });

  test('a retry under an Idempotency-Key of then gets the answer of then', async () => {
    const response = await fetch(new URL('/evaluate/batch', url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': 'deadline' },
      body: read('requests/3-later-deadline.ndjson'),
    });
    const lines = z
      .array(
        z.object({
          answer: answerSchema.optional(),
          problem: z.looseObject({ type: z.string() }).optional(),
        }),
      )
      .parse(linesOf(await response.text()).map((line) => JSON.parse(line)));
    expect(lines).toHaveLength(14);
    const known = new Map(rows.map(({ id, answer }) => [id, answer]));
    for (const { answer } of lines) if (answer) expect(answer).toEqual(known.get(answer.id));
    expect(lines.flatMap(({ problem }) => problem?.type ?? [])).toEqual(['urn:hosho:problem:erased']);
  });

  test(
    'what is logged after it goes on beside it',
    async () => {
      await json('/evaluate', post(sound));
      await close();
      const verified = await hosho(place, ['audit', 'verify', '--json', '--archive', ARCHIVE]);
      expect(JSON.parse(verified)).toMatchObject({ sound: true, chains: 3, erased: 4 });
    },
    SLOW,
  );
});

test(
  'the archived month is answered the same',
  async () => {
    const replayed = await hosho(await restoreLog('postgres'), ['replay', '--json', '--archive', ARCHIVE]);
    expect(linesOf(read('decisions-2026-09.ndjson'))).toHaveLength(18);
    expect(JSON.parse(replayed)).toMatchObject({ same: 17, changed: 0, notReplayable: { erased: 1 } });
  },
  SLOW,
);

test.each(['archived', 'old-version', 'pattern'])(
  'the receipt %s holds without the log',
  async (name) => {
    const nowhere = { dataDir: await freshFolder() };
    const file = fixtureFile(`receipt-${name}.json`);
    expect(JSON.parse(await hosho(nowhere, ['audit', 'verify-receipt', '--json', file]))).toMatchObject({
      ...{ sound: true, facts: true, answer: true, decision: true, ruleSet: true, checkpoint: true },
      replay: { result: 'same' },
    });
  },
  SLOW,
);

test(
  'the cases of then hold by the rule files of then',
  async () => {
    const env = { PATH: process.env.PATH, LANG: 'en', RULES_DIR: fixtureFile('rules') };
    const { status, stdout } = await callHosho(['test', '--json'], { env });
    expect(status, stdout).toBe(0);
    const { files } = z
      .object({ files: z.array(z.object({ cases: z.number(), failures: z.array(z.unknown()) })) })
      .parse(JSON.parse(stdout));
    expect(files.map(({ cases, failures }) => [cases, failures.length])).toEqual([
      [48, 0],
      [45, 0],
      [211, 0],
    ]);
  },
  SLOW,
);
