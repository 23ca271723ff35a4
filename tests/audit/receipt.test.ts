/** One file shows the decision, without the database. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { makeCheckpoint } from '../../src/audit/checkpoint.ts';
import { newSigningKey, readSigningKey } from '../../src/audit/keys.ts';
import { checkReceipt, isSound, makeReceipt, readReceipt, receiptVerdict } from '../../src/audit/receipt.ts';
import { rowHash, textHash } from '../../src/decisions/seal.ts';
import { openComparer } from '../../src/operations/comparer.ts';
import { KEYS, type OpenApp, openApp, sound } from '../http/harness.ts';
import { freshFolder } from '../support/stores.ts';

let opened: OpenApp;
let text: string;
beforeAll(async () => {
  opened = await openApp('postgres');
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

const verdictOf = async (receipt: Json) => {
  const read = readReceipt(JSON.stringify(receipt));
  return read && receiptVerdict(await checkReceipt(read, [KEYS.publicKey]));
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
    'the reference, to half a character, which has no canonical form',
    ({ decision }) => {
      decision.reference = '\ud800';
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
    'the prefecture of the rule set',
    ({ ruleSet }) => {
      ruleSet.prefecture = 'tottori';
    },
    ['ruleSet'],
  ],
  [
    'the incident of the rule set',
    ({ ruleSet }) => {
      ruleSet.incident = '2030-01-31';
    },
    ['ruleSet'],
  ],
  [
    'the version of the rule set',
    ({ ruleSet }) => {
      ruleSet.version = 'f'.repeat(64);
    },
    ['ruleSet'],
  ],
  [
    'the salt taken away, and another answer put in',
    ({ decision }) => {
      decision.salt = null;
      decision.facts = '{}';
      decision.answer = String(decision.answer).replace('"yen":1,', '"yen":990000,');
    },
    ['facts', 'answer'],
  ],
  ...['facts', 'answer', 'salt'].flatMap((name): typeof changes => [
    [
      `only ${name} taken away`,
      ({ decision }) => {
        decision[name] = null;
      },
      ['facts', 'answer'],
    ],
    [
      `all but ${name} taken away`,
      ({ decision }) => {
        const kept = decision[name];
        Object.assign(decision, { facts: null, answer: null, salt: null, [name]: kept });
      },
      ['facts', 'answer'],
    ],
  ]),
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

/** The same decision, sealed and signed anew by a service whose answers and columns say different things. */
function resealed(change: (answer: Record<string, unknown>) => void): Json {
  const receipt: Json = JSON.parse(text);
  const { decision } = readReceipt(text) ?? {};
  if (!decision?.salt || !decision.answer) throw new Error('no receipt');
  const answer = z.looseObject({}).parse(JSON.parse(decision.answer));
  change(answer);
  const written = JSON.stringify(answer);
  const row = { ...decision, answer: written, answerHash: textHash(decision.salt, written) };
  const sealed = { ...row, hash: rowHash(row) };
  const key = readSigningKey(KEYS.privateKey);
  if (!key) throw new Error('no key');
  const heads = [{ chain: row.chain, count: row.seq, head: sealed.hash }];
  return { ...receipt, decision: sealed, checkpoint: makeCheckpoint(heads, 0, key) };
}

describe('well sealed, and its parts say different things', () => {
  const contradictions: [what: string, value: Record<string, unknown>][] = [
    ['id', { id: '01890a5d-ac96-774b-bcce-b302099a8057' }],
    ['outcome', { outcome: 'not-eligible' }],
    ['categories', { categories: [] }],
    ['asOf', { asOf: '2023-03-05T12:00:01+09:00' }],
    ['decidedAt', { decidedAt: '2023-03-05T12:00:01+09:00' }],
    ['nothing said of the id', { id: undefined }],
  ];
  test.each(contradictions)('%s', async (_, value) => {
    const receipt = resealed((answer) => Object.assign(answer, value));
    expect(await check(JSON.stringify(receipt))).toMatchObject({
      ...{ answer: true, decision: false, checkpoint: true, isSound: false },
    });
  });

  test.each([
    ['prefecture', 'decision'],
    ['incident', 'decision'],
    ['version', 'decision'],
    ['title', 'ruleSet'],
  ])('%s of the rule set', async (name, failing) => {
    const receipt = resealed((answer) => {
      answer.ruleSet = { ...z.looseObject({}).parse(answer.ruleSet), [name]: 'other' };
    });
    expect(await check(JSON.stringify(receipt))).toMatchObject({ [failing]: false, isSound: false });
  });
});

