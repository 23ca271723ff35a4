/** Whoever has the database can change it. What they changed is named. */
import postgres from 'postgres';
import { v4 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Checkpoint, makeCheckpoint } from '../../src/audit/checkpoint.ts';
import { newSigningKey, readSigningKey } from '../../src/audit/keys.ts';
import { verificationVerdict, verifyLog } from '../../src/audit/verify.ts';
import { openStore } from '../../src/decisions/open.ts';
import { rowHash } from '../../src/decisions/seal.ts';
import type { LoggedDecision } from '../../src/decisions/store.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { runs } from '../fixtures/runs.ts';
import { copyDatabase, freshDatabase, sampleRecord, sampleVersion } from '../support/stores.ts';

const texts = { ruleText: 'title: 見本\n', vocabularyText: 'facts: {}\n' };
const version = sampleVersion(versionOf(texts.ruleText, texts.vocabularyText), texts);
const CATEGORIES = ['A', 'B"'];
const INSTANCES = 3;
const EACH = runs(250);

const signingKey = (() => {
  const key = readSigningKey(newSigningKey().privateKey);
  if (!key) throw new Error('no key');
  return key;
})();

/** What three instances logged at once; and a checkpoint, made when all was there. */
let original: string;
let checkpoint: Checkpoint;
beforeAll(async () => {
  original = await freshDatabase();
  const stores = await Promise.all(
    Array.from({ length: INSTANCES }, () => openStore({ databaseUrl: original, dataDir: '' })),
  );
  await stores[0]?.saveVersions([version]);
  await Promise.all(
    stores.map((store, instance) =>
      Promise.all(
        Array.from({ length: EACH }, (_, i) =>
          store.append(
            sampleRecord(version, {
              reference: i % 3 === 0 ? null : `整理番号 ${instance}-${i}`,
              facts: JSON.stringify({ voucher: { balanceYen: i, note: '"\\\u0001\u007f ☂ 𠮷' } }),
              answer: JSON.stringify({
                ...{ outcome: 'eligible', categories: CATEGORIES.slice(0, i % 3).map((id) => ({ id })) },
                ...{ instance, i },
              }),
              categories: CATEGORIES.slice(0, i % 3),
            }),
          ),
        ),
      ),
    ),
  );
  checkpoint = makeCheckpoint((await stores[0]?.chainHeads()) ?? [], Date.now(), signingKey);
  await Promise.all(stores.map((store) => store.close()));
}, 120_000);

type Sql = postgres.Sql;

/** A copy of the log, changed by its superuser with the triggers off; and what verification says of it. */
async function tampered(change: (sql: Sql) => Promise<unknown>, checkpoints = [checkpoint]) {
  const databaseUrl = await copyDatabase(original);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`set session_replication_role = replica`;
  await change(sql);
  await sql.end();
  const store = await openStore({ databaseUrl, dataDir: '', actor: 'auditor' });
  const verification = await verifyLog(store, { checkpoints });
  await store.close();
  return verification;
}

/** The chain whose rows are changed, and one of its rows. */
async function someRow(sql: Sql, seq = 100) {
  const [chain] = checkpoint.chains;
  if (!chain) throw new Error('no chain');
  const [row] = await sql`select id from decisions where chain = ${chain.chain} and seq = ${seq}`;
  return { ...chain, id: String(row?.id), seq };
}

test('three instances write a chain each, and all is as it was written', async () => {
  const verification = await tampered(async () => undefined);
  expect(verification).toEqual({
    ...{ decisions: INSTANCES * EACH, chains: INSTANCES, erased: 0, versions: 1 },
    ...{ findings: [], notChecked: [] },
  });
  expect(checkpoint.decisions).toBe(INSTANCES * EACH);
});

test('the hash in SQL is the same', async () => {
  const sql = postgres(original, { max: 1 });
  const others = await sql`select id from decisions d where hash is distinct from hosho_hash(d)`;
  await sql.end();
  expect(others).toHaveLength(0);
});

