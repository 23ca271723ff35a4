import { sql } from 'drizzle-orm';
import { createWriter } from './append.ts';
import { detachMonth, findArchivedMonths } from './archived-months.ts';
import { createBatcher, MOST_AT_ONCE } from './batcher.ts';
import type { Database, Session } from './database.ts';
import { erase } from './erase.ts';
import * as find from './find.ts';
import * as payments from './payments.ts';
import { salted } from './seal.ts';
import type { DecisionStore, EarlierUse, Idempotency, StoredDecision } from './store.ts';
import * as versions from './versions.ts';

/** The log over an open database: the same for both kinds. */
export function decisionLog(kind: DecisionStore['kind'], session: Session): DecisionStore {
  const asking =
    <Of extends unknown[], Result>(query: (database: Database, ...of: Of) => Promise<Result>) =>
    (...of: Of): Promise<Result> =>
      session.run((database) => query(database, ...of));
  const writer = createWriter(session);
  const write = createBatcher(writer.append);
  const findByKey = createBatcher<Idempotency, EarlierUse | null>(asking(find.findUses));
  const findSome = asking(find.findAll);
  return {
    kind,
    saveVersions: asking(versions.saveVersions),
    findVersion: asking(versions.findVersion),
    findVersionAt: asking(versions.findVersionAt),
    versionsOf: asking(versions.versionsOf),
    servingOf: asking(versions.servingOf),
    endServing: asking(versions.endServing),
    async append(record, idempotency) {
      // Hashed here, while those before it are being committed.
      if (await write({ salted: salted(record), idempotency })) return { kind: 'appended' };
      const earlier = idempotency && (await findByKey(idempotency));
      if (!earlier) throw new Error('an idempotency key without its decision');
      return earlier;
    },
    appendAll: writer.appendAll,
    find: async (id) => (await findSome([id]))[0] ?? null,
    async findAll(ids) {
      const found: StoredDecision[] = [];
      for (let start = 0; start < ids.length; start += MOST_AT_ONCE)
        found.push(...(await findSome(ids.slice(start, start + MOST_AT_ONCE))));
      return found;
    },
    list: asking(find.findList),
    page: asking(find.findPage),
    count: asking(find.countAll),
    findByKey,
    findErasures: asking(find.findErasures),
    erase: asking(erase),
    chainHeads: asking(find.chainHeads),
    chainPage: asking(find.chainPage),
    archivedMonths: asking(findArchivedMonths),
    detachMonth: asking(detachMonth),
    startPaymentRun: asking(payments.startPaymentRun),
    addPayments: asking(payments.addPayments),
    endPaymentRun: asking(payments.endPaymentRun),
    earlierPayments: asking(payments.earlierPayments),
    paymentRunsOf: asking(payments.paymentRunsOf),
    countPayments: asking(payments.countPayments),
    ping: asking(async (database) => void (await database.execute(sql`select 1`))),
    close: () => session.close(),
  };
}
