import { sql } from 'drizzle-orm';
import { type Append, appendAll, findByKey } from './append.ts';
import type { Session } from './database.ts';
import { find } from './find.ts';
import { groupCommit } from './group-commit.ts';
import type { AppendResult, DecisionStore } from './store.ts';
import { findVersion, saveVersion } from './versions.ts';

/** The log over an open database: the same for both kinds. */
export function decisionLog(kind: DecisionStore['kind'], session: Session): DecisionStore {
  const append = groupCommit<Append, AppendResult>((appends) =>
    session.run((database) => appendAll(database, appends)),
  );
  return {
    kind,
    saveVersion: (version) => session.run((database) => saveVersion(database, version)),
    findVersion: (prefecture, incident, prefix) =>
      session.run((database) => findVersion(database, prefecture, incident, prefix)),
    append: (record, idempotency) => append({ record, idempotency }),
    findByKey: (idempotency) => session.run((database) => findByKey(database, idempotency)),
    find: (id) => session.run((database) => find(database, id)),
    ping: () =>
      session.run(async (database) => {
        await database.execute(sql`select 1`);
      }),
    close: () => session.close(),
  };
}
