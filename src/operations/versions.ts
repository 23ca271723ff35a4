/**
 * Versions of rule sets as the log keeps them, also of those that are no longer served. Two clocks: `asOf` is the instant judged;
 * the version, or the instant at which the rules were as they are wanted, is what is chosen here.
 */
import type { DecisionStore, RuleSetVersion, VersionHistory } from '../decisions/store.ts';
import type { ChosenBy } from '../engine/answer/answer.ts';
import { UNSTORABLE } from '../engine/facts/read-facts.ts';
import { keyOf, readVersion } from '../rule-files/load.ts';
import type { RuleSetRegistry, ServedRuleSet } from '../rule-files/registry.ts';
import type { ReadStored } from '../rule-files/stored-rules.ts';
import { nearest, type Problem } from '../rulebook/problems.ts';

export interface RuleSetName {
  prefecture: string;
  incident: string;
}

/** Which version of a rule set is meant: one of the two. */
export interface WantedVersion {
  /** sha256 of the rule set, or a prefix of it. */
  version?: string | undefined;
  /** Epoch milliseconds: the rules that were answered by at that instant. */
  knownAt?: number | undefined;
}

export interface UnknownRuleSet {
  kind: 'unknown-rule-set';
  /** What is served. */
  known: RuleSetName[];
  /** There is a draft of it, which answers nobody. */
  isDraft: boolean;
  /** Since when it is not served, where it was before; else null. */
  noLongerSince: Date | null;
  /** The nearest <prefecture>/<incident>. */
  suggestion: string | null;
}

export type NoVersion =
  | UnknownRuleSet
  /** `known` are all there are, the newest first. */
  | { kind: 'unknown-version'; known: VersionHistory[] };

export interface Versions {
  registry: Pick<RuleSetRegistry, 'find' | 'all' | 'drafts'> & {
    /** Left out where nothing was served before. */
    noLongerSince?(prefecture: string, incident: string): Date | null;
  };
  store: Pick<DecisionStore, 'findVersion' | 'findVersionAt' | 'versionsOf'>;
}

/** Every version that was ever loaded, the newest first; never none. Rejects with StoreUnavailable. */
export async function listVersions(
  { registry, store }: Versions,
  name: RuleSetName,
): Promise<{ kind: 'found'; versions: VersionHistory[] } | UnknownRuleSet> {
  const versions = isStorable(name) ? await store.versionsOf(name.prefecture, name.incident) : [];
  return versions.length > 0 ? { kind: 'found', versions } : unknownRuleSet(registry, name);
}

/** The one version that is meant. Rejects with StoreUnavailable. */
export async function findVersion(
  { registry, store }: Versions,
  name: RuleSetName,
  wanted: WantedVersion,
): Promise<{ kind: 'found'; stored: RuleSetVersion } | NoVersion> {
  const stored = isStorable(name) ? await find(store, name, wanted) : null;
  if (stored) return { kind: 'found', stored };
  const list = await listVersions({ registry, store }, name);
  return list.kind === 'found' ? { kind: 'unknown-version', known: list.versions } : list;
}

async function find(
  store: Versions['store'],
  { prefecture, incident }: RuleSetName,
  { version = '', knownAt }: WantedVersion,
): Promise<RuleSetVersion | null> {
  if (knownAt !== undefined) return store.findVersionAt(prefecture, incident, new Date(knownAt));
  const prefix = readVersion(version);
  return prefix === null ? null : store.findVersion(prefecture, incident, prefix);
}

const isStorable = ({ prefecture, incident }: RuleSetName): boolean =>
  !UNSTORABLE.test(prefecture + incident);

export function unknownRuleSet(
  registry: Versions['registry'],
  { prefecture, incident }: RuleSetName,
): UnknownRuleSet {
  const known = registry
    .all()
    .map(({ ruleSet }) => ({ prefecture: ruleSet.prefecture, incident: ruleSet.incident }));
  const names = known.map((one) => keyOf(one.prefecture, one.incident));
  const asked = keyOf(prefecture, incident);
  const isDraft = registry.drafts().some(({ key }) => key === asked);
  const noLongerSince = registry.noLongerSince?.(prefecture, incident) ?? null;
  // What was there by that very name is what was meant.
  const suggestion = isDraft || noLongerSince ? null : nearest(asked, names);
  return { kind: 'unknown-rule-set', known, isDraft, noLongerSince, suggestion };
}

/** A version as it is listed. `lastCurrentAt` is exclusive, and null where it is still served. */
export function versionSummary({ version, commit, authoredAt, firstLoadedAt, current }: VersionHistory) {
  const [first, last] = [current[0], current.at(-1)];
  return {
    ...{ version, commit, authoredAt, firstLoadedAt },
    firstCurrentAt: first?.since ?? null,
    lastCurrentAt: last?.until ?? null,
    isCurrent: last !== undefined && last.until === null,
    current,
  };
}

export type Choice = { kind: 'chosen'; ruleSet: ServedRuleSet; by: ChosenBy } | NoRules;

export type NoRules =
  | UnknownRuleSet
  /** `current` is served now; `known` are all there are, the newest first. */
  | { kind: 'unknown-version'; current: string | null; known: VersionHistory[] }
  /** It was kept by an earlier program, and this one cannot read it. */
  | { kind: 'unreadable-version'; version: string; problems: Problem[] };

/** The current rules where no version is wanted. May be synchronous: most are answered by what is served. */
export type ChooseRules = (wanted: RuleSetName & WantedVersion) => Choice | Promise<Choice>;

export function rulesChooser({
  readStored,
  ...versions
}: Versions & { readStored: ReadStored }): ChooseRules {
  const { registry } = versions;

  async function fromStore(wanted: RuleSetName & WantedVersion, by: ChosenBy): Promise<Choice> {
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
