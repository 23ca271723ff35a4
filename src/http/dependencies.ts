import type { HttpBindings } from '@hono/node-server';
import type { RequestIdVariables } from 'hono/request-id';
import type { Logger } from 'pino';
import type { SigningKey } from '../audit/keys.ts';
import type { DecisionStore } from '../decisions/store.ts';
import type { Comparer } from '../operations/comparer.ts';
import type { Versions } from '../operations/versions.ts';
import type { RuleSetRegistry } from '../rule-files/registry.ts';
import type { ReadStored } from '../rule-files/stored-rules.ts';

/** What the service puts together for the app. */
export interface Dependencies {
  registry: RuleSetRegistry & Versions['registry'];
  store: DecisionStore;
  /** Versions from the store, made ready to judge by. */
  readStored: ReadStored;
  /** Signs receipts; absent where there is none. */
  auditKey: SigningKey | undefined;
  /** Epoch milliseconds. */
  now(): number;
  /** hosho's own version. */
  engineVersion: string;
  comparer: Comparer;
  /** Hosts that are answered for besides loopback, as `readHost` writes them. */
  allowedHosts: readonly string[];
  /** Of decisions: UUIDv7. */
  newId(): string;
  logger: Logger;
  logRequest: LogRequest;
  newRequestId(): string;
}

/** The line that a request leaves in the log. Never a body, a query or a header: they may tell of a person. */
export type LogRequest = (line: {
  /** Letters, digits, _, - and = only. */
  requestId: string;
  method: string;
  path: string;
  status: number;
  ms: number;
}) => void;

/** What the routes find in their context. */
export interface AppEnv {
  /** Node's own request and answer. Absent where the app is asked without a server, as tests do. */
  Bindings: HttpBindings;
  Variables: RequestIdVariables & {
    /**
     * Set where the answer goes on after the route has returned: resolves when nothing more is done for the request, with
     * what is to be logged of it. Never rejects.
     */
    ended?: Promise<Record<string, unknown>>;
  };
}
