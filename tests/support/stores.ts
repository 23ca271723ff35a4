import { cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { v4, v7 } from 'uuid';
import { inject } from 'vitest';
import type { DecisionRecord, DecisionStore, RuleSetVersion } from '../../src/decisions/store.ts';

/** What `openStore` takes. */
export interface Place {
  databaseUrl?: string;
  dataDir: string;
}

export const kinds: DecisionStore['kind'][] = ['postgres', 'embedded'];

/** An empty folder that is removed when the run ends. */
export function freshFolder(): Promise<string> {
  return mkdtemp(join(inject('scratch'), 'test-'));
}

/** URL of a new database on the run's server: empty, or a copy of one that nobody is connected to. */
export async function freshDatabase(
  serverUrl: string = inject('postgresUrl'),
  template = 'template1',
): Promise<string> {
  const name = `test_${v4().replaceAll('-', '')}`;
  const session = postgres(serverUrl, { max: 1 });
  try {
    await session.unsafe(`create database ${name} template ${template}`);
  } finally {
    await session.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A copy of a database that nobody is connected to. */
export const copyDatabase = (databaseUrl: string): Promise<string> =>
  freshDatabase(inject('postgresUrl'), new URL(databaseUrl).pathname.slice(1));

/** Where a new, empty store of that kind can be opened. */
export async function freshPlace(kind: DecisionStore['kind']): Promise<Place> {
  const dataDir = await freshFolder();
  if (kind === 'postgres') return { dataDir, databaseUrl: await freshDatabase() };
  await cp(inject('emptyDataDir'), dataDir, { recursive: true });
  return { dataDir };
}

export function sampleVersion(version: string, changes: Partial<RuleSetVersion> = {}): RuleSetVersion {
  return {
    version: version.padEnd(64, '0'),
    prefecture: 'sample',
    incident: '2020-01-01',
    ruleText: 'title: 見本\n',
    vocabularyText: 'facts: {}\n',
    commit: null,
    authoredAt: null,
    ...changes,
  };
}

/** Its answer says what the record says, unless another is given. */
export function sampleRecord(version: RuleSetVersion, changes: Partial<DecisionRecord> = {}): DecisionRecord {
  const { outcome = 'eligible', categories = ['A'] } = changes;
  return {
    id: v7(),
    prefecture: version.prefecture,
    incident: version.incident,
    version: version.version,
    asOf: new Date('2020-04-15T03:00:00.123Z'),
    decidedAt: new Date('2020-04-16T00:00:00.456Z'),
    reference: null,
    outcome,
    categories,
    facts: '{"holder":true}',
    answer: JSON.stringify({ outcome, categories: categories.map((id) => ({ id })) }),
    engineVersion: '0.1.0',
    ...changes,
  };
}
