/** Drafts beside a running service: seen, told, and never an answer to anybody. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { callHosho } from '../support/command-line.ts';
import { freshPlace } from '../support/stores.ts';
import { copyRules, post, sound, startOn } from './harness.ts';
import { until } from './until.ts';

const DRAFT = { prefecture: 'ehime', incident: '2026-11-02' };
const asked = { ...DRAFT, facts: { charge: { doubled: true, doubledYen: 100 } } };

const told = z.looseObject({
  status: z.unknown().optional(),
  drafts: z.array(z.looseObject({ errors: z.int() })).optional(),
  problems: z.array(z.looseObject({ code: z.string() })).default([]),
});
const answer = z.looseObject({
  detail: z.string().optional(),
  ruleSet: z.looseObject({ version: z.string() }).optional(),
});

async function serve() {
  const { directory, file } = await copyRules();
  const { service } = await startOn(await freshPlace('postgres'), directory);
  onTestFinished(() => service.close());
  const get = async (path: string) => told.parse(await (await fetch(service.url + path)).json());
  const evaluate = async (request: object) => {
    const response = await fetch(`${service.url}/evaluate`, post(request));
    return { status: response.status, body: answer.parse(await response.json()) };
  };
  const hosho = (...args: string[]) => callHosho(args, { env: { ...process.env, RULES_DIR: directory } });
  /** Once the service has seen so many drafts. */
  const seen = (count: number) =>
    until(async () => {
      const { drafts } = await get('/rule-sets');
      return drafts?.length === count ? drafts : undefined;
    });
  return { directory, file, get, evaluate, hosho, seen };
}

test('what `hosho new` writes answers nobody until it is filled in and no draft any more', async () => {
  const { directory, get, evaluate, hosho, seen } = await serve();
  expect((await hosho('new', DRAFT.prefecture, DRAFT.incident)).status).toBe(0);
  const file = expect.stringContaining('ehime/2026-11-02.yaml');
  const listed = { ...DRAFT, file, title: expect.stringContaining('〔要記入〕'), errors: 0 };
  expect(await seen(1)).toEqual([listed]);
  expect(await get('/readyz')).toMatchObject({ status: 'ready', drafts: [listed] });
  const refused = {
    status: 404,
    body: {
      detail: expect.stringContaining('draft'),
      errors: [{ code: 'unknown-rule-set', detailJa: expect.stringContaining('下書き') }],
    },
  };
  expect(await evaluate(asked)).toMatchObject(refused);
  expect(await get('/rule-sets/ehime/2026-11-02')).toMatchObject({ detail: refused.body.detail });

  const path = join(directory, 'ehime', '2026-11-02.yaml');
  const text = (await readFile(path, 'utf8')).replace(/^status:.*\n/m, '');
  await writeFile(path, text);
  await seen(0);
  const { status, problems } = await get('/readyz');
  expect(status).toBe('degraded');
  expect(problems[0]).toMatchObject({ code: 'placeholder', file, line: 7 });
  expect(await evaluate(asked)).toMatchObject({
    status: 404,
    body: { detail: expect.not.stringContaining('draft') },
  });

  await writeFile(path, text.replaceAll('〔要記入〕', ''));
  await until(async () => ((await evaluate(asked)).status === 200 ? true : undefined));
  expect(await get('/readyz')).not.toHaveProperty('drafts');
});

test('the next version is prepared beside the file that is served, sound or broken', async () => {
  const { file, get, evaluate, hosho, seen } = await serve();
  const version = async () => (await evaluate(sound)).body.ruleSet?.version;
  const before = await version();
  expect((await hosho('new', 'yamaguchi', '2023-02-24', '--from', file)).status).toBe(0);
  await seen(1);
  expect(await get('/readyz')).toMatchObject({ status: 'ready', drafts: [{ errors: 0 }] });
  expect(await version()).toBe(before);

  const draft = file.replace('.yaml', '.draft.yaml');
  const text = await readFile(draft, 'utf8');
  await writeFile(draft, text.replace('deadlines:', 'deadline:'));
  await until(async () => ((await seen(1)).some(({ errors }) => errors > 0) ? true : undefined));
  expect(await get('/readyz')).toMatchObject({ status: 'ready' });
  expect(await version()).toBe(before);

  await writeFile(draft, text.replace(/^status:.*\n/m, '').replace('until: 2023-04-30', 'until: 2023-05-07'));
  await rename(draft, file);
  await until(async () => ((await version()) === before ? undefined : true));
  expect(await seen(0)).toEqual([]);
});

test('a file that becomes a draft is withdrawn; a folder of drafts alone is not served', async () => {
  const { directory, file, evaluate, seen } = await serve();
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^incident:.*$/m, '$&\nstatus: draft'));
  await seen(1);
  const withdrawn = await until(async () => {
    const answered = await evaluate(sound);
    return answered.status === 404 ? answered : undefined;
  });
  expect(withdrawn.body.detail).toContain('draft');
  await rm(join(directory, 'sample'), { recursive: true, force: true });
  await expect(freshPlace('postgres').then((place) => startOn(place, directory))).rejects.toThrow(
    /2023-02-24\.yaml 下書き/,
  );
});
