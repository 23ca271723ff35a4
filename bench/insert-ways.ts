/**
 * Ways to write a batch of decisions to Postgres, other than the one that hosho takes: into a table of their own, which has
 * neither seals nor months.
 */
import { connect, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { customType, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { DecisionRecord } from '../src/decisions/store.ts';

export type Way = (records: DecisionRecord[]) => Promise<unknown>;

const json = customType<{ data: string; driverData: string }>({ dataType: () => 'json' });
const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toISOString(),
});
const decisions = pgTable('peer_decisions', {
  id: uuid('id').primaryKey(),
  prefecture: text('prefecture').notNull(),
  incident: text('incident').notNull(),
  version: text('version').notNull(),
  asOf: instant('as_of').notNull(),
  decidedAt: instant('decided_at').notNull(),
  reference: text('reference'),
  facts: json('facts').notNull(),
  answer: json('answer').notNull(),
  engineVersion: text('engine_version').notNull(),
});
const CREATE = `
  create table peer_decisions (
    id uuid primary key, prefecture text not null, incident text not null,
    version text not null references rule_set_versions (version), as_of timestamptz not null, decided_at timestamptz not null,
    reference text, facts json not null, answer json not null, engine_version text not null
  );
  create index on peer_decisions (prefecture, incident, decided_at);
  create index on peer_decisions (reference) where reference is not null;
  do $$ begin
    if (select 'lz4' = any(enumvals) from pg_settings where name = 'default_toast_compression') then
      alter table peer_decisions alter facts set compression lz4, alter answer set compression lz4;
    else
      alter table peer_decisions alter facts set storage external, alter answer set storage external;
    end if;
  end $$`;

const columns =
  'id, prefecture, incident, version, as_of, decided_at, reference, facts, answer, engine_version';
const settings = { fetch_types: false, onnotice: () => {}, connection: { TimeZone: 'UTC' } };

const values = (record: DecisionRecord): (string | null)[] => [
  ...[record.id, record.prefecture, record.incident, record.version, record.asOf.toISOString()],
  ...[record.decidedAt.toISOString(), record.reference, record.facts, record.answer, record.engineVersion],
];

/** As `json_to_recordset` takes it, made of the ready texts. */
function jsonRow({ facts, answer, asOf, decidedAt, engineVersion, ...rest }: DecisionRecord): string {
  const row = { ...rest, as_of: asOf, decided_at: decidedAt, engine_version: engineVersion };
  return `${JSON.stringify(row).slice(0, -1)},"facts":${facts},"answer":${answer}}`;
}

const arrayLiteral = (items: (string | null | undefined)[]): string =>
  `{${items.map((item) => (item == null ? 'null' : `"${item.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

const COPY_ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
export const copyLine = (record: DecisionRecord): string =>
  `${values(record)
    .map((value) => value?.replace(/[\\\n\r\t]/g, (found) => COPY_ESCAPES[found] ?? found) ?? '\\N')
    .join('\t')}\n`;

/** postgres.js never sets noDelay, without which the end of each COPY waits some 40 ms for an acknowledgement. */
async function eagerSocket({ host, port }: { host: string[]; port: number[] }): Promise<Socket> {
  const socket = connect({ host: host[0] ?? '', port: port[0] ?? 0, noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

/** Each on a connection of its own. */
export async function insertWays(databaseUrl: string) {
  const session = postgres(databaseUrl, { ...settings, max: 1 });
  await session.unsafe(CREATE);
  const database = drizzle(postgres(databaseUrl, { ...settings, max: 1 }));
  const pool = drizzle(postgres(databaseUrl, { ...settings, max: 10 }));
  const copySession = postgres(databaseUrl, { ...settings, max: 1, ...{ socket: eagerSocket } });

  async function copy(lines: string): Promise<void> {
    const stream = await copySession.unsafe(`copy peer_decisions (${columns}) from stdin`).writable();
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject).on('finish', resolve).end(lines);
    });
  }

  const prepareRows = (rows: number) => {
    const row = (i: number) => {
      const at = (name: string) => sql.placeholder(`${name}${i}`);
      return {
        ...{ id: at('id'), prefecture: at('prefecture'), incident: at('incident'), version: at('version') },
        ...{ asOf: at('asOf'), decidedAt: at('decidedAt'), reference: at('reference') },
        ...{ facts: at('facts'), answer: at('answer'), engineVersion: at('engineVersion') },
      };
    };
    return database
      .insert(decisions)
      .values(Array.from({ length: rows }, (_, i) => row(i)))
      .prepare(`insert_${rows}`);
  };
  const prepared = new Map<number, ReturnType<typeof prepareRows>>();

  const batches: Record<string, Way> = {
    '(a) drizzle, rows of values': (records) => database.insert(decisions).values(records),
    '(b) the same, prepared': (records) => {
      const statement = prepared.get(records.length) ?? prepareRows(records.length);
      prepared.set(records.length, statement);
      const entries = records.flatMap((record, i) =>
        Object.entries(record).map(([name, value]) => [`${name}${i}`, value] as const),
      );
      return statement.execute(Object.fromEntries(entries));
    },
    '(c) json_to_recordset, one text': (records) =>
      session.unsafe(
        `insert into peer_decisions (${columns}) select ${columns} from json_to_recordset($1::text::json) as row (
           id uuid, prefecture text, incident text, version text, as_of timestamptz, decided_at timestamptz,
           reference text, facts json, answer json, engine_version text)`,
        [`[${records.map(jsonRow).join(',')}]`],
        { prepare: true },
      ),
    '(d) unnest, ten arrays': (records) => {
      const rows = records.map(values);
      const types = 'uuid text text text timestamptz timestamptz text json json text'.split(' ');
      return session.unsafe(
        `insert into peer_decisions (${columns})
         select * from unnest(${types.map((type, i) => `$${i + 1}::text::${type}[]`).join(', ')})`,
        types.map((_, i) => arrayLiteral(rows.map((row) => row[i]))),
        { prepare: true },
      );
    },
    '(e) COPY, one a batch': (records) => copy(records.map(copyLine).join('')),
  };
  /** What a plain service does: a pool of ten connections, a statement a request. */
  const insertOne = (record: DecisionRecord) => pool.insert(decisions).values(record);
  const count = (): Promise<number> => database.$count(decisions);
  const backend = async (): Promise<number> => {
    const [row] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid ?? 0;
  };
  const close = (): Promise<unknown> =>
    Promise.all([session, database.$client, pool.$client, copySession].map((client) => client.end()));
  return { batches, insertOne, copy, count, backend, close };
}
