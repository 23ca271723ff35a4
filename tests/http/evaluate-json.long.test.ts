/** `hosho evaluate --json` prints the answer of POST /try. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { evaluate } from '../../src/commands/evaluate/evaluate.ts';
import { openIo } from '../../src/commands/terminal/io.ts';
import { freshFolder } from '../support/stores.ts';
import { NOW, type OpenApp, openApp, post, rulesDir } from './harness.ts';

let opened: OpenApp;
let folder: string;
beforeAll(async () => {
  opened = await openApp('embedded');
  folder = await freshFolder();
});
afterAll(() => opened?.close());

const tryOut = async (body: unknown): Promise<Response> => opened.app.request('/try', post(body));

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
          ...{ cacheDir: '', programHash: async () => '' },
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
