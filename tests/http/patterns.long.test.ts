/** Patterns of a vocabulary: no text makes the service think for long, and versions that are kept are judged as they were. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import compareTask from '../../src/operations/compare-task.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { type OpenApp, openApp, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

const PATTERN = '"^(0[1-9]|[1-3][0-9]|4[0-7])$"';
const idSchema = z.looseObject({ id: z.string() });

/** The rules as they are, kept with another pattern for the prefecture of the destination. */
async function keptWith(pattern: string): Promise<string> {
  const served = opened.registry.find('yamaguchi', '2023-02-24');
  if (!served) throw new Error('not served');
  const { ruleText } = served;
  const vocabularyText = served.vocabularyText.replace(PATTERN, () => `'${pattern}'`);
  expect(vocabularyText).not.toBe(served.vocabularyText);
  const version = versionOf(ruleText, vocabularyText);
  const names = { prefecture: 'yamaguchi', incident: '2023-02-24', commit: null, authoredAt: null };
  await opened.store.saveVersions([{ ...names, version, ruleText, vocabularyText }], new Date());
  return version;
}

const evaluate = (version: string, destinationPrefecture: string): Promise<Response> =>
  opened.evaluate({
    ...{ ...sound, version },
    facts: { ...sound.facts, programme: { used: true, destinationPrefecture } },
  });

test('a pattern that would keep a backtracking engine busy for years', async () => {
  const version = await keptWith('^([0-9]+-?)+$');
  expect((await evaluate(version, `${'1'.repeat(60)}x`)).status).toBe(422);
  expect((await evaluate(version, '1'.repeat(60))).status).toBe(200);
});

test('the length is looked at before the pattern', async () => {
  const version = await keptWith('^35$');
  const long: unknown = await (await evaluate(version, '35'.repeat(1000))).json();
  expect(long).toMatchObject({ errors: [{ detail: expect.stringContaining('at most 1000 characters') }] });
});

describe.each(['^(?=[0-9]{2}$)(([0-9]+-?)+)$', '^(3)(5)(?!\\1)$', '^([0-9])(?:\\1|5)$'])(
  'kept by an earlier program, refused in files today: %s',
  (pattern) => {
    test('is judged by, and replayed the same', async () => {
      const version = await keptWith(pattern);
      const response = await evaluate(version, '35');
      expect(response.status).toBe(200);
      const { id } = idSchema.parse(await response.json());
      const replay = await opened.app.request(`/decisions/${id}/replay`, { method: 'POST' });
      expect(await replay.json()).toMatchObject({ result: 'same' });
    });
    test('ends with every text', async () => {
      const version = await keptWith(pattern);
      const { status } = await evaluate(version, `${'1'.repeat(900)}x`);
      expect([200, 422]).toContain(status);
    });
    test('is compared with others', async () => {
      const kept = await opened.store.findVersion('yamaguchi', '2023-02-24', await keptWith(pattern));
      if (!kept) throw new Error('not kept');
      const task = { file: 'rules/yamaguchi/2023-02-24.yaml', before: kept, after: kept, limitMs: 1000 };
      expect((await compareTask(task)).kind).toBe('compared');
    });
  },
);

test('the pattern of a vocabulary is in the schema of the facts', async () => {
  const schema: unknown = await (await opened.app.request('/rule-sets/yamaguchi/2023-02-24/facts')).json();
  expect(schema).toMatchObject({
    $defs: {
      Programme_destinationPrefecture: { pattern: PATTERN.slice(1, -1), maxLength: 1000 },
    },
  });
});
