/** POST /try, and `hosho evaluate --json`, which prints its answer. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { evaluate } from '../../src/commands/evaluate/evaluate.ts';
import { openIo } from '../../src/commands/terminal/io.ts';
import { freshFolder } from '../support/stores.ts';
import { NOW, type OpenApp, openApp, post, rulesDir, sound } from './harness.ts';

let opened: OpenApp;
let folder: string;
beforeAll(async () => {
  opened = await openApp('embedded');
  folder = await freshFolder();
});
afterAll(() => opened?.close());

const tryOut = async (body: unknown): Promise<Response> => opened.app.request('/try', post(body));

describe('POST /try', () => {
  test.each(['reasons', 'full'])('answers as /evaluate does, but for the log: %s', async (explain) => {
    const request = { ...sound, explain, reference: 'case-1' };
    const evaluated: object = JSON.parse(await (await opened.evaluate(request)).text());
    const logged = opened.appended.length;
    const response = await tryOut(request);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const tried: object = JSON.parse(await response.text());
    expect(tried).toEqual({ ...evaluated, id: null, decidedAt: null, logged: false });
    expect(Object.keys(tried).filter((name) => name !== 'logged')).toEqual(Object.keys(evaluated));
    expect(opened.appended).toHaveLength(logged);
  });

  test.each([
    ['a misspelt field', { ...sound, as_of: sound.asOf }],
    ['an unknown rule set', { ...sound, prefecture: 'yamaguti' }],
    ['facts that do not fit', { ...sound, facts: { voucher: { medum: 'paper' } } }],
    ['an unknown version', { ...sound, version: 'abcdef' }],
  ])('refuses what /evaluate refuses, in its words: %s', async (_, body) => {
    const [evaluated, tried] = [await opened.evaluate(body), await tryOut(body)];
    expect(tried.status).toBe(evaluated.status);
    expect(await tried.text()).toBe(await evaluated.text());
  });
});

describe('hosho evaluate --json', () => {
  const written: string[] = [];
  const io = openIo({ out: (text) => written.push(text), err: () => {}, color: false, lang: 'ja' });

  test.each(['yamaguchi/2023-02-24', 'sample/card-terminal-2024', 'sample/network-outage-2024'])(
    'prints what POST /try answers, to the byte: the cases of %s',
    async (name) => {
      const [prefecture = '', incident = ''] = name.split('/');
      const { cases } = parse(readFileSync(`rules/${name}.cases.yaml`, 'utf8'));
      const file = join(folder, 'facts.json');
      for (const [i, { asOf, facts }] of cases.entries()) {
        // Of the longest list every fifth.
        if (cases.length > 100 && i % 5 > 0) continue;
        const explain = i % 10 === 0;
        await writeFile(file, JSON.stringify(facts));
        const context = {
          ...{
            io,
            rulesDir,
            dataDir: folder,
            databaseUrl: undefined,
            auditKey: undefined,
            auditPublicKeys: [],
          },
          ...{ version: '', processors: 1, now: () => NOW, random: () => '' },
        };
        const options = { prefecture, incident, facts: file, asOf, explain, json: true };
        expect(await evaluate(context, options)).toBe(0);
        const body = { prefecture, incident, asOf, facts, explain: explain ? 'full' : 'reasons' };
        expect(written.pop()).toBe(await (await tryOut(body)).text());
      }
    },
    300_000,
  );
});