describe('one row changed, in any of its columns', () => {
  type Change = [column: string, change: string, kind: string, part?: string];
  const PARTS = ['facts', 'answer', 'salt'];
  const changes: Change[] = [
    ['id', "('f' || substr(id::text, 2))::uuid", 'altered', 'row'],
    ['version', "repeat('f', 64)", 'altered', 'row'],
    ['prefecture', "'tottori'", 'altered', 'row'],
    ['incident', "incident || 'x'", 'altered', 'row'],
    ['as_of', "as_of + interval '1 millisecond'", 'altered', 'row'],
    ['decided_at', "decided_at - interval '1 second'", 'altered', 'row'],
    ['reference', "coalesce(reference, '') || ' '", 'altered', 'row'],
    ['outcome', "'lapsed'", 'altered', 'row'],
    ['categories', "categories || '{C}'", 'altered', 'row'],
    ['facts', "replace(facts::text, ':', ': ')::json", 'altered', 'facts'],
    ['answer', "replace(answer::text, 'e', 'E')::json", 'altered', 'answer'],
    ['salt', 'set_byte(salt, 3, (get_byte(salt, 3) + 1) % 256)', 'altered', 'facts'],
    ['engine_version', "'9'", 'altered', 'row'],
    ['facts_hash', 'set_byte(facts_hash, 0, (get_byte(facts_hash, 0) + 1) % 256)', 'altered', 'row'],
    ['answer_hash', 'set_byte(answer_hash, 31, (get_byte(answer_hash, 31) + 1) % 256)', 'altered', 'row'],
    ['previous', 'set_byte(previous, 5, (get_byte(previous, 5) + 1) % 256)', 'moved'],
    ['hash', 'set_byte(hash, 5, (get_byte(hash, 5) + 1) % 256)', 'altered', 'row'],
    ['answer, facts, salt', 'null', 'erased-unrecorded'],
    ...PARTS.map((name): Change => [name, 'null', 'partial']),
    ...PARTS.map((name): Change => [PARTS.filter((one) => one !== name).join(', '), 'null', 'partial']),
  ];
  test.each(changes)('%s', async (columns, change, kind, part) => {
    let row: Awaited<ReturnType<typeof someRow>> | undefined;
    const { findings } = await tampered(async (sql) => {
      row = await someRow(sql);
      if (kind === 'partial') await sql`alter table decisions drop constraint decisions_whole_or_erased`;
      const set = columns.split(', ').map((column) => `${column} = ${change}`);
      const changed = await sql.unsafe(`update decisions set ${set.join()} where id = '${row.id}'`);
      expect(changed.count).toBe(1);
    });
    expect(findings[0]).toMatchObject({
      ...{ kind, chain: row?.chain, seq: row?.seq },
      ...(part && { part }),
      ...(columns !== 'id' && { id: row?.id }),
    });
    // Nothing else is accused.
    expect(new Set(findings.map(({ seq }) => seq))).toEqual(new Set([100]));
  });

  test('chain, and seq', async () => {
    for (const set of ['chain = gen_random_uuid()', 'seq = 1000000']) {
      const { findings } = await tampered(async (sql) => {
        const { id } = await someRow(sql);
        await sql.unsafe(`update decisions set ${set} where id = '${id}'`);
      });
      expect(findings).toContainEqual({
        ...{ kind: 'removed', chain: checkpoint.chains[0]?.chain, seq: 100, last: 100 },
      });
    }
  });
});

const remove = (sql: Sql, chain: string, from: number, to: number) =>
  sql`delete from decisions where chain = ${chain} and seq between ${from} and ${to}`;

test('a row deleted, or several', async () => {
  const [{ chain, count } = { chain: '', count: 0 }] = checkpoint.chains;
  for (const [from, to] of [
    [50, 50],
    [1, 1],
    [7, 30],
  ] as const) {
    const { findings } = await tampered((sql) => remove(sql, chain, from, to), []);
    expect(findings).toEqual([{ kind: 'removed', chain, seq: from, last: to }]);
  }
  expect(count).toBe(EACH);
});

