import { decisionJson, erasureOf } from '../decisions/decision-json.ts';
import type { DecisionFilter, DecisionStore, DecisionSummary, LoggedDecision } from '../decisions/store.ts';
import { bold, dim, type ExitCode, type Io, UsageError, yellow } from './io.ts';
import { type LogPlace, withStore } from './with-store.ts';
import { series } from './words.ts';

export interface LogAround extends LogPlace {
  /** Epoch milliseconds. */
  now(): number;
}

export interface DecisionsListOptions {
  filter: DecisionFilter;
  limit: number;
  json: boolean;
}

/** The newest first. */
export async function decisionsList(
  io: Io,
  around: LogAround,
  { filter, limit, json }: DecisionsListOptions,
): Promise<ExitCode> {
  await withStore(around, 'auditor', async (store) => {
    const of = { ...filter, after: null, order: 'newest' as const, limit };
    if (json) {
      for (const one of await store.page(of)) io.out(decisionJson(one, await erasureOf(store, one)));
      return;
    }
    const found = await store.list(of);
    if (found.length === 0) io.out(io.lang === 'ja' ? '当てはまる判定はありません' : 'No decision fits');
    else for (const one of found) io.out(summaryLine(io, one));
  });
  return 0;
}

function summaryLine(io: Io, one: DecisionSummary): string {
  const { id, prefecture, incident, decidedAt, outcome, categories, reference, isErased } = one;
  const erased = isErased ? yellow(io, io.lang === 'ja' ? '（消去済み）' : ' (erased)') : '';
  return [
    bold(io, id),
    decidedAt.toISOString(),
    `${prefecture}/${incident}`,
    `${outcome}${categories.length > 0 ? ` [${series(io, categories)}]` : ''}${erased}`,
    reference === null ? '' : dim(io, reference),
  ]
    .filter(Boolean)
    .join('  ');
}

export async function findOne(store: DecisionStore, id: string): Promise<LoggedDecision> {
  const found = await store.find(id);
  if (!found) throw new UsageError(`${id}: no decision has this id（この ID の判定はありません）`);
  return found;
}

export async function decisionsShow(io: Io, around: LogAround, id: string): Promise<ExitCode> {
  await withStore(around, 'auditor', async (store) => {
    const found = await findOne(store, id);
    io.out(JSON.stringify(JSON.parse(decisionJson(found, await erasureOf(store, found))), null, 2));
  });
  return 0;
}
