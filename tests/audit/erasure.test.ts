/** A person's facts are erased: nothing of them is left, and the log still holds. */

import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { v7 } from 'uuid';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { verifyLog } from '../../src/audit/verify.ts';
import { openStore } from '../../src/decisions/open.ts';
import { openApp, post, sound } from '../http/harness.ts';
import { kinds, type Place } from '../support/stores.ts';

/** Every row of every table as text, those of the system's own tables and of its partitions included. */
async function everything({ databaseUrl, dataDir }: Place): Promise<string> {
  if (databaseUrl) {
    const sql = postgres(databaseUrl, { max: 1 });
    try {
      const read = async (query: string): Promise<unknown[]> => [...(await sql.unsafe(query))];
      return await dump(read);
    } finally {
      await sql.end();
    }
  }
  const engine = await PGlite.create({ dataDir: join(dataDir, 'postgres') });
  try {
    return await dump(async (query) => (await engine.query(query)).rows);
  } finally {
    await engine.close();
  }
}
async function dump(read: (query: string) => Promise<unknown[]>): Promise<string> {
  const tables = await read(`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`);
  let text = '';
  for (const { name } of tables as { name: string }[])
    for (const row of (await read(`select t::text as row from ${name} t`)) as { row: string }[])
      text += `${name} ${row.row}\n`;
  return text;
}

const idSchema = z.looseObject({ id: z.string() });
const idOf = async (response: Response) => idSchema.parse(await response.json());

const mine = {
  ...sound,
  facts: {
    ...sound.facts,
    voucher: { ...sound.facts.voucher, balanceAfterGraceYen: 7_654_321, balanceNowYen: 7_654_321 },
  },
};

describe.each(kinds)('erasure (%s)', (kind) => {
  test('of all decisions of a reference', async () => {
    const opened = await openApp(kind);
    const key = v7();
    const asked = { ...mine, reference: 'case-42', explain: 'full' };
    const first = await idOf(await opened.evaluate(asked, { 'Idempotency-Key': key }));
    await opened.evaluate({ ...asked, explain: 'reasons' });
    const other = await idOf(await opened.evaluate({ ...mine, reference: 'case-43' }));
    await opened.evaluate(sound);
    await opened.store.erase(
      { reference: 'case-43' },
      { at: new Date('2023-04-01T00:00:00Z'), reason: 'a request' },
    );
    await opened.evaluate({ ...asked });

    const at = new Date('2023-04-02T00:00:00Z');
    const erased = await opened.store.erase({ reference: 'case-42' }, { at, reason: null });
    expect(erased).toHaveLength(3);
    expect(await opened.store.erase({ reference: 'case-42' }, { at, reason: null })).toEqual([]);

    // The retry cannot be answered, and is not decided again.
    const retry = await opened.evaluate(asked, { 'Idempotency-Key': key });
    expect([retry.status, await retry.json()]).toMatchObject([410, { type: 'urn:hosho:problem:erased' }]);
    const shown = await opened.app.request(`/decisions/${first.id}`);
    expect(await shown.json()).toMatchObject({
      ...{ reference: 'case-42', outcome: 'eligible', facts: null, answer: null },
      erased: { erasedAt: at.toISOString(), reason: null },
      seal: { salt: null },
    });
    const explained = await opened.app.request(`/decisions/${first.id}/explanation`);
    expect(explained.status).toBe(410);
    const replayed = await opened.app.request(`/decisions/${first.id}/replay`, post(''));
    expect(await replayed.json()).toMatchObject({ result: 'not-replayable', reason: 'erased' });
    expect(await opened.store.findErasures([other.id])).toMatchObject([{ reason: 'a request' }]);

    const verification = await verifyLog(opened.store, { checkpoints: [] });
    expect(verification).toMatchObject({ decisions: 5, erased: 4, findings: [] });
    await opened.close();
    const left = await everything(opened.place);
    expect(left).toContain(first.id);
    expect(left).not.toMatch(/7,?654,?321/);
    // The hash of the request, from which a balance could be guessed.
    expect(left).toMatch(new RegExp(`idempotency_keys \\(${key},,`));
  });

  test('of one decision by its id', async () => {
    const opened = await openApp(kind);
    onTestFinished(() => opened.close());
    const [one, two] = await Promise.all([opened.evaluate(mine), opened.evaluate(mine)]);
    const { id } = await idOf(one);
    const at = new Date();
    expect(await opened.store.erase({ id }, { at, reason: null })).toEqual([id]);
    expect((await opened.store.find((await idOf(two)).id))?.facts).not.toBeNull();
    expect(await opened.store.erase({ id: v7() }, { at, reason: null })).toEqual([]);
  });
});

test('without the role nothing is erased', async () => {
  const opened = await openApp('postgres');
  onTestFinished(() => opened.close());
  const url = new URL(opened.place.databaseUrl ?? '');
  const sql = postgres(url.href, { max: 1 });
  const login = `login_${v7().replaceAll('-', '')}`;
  await sql.unsafe(`create role ${login} login password 'x' in role hosho_auditor`);
  await sql.end();
  Object.assign(url, { username: login, password: 'x' });
  const store = await openStore({ databaseUrl: url.href, dataDir: '', actor: 'auditor' });
  onTestFinished(() => store.close());
  await opened.evaluate({ ...mine, reference: 'case-42' });
  await expect(store.erase({ reference: 'case-42' }, { at: new Date(), reason: null })).rejects.toThrow(
    '42501',
  );
});
