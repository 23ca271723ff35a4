import { LRUCache } from 'lru-cache';
import type { Problem } from '../rulebook/problems.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { readVocabulary } from '../rulebook/vocabulary.ts';
import { load } from './load.ts';
import type { ServedRuleSet } from './registry.ts';

/** A version as the log keeps it: its texts, and what git knows of it. */
export type KeptVersion = Omit<ServedRuleSet, 'ruleSet' | 'program'> &
  Pick<RuleSet, 'prefecture' | 'incident'>;

/** What today's program makes of a version's texts; problems where it can no longer read them. */
export type StoredRules = { served: ServedRuleSet } | { problems: Problem[] };

export type ReadStored = (version: KeptVersion) => StoredRules;

/** Each with what it has learnt of its cases. */
const MOST_KEPT = 32;

/** Versions from the store, which are all that is needed to judge by them. Those read last are kept. */
export function storedRules(): ReadStored {
  const kept = new LRUCache<string, StoredRules>({ max: MOST_KEPT });
  return (version) => {
    const read = kept.get(version.version) ?? readStored(version);
    kept.set(version.version, read);
    return read;
  };
}

function readStored(version: KeptVersion): StoredRules {
  const { prefecture, incident, ruleText, vocabularyText, commit, authoredAt } = version;
  const { vocabulary, problems } = readVocabulary('rules/vocabulary.yaml', vocabularyText, 'past');
  if (!vocabulary) return { problems };
  const read = load(`rules/${prefecture}/${incident}.yaml`, ruleText, vocabulary, vocabularyText, 'past');
  return read.loaded ? { served: { ...read.loaded, commit, authoredAt } } : { problems: read.problems };
}
