import { DrizzleQueryError } from 'drizzle-orm';
import { StoreRefusal, StoreUnavailable } from './store.ts';

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
  if (!(error instanceof Error) || error instanceof StoreUnavailable || error instanceof StoreRefusal)
    return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const isSqlState = code !== undefined && /^[0-9A-Z]{5}$/.test(code);
  const isOutage =
    code === undefined ? isEngineGone(error) : isSqlState ? outageStates.test(code) : outageCodes.test(code);
  const told = code === undefined ? error.message : `${code}: ${error.message}`;
  if (isOutage) return new StoreUnavailable(`the decision store does not answer: ${told}`);
  return isSqlState ? new StoreRefusal(code, error.message) : error;
}
