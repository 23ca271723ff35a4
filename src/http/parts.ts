import type { RequestIdVariables } from 'hono/request-id';
import type { Logger } from 'pino';
import type { Evaluator } from '../decisions/evaluate.ts';
import type { DecisionStore } from '../decisions/store.ts';
import type { Shelf } from '../rule-files/shelf.ts';

/** What the routes call. */
export interface Parts {
  shelf: Shelf;
  store: DecisionStore;
  evaluator: Evaluator;
  logger: Logger;
}

/** What the routes find in their context. */
export interface AppEnv {
  Variables: RequestIdVariables;
}