test('two rows swapped: their places, or all that they say', async () => {
  const [{ chain } = { chain: '' }] = checkpoint.chains;
  const places = await tampered(async (sql) => {
    for (const [from, to] of [
      [20, 0],
      [30, 20],
      [0, 30],
    ] as const)
      await sql`update decisions set seq = ${to} where chain = ${chain} and seq = ${from}`;
  }, []);
  expect(places.findings).toMatchObject([
    { kind: 'moved', chain, seq: 20 },
    { kind: 'moved', chain, seq: 30 },
  ]);
  const contents = await tampered(
    (sql) => sql`
      update decisions d set facts = o.facts, answer = o.answer, salt = o.salt, facts_hash = o.facts_hash,
        answer_hash = o.answer_hash
      from decisions o where d.chain = ${chain} and o.chain = d.chain and d.seq in (20, 30) and o.seq = 50 - d.seq`,
    [],
  );
  expect(contents.findings).toMatchObject([
    { kind: 'altered', part: 'row', chain, seq: 20 },
    { kind: 'altered', part: 'row', chain, seq: 30 },
  ]);
});

test('the last ten rows cut off, and a chain dropped whole', async () => {
  const [first, second] = checkpoint.chains;
  if (!first || !second) throw new Error('no chains');
  const { madeAt } = checkpoint;
  const cut = await tampered((sql) => remove(sql, first.chain, EACH - 9, EACH));
  expect(cut.findings).toEqual([{ kind: 'cut-off', chain: first.chain, seq: EACH - 9, last: EACH, madeAt }]);
  const dropped = await tampered((sql) => remove(sql, second.chain, 1, EACH));
  expect(dropped.findings).toEqual([{ kind: 'dropped', chain: second.chain, seq: 1, last: EACH, madeAt }]);
});

describe('a row written anew, with a seal that fits it', () => {
  const reseal = async (sql: Sql, seq: number): Promise<string> => {
    const { chain } = await someRow(sql, seq);
    const [{ id } = {}] =
      await sql`update decisions set engine_version = '9' where chain = ${chain} and seq = ${seq} returning id`;
    await sql`update decisions d set hash = hosho_hash(d) where id = ${id}`;
    return String(id);
  };

  test('the next row gives it away', async () => {
    let id = '';
    const { findings } = await tampered(async (sql) => {
      id = await reseal(sql, 100);
    }, []);
    expect(findings).toEqual([{ kind: 'replaced', chain: checkpoint.chains[0]?.chain, seq: 100, id }]);
  });

  test('at the end of a chain, or with all that follow, the checkpoint does', async () => {
    const { madeAt } = checkpoint;
    for (const from of [EACH, EACH - 3]) {
      let id = '';
      const { findings } = await tampered(async (sql) => {
        await reseal(sql, from);
        for (let seq = from + 1; seq <= EACH; seq++) {
          const { chain } = await someRow(sql, seq);
          await sql`
            update decisions d set previous = (select hash from decisions where chain = d.chain and seq = d.seq - 1)
            where chain = ${chain} and seq = ${seq}`;
          await sql`update decisions d set hash = hosho_hash(d) where chain = ${chain} and seq = ${seq}`;
        }
        id = (await someRow(sql, EACH)).id;
      });
      expect(findings).toEqual([
        { kind: 'rewritten', chain: checkpoint.chains[0]?.chain, seq: EACH, id, madeAt },
      ]);
    }
  });
});

test('an answer put in beside which the salt was taken away', async () => {
  const { findings } = await tampered(async (sql) => {
    const { id } = await someRow(sql);
    await sql`alter table decisions drop constraint decisions_whole_or_erased`;
    await sql`update decisions set salt = null, facts = '{}', answer = '{"forged":true}' where id = ${id}`;
  });
  expect(findings).toMatchObject([{ kind: 'partial', missing: ['salt'], seq: 100 }]);
});

