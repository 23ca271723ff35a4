import { watch } from 'chokidar';
import type { Problem } from '../rulebook/problems.ts';
import { type CommitOf, commitReader, NO_COMMIT } from './git.ts';
import { keyOf, type Library, type LoadedRuleSet, loadLibrary } from './load.ts';

/** A rule set as it is served: the last good version of its file. */
export interface ServedRuleSet extends LoadedRuleSet {
  /** git commit it was read at, and its author's date (RFC 3339); null outside a repository or with uncommitted changes. */
  commit: string | null;
  authoredAt: string | null;
}

export interface Shelf {
  find(prefecture: string, incident: string): ServedRuleSet | undefined;
  all(): ServedRuleSet[];
  /** What is wrong with the files as they are now; the last good versions go on being served. */
  problems(): Problem[];
  /** Reads the folder again and puts everything that is sound in place at once. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface ShelfOptions {
  directory: string;
  /** Called after each change with what is new or wrong. Versions are offered before they are served. */
  onLoad(fresh: ServedRuleSet[], problems: Problem[]): Promise<void> | void;
  /** A change could not be read or kept; the last good versions go on being served. */
  onError(error: unknown): void;
  /** Follow changes of the files. */
  watch: boolean;
}

/** Opens a rules folder. The state is one object swapped whole, so that no request sees half a change. */
export async function openShelf({ directory, onLoad, onError, watch: follow }: ShelfOptions): Promise<Shelf> {
  let library: Library | undefined;
  let served = new Map<string, ServedRuleSet>();
  let running: Promise<void> = Promise.resolve();
  /** Paths that changed since the folder was last read. */
  let touched = new Set<string>();

  const reload = async (): Promise<void> => {
    const changed = touched;
    touched = new Set();
    const next = await loadLibrary(directory, library, changed);
    const isServed = ([key, { version }]: [string, LoadedRuleSet]): boolean =>
      served.get(key)?.version === version;
    const commitOf: CommitOf = [...next.ruleSets].every(isServed)
      ? () => NO_COMMIT
      : await commitReader(directory);
    const found = new Map<string, ServedRuleSet>();
    for (const [key, loaded] of next.ruleSets) {
      const before = served.get(key);
      const same = before?.version === loaded.version ? before : null;
      found.set(key, same ?? { ...loaded, ...commitOf(loaded.ruleSet.file) });
    }
    // A file that is broken now keeps its last good version; one that is gone is gone.
    const broken = new Set(next.problems.map((p) => p.position.file));
    const vocabularyBroken = next.ruleSets.size === 0 && next.problems.length > 0;
    for (const [key, before] of served) {
      if (!found.has(key) && (vocabularyBroken || broken.has(before.ruleSet.file))) found.set(key, before);
    }
    const fresh = [...found]
      .filter(([key, set]) => served.get(key)?.version !== set.version)
      .map(([, set]) => set);
    await onLoad(fresh, next.problems);
    library = next;
    served = found;
  };
  const queued = (): Promise<void> => {
    running = running.catch(() => undefined).then(reload);
    return running;
  };

  const watcher = follow
    ? watch(directory, {
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
