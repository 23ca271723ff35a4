/** The rule files as the service serves them: each version is kept in the log before it is used. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type DecisionStore, StoreUnavailable } from '../decisions/store.ts';
import type { RuleSetName } from '../operations/versions.ts';
import { keyOf, type RuleFile } from '../rule-files/load.ts';
import { openRegistry, type RuleSetRegistry, type ServedRuleSet } from '../rule-files/registry.ts';
import { MOST_LISTED } from '../rulebook/bounded-list.ts';
import { isError, type Problem } from '../rulebook/problems.ts';

const RETRY_MS = 1_000;

/** No rule file is sound, so there is nothing to answer with. */
export class NoRuleSets extends Error {
  override readonly name = 'NoRuleSets';
  constructor(directory: string, problems: readonly Problem[], drafts: readonly RuleFile[]) {
    const none = `no rule set in ${directory} can be used\n${directory} に使えるルールがありません`;
    const waiting = drafts.slice(0, MOST_LISTED).map(({ file }) => `${file} 下書きです (status: draft)`);
    super([none, ...linesOf(problems), ...waiting].join('\n  '));
  }
}

export interface FollowedRules extends RuleSetRegistry {
  /** Since when a rule set that was served is not; null of any other. */
  noLongerSince(prefecture: string, incident: string): Date | null;
}

/**
 * `now` in epoch milliseconds: since when a version is kept. Rejects with NoRuleSets, or with StoreUnavailable where the first
 * versions cannot be kept.
 */
export async function followRules(
  directory: string,
  { store, now }: { store: DecisionStore; now(): number },
  logger: Logger,
): Promise<FollowedRules> {
  const stopping = new AbortController();
  const tell = problemLog(logger);
  let isStarting = true;

  /** By key: rule sets that were served, by this process or before it. */
  const noLonger = new Map<string, Date>();

  async function end(names: readonly RuleSetName[], since: Date): Promise<void> {
    if (names.length === 0) return;
    await store.endServing(names, since);
    const ruleSets = names.map(({ prefecture, incident }) => keyOf(prefecture, incident));
    // Another worker may have been first: all of them say what the log says.
    for (const { prefecture, incident, noLongerSince } of await store.servingOf()) {
      const key = keyOf(prefecture, incident);
      if (noLongerSince && ruleSets.includes(key)) noLonger.set(key, noLongerSince);
    }
    logger.warn({ ruleSets }, 'no longer served');
  }

  async function keep(fresh: ServedRuleSet[], gone: ServedRuleSet[]): Promise<void> {
    for (;;) {
      try {
        const since = new Date(now());
        await store.saveVersions(fresh.map(versionOf), since);
        for (const { ruleSet } of fresh) noLonger.delete(keyOf(ruleSet.prefecture, ruleSet.incident));
        return await end(
          gone.map(({ ruleSet }) => ruleSet),
          since,
        );
      } catch (error) {
        if (isStarting) throw error;
        logger.error({ err: error }, 'changed rules are not served, because their version is not kept');
        if (!(error instanceof StoreUnavailable)) throw error;
        // The files will not change a second time just because the store was away when they did: so try again.
        await sleep(RETRY_MS, undefined, { signal: stopping.signal });
      }
    }
  }

  const registry = await openRegistry({
    directory,
    watch: true,
    lastVersion: async (prefecture, incident) => {
      const versions = await store.versionsOf(prefecture, incident);
      return versions.find(({ current }) => current.some(({ until }) => until === null))?.version ?? null;
    },
    onError: (error) => logger.error({ err: error }, 'the rules folder could not be read again'),
    async onLoad(fresh, problems, gone) {
      tell(problems);
      if (fresh.length + gone.length === 0) return;
      await keep(fresh, gone);
      if (!isStarting && fresh.length > 0) logger.info({ ruleSets: fresh.map(shortName) }, 'rules changed');
    },
  });
  const close = (): Promise<void> => {
    stopping.abort();
    return registry.close();
  };
  /** What went while no service ran. A service that has nothing to serve, and ends at once, says nothing of others. */
  async function endWhatIsGone(): Promise<void> {
    const last = await store.servingOf();
    const missing = last.filter(({ prefecture, incident }) => !registry.find(prefecture, incident));
    for (const { prefecture, incident, noLongerSince } of missing)
      if (noLongerSince) noLonger.set(keyOf(prefecture, incident), noLongerSince);
    await end(
      missing.filter(({ noLongerSince }) => noLongerSince === null),
      new Date(now()),
    );
  }
  const noLongerSince = (prefecture: string, incident: string): Date | null =>
    noLonger.get(keyOf(prefecture, incident)) ?? null;
  if (registry.all().length > 0) {
    await endWhatIsGone();
    isStarting = false;
    return { ...registry, noLongerSince, close };
  }
  await close();
  throw new NoRuleSets(directory, registry.problems(), registry.drafts());
}

export const shortName = ({ ruleSet, version }: ServedRuleSet): string =>
  `${ruleSet.prefecture}/${ruleSet.incident}@${version.slice(0, 12)}`;

function versionOf({ ruleSet, version, ruleText, vocabularyText, commit, authoredAt }: ServedRuleSet) {
  const { prefecture, incident } = ruleSet;
  return { version, prefecture, incident, ruleText, vocabularyText, commit, authoredAt };
}

function linesOf(problems: readonly Problem[]): string[] {
  const more = problems.length - MOST_LISTED;
  return [...problems.slice(0, MOST_LISTED).map(problemLine), ...(more > 0 ? [moreLine(more)] : [])];
}

const moreLine = (more: number): string => `ほかに ${more} 件 (${more} more)`;

function problemLine({ code, position, message, suggestion }: Problem): string {
  const hint = suggestion === null ? '' : ` もしかして：${suggestion}`;
  return `${position.file}:${position.line}:${position.column} ${code} ${message}${hint}`;
}

/** Logs problems when they change, so that one broken file does not fill the log. */
function problemLog(logger: Logger): (problems: readonly Problem[]) => void {
  let told = '';
  return (problems) => {
    const lines = problems.map(problemLine).join('\n');
    if (lines === told) return;
    told = lines;
    for (const problem of problems.slice(0, MOST_LISTED)) {
      const { messageEn } = problem;
      logger[isError(problem) ? 'error' : 'warn']({ messageEn }, problemLine(problem));
    }
    if (problems.length > MOST_LISTED) logger.error(moreLine(problems.length - MOST_LISTED));
    if (problems.length === 0) logger.info('the rule files are sound again');
  };
}
