import { watch } from 'chokidar';
import type { Problem } from '../rulebook/problems.ts';
import { type CommitOf, commitLog, commitReader, NO_COMMIT } from './git.ts';
import { keyOf, type Library, type LoadedRuleSet, loadLibrary } from './load.ts';

/** A rule set as it is served: the last good version of its file. */
export interface ServedRuleSet extends LoadedRuleSet {
  /** git commit it was read at, and its author's date (RFC 3339); null outside a repository or with uncommitted changes. */
  commit: string | null;
  authoredAt: string | null;
}

export interface RuleSetRegistry {
  find(prefecture: string, incident: string): ServedRuleSet | undefined;
  all(): ServedRuleSet[];
  /** What is wrong with the files as they are now; the last good versions go on being served. */
  problems(): Problem[];
  /** Reads the folder again and puts everything that is sound in place at once. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface RegistryOptions {
  directory: string;
  /**
   * Called after each change with what is new or wrong. Versions are offered before they are served, and again when they
   * were committed.
   */
  onLoad(fresh: ServedRuleSet[], problems: Problem[]): Promise<void> | void;
  /** A change could not be read or kept; the last good versions go on being served. */
  onError(error: unknown): void;
  /** Follow changes of the files. */
  watch: boolean;
}

/** Opens a rules folder. The state is one object swapped whole, so that no request sees half a change. */
export async function openRegistry({
  directory,
  onLoad,
  onError,
  watch: follow,
}: RegistryOptions): Promise<RuleSetRegistry> {
  let library: Library | undefined;
  let served = new Map<string, ServedRuleSet>();
  let running: Promise<void> = Promise.resolve();
  /** Paths that changed since the folder was last read. */
  let touched = new Set<string>();

  const reload = async (): Promise<void> => {
    const changed = touched;
    touched = new Set();
    const next = await loadLibrary(directory, library, changed);
    const isCommitted = ([key, { version }]: [string, LoadedRuleSet]): boolean => {
      const before = served.get(key);
      return before?.version === version && before.commit !== null;
    };
    const commitOf: CommitOf = [...next.ruleSets].every(isCommitted)
      ? () => NO_COMMIT
      : await commitReader(directory);
    const found = new Map<string, ServedRuleSet>();
    for (const [key, loaded] of next.ruleSets) found.set(key, withCommit(loaded, served.get(key), commitOf));
    // A file that is broken now keeps its last good version; one that is gone is gone.
    const broken = new Set(next.problems.map((p) => p.position.file));
    const vocabularyBroken = next.ruleSets.size === 0 && next.problems.length > 0;
    for (const [key, before] of served) {
      if (!found.has(key) && (vocabularyBroken || broken.has(before.ruleSet.file))) found.set(key, before);
    }
    const fresh = [...found].filter(([key, set]) => served.get(key) !== set).map(([, set]) => set);
    await onLoad(fresh, next.problems);
    library = next;
    served = found;
  };
  const queued = (): Promise<void> => {
    running = running.catch(() => undefined).then(reload);
    return running;
  };

  const commits = follow ? await commitLog(directory) : null;
  const watcher = follow
    ? watch(commits === null ? directory : [directory, commits], {
        ignoreInitial: true,
        awaitWriteFinish: { stabilityThreshold: 60, pollInterval: 20 },
      })
    : null;
  let timer: NodeJS.Timeout | undefined;
  watcher?.on('all', (_, path) => {
    touched.add(path);
    clearTimeout(timer);
    // Editors and git write several files in a row: take them together.
    timer = setTimeout(() => void queued().catch(onError), 40);
  });
  // Read only once changes are seen, so that none falls between.
  if (watcher) await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  try {
    await queued();
  } catch (error) {
    clearTimeout(timer);
    await watcher?.close();
    throw error;
  }

  return {
    find: (prefecture, incident) => served.get(keyOf(prefecture, incident)),
    all: () => [...served.values()],
    problems: () => library?.problems ?? [],
    reload: queued,
    async close() {
      clearTimeout(timer);
      await watcher?.close();
      await running.catch(() => undefined);
    },
  };
}

/** What is served already, its memory warm, where no more is known of it now: a file may be committed after it was loaded. */
function withCommit(
  loaded: LoadedRuleSet,
  before: ServedRuleSet | undefined,
  commitOf: CommitOf,
): ServedRuleSet {
  const same = before?.version === loaded.version ? before : null;
  if (same && same.commit !== null) return same;
  const committed = commitOf(loaded.ruleSet.file);
  return same && committed.commit === null ? same : { ...(same ?? loaded), ...committed };
}
