import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { ruleSetVersions } from './schema.ts';
import type { RuleSetVersion } from './store.ts';

/** Keeps the texts of versions; a version already kept is left as it is. All or none. */
export async function saveVersions(database: Database, versions: readonly RuleSetVersion[]): Promise<void> {
  if (versions.length === 0) return;
  // In one order, so that two instances that start at once never wait for each other in a circle.
  const sorted = versions.toSorted((a, b) => (a.version < b.version ? -1 : 1));
  await database.insert(ruleSetVersions).values(sorted).onConflictDoNothing();
}

/** The one version of that rule set that begins with `prefix` (hex); null when none or several do. */
export async function findVersion(
  database: Database,
  prefecture: string,
  incident: string,
  prefix: string,
): Promise<RuleSetVersion | null> {
  const found = await database
    .select({
      version: ruleSetVersions.version,
      prefecture: ruleSetVersions.prefecture,
      incident: ruleSetVersions.incident,
      ruleText: ruleSetVersions.ruleText,
      vocabularyText: ruleSetVersions.vocabularyText,
      commit: ruleSetVersions.commit,
    })
    .from(ruleSetVersions)
    .where(
      and(
        eq(ruleSetVersions.prefecture, prefecture),
        eq(ruleSetVersions.incident, incident),
        sql`starts_with(${ruleSetVersions.version}, ${prefix})`,
      ),
    )
    .limit(2);
  const [only, another] = found;
  return only && !another ? only : null;
}
