import { sql } from 'drizzle-orm';
import { MOST_AT_ONCE } from './batcher.ts';
import type { Database, Session } from './database.ts';
import { findUses } from './find.ts';
import { monthOf } from './month.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import { type Heads, link, type Salted, type Sealed, salted } from './seal.ts';
import { type DecisionRecord, type Idempotency, StoreRefusal } from './store.ts';

/** U+001E, which no JSON has: its strings escape it, and between them only white space may stand. */
const SEPARATOR = '\u001e';

/**
 * The rows of `decisions` from three parameters, however many rows there are: one statement, prepared once. The texts
 * travel beside the other values, because inside their JSON they would be parsed three times.
 */
const rows = sql`
  select id, prefecture, incident, version, "asOf", "decidedAt", reference, outcome, categories, facts::json, answer::json,
    decode(salt, 'hex'), "engineVersion", chain, seq, decode("factsHash", 'hex'), decode("answerHash", 'hex'),
    decode(previous, 'hex'), decode(hash, 'hex')
  from rows from (
    json_to_recordset(${sql.placeholder('values')}::json) as (
      id uuid, prefecture text, incident text, version text, "asOf" timestamptz, "decidedAt" timestamptz,
      reference text, outcome text, categories text[], salt text, "engineVersion" text, chain uuid, seq bigint,
      "factsHash" text, "answerHash" text, previous text, hash text
    ),
    string_to_table(${sql.placeholder('facts')}, chr(30)),
    string_to_table(${sql.placeholder('answers')}, chr(30))
  ) as row (
    id, prefecture, incident, version, "asOf", "decidedAt", reference, outcome, categories, salt, "engineVersion", chain, seq,
    "factsHash", "answerHash", previous, hash, facts, answer
  )`;

function prepare(database: Database) {
  const uses = database.$with('uses').as(
    database
      .insert(idempotencyKeys)
      .select(
        sql`
            select key, "requestHash", "decisionId"
            from json_to_recordset(${sql.placeholder('keys')}::json) as use (
              key text, "requestHash" text, "decisionId" uuid
            )`,
      )
      .returning({ decisionId: idempotencyKeys.decisionId }),
  );
  return {
    append: database.insert(decisions).select(rows).prepare('append'),
    appendFirstUses: database.with(uses).insert(decisions).select(rows).prepare('append_first_uses'),
  };
}

/** Drizzle takes as long to build a statement as to send a row. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();

/**
 * Writes rows and the first uses of keys, all or none. Resolves after the commit. Rejects when a key or an id is taken (23505)
 * or a version not saved (23503); where another transaction holds one of the keys, after that has ended.
 */
async function append(
  database: Database,
  sealed: readonly Sealed[],
  firstUses: readonly (Idempotency & { decisionId: string })[],
): Promise<void> {
  const statements = prepared.get(database) ?? prepare(database);
  prepared.set(database, statements);
  // In one order, so that two instances with the same keys never wait for each other in a circle.
  const keys = firstUses.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const statement = keys.length === 0 ? statements.append : statements.appendFirstUses;
  await statement.execute({ ...parameters(sealed), keys: JSON.stringify(keys) });
}

function parameters(sealed: readonly Sealed[]) {
  const values = sealed.map(
    ({ content, salt, hash }) => `${content.slice(0, -1)},"salt":"${salt}","hash":"${hash}"}`,
  );
  return {
    values: `[${values.join()}]`,
    facts: sealed.map(({ facts }) => facts).join(SEPARATOR),
    answers: sealed.map(({ answer }) => answer).join(SEPARATOR),
  };
}

interface Append {
  salted: Salted;
  idempotency?: Idempotency | undefined;
}

const TAKEN = '23505';

/** Writes one thing after the other, each linked to the last, all of it or none. Resolves after the commit. */
export function createWriter(session: Session) {
  let heads: Heads = new Map();
  const months = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const turn = last.then(write);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function addMonths(records: readonly Salted[]): Promise<void> {
    for (const month of new Set(records.map(({ record }) => monthOf(record.decidedAt)))) {
      if (months.has(month)) continue;
      await session.run((database) => database.execute(sql`select hosho_add_month(${`${month}-01`}::date)`));
      months.add(month);
    }
  }

  /** In one transaction. */
  async function insert(appends: readonly Append[]): Promise<void> {
    const records = appends.map(({ salted }) => salted);
    if (records.length === 0) return;
    await addMonths(records);
    const { rows, heads: after } = link(heads, records);
    const uses = appends.flatMap(({ salted, idempotency }) =>
      idempotency ? [{ ...idempotency, decisionId: salted.record.id }] : [],
    );
    try {
      await session.run(async (database, answered) => {
        if (rows.length <= MOST_AT_ONCE) return append(database, rows, uses);
        await database.transaction(async (transaction) => {
          for (let start = 0; start < rows.length; start += MOST_AT_ONCE) {
            await append(transaction, rows.slice(start, start + MOST_AT_ONCE), []);
            answered();
          }
        });
      });
      heads = after;
    } catch (error) {
      // It may or may not have gone through: chains begun anew are right in both cases.
      if (!(error instanceof StoreRefusal)) heads = new Map();
      throw error;
    }
  }

  /** Of each whether it was written; where it was not, its key had been used before. */
  async function insertFirstUses(appends: readonly Append[]): Promise<boolean[]> {
    const keys = appends.map(({ idempotency }) => idempotency?.key);
    let fresh = appends.filter((_, i) => keys[i] === undefined || keys.indexOf(keys[i]) === i);
    while (fresh.length > 0) {
      try {
        await insert(fresh);
        break;
      } catch (error) {
        if (!(error instanceof StoreRefusal) || error.code !== TAKEN) throw error;
        const asked = fresh.flatMap(({ idempotency }) => idempotency ?? []);
        const uses = asked.length > 0 ? await session.run((database) => findUses(database, asked)) : [];
        const used = new Set(asked.filter((_, i) => uses[i]));
        if (used.size === 0) {
          // No key, but an id; or the place in the chain, which then is not ours alone.
          heads = new Map();
          throw error;
        }
        fresh = fresh.filter(({ idempotency }) => !idempotency || !used.has(idempotency));
      }
    }
    const written = new Set(fresh);
    return appends.map((one) => written.has(one));
  }

  return {
    append: (appends: readonly Append[]) => inTurn(() => insertFirstUses(appends)),
    appendAll: (records: readonly DecisionRecord[]) =>
      inTurn(() => insert(records.map((record) => ({ salted: salted(record) })))),
  };
}