describe('what could not be checked is not sound', () => {
  test('all three taken away: nothing shows what the facts and the answer were', async () => {
    const receipt: Json = JSON.parse(text);
    Object.assign(receipt.decision, { facts: null, answer: null, salt: null });
    expect(await check(JSON.stringify(receipt))).toMatchObject({
      ...{ facts: null, answer: null, decision: true, ruleSet: true, checkpoint: true },
      ...{ replay: 'not-replayable', isSound: false },
    });
    expect(await verdictOf(receipt)).toBe('not-checked');
  });

  test('a commit that the answer does not name', async () => {
    const receipt: Json = JSON.parse(text);
    receipt.ruleSet.commit = 'f'.repeat(40);
    expect(await check(JSON.stringify(receipt))).toMatchObject({ commit: 'not-sealed', isSound: false });
    expect(await verdictOf(receipt)).toBe('not-checked');
    expect(await verdictOf(JSON.parse(text))).toBe('sound');
  });

  test('a service that reads the rules at a later commit gives the one in the answer', () => {
    const { decision, ruleSet } = readReceipt(text) ?? {};
    const key = readSigningKey(KEYS.privateKey);
    if (!decision || 'missing' in decision || !ruleSet || !key) throw new Error('no receipt');
    const stored = { ...ruleSet, commit: 'f'.repeat(40), authoredAt: '2023-03-01T00:00:00+09:00' };
    expect(makeReceipt(decision, stored, 0, key).ruleSet).toEqual({
      ...ruleSet,
      authoredAt: null,
    });
  });
});

describe('hosho audit verify-receipt', () => {
  const verify = async (receipt: Json) => {
    const path = join(await freshFolder(), 'receipt.json');
    await writeFile(path, JSON.stringify(receipt));
    const args = [join(inject('dist'), 'cli.js'), '--lang', 'en', 'audit', 'verify-receipt', path];
    return spawnSync(process.execPath, [...args, '--public-key', KEYS.publicKey], { encoding: 'utf8' });
  };
  const changed = (change: Record<string, unknown>): Json => {
    const receipt: Json = JSON.parse(text);
    Object.assign(receipt.decision, change);
    return receipt;
  };

  test('0 where it holds, 1 where it does not, 3 where not all of it could be checked', async () => {
    const sound = await verify(JSON.parse(text));
    expect([sound.status, sound.stdout]).toEqual([0, expect.stringContaining('The receipt holds.')]);
    const forged = await verify(changed({ salt: null, facts: '{}', answer: '{"outcome":"eligible"}' }));
    expect([forged.status, forged.stdout]).toEqual([1, expect.stringContaining('missing: salt')]);
    const erased = await verify(changed({ salt: null, facts: null, answer: null }));
    expect([erased.status, erased.stdout]).toEqual([
      3,
      expect.stringContaining('nothing of them could be checked'),
    ]);
  });
});

test('without a key there are no receipts', async () => {
  const { createApp } = await import('../../src/http/app.ts');
  const { id } = JSON.parse(text).decision;
  const never = (): never => {
    throw new Error('not in this test');
  };
  const { store, registry, log } = opened;
  const app = createApp({
    ...{
      store,
      registry,
      ...log,
      comparer: openComparer(),
      readStored: never,
      newId: never,
      newRequestId: () => 'x',
    },
    ...{ now: () => 0, engineVersion: '0', auditKey: undefined, allowedHosts: [] },
  });
  const response = await app.request(`/decisions/${id}/receipt`);
  expect([response.status, await response.json()]).toMatchObject([
    501,
    { type: 'urn:hosho:problem:no-signing-key' },
  ]);
});
