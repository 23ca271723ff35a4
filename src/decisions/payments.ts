/** Who is on the lists of payments of which bulk runs. */
import { and, asc, count, desc, eq, inArray, ne, notExists, sql } from 'drizzle-orm';
import type { Database, Query } from './database.ts';
import { paymentRunEnds, paymentRuns, payments } from './schema.ts';
import { type EarlierPayment, PaidElsewhere, type PaymentRun } from './store.ts';

export const startPaymentRun: Query<'startPaymentRun'> = async (database, run) => {
  await database.insert(paymentRuns).values(run).onConflictDoNothing();
};

export const addPayments: Query<'addPayments'> = async (database, id, of) => {
  if (of.length === 0) return;
  await database.transaction(async (transaction) => {
    const [run] = await transaction.select().from(paymentRuns).where(eq(paymentRuns.id, id));
    if (!run) throw new Error(`no payment run ${id}`);
    // One run of a rule set at a time: of two that would pay the same the second sees what the first has added.
    const ofRuleSet = `payments ${run.prefecture}/${run.incident}`;
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${ofRuleSet}, 0))`);
    if (await isRevoked(transaction, id)) throw new PaidElsewhere(revoked(id));
    const references = of.map(({ reference }) => reference);
    const [clash] = await earlierPayments(transaction, run, references);
    if (clash) throw new PaidElsewhere(paidBy(clash));
    const added = JSON.stringify(of.map(({ line, reference }) => ({ line, reference })));
    await transaction.execute(sql`
      insert into payments (run, line, reference)
      select ${id}::uuid, line, reference from json_to_recordset(${added}::json) as added (line bigint, reference text)
      on conflict do nothing`);
  });
};

const isRevoked = async (database: Database, run: string): Promise<boolean> => {
  const found = await database.select().from(paymentRunEnds).where(revocationOf(run));
  return found.length > 0;
};

const revocationOf = (run: string | typeof paymentRuns.id) =>
  and(eq(paymentRunEnds.run, run), eq(paymentRunEnds.how, 'revoked'));

const revoked = (run: string) => ({
  ja: `この実行の支払一覧は取り消されています（${run}）。初めからやり直すときは --force を付けてください`,
  en: `the list of this run was revoked (${run}); --force begins again`,
});
const paidBy = ({ run, line }: EarlierPayment) => ({
  ja: `同じ照会番号を、別の実行（${run}）が ${line}行目でいま支払一覧に載せました`,
  en: `another run (${run}) has just put the same reference on its list, in line ${line}`,
});

export const endPaymentRun: Query<'endPaymentRun'> = async (database, end) => {
  const found = await database
    .select({ id: paymentRuns.id })
    .from(paymentRuns)
    .where(eq(paymentRuns.id, end.run));
  if (found.length === 0) return false;
  await database.insert(paymentRunEnds).values(end).onConflictDoNothing();
  return true;
};

export const earlierPayments = async (
  database: Database,
  { id, prefecture, incident }: PaymentRun,
  references: readonly string[],
): Promise<EarlierPayment[]> => {
  const isFinished = sql<boolean>`exists (select from ${paymentRunEnds} where ${and(
    eq(paymentRunEnds.run, paymentRuns.id),
    eq(paymentRunEnds.how, 'finished'),
  )})`;
  const { startedAt, input } = paymentRuns;
  return database
    .selectDistinctOn([payments.reference], {
      ...{ run: payments.run, line: payments.line, reference: payments.reference, startedAt, input },
      isFinished: isFinished.as('is_finished'),
    })
    .from(payments)
    .innerJoin(paymentRuns, eq(paymentRuns.id, payments.run))
    .where(
      and(
        inArray(
          payments.reference,
          sql`(select json_array_elements_text(${JSON.stringify(references)}::json))`,
        ),
        ...[eq(paymentRuns.prefecture, prefecture), eq(paymentRuns.incident, incident)],
        ne(paymentRuns.id, id),
        notExists(
          database
            .select({ run: paymentRunEnds.run })
            .from(paymentRunEnds)
            .where(revocationOf(paymentRuns.id)),
        ),
      ),
    )
    .orderBy(payments.reference, asc(payments.run), asc(payments.line));
};

export const paymentRunsOf: Query<'paymentRunsOf'> = async (database, prefecture, incident) => {
  const isOfRuleSet = and(eq(paymentRuns.prefecture, prefecture), eq(paymentRuns.incident, incident));
  const runs = await database.select().from(paymentRuns).where(isOfRuleSet).orderBy(desc(paymentRuns.id));
  const counts = await database
    .select({ run: payments.run, payments: count() })
    .from(payments)
    .innerJoin(paymentRuns, eq(paymentRuns.id, payments.run))
    .where(isOfRuleSet)
    .groupBy(payments.run);
  const ends = await database
    .select({ run: paymentRunEnds.run, how: paymentRunEnds.how, endedAt: paymentRunEnds.endedAt })
    .from(paymentRunEnds)
    .innerJoin(paymentRuns, eq(paymentRuns.id, paymentRunEnds.run))
    .where(isOfRuleSet);
  return runs.map((run) => {
    const endOf = (how: 'finished' | 'revoked'): Date | null =>
      ends.find((end) => end.run === run.id && end.how === how)?.endedAt ?? null;
    return {
      ...run,
      payments: counts.find((one) => one.run === run.id)?.payments ?? 0,
      ...{ finishedAt: endOf('finished'), revokedAt: endOf('revoked') },
    };
  });
};

export const countPayments: Query<'countPayments'> = async (database, reference) => {
  const [found] = await database
    .select({ payments: count() })
    .from(payments)
    .where(eq(payments.reference, reference));
  return found?.payments ?? 0;
};
