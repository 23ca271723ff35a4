/** The runs that wrote lists of payments, and taking one of them back. */
import type { PaymentRunSummary } from '../../decisions/store.ts';
import { keyOf } from '../../rule-files/load.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Context, type ExitCode, type Io, misuse, number } from '../terminal/io.ts';
import { withStore } from './with-store.ts';

interface PaymentsOptions {
  /** A run of which nothing was or will be paid. */
  revoke?: string;
  reason?: string;
  json: boolean;
}

export async function payments(
  { io, ...log }: Context,
  prefecture: string,
  incident: string,
  { revoke, reason, json }: PaymentsOptions,
): Promise<ExitCode> {
  const runs = await withStore(log, revoke === undefined ? 'auditor' : 'service', async (store) => {
    if (revoke !== undefined) {
      const known = await store.paymentRunsOf(prefecture, incident);
      if (!known.some(({ id }) => id === revoke)) throw misuse(`--revoke ${revoke}`, NO_SUCH_RUN);
      const endedAt = new Date(log.now());
      await store.endPaymentRun({ run: revoke, how: 'revoked', endedAt, reason: reason ?? null });
    }
    return store.paymentRunsOf(prefecture, incident);
  });
  if (json) io.out(JSON.stringify(runs, null, 2));
  else io.out([io.bold(keyOf(prefecture, incident)), ...runs.map((run) => lineOf(io, run))].join('\n'));
  return 0;
}

const NO_SUCH_RUN: LocalizedText = {
  ja: 'このルールの支払一覧の記録に、その実行はありません',
  en: 'no such run among those that wrote lists of payments of this rule set',
};

function lineOf(
  io: Io,
  { id, startedAt, input, payments, finishedAt, revokedAt }: PaymentRunSummary,
): string {
  const words = WORDS[io.lang];
  const state = revokedAt ? words.revoked : finishedAt ? words.finished : words.unfinished;
  const at = toOffsetDateTime(startedAt.getTime(), 'Asia/Tokyo');
  return [id, at, words.payments(number(payments)), state, input].join('  ');
}

const WORDS = {
  ja: {
    revoked: '取消',
    finished: '完了',
    unfinished: '未完了',
    payments: (count: string) => `${count}件`,
  },
  en: {
    revoked: 'revoked',
    finished: 'finished',
    unfinished: 'not finished',
    payments: (count: string) => `${count} payments`,
  },
};
