import { fileURLToPath } from 'node:url';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { DecisionStore } from './store.ts';

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
