import { sql } from 'drizzle-orm';
import { detachMonth, findArchivedMonths } from './archived-months.ts';
import { createBatcher, MOST_AT_ONCE } from './batcher.ts';
import type { Session } from './database.ts';
import { erase } from './erase.ts';
import {
  chainHeads,
  chainPage,
  countAll,
  findAll,
  findErasures,
  findList,
  findPage,
  findUses,
} from './find.ts';
import { salted } from './seal.ts';
import type { DecisionStore, Idempotency, StoredDecision } from './store.ts';
import { findVersion, findVersionAt, saveVersions, versionsOf } from './versions.ts';
import { createWriter } from './writer.ts';

/** The log over an open database: the same for both kinds. */
export function decisionLog(kind: DecisionStore['kind'], session: Session): DecisionStore {
  const writer = createWriter(session);
  const write = createBatcher(writer.append);
  const findByKey = createBatcher((keys: Idempotency[]) =>
    session.run((database) => findUses(database, keys)),
  );
  return {
    kind,
    saveVersions: (versions, currentSince) =>
      session.run((database) => saveVersions(database, versions, currentSince)),
    findVersion: (...of) => session.run((database) => findVersion(database, ...of)),
    findVersionAt: (...of) => session.run((database) => findVersionAt(database, ...of)),
    versionsOf: (...of) => session.run((database) => versionsOf(database, ...of)),
    async append(record, idempotency) {
      // Hashed here, while those before it are being committed.
      if (await write({ salted: salted(record), idempotency })) return { kind: 'appended' };
      const earlier = idempotency && (await findByKey(idempotency));
      if (!earlier) throw new Error('an idempotency key without its decision');
      return earlier;
    },
    appendAll: writer.appendAll,
    find: async (id) => (await session.run((database) => findAll(database, [id])))[0] ?? null,
    async findAll(ids) {
      const found: StoredDecision[] = [];
      for (let start = 0; start < ids.length; start += MOST_AT_ONCE) {
        const some = ids.slice(start, start + MOST_AT_ONCE);
        found.push(...(await session.run((database) => findAll(database, some))));
      }
      return found;
    },
    list: (of) => session.run((database) => findList(database, of)),
    page: (of) => session.run((database) => findPage(database, of)),
    count: (filter) => session.run((database) => countAll(database, filter)),
    findByKey,
    findErasures: (ids) => session.run((database) => findErasures(database, ids)),
    erase: (...of) => session.run((database) => erase(database, ...of)),
    chainHeads: (filter = {}) => session.run((database) => chainHeads(database, filter)),
    chainPage: (...of) => session.run((database) => chainPage(database, ...of)),
    archivedMonths: () => session.run(findArchivedMonths),
    detachMonth: (...of) => session.run((database) => detachMonth(database, ...of)),
    ping: () =>
      session.run(async (database) => {
        await database.execute(sql`select 1`);
      }),
    close: () => session.close(),
  };
}
