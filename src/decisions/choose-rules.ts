/** Two clocks: `asOf` is the instant judged; the version, or the instant at which the rules were as they are wanted, is this. */
import { keyOf } from '../rule-files/load.ts';
import type { RuleSetRegistry, ServedRuleSet } from '../rule-files/registry.ts';
import { nearest, type Problem } from '../rulebook/problems.ts';
import type { ChosenBy } from './answer.ts';
import type { DecisionStore, RuleSetVersion } from './store.ts';
import type { ReadStored } from './stored-rules.ts';

export interface WantedRules {
  prefecture: string;
  incident: string;
  /** sha256 of the rule set or a prefix of it; the current one where this and `knownAt` are absent. */
  version?: string | undefined;
  /** Epoch milliseconds: the rules that were answered by at that instant. */
  knownAt?: number | undefined;
}

export type Choice = { kind: 'chosen'; ruleSet: ServedRuleSet; by: ChosenBy } | NoRules;

export type NoRules =
  | { kind: 'unknown-rule-set'; known: { prefecture: string; incident: string }[]; suggestion: string | null }
  /** `current` is served now. */
  | { kind: 'unknown-version'; current: string | null }
  /** It was kept by an earlier program, and this one cannot read it. */
  | { kind: 'unreadable-version'; version: string; problems: Problem[] };

/** May be synchronous: most are answered by what is served. */
export type ChooseRules = (wanted: WantedRules) => Choice | Promise<Choice>;

export function rulesChooser(
  shelf: RuleSetRegistry,
  store: Pick<DecisionStore, 'findVersion' | 'findVersionAt' | 'versionsOf'>,
  read: ReadStored,
): ChooseRules {
  async function fromStore(wanted: WantedRules, by: ChosenBy): Promise<Choice> {
    const { prefecture, incident } = wanted;
    const current = shelf.find(prefecture, incident);
    const found = await findStored(wanted);
    if (!found)
      return current || (await store.versionsOf(prefecture, incident)).length > 0
        ? { kind: 'unknown-version', current: current?.version ?? null }
        : unknown(wanted);
    if (found.version === current?.version) return { kind: 'chosen', ruleSet: current, by };
    const rules = read(found);
    if ('problems' in rules)
      return { kind: 'unreadable-version', version: found.version, problems: rules.problems };
    return { kind: 'chosen', ruleSet: rules.served, by };
  }

  async function findStored(wanted: WantedRules): Promise<RuleSetVersion | null> {
    const { prefecture, incident, version, knownAt } = wanted;
    return knownAt === undefined
      ? store.findVersion(prefecture, incident, version ?? '')
      : store.findVersionAt(prefecture, incident, new Date(knownAt));
  }

  function unknown({ prefecture, incident }: WantedRules): NoRules {
    const known = shelf
      .all()
      .map(({ ruleSet }) => ({ prefecture: ruleSet.prefecture, incident: ruleSet.incident }));
    const names = known.map((k) => keyOf(k.prefecture, k.incident));
    return { kind: 'unknown-rule-set', known, suggestion: nearest(keyOf(prefecture, incident), names) };
  }

  return (wanted) => {
    const { version, knownAt } = wanted;
    const current = shelf.find(wanted.prefecture, wanted.incident);
    if (knownAt !== undefined) return fromStore(wanted, { by: 'knownAt', knownAt });
    if (version !== undefined)
      return current?.version.startsWith(version)
        ? { kind: 'chosen', ruleSet: current, by: { by: 'version' } }
        : fromStore(wanted, { by: 'version' });
    return current ? { kind: 'chosen', ruleSet: current, by: { by: 'current' } } : unknown(wanted);
  };
}
