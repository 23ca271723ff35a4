import { sql } from 'drizzle-orm';
import { append } from './append.ts';
import { MOST_AT_ONCE } from './batcher.ts';
import type { Session } from './database.ts';
import { findUses } from './find.ts';
import { monthOf } from './month.ts';
import { type Heads, link, type Salted, salted } from './seal.ts';
import { type DecisionRecord, type Idempotency, StoreRefusal } from './store.ts';

export interface Append {
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
