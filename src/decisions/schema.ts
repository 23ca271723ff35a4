import { sql } from 'drizzle-orm';
import { customType, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { JsonText } from './store.ts';

/**
 * JSON kept as the text it was written in, to the byte (`jsonb` would sort the keys). Both drivers would parse it on
 * reading, so it is selected as text.
 */
const jsonText = customType<{ data: JsonText; driverData: string }>({ dataType: () => 'json' });

/** Years 1 to 9999. Read in UTC (the session's time zone), strictly: drizzle's own reads year 1 as 2001. */
const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toISOString(),
  fromDriver: (value) => new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')),
});

/** Every version of every rule set that was ever loaded, whole: replay needs nothing but the database. */
export const ruleSetVersions = pgTable(
  'rule_set_versions',
  {
    version: text('version').primaryKey(),
    prefecture: text('prefecture').notNull(),
    incident: text('incident').notNull(),
    ruleText: text('rule_text').notNull(),
    vocabularyText: text('vocabulary_text').notNull(),
    commit: text('commit'),
    firstLoadedAt: instant('first_loaded_at').notNull().default(sql`now()`),
  },
  (table) => [index('rule_set_versions_by_rule_set').on(table.prefecture, table.incident)],
);

/** Append-only: no row is ever changed or removed. */
export const decisions = pgTable(
  'decisions',
  {
    id: uuid('id').primaryKey(),
    prefecture: text('prefecture').notNull(),
    incident: text('incident').notNull(),
    version: text('version')
      .notNull()
      .references(() => ruleSetVersions.version),
    asOf: instant('as_of').notNull(),
    decidedAt: instant('decided_at').notNull(),
    reference: text('reference'),
    facts: jsonText('facts').notNull(),
    answer: jsonText('answer').notNull(),
    engineVersion: text('engine_version').notNull(),
  },
  (table) => [
    index('decisions_by_rule_set').on(table.prefecture, table.incident, table.decidedAt),
    index('decisions_by_reference').on(table.reference).where(sql`${table.reference} is not null`),
  ],
);

/** No foreign key to `decisions`: a table partitioned by month cannot be referred to by its id alone. */
export const idempotencyKeys = pgTable('idempotency_keys', {
  key: text('key').primaryKey(),
  requestHash: text('request_hash').notNull(),
  decisionId: uuid('decision_id').notNull(),
});
