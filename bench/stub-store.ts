import type { DecisionStore } from '../src/decisions/store.ts';

const never = (): Promise<never> => Promise.reject(new Error('not in this bench'));

/** A store that does only what is given. */
export const stubStore = (does: Partial<DecisionStore>): DecisionStore => ({
  kind: 'postgres',
  ...{ saveVersions: never, findVersion: never, findVersionAt: never, versionsOf: never },
  ...{ servingOf: never, endServing: never, startPaymentRun: never, addPayments: never },
  ...{ endPaymentRun: never, earlierPayments: never, paymentRunsOf: never, countPayments: never },
  ...{ append: never, appendAll: never, find: never, findAll: never, page: never, list: never, count: never },
  ...{ findByKey: never, findErasures: never, erase: never, chainHeads: never, chainPage: never },
  ...{ archivedMonths: never, detachMonth: never, ping: never, close: never },
  ...does,
});
