import { fileURLToPath } from 'node:url';
import { DrizzleQueryError } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { type DecisionStore, StoreError, StoreRefusal, StoreUnavailable } from './store.ts';

/** What Postgres and the embedded store have in common; everything but opening is written against it. */
export type Database = PgDatabase<PgQueryResultHKT>;

/** A method of the store, asked of an open database. */
export type Query<Method extends Exclude<keyof DecisionStore, 'kind'>> = (
  database: Database,
  ...of: Parameters<DecisionStore[Method]>
) => ReturnType<DecisionStore[Method]>;

/** One of many statements calls `answered` after each: the time that the database has to answer begins anew. */
export type Operation<Result> = (database: Database, answered: () => void) => Promise<Result>;

/**
 * Who is asking. A service may add to the log, an auditor may only read it, each in a role that may do no more, whoever the
 * login is; an owner keeps the rights of the login.
 */
export type Actor = 'service' | 'auditor' | 'owner';

export const ROLES: Record<Actor, string | null> = {
  service: 'hosho_service',
  auditor: 'hosho_auditor',
  owner: null,
};

/** An open database of either kind. */
export interface Session {
  /** Rejects with StoreUnavailable when the database cannot be reached or does not answer in time. */
  run<Result>(operation: Operation<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The package's root is two folders up from here, in `src` as in `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * SQLSTATEs that say "not now" rather than "never": connection exceptions, login refused, no such database,
 * a standby that only reads, out of resources, statement timeout and shutdown, failing disk.
 */
const outageStates = /^(08|28|53|57|58)|^(3D000|25006|25P03)$/;

/** ECONNREFUSED and its like from Node, CONNECTION_CLOSED and its like from postgres.js. */
const outageCodes = /^(E[A-Z0-9]+|CONNECT[A-Z_]+)$/;

/** The embedded engine was closed, or ended itself (a full disk while writing its log does that). */
const isEngineGone = ({ name, message }: Error): boolean =>
  name === 'RuntimeError' || name === 'ExitStatus' || message === 'PGlite is closed';

/**
 * An error fit for a log: drizzle's and the embedded driver's errors carry the parameters of the failed
 * statement, which are the facts of a person's case. Only code and message are kept.
 */
export function translated(thrown: unknown): unknown {
  const error = thrown instanceof DrizzleQueryError && thrown.cause ? thrown.cause : thrown;
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const isSqlState = code !== undefined && /^[0-9A-Z]{5}$/.test(code);
  const isOutage =
    code === undefined ? isEngineGone(error) : isSqlState ? outageStates.test(code) : outageCodes.test(code);
  const told = code === undefined ? error.message : `${code}: ${error.message}`;
  if (isOutage)
    return new StoreUnavailable({
      ja: `判定の記録が応答しません：${told}`,
      en: `the decision store does not answer: ${told}`,
    });
  return isSqlState ? new StoreRefusal(code, error.message) : error;
}
