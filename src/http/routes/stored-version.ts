/** Versions in the log, also of rule sets that are no longer served; or the problem that is answered instead. */
import type { RuleSetVersion, VersionHistory } from '../../decisions/store.ts';
import { UNSTORABLE } from '../../engine/facts/read-facts.ts';
import { readVersion } from '../../rule-files/load.ts';
import type { Parts } from '../parts.ts';
import type { HttpProblem } from '../problems.ts';
import { type RuleSetName, unknownRuleSetPath } from './unknown-rule-set.ts';
import { unknownStored, type WantedVersion } from './unknown-version.ts';

type Kept = Pick<Parts, 'store' | 'shelf'>;

/** The newest first, and never none. */
export async function findHistory(
  { store, shelf }: Kept,
  asked: RuleSetName,
): Promise<{ history: VersionHistory[] } | { problem: HttpProblem }> {
  const { prefecture, incident } = asked;
  const history = UNSTORABLE.test(prefecture + incident) ? [] : await store.versionsOf(prefecture, incident);
  return history.length > 0 ? { history } : { problem: unknownRuleSetPath(asked, shelf) };
}

/** `parameter` is where the query asks for it; null for a path. */
export async function findStored(
  kept: Kept,
  asked: RuleSetName,
  wanted: WantedVersion,
  parameter: string | null,
): Promise<{ stored: RuleSetVersion } | { problem: HttpProblem }> {
  const stored = UNSTORABLE.test(asked.prefecture + asked.incident) ? null : await find(kept, asked, wanted);
  if (stored) return { stored };
  const found = await findHistory(kept, asked);
  return 'problem' in found ? found : { problem: unknownStored(wanted, found.history, parameter) };
}

async function find(
  { store }: Kept,
  { prefecture, incident }: RuleSetName,
  { version = '', knownAt }: WantedVersion,
): Promise<RuleSetVersion | null> {
  if (knownAt !== undefined) return store.findVersionAt(prefecture, incident, new Date(knownAt));
  const prefix = readVersion(version);
  return prefix === null ? null : store.findVersion(prefecture, incident, prefix);
}
