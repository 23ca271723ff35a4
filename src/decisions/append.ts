import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { decisions, idempotencyKeys } from './schema.ts';
import type { Sealed } from './seal.ts';
import type { Idempotency } from './store.ts';

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

/** The use of a key, by the decision with that id. */
export interface FirstUse extends Idempotency {
  decisionId: string;
}

/**
 * Writes rows and the first uses of keys, all or none. Resolves after the commit. Rejects when a key or an id is taken (23505)
 * or a version not saved (23503); where another transaction holds one of the keys, after that has ended.
 */
export async function append(
  database: Database,
  sealed: readonly Sealed[],
  firstUses: readonly FirstUse[],
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
