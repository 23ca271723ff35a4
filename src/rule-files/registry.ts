import { stat } from 'node:fs/promises';
import type { Problem } from '../rulebook/problems.ts';
import { type LastVersion, type Placed, servedChooser } from './choose-served.ts';
import { type Commit, type CommitOf, commitLog, commitReader, NO_COMMIT } from './git.ts';
import type { Library, LoadedRuleSet, RuleFile } from './load.ts';
import { fingerprintOfFolder, keyOf, loadLibrary } from './load.ts';
import type { Content } from './scan.ts';
import { watch } from './watch.ts';

/** A rule set as it is served: the last good version of its file. */
export interface ServedRuleSet extends LoadedRuleSet, Commit {}

export type RuleSetRegistry = Awaited<ReturnType<typeof openRegistry>>;

interface RegistryOptions {
  directory: string;
  /**
   * Called after each change with what is new or wrong, and what is no longer served. Versions are offered before they are
   * served, and again when they were committed.
   */
  onLoad(fresh: ServedRuleSet[], problems: Problem[], gone: ServedRuleSet[]): Promise<void> | void;
  /** A change could not be read or kept; the last good versions go on being served, and it is tried again. */
  onError(error: unknown): void;
  /** Asked for where a rule set is in several files and none of them is served. */
  lastVersion: LastVersion;
  /** Follow changes of the files. */
  watch: boolean;
}

/** Where a file system counts whole seconds, a second change within one of them shows only in the text. */
const READ_AGAIN_AFTER_MS = 2_100;

/** Opens a rules folder. The state is one object swapped whole, so that no request sees half a change. */
export async function openRegistry(options: RegistryOptions) {
  const { directory, onLoad, onError } = options;
  const chooser = servedChooser(directory, options.lastVersion);
  let library: Library | undefined;
  let served: ReadonlyMap<string, Placed<ServedRuleSet>> = new Map();
  let running: Promise<void> = Promise.resolve();
  /** By path: when (performance.now) a text was read that is new, or could not be read. */
  const readAt = new Map<string, number>();
  const toReadAgain = (): string[] =>
    [...readAt].filter(([, at]) => performance.now() - at >= READ_AGAIN_AFTER_MS).map(([path]) => path);

  const commits = options.watch ? await commitLog(directory) : null;
  const commitStamp = async (): Promise<string> => (commits === null ? '' : stampOf(commits));
  let loadedFingerprint: string | null = null;

  const reload = async (): Promise<void> => {
    const commitsNow = await commitStamp();
    const again = new Set(toReadAgain());
    const next = await loadLibrary(directory, library, again);
    const chosen = await chooser.choose(next, served);
    const isCommitted = ([key, { ruleSet }]: [string, Placed]): boolean => {
      const before = served.get(key)?.ruleSet;
      return before?.version === ruleSet.version && before.commit !== null;
    };
    const commitOf: CommitOf = [...chosen].every(isCommitted)
      ? () => NO_COMMIT
      : await commitReader(directory);
    const found = new Map<string, Placed<ServedRuleSet>>();
    for (const [key, { path, ruleSet }] of chosen) {
      const before = served.get(key);
      const isKept = before?.ruleSet === ruleSet;
      found.set(key, isKept ? before : { path, ruleSet: withCommit(ruleSet, before?.ruleSet, commitOf) });
    }
    const fresh = [...found]
      .filter(([key, { ruleSet }]) => served.get(key)?.ruleSet !== ruleSet)
      .map(([, { ruleSet }]) => ruleSet);
    const gone = [...served].filter(([key]) => !found.has(key)).map(([, { ruleSet }]) => ruleSet);
    await onLoad(fresh, next.problems, gone);
    for (const path of again) readAt.delete(path);
    for (const [path, content] of next.contents)
      if (!isSameContent(content, library?.contents.get(path))) readAt.set(path, performance.now());
    library = next;
    served = found;
    loadedFingerprint = `${next.fingerprint}\n${commitsNow}`;
  };
  const queued = (): Promise<void> => {
    running = running.catch(() => undefined).then(reload);
    return running;
  };

  await queued();
  const watching = options.watch
    ? watch({
        fingerprint: async () => `${await fingerprintOfFolder(directory)}\n${await commitStamp()}`,
        isCurrent: (found) => found === loadedFingerprint && !chooser.isDue() && toReadAgain().length === 0,
        onChange: queued,
        onError,
      })
    : null;
  return {
    find: (prefecture: string, incident: string): ServedRuleSet | undefined =>
      served.get(keyOf(prefecture, incident))?.ruleSet,
    all: (): ServedRuleSet[] => [...served.values()].map(({ ruleSet }) => ruleSet),
    /** Sound or broken: none of them answers anybody. */
    drafts: (): readonly RuleFile[] => library?.drafts ?? [],
    /** What is wrong with the files as they are now; the last good versions go on being served. */
    problems: (): Problem[] => library?.problems ?? [],
    /** Reads the folder again and puts everything that is sound in place at once. */
    reload: queued,
    async close(): Promise<void> {
      watching?.close();
      await running.catch(() => undefined);
    },
  };
}

/** What could not be read is never the same: it is tried again. */
const isSameContent = (a: Content, b: Content | undefined): boolean =>
  b !== undefined && 'text' in a && 'text' in b && a.text === b.text && a.stamp === b.stamp;

/** Changes with each commit. */
const stampOf = (path: string): Promise<string> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size}:${mtimeMs}`,
    () => '',
  );

/** What is served already, its memory warm, where no more is known of it now: a file may be committed after it was loaded. */
function withCommit(
  loaded: LoadedRuleSet,
  before: ServedRuleSet | undefined,
  commitOf: CommitOf,
): ServedRuleSet {
  const isSame = before?.version === loaded.version && before.ruleSet.file === loaded.ruleSet.file;
  const same = isSame ? before : null;
  if (same && same.commit !== null) return same;
  const committed = commitOf(loaded);
  return same && committed.commit === null ? same : { ...(same ?? loaded), ...committed };
}
