import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import type { DecisionRecord, Idempotency } from './store.ts';

export interface Append {
  record: DecisionRecord;
  idempotency?: Idempotency | undefined;
}

/** U+001E, which no JSON has: its strings escape it, and between them only white space may stand. */
const SEPARATOR = '\u001e';

/**
 * The rows of `decisions` from three parameters, however many rows there are: one statement, prepared once. The texts
 * travel beside the other values, because inside their JSON they would be parsed three times.
 */
const rows = sql`
  select id, prefecture, incident, version, "asOf", "decidedAt", reference, facts::json, answer::json, "engineVersion"
  from rows from (
    json_to_recordset(${sql.placeholder('values')}::json) as (
      id uuid, prefecture text, incident text, version text, "asOf" timestamptz, "decidedAt" timestamptz,
      reference text, "engineVersion" text, "hasKey" boolean
    ),
    string_to_table(${sql.placeholder('facts')}, chr(30)),
    string_to_table(${sql.placeholder('answers')}, chr(30))
  ) as row (
    id, prefecture, incident, version, "asOf", "decidedAt", reference, "engineVersion", "hasKey", facts, answer
  )`;

function prepare(database: Database) {
  // Waits for another transaction that holds one of the keys; so what is not inserted has been committed.
  const firstUses = database.$with('first_uses').as(
    database
      .insert(idempotencyKeys)
      .select(
        sql`
          select key, "requestHash", "decisionId"
          from json_to_recordset(${sql.placeholder('keys')}::json) as use (
            key text, "requestHash" text, "decisionId" uuid
          )`,
      )
      .onConflictDoNothing()
      .returning({ decisionId: idempotencyKeys.decisionId }),
  );
  return {
    append: database.insert(decisions).select(rows).prepare('append'),
    appendFirstUses: database
      .with(firstUses)
      .insert(decisions)
      .select(sql`${rows} where "hasKey" is null or id in (select decision_id from ${firstUses})`)
      .returning({ id: decisions.id })
      .prepare('append_first_uses'),
  };
}

/** Drizzle takes as long to build a statement as to send a row. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();

/**
 * Resolves after the commit and tells of each whether it was written; where it was not, its key had been used before. All in
 * one transaction: rejects, having written nothing, when an id is taken or a version not saved.
 */
export async function append(database: Database, appends: readonly Append[]): Promise<boolean[]> {
  const statements = prepared.get(database) ?? prepare(database);
  prepared.set(database, statements);
  const keys = appends.flatMap(({ record, idempotency }) =>
    idempotency ? [{ ...idempotency, decisionId: record.id }] : [],
  );
  if (keys.length === 0) {
    await statements.append.execute(parameters(appends));
    return appends.map(() => true);
  }
  // In one order, so that two instances with the same keys never wait for each other in a circle. Of equal ones, the first
  // that came is the first use.
  keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const written = await statements.appendFirstUses.execute({
    ...parameters(appends),
    keys: JSON.stringify(keys),
  });
  const ids = new Set(written.map(({ id }) => id));
  return appends.map(({ record }) => ids.has(record.id));
}

function parameters(appends: readonly Append[]): Record<'values' | 'facts' | 'answers', string> {
  const values = appends.map(({ record: { facts, answer, ...rest }, idempotency }) => ({
    ...rest,
    hasKey: idempotency && true,
  }));
  return {
    values: JSON.stringify(values),
    facts: appends.map(({ record }) => record.facts).join(SEPARATOR),
    answers: appends.map(({ record }) => record.answer).join(SEPARATOR),
  };
}