describe('a row sealed as it is, whose columns say otherwise than its answer', () => {
  test.each<[answer: object, columns: string[]]>([
    [{ outcome: 'not-eligible', categories: [{ id: 'A' }] }, ['outcome']],
    [{ outcome: 'eligible', categories: [] }, ['categories']],
    [{ categories: [{ id: 'A' }] }, ['outcome']],
    [{ outcome: 'eligible', categories: [{ id: 'A' }], id: 'x' }, ['id']],
    [
      {
        ...{ outcome: 'eligible', categories: [{ id: 'A' }], asOf: '2020-04-15T12:00:00.124+09:00' },
        ruleSet: { prefecture: 'tottori', incident: '2020-01-01', version: 'f' },
      },
      ['prefecture', 'version', 'asOf'],
    ],
  ])('%j', async (answer, columns) => {
    const databaseUrl = await copyDatabase(original);
    const store = await openStore({ databaseUrl, dataDir: '' });
    await store.append(sampleRecord(version, { answer: JSON.stringify(answer) }));
    const { findings } = await verifyLog(store, { checkpoints: [checkpoint] });
    await store.close();
    expect(findings).toMatchObject([{ kind: 'contradictory', columns }]);
  });
});

describe('an archived month', () => {
  const recorded = (sql: Sql, chains: object[]) =>
    sql`insert into archived_months values ('2020-04-01', now(), ${sql.json(JSON.parse(JSON.stringify(chains)))})`;

  test('with an invented head, and dropped: not checked is not sound', async () => {
    const verification = await tampered(async (sql) => {
      await recorded(sql, [{ chain: v4(), count: 3, head: 'f'.repeat(64) }]);
      await sql`drop table decisions_2020_04`;
    }, []);
    expect(verification).toMatchObject({ findings: [], notChecked: [{ month: '2020-04', decisions: 3 }] });
    expect(verificationVerdict(verification)).toBe('not-checked');
  });

  test('with an invented head, and its rows at hand', async () => {
    const [one] = checkpoint.chains;
    if (!one) throw new Error('no chain');
    for (const change of [{ head: 'f'.repeat(64) }, { count: EACH + 1 }]) {
      const { findings } = await tampered((sql) => recorded(sql, [{ ...one, ...change }]), []);
      expect(findings).toMatchObject([{ kind: 'not-as-archived', month: '2020-04', chain: one.chain }]);
    }
    expect((await tampered((sql) => recorded(sql, [one]), [])).findings).toEqual([]);
  });
});

test('a row put in beside another', async () => {
  const [{ chain } = { chain: '' }] = checkpoint.chains;
  const { findings } = await tampered(async (sql) => {
    const [{ name } = {}] = await sql`
      select indexrelid::regclass::text as name from pg_index
      where indrelid = 'decisions_2020_04'::regclass and indisunique and not indisprimary`;
    await sql.unsafe(`drop index ${name}`);
    await sql`
      insert into decisions select gen_random_uuid(), prefecture, incident, version, as_of, decided_at, reference, outcome,
        categories, facts, answer, salt, engine_version, chain, seq, facts_hash, answer_hash, previous, hash
      from decisions where chain = ${chain} and seq = 10`;
  });
  expect(findings).toContainEqual(expect.objectContaining({ kind: 'inserted', chain, seq: 10 }));
});

test('the texts of a version changed', async () => {
  const { findings } = await tampered(
    (sql) => sql`update rule_set_versions set rule_text = rule_text || ' '`,
  );
  expect(findings[0]).toMatchObject({ kind: 'bad-version', version: version.version, seq: 1 });
});

test('what was logged after the checkpoint is no finding', async () => {
  const databaseUrl = await copyDatabase(original);
  const store = await openStore({ databaseUrl, dataDir: '' });
  await store.append(sampleRecord(version));
  expect((await verifyLog(store, { checkpoints: [checkpoint] })).findings).toEqual([]);
  await store.close();
});

test('the hash of a row takes in every member', () => {
  const row: LoggedDecision = {
    ...sampleRecord(version),
    ...{ salt: '00', chain: 'c', seq: 1, factsHash: 'f', answerHash: 'a', previous: 'p', hash: '' },
  };
  const { facts, answer, salt, hash, ...content } = row;
  const hashes = Object.keys(content).map((name) =>
    rowHash({ ...row, [name]: name === 'asOf' || name === 'decidedAt' ? new Date(0) : 'other' }),
  );
  expect(new Set([rowHash(row), ...hashes]).size).toBe(Object.keys(content).length + 1);
});
