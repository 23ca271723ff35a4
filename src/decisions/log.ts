import { sql } from 'drizzle-orm';
import { type Append, append } from './append.ts';
import type { Session } from './database.ts';
import { findAll, findPage, findUses } from './find.ts';
import type { DecisionRecord, DecisionStore, Idempotency } from './store.ts';
import { MOST_AT_ONCE, together } from './together.ts';
import { findVersion, saveVersions } from './versions.ts';

/** The log over an open database: the same for both kinds. */
export function decisionLog(kind: DecisionStore['kind'], session: Session): DecisionStore {
  const write = together((appends: Append[]) => session.run((database) => append(database, appends)));
  const findByKey = together((keys: Idempotency[]) => session.run((database) => findUses(database, keys)));
  return {
    kind,
    saveVersions: (versions) => session.run((database) => saveVersions(database, versions)),
    findVersion: (prefecture, incident, prefix) =>
      session.run((database) => findVersion(database, prefecture, incident, prefix)),
    async append(record, idempotency) {
      if (await write({ record, idempotency })) return { kind: 'appended' };
      const earlier = idempotency && (await findByKey(idempotency));
      if (!earlier) throw new Error('an idempotency key without its decision');
      return earlier;
    },
    appendAll: (records) =>
      session.run((database, answered) =>
        database.transaction(async (transaction) => {
          for (const some of pieces(records)) {
            await append(
              transaction,
              some.map((record) => ({ record })),
            );
            answered();
          }
        }),
      ),
    find: async (id) => (await session.run((database) => findAll(database, [id])))[0] ?? null,
    async findAll(ids) {
      const found: DecisionRecord[] = [];
      for (const some of pieces(ids)) {
        found.push(...(await session.run((database) => findAll(database, some))));
      }
      return found;
    },
    page: (of) => session.run((database) => findPage(database, of)),
    findByKey,
    ping: () =>
      session.run(async (database) => {
        await database.execute(sql`select 1`);
      }),
    close: () => session.close(),
  };
}

/** As one statement takes them. */
function* pieces<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += MOST_AT_ONCE) {
    yield items.slice(start, start + MOST_AT_ONCE);
  }
}
