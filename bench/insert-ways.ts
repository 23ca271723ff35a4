/** Ways to write a batch of decisions to Postgres, other than the one that hosho takes. */
import { connect, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { DecisionRecord } from '../src/decisions/store.ts';

export type Way = (records: DecisionRecord[]) => Promise<unknown>;
type Decisions = typeof import('../src/decisions/schema.ts').decisions;

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
export function insertWays(databaseUrl: string, decisions: Decisions) {
  const session = postgres(databaseUrl, { ...settings, max: 1 });
  const database = drizzle(postgres(databaseUrl, { ...settings, max: 1 }));
  const pool = drizzle(postgres(databaseUrl, { ...settings, max: 10 }));
  const copySession = postgres(databaseUrl, { ...settings, max: 1, ...{ socket: eagerSocket } });

  async function copy(lines: string): Promise<void> {
    const stream = await copySession.unsafe(`copy decisions (${columns}) from stdin`).writable();
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
        `insert into decisions (${columns}) select ${columns} from json_to_recordset($1::text::json) as row (
           id uuid, prefecture text, incident text, version text, as_of timestamptz, decided_at timestamptz,
           reference text, facts json, answer json, engine_version text)`,
        [`[${records.map(jsonRow).join(',')}]`],
        { prepare: true },
      ),
    '(d) unnest, ten arrays': (records) => {
      const rows = records.map(values);
      const types = 'uuid text text text timestamptz timestamptz text json json text'.split(' ');
      return session.unsafe(
        `insert into decisions (${columns})
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
