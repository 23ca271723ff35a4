/** Two clocks: `asOf` is the instant judged; the version, or the instant at which the rules were as they are wanted, is this. */

import type { VersionHistory } from '../decisions/store.ts';
import type { ChosenBy } from '../engine/answer/answer.ts';
import type { ServedRuleSet } from '../rule-files/registry.ts';
import type { ReadStored } from '../rule-files/stored-rules.ts';
import type { Problem } from '../rulebook/problems.ts';
import {
  findVersion,
  type RuleSetName,
  type UnknownRuleSet,
  unknownRuleSet,
  type Versions,
  type WantedVersion,
} from './versions.ts';

/** The current rules where no version is wanted. */
export interface WantedRules extends RuleSetName, WantedVersion {}

export type Choice = { kind: 'chosen'; ruleSet: ServedRuleSet; by: ChosenBy } | NoRules;

export type NoRules =
  | UnknownRuleSet
  /** `current` is served now; `known` are all there are, the newest first. */
  | { kind: 'unknown-version'; current: string | null; known: VersionHistory[] }
  /** It was kept by an earlier program, and this one cannot read it. */
  | { kind: 'unreadable-version'; version: string; problems: Problem[] };

/** May be synchronous: most are answered by what is served. */
export type ChooseRules = (wanted: WantedRules) => Choice | Promise<Choice>;

export function rulesChooser({
  readStored,
  ...versions
}: Versions & { readStored: ReadStored }): ChooseRules {
  const { registry } = versions;

  async function fromStore(wanted: WantedRules, by: ChosenBy): Promise<Choice> {
    const current = registry.find(wanted.prefecture, wanted.incident);
    const found = await findVersion(versions, wanted, wanted);
    if (found.kind === 'unknown-version') return { ...found, current: current?.version ?? null };
    if (found.kind === 'unknown-rule-set') return found;
    const { stored } = found;
    if (stored.version === current?.version) return { kind: 'chosen', ruleSet: current, by };
    const rules = readStored(stored);
    return 'problems' in rules
      ? { kind: 'unreadable-version', version: stored.version, problems: rules.problems }
      : { kind: 'chosen', ruleSet: rules.served, by };
  }

  return (wanted) => {
    const { prefecture, incident, version, knownAt } = wanted;
    if (knownAt !== undefined) return fromStore(wanted, { by: 'knownAt', knownAt });
    const current = registry.find(prefecture, incident);
    const by = { by: version === undefined ? 'current' : 'version' } as const;
    // Where no version is wanted, any will do.
    if (current?.version.startsWith(version ?? '')) return { kind: 'chosen', ruleSet: current, by };
    return version === undefined ? unknownRuleSet(registry, wanted) : fromStore(wanted, by);
  };
}
