/** One file shows the decision, without the database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newSigningKey } from '../../src/audit/keys.ts';
import { checkReceipt, isSound, readReceipt } from '../../src/audit/receipt.ts';
import { openComparer } from '../../src/http/comparer.ts';
import { KEYS, type OpenApp, openApp, sound } from '../http/harness.ts';

let opened: OpenApp;
let text: string;
beforeAll(async () => {
  opened = await openApp('embedded');
  for (let i = 0; i < 3; i++) await opened.evaluate(sound);
  const answered = await opened.evaluate({ ...sound, reference: 'case-42' });
  const { id } = z.looseObject({ id: z.string() }).parse(await answered.json());
  await opened.evaluate(sound);
  const response = await opened.app.request(`/decisions/${id}/receipt`);
  expect(response.headers.get('content-disposition')).toContain(`receipt-${id}.json`);
  text = await response.text();
});
afterAll(() => opened?.close());

const check = async (changed: string, keys = [KEYS.publicKey]) => {
  const receipt = readReceipt(changed);
  if (!receipt) return null;
  const result = await checkReceipt(receipt, keys);
  return { ...result, replay: result.replay?.result ?? null, isSound: isSound(result) };
};

test('it holds, however it is laid out, and without naming a key', async () => {
  const good = {
    ...{ facts: true, answer: true, decision: true, ruleSet: true, checkpoint: true },
    ...{ replay: 'same', isSound: true },
  };
  expect(await check(text)).toEqual(good);
  expect(await check(JSON.stringify(JSON.parse(text)))).toEqual(good);
  expect(await check(text, [])).toEqual(good);
});

type Json = Record<string, unknown> & { decision: Record<string, unknown>; ruleSet: Record<string, unknown> };
const changes: [what: string, change: (receipt: Json) => void, fails: string[]][] = [
  [
    'the facts',
    ({ decision }) => {
      decision.facts = String(decision.facts).replace('paper', 'none');
    },
    ['facts'],
  ],
  [
    'the answer',
    ({ decision }) => {
      decision.answer = String(decision.answer).replace('eligible', 'lapsed');
    },
    ['answer', 'decision'],
  ],
  [
    'an answer that is no JSON',
    ({ decision }) => {
      decision.answer = '{';
    },
    ['answer', 'decision'],
  ],
  [
    'the outcome',
    ({ decision }) => {
      decision.outcome = 'lapsed';
    },
    ['decision'],
  ],
  [
    'the reference',
    ({ decision }) => {
      decision.reference = 'case-43';
    },
    ['decision'],
  ],
  [
    'asOf',
    ({ decision }) => {
      decision.asOf = '2023-03-06T00:00:00.000Z';
    },
    ['decision'],
  ],
  [
    'the place',
    ({ decision }) => {
      decision.seq = 5;
    },
    ['decision', 'checkpoint'],
  ],
  [
    'the rule text',
    ({ ruleSet }) => {
      ruleSet.ruleText = `${ruleSet.ruleText} `;
    },
    ['ruleSet'],
  ],
  [
    'the vocabulary',
    ({ ruleSet }) => {
      ruleSet.vocabularyText = `${ruleSet.vocabularyText} `;
    },
    ['ruleSet'],
  ],
  [
    'the signature',
    (receipt) => {
      Object.assign(receipt.checkpoint ?? {}, { signature: 'AAAA' });
    },
    ['checkpoint'],
  ],
  [
    'when it was signed',
    (receipt) => {
      Object.assign(receipt.checkpoint ?? {}, { madeAt: '2020-01-01T00:00:00.000Z' });
    },
    ['checkpoint'],
  ],
];
describe('whatever is changed is told', () => {
  test.each(changes)('%s', async (_, change, fails) => {
    const receipt: Json = JSON.parse(text);
    change(receipt);
    const result = await check(JSON.stringify(receipt));
    expect(result?.isSound).toBe(false);
    const failing = Object.entries(result ?? {}).filter(
      ([name, held]) => held === false && name !== 'isSound',
    );
    expect(failing.map(([name]) => name)).toEqual(fails);
  });

  test('a key that is not trusted', async () => {
    expect(await check(text, [newSigningKey().publicKey])).toMatchObject({
      checkpoint: false,
      isSound: false,
    });
  });

  test('what is no receipt', () => {
    for (const other of ['', '{}', '[]', text.slice(0, -2)]) expect(readReceipt(other)).toBeNull();
  });
});

test('without a key there are no receipts', async () => {
  const { createApp } = await import('../../src/http/app.ts');
  const { id } = JSON.parse(text).decision;
  const never = (): never => {
    throw new Error('not in this test');
  };
  const { store, shelf, log } = opened;
  const app = createApp({
    ...{
      store,
      shelf,
      ...log,
      evaluator: { evaluate: never },
      comparer: openComparer(),
      readStored: never,
      newRequestId: () => 'x',
    },
    ...{ now: () => 0, engineVersion: '0', auditKey: undefined },
  });
  const response = await app.request(`/decisions/${id}/receipt`);
  expect([response.status, await response.json()]).toMatchObject([
    501,
    { type: 'urn:hosho:problem:no-signing-key' },
  ]);
});
