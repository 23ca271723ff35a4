import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  date,
  index,
  json,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';

/** JSON as text: written once, kept and answered to the byte. */
export type JsonText = string;

/** Bytes, two lower-case hex digits each. */
export type Hex = string;

/**
 * JSON kept as the text it was written in, to the byte (`jsonb` would sort the keys). Both drivers would parse it on
 * reading, so it is selected as text.
 */
const jsonText = customType<{ data: JsonText; driverData: string }>({ dataType: () => 'json' });

/** Years 1 to 9999. Read in UTC (the session's time zone), strictly: drizzle's own reads year 1 as 2001. */
const timestamps = (type: string) =>
  customType<{ data: Date; driverData: string }>({
    dataType: () => type,
    toDriver: (value) => value.toISOString(),
    fromDriver: (value) => new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')),
  });
const instant = timestamps('timestamp with time zone');
/** More precise ones are not sealed, and must not be there. */
const milliseconds = timestamps('timestamp (3) with time zone');

const bytes = customType<{ data: Hex; driverData: string | Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => `\\x${value}`,
  fromDriver: (value) => (typeof value === 'string' ? value.slice(2) : Buffer.from(value).toString('hex')),
});

const ofRuleSet = { prefecture: text('prefecture').notNull(), incident: text('incident').notNull() };

/** Every version of every rule set that was ever loaded, whole: replay needs nothing but the database. */
export const ruleSetVersions = pgTable(
  'rule_set_versions',
  {
    /** sha256 (64 hex digits) over the rule file and the vocabulary, whose exact texts these are. */
    version: text('version').primaryKey(),
    ...ofRuleSet,
    ruleText: text('rule_text').notNull(),
    vocabularyText: text('vocabulary_text').notNull(),
    /** git commit the file was read at; null outside a repository or with uncommitted changes. */
    commit: text('commit'),
    /** Of the commit, as git tells it: RFC 3339 with the author's offset. */
    authoredAt: text('authored_at'),
    firstLoadedAt: instant('first_loaded_at').notNull().default(sql`now()`),
  },
  (table) => [index('rule_set_versions_by_rule_set').on(table.prefecture, table.incident)],
);

const ofVersion = {
  ...ofRuleSet,
  version: text('version')
    .notNull()
    .references(() => ruleSetVersions.version),
};

/** Since when which version was the one that a service answered by; until the next of the same rule set. Append-only. */
export const currentVersions = pgTable(
  'current_versions',
  {
    id: bigint('id', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
    ...ofRuleSet,
    /** Null: from then on the rule set was not served. */
    version: text('version').references(() => ruleSetVersions.version),
    since: instant('since').notNull(),
  },
  (table) => [index('current_versions_by_rule_set').on(table.prefecture, table.incident, table.since)],
);

/**
 * Append-only but for erasure. Partitioned by the month of `decided_at` (JST), which drizzle cannot say: see the
 * migrations. On each partition (chain, seq) is unique.
 */
export const decisions = pgTable(
  'decisions',
  {
    /** UUIDv7. */
    id: uuid('id').notNull(),
    ...ofVersion,
    asOf: milliseconds('as_of').notNull(),
    decidedAt: milliseconds('decided_at').notNull(),
    reference: text('reference'),
    /** Of the answer: what decisions are looked for by. */
    outcome: text('outcome').notNull(),
    categories: text('categories').array().notNull(),
    /** These three are null where they were erased. */
    facts: jsonText('facts'),
    answer: jsonText('answer'),
    salt: bytes('salt'),
    /** hosho's own version. */
    engineVersion: text('engine_version').notNull(),
    /** The chain of one writer in one month, and its place there, from 1. */
    chain: uuid('chain').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    factsHash: bytes('facts_hash').notNull(),
    answerHash: bytes('answer_hash').notNull(),
    /** The hash of the one before it; zeros for the first. */
    previous: bytes('previous').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.decidedAt] }),
    index('decisions_by_rule_set').on(table.prefecture, table.incident, table.id),
    index('decisions_by_reference').on(table.reference).where(sql`${table.reference} is not null`),
    check(
      'decisions_whole_or_erased',
      sql`num_nulls(${table.facts}, ${table.answer}, ${table.salt}) in (0, 3)`,
    ),
  ],
);

/** Whose facts and answers were erased. Append-only. */
export const erasures = pgTable('erasures', {
  decisionId: uuid('decision_id').primaryKey(),
  erasedAt: instant('erased_at').notNull(),
  /** The login that did it. */
  erasedBy: text('erased_by').notNull().default(sql`session_user`),
  reason: text('reason'),
});

/** Months whose decisions were written to a file and taken out of `decisions`. */
export const archivedMonths = pgTable('archived_months', {
  /** The first day. */
  month: date('month', { mode: 'string' }).primaryKey(),
  archivedAt: instant('archived_at').notNull(),
  /** Their chains: [{ chain, count, head }], as a checkpoint has them. */
  chains: json('chains').notNull(),
});

/** No foreign key to `decisions`: a table partitioned by month cannot be referred to by its id alone. */
export const idempotencyKeys = pgTable('idempotency_keys', {
  key: text('key').primaryKey(),
  /** Null where the decision's facts were erased, which this is a hash of. */
  requestHash: text('request_hash'),
  decisionId: uuid('decision_id').notNull(),
});

/** Bulk runs that wrote a list of payments. Append-only, as are the two tables that follow. */
export const paymentRuns = pgTable(
  'payment_runs',
  {
    /** UUIDv7. */
    id: uuid('id').primaryKey(),
    ...ofVersion,
    startedAt: instant('started_at').notNull(),
    /** The name of the file of cases, without its folders. */
    input: text('input').notNull(),
    /** sha256 of that file, in hex. */
    inputHash: text('input_hash').notNull(),
  },
  (table) => [index('payment_runs_by_rule_set').on(table.prefecture, table.incident)],
);

/** What was put on those lists: whose, and nothing of why or how much. */
export const payments = pgTable(
  'payments',
  {
    run: uuid('run')
      .notNull()
      .references(() => paymentRuns.id),
    /** Physical line of the file of cases, from 1. */
    line: bigint('line', { mode: 'number' }).notNull(),
    /** As references are compared: see `referenceKey`. */
    reference: text('reference').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.run, table.line] }),
    index('payments_by_reference').on(table.reference),
  ],
);

/** How runs ended. Without an end a run was interrupted, or goes on. */
export const paymentRunEnds = pgTable(
  'payment_run_ends',
  {
    run: uuid('run')
      .notNull()
      .references(() => paymentRuns.id),
    /** `revoked`: somebody says that nothing on its list was or will be paid. */
    how: text('how', { enum: ['finished', 'revoked'] }).notNull(),
    endedAt: instant('ended_at').notNull(),
    /** The login that did it. */
    endedBy: text('ended_by').notNull().default(sql`session_user`),
    reason: text('reason'),
  },
  (table) => [primaryKey({ columns: [table.run, table.how] })],
);
