/** The log of what a run pays: each line before it is written, so that no list is longer than what is known of it. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type {
  DecisionStore,
  EarlierPayment,
  Payment,
  PaymentRun,
  PaymentRunSummary,
} from '../decisions/store.ts';
import { REFERENCE } from './columns.ts';
import { createReader } from './read-cases.ts';
import { namedRows, type RepeatsInput } from './repeats.ts';
import { lineIds, type RunId } from './task.ts';

export interface PaymentLog {
  run: PaymentRun;
  /** Whether the run was there before: one that is taken up again has to be. */
  wasKnown: boolean;
  /** Other runs over a file of the same bytes, the newest first, without those that were revoked. */
  sameInput: PaymentRunSummary[];
  /** Of these references those that other runs of the rule set have on their lists. */
  earlier(references: readonly string[]): Promise<EarlierPayment[]>;
  /** Resolves after the commit, all or none. */
  commit(paid: readonly Payment[]): Promise<void>;
  finish(): Promise<void>;
}

/** No line is on line 0. */
export const paymentRunId = (run: RunId): string => lineIds(run)(0);

export async function openPaymentLog(
  store: DecisionStore,
  run: PaymentRun,
  now: () => number,
): Promise<PaymentLog> {
  const runs = await store.paymentRunsOf(run.prefecture, run.incident);
  const others = runs.filter(({ id, revokedAt }) => id !== run.id && revokedAt === null);
  await store.startPaymentRun(run);
  return {
    run,
    wasKnown: runs.some(({ id }) => id === run.id),
    sameInput: others.filter(({ inputHash }) => inputHash === run.inputHash),
    earlier: (references) => store.earlierPayments(run, references),
    commit: (paid) => store.addPayments(run.id, paid),
    async finish() {
      await store.endPaymentRun({ run: run.id, how: 'finished', endedAt: new Date(now()), reason: null });
    },
  };
}

/** sha256 of a whole file, in hex. */
export async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of file.createReadStream({ start: 0, autoClose: false })) hash.update(bytes);
  return hash.digest('hex');
}

/** By line. */
export type PaidBefore = ReadonlyMap<number, EarlierPayment>;
export const NOTHING_PAID: PaidBefore = new Map();

/** References asked for at a time. */
const AT_ONCE = 5_000;

/** The rows whose reference is on a list of another run. What `signal` ends is not whole, and is not gone on with. */
export async function findPaidBefore(
  input: RepeatsInput,
  log: PaymentLog,
  signal: AbortSignal,
): Promise<PaidBefore> {
  const { input: from } = input.task;
  if (from.format === 'csv' && !from.columns.includes(REFERENCE)) return NOTHING_PAID;
  const found = new Map<number, EarlierPayment>();
  let lines = new Map<string, number[]>();
  async function ask(): Promise<void> {
    for (const payment of await log.earlier([...lines.keys()]))
      for (const line of lines.get(payment.reference) ?? []) found.set(line, payment);
    lines = new Map();
  }
  for await (const { key, row } of namedRows(input, createReader(input.ruleSet, input.task, true), signal)) {
    lines.set(key, [...(lines.get(key) ?? []), row.line]);
    if (lines.size === AT_ONCE) await ask();
  }
  await ask();
  return found;
}
