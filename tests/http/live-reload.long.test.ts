import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Service } from '../../src/service/service.ts';
import { freshPlace } from '../support/stores.ts';
import { copyRules, type memoryLogger, post, sound, startOn } from './harness.ts';
import { until } from './until.ts';

const answerSchema = z.looseObject({
  id: z.string(),
  ruleSet: z.looseObject({ version: z.string() }),
  outcome: z.string(),
  voucherState: z.looseObject({ id: z.string() }),
  remedies: z.array(
    z.looseObject({ id: z.string(), brands: z.array(z.looseObject({ id: z.string() })).default([]) }),
  ),
});

/** The day after the extension has ended. */
const afterwards = {
  ...sound,
  asOf: '2023-04-01T12:00:00+09:00',
  facts: { ...sound.facts, voucher: { ...sound.facts.voucher, balanceAtFinalExpiryYen: 1 } },
};

let directory: string;
let file: string;
let original: string;
let originalVersion: string;
let service: Service;
let log: ReturnType<typeof memoryLogger>;

async function evaluate(request: object) {
  const response = await fetch(`${service.url}/evaluate`, post(request));
  expect(response.status).toBe(200);
  return answerSchema.parse(await response.json());
}
const ready = async (): Promise<Response> => fetch(`${service.url}/readyz`);
/** Its body, once it says so; 200 all the time. */
async function untilStatus(status: 'ready' | 'degraded'): Promise<unknown> {
  return until(async () => {
    const response = await ready();
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    return z.looseObject({ status: z.string() }).parse(body).status === status ? body : undefined;
  });
}
const untilReady = () => untilStatus('ready');

/** Changes one line of the rule file. */
async function edit(from: string, to: string): Promise<void> {
  const lines = original.split('\n');
  const changed = original.replace(from, to).split('\n');
  expect(original.split(from).length).toBe(2);
  expect(changed.filter((line) => !lines.includes(line)).length).toBe(1);
  await writeFile(file, changed.join('\n'));
}

const versionNow = async (): Promise<string> => (await evaluate(sound)).ruleSet.version;
const untilChanged = (version: string) =>
  until(async () => ((await versionNow()) === version ? undefined : true));

beforeAll(async () => {
  ({ directory, file } = await copyRules());
  original = await readFile(file, 'utf8');
  ({ service, log } = await startOn(await freshPlace('postgres'), directory));
  originalVersion = await versionNow();
});
afterEach(async () => {
  await writeFile(file, original);
  // Not only ready: a sound rule file of the test before may still be the one that is served.
  await until(async () => ((await versionNow()) === originalVersion ? true : undefined));
  await untilReady();
});
afterAll(() => service?.close());

const finalExpiry = 'final-expiry: { until: 2023-03-31 23:59';
const nextDay = 'final-expiry: { until: 2023-04-01 23:59';

test('a deadline moved by a day, and the old version by its number', async () => {
  const before = await evaluate(afterwards);
  expect(before.voucherState.id).toBe('expired');
  await edit(finalExpiry, nextDay);
  await untilChanged(before.ruleSet.version);
  const after = await evaluate(afterwards);
  expect(after.voucherState.id).toBe('valid-extended');

  for (const digits of [64, 12]) {
    const version = before.ruleSet.version.slice(0, digits);
    const { id: _, links: _links, ...pinned } = await evaluate({ ...afterwards, version });
    const { id: __, links: __links, ...first } = before;
    expect(pinned).toEqual({ ...first, ruleSet: { ...first.ruleSet, chosenBy: 'version' } });
  }
});

test('a brand added', async () => {
  const brandsOf = async () =>
    (await evaluate(sound)).remedies.flatMap(({ brands }) => brands.map(({ id }) => id));
  const before = await versionNow();
  expect(await brandsOf()).not.toContain('sample-points');
  await edit('  nanaco-gift: nanaco ギフト', '  nanaco-gift: nanaco ギフト\n  sample-points: 見本ポイント');
  await untilChanged(before);
  expect(await brandsOf()).toContain('sample-points');
});

test('the threshold of 1 yen', async () => {
  const before = await evaluate(sound);
  expect(before.outcome).toBe('eligible');
  const threshold = 'voucher.balanceAfterGraceYen: 1以上';
  await edit(threshold, threshold.replace('1以上', '2以上'));
  await untilChanged(before.ruleSet.version);
  expect((await evaluate(sound)).outcome).toBe('not-eligible');
});

test('a broken file: the last good version stays, /readyz and the log name the place', async () => {
  const before = await evaluate(afterwards);
  await edit(finalExpiry, 'final-expiry: { untill: 2023-04-01 23:59');
  const line = original.split('\n').findIndex((text) => text.includes(finalExpiry)) + 1;
  expect(await untilStatus('degraded')).toMatchObject({
    store: 'postgres',
    ruleSets: 1,
    problems: expect.arrayContaining([
      expect.objectContaining({
        ...{ code: 'unknown-key', line, suggestion: 'until' },
        file: expect.stringMatching(/yamaguchi\/2023-02-24\.yaml$/),
        column: expect.any(Number),
        message: expect.any(String),
        messageEn: expect.stringContaining('untill'),
      }),
    ]),
  });
  const place = new RegExp(`yamaguchi/2023-02-24\\.yaml:${line}:\\d+ unknown-key `);
  expect(log.lines().filter(({ level, msg }) => level === 50 && place.test(msg)).length).toBe(1);
  const { id: _, links: _links, ...meanwhile } = await evaluate(afterwards);
  const { id: __, links: __links, ...first } = before;
  expect(meanwhile).toEqual(first);

  await writeFile(file, original);
  await untilReady();
});

test('a broken vocabulary: every last good version stays', async () => {
  const vocabulary = join(directory, 'vocabulary.yaml');
  const text = await readFile(vocabulary, 'utf8');
  const before = await versionNow();
  await writeFile(vocabulary, `${text}\nfacts: {}\n`);
  await untilStatus('degraded');
  expect(await versionNow()).toBe(before);
  await writeFile(vocabulary, text);
  await untilReady();
  expect(await versionNow()).toBe(before);
});

test('a file that is gone is no longer served; put back, it is', async () => {
  await rm(file);
  const status = async () => (await fetch(`${service.url}/evaluate`, post(sound))).status;
  await until(async () => ((await status()) === 404 ? true : undefined));
  await writeFile(file, original);
  await until(async () => ((await status()) === 200 ? true : undefined));
});

test('while rules change, every answer is that of the version it names', async () => {
  let isDone = false;
  const answers = new Map<string, Set<string>>();
  async function ask(): Promise<void> {
    while (!isDone) {
      const { ruleSet, voucherState, id } = await evaluate(afterwards);
      answers.set(ruleSet.version, (answers.get(ruleSet.version) ?? new Set()).add(voucherState.id));
      const logged = await (await fetch(`${service.url}/decisions/${id}`)).json();
      expect(logged).toMatchObject({ version: ruleSet.version, answer: { voucherState } });
    }
  }
  const asking = Promise.all([ask(), ask(), ask(), ask()]);
  for (let round = 0; round < 4; round += 1) {
    const version = await versionNow();
    if (round % 2 === 0) await edit(finalExpiry, nextDay);
    else await writeFile(file, original);
    await untilChanged(version);
  }
  isDone = true;
  await asking;
  expect([...answers.values()].map((seen) => [...seen]).sort()).toEqual([['expired'], ['valid-extended']]);
});
