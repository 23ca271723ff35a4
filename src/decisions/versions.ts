import { and, asc, desc, eq, getTableColumns, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Database, Query } from './database.ts';
import { currentVersions, ruleSetVersions } from './schema.ts';
import type { RuleSetVersion } from './store.ts';

export const saveVersions: Query<'saveVersions'> = async (database, versions, currentSince) => {
  if (versions.length === 0) return;
  await database.transaction(async (transaction) => {
    const fresh = await notKept(transaction, versions);
    if (fresh.length > 0)
      await transaction
        .insert(ruleSetVersions)
        .values(fresh.map((version) => ({ ...version, firstLoadedAt: currentSince })))
        .onConflictDoUpdate({
          target: ruleSetVersions.version,
          set: { commit: sql`excluded.commit`, authoredAt: sql`excluded.authored_at` },
          setWhere: sql`${ruleSetVersions.commit} is null and excluded.commit is not null`,
        });
    if (currentSince) await makeCurrent(transaction, versions, currentSince);
  });
};

/** Those of which something is not kept yet. In one order, so that two instances never wait for each other in a circle. */
async function notKept(database: Database, versions: readonly RuleSetVersion[]): Promise<RuleSetVersion[]> {
  const names = versions.map(({ version }) => version);
  const kept = await database
    .select({ version: ruleSetVersions.version, commit: ruleSetVersions.commit })
    .from(ruleSetVersions)
    .where(inArray(ruleSetVersions.version, names));
  const commits = new Map(kept.map(({ version, commit }) => [version, commit]));
  return versions
    .filter(({ version, commit }) => !commits.has(version) || (!commits.get(version) && commit !== null))
    .toSorted((a, b) => (a.version < b.version ? -1 : 1));
}

/** Where another version was current, or none. Never before that began, whatever the clocks of two instances say. */
async function makeCurrent(
  database: Database,
  versions: readonly (Pick<RuleSetVersion, 'prefecture' | 'incident'> & { version: string | null })[],
  since: Date,
): Promise<void> {
  const given = versions.map(({ prefecture, incident, version }) => ({ prefecture, incident, version }));
  await database.execute(sql`
    insert into current_versions (prefecture, incident, version, since)
    select given.prefecture, given.incident, given.version, greatest(${since.toISOString()}::timestamptz, last.since)
    from json_to_recordset(${JSON.stringify(given)}::json) as given (prefecture text, incident text, version text)
    left join lateral (
      select version, since from current_versions
      where prefecture = given.prefecture and incident = given.incident
      order by since desc, id desc limit 1
    ) as last on true
    where given.version is distinct from last.version`);
}

/** Of each rule set the last change: `version` is null where it was no longer served. */
const lastChanges = (database: Database) =>
  database
    .selectDistinctOn([currentVersions.prefecture, currentVersions.incident], {
      prefecture: currentVersions.prefecture,
      incident: currentVersions.incident,
      version: currentVersions.version,
      since: currentVersions.since,
    })
    .from(currentVersions)
    .orderBy(
      currentVersions.prefecture,
      currentVersions.incident,
      desc(currentVersions.since),
      desc(currentVersions.id),
    );

export const servingOf: Query<'servingOf'> = async (database) =>
  (await lastChanges(database)).map(({ version, since, ...name }) => ({
    ...name,
    noLongerSince: version === null ? since : null,
  }));

export const endServing: Query<'endServing'> = async (database, ruleSets, since) => {
  if (ruleSets.length === 0) return;
  await makeCurrent(
    database,
    ruleSets.map(({ prefecture, incident }) => ({ prefecture, incident, version: null })),
    since,
  );
};

const { firstLoadedAt, ...versionColumns } = getTableColumns(ruleSetVersions);
const { ruleText: _, vocabularyText: __, ...historyColumns } = versionColumns;

const ofRuleSet = (
  table: typeof ruleSetVersions | typeof currentVersions,
  prefecture: string,
  incident: string,
): SQL | undefined => and(eq(table.prefecture, prefecture), eq(table.incident, incident));

export const findVersion: Query<'findVersion'> = async (database, prefecture, incident, prefix) => {
  const isOfPrefix = sql`starts_with(${ruleSetVersions.version}, ${prefix})`;
  const [only, another] = await database
    .select(versionColumns)
    .from(ruleSetVersions)
    .where(and(ofRuleSet(ruleSetVersions, prefecture, incident), isOfPrefix))
    .limit(2);
  return only && !another ? only : null;
};

export const findVersionAt: Query<'findVersionAt'> = async (database, prefecture, incident, knownAt) => {
  const [found] = await database
    .select({ version: versionColumns })
    .from(currentVersions)
    // The last change may say that there was none.
    .leftJoin(ruleSetVersions, eq(ruleSetVersions.version, currentVersions.version))
    .where(and(ofRuleSet(currentVersions, prefecture, incident), lte(currentVersions.since, knownAt)))
    .orderBy(desc(currentVersions.since), desc(currentVersions.id))
    .limit(1);
  return found?.version ?? null;
};

export const versionsOf: Query<'versionsOf'> = async (database, prefecture, incident) => {
  const versions = await database
    .select({ ...historyColumns, firstLoadedAt })
    .from(ruleSetVersions)
    .where(ofRuleSet(ruleSetVersions, prefecture, incident))
    .orderBy(desc(firstLoadedAt), asc(ruleSetVersions.version));
  const changes = await database
    .select({ version: currentVersions.version, since: currentVersions.since })
    .from(currentVersions)
    .where(ofRuleSet(currentVersions, prefecture, incident))
    .orderBy(asc(currentVersions.since), asc(currentVersions.id));
  const spans = changes
    // Two instances may have begun to answer by it at once.
    .filter(({ version }, i) => version !== changes[i - 1]?.version)
    .map((change, i, all) => ({ ...change, until: all[i + 1]?.since ?? null }));
  const spansOf = (version: string) =>
    spans.filter((span) => span.version === version).map(({ since, until }) => ({ since, until }));
  return versions.map((one) => ({ ...one, current: spansOf(one.version) }));
};
