import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { VOCABULARY_FILE, wordFilePath } from './word-files.ts';

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;

/** What git prints. Rejects without git, outside a repository, and where it refuses. */
const git = async (cwd: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd, maxBuffer: MOST_BYTES })).stdout;

/** What a file was read at; nulls outside a repository or with uncommitted changes. */
export interface Commit {
  commit: string | null;
  /** RFC 3339 with the author's offset. */
  authoredAt: string | null;
}
export const NO_COMMIT: Commit = { commit: null, authoredAt: null };

/** Of a rule file and the word files that it uses. */
export type CommitOf = (ruleSet: { file: string; uses: readonly string[] }) => Commit;

/** Asks git once for a whole folder. Without git, or outside a repository, no file has a commit. */
export async function commitReader(directory: string): Promise<CommitOf> {
  // Without the lock that a commit under way needs: this is asked just when somebody commits.
  const options = ['--no-optional-locks', '-c', 'core.quotePath=false'];
  try {
    const [head, changed] = await Promise.all([
      git(directory, ...options, 'show', '--no-patch', '--format=%H %aI', 'HEAD'),
      git(directory, ...options, 'status', '--porcelain', '--untracked-files=all', '--', '.'),
    ]);
    const [commit = '', authoredAt = ''] = head.trimEnd().split(' ');
    const names = changed.split('\n').map((line) => line.slice(3));
    const vocabularyChanged = names.some((name) => name.endsWith(VOCABULARY_FILE));
    const isChanged = (file: string): boolean => names.some((name) => isSameFile(name, file));
    return ({ file, uses }) =>
      vocabularyChanged || [file, ...uses.map(wordFilePath)].some(isChanged)
        ? NO_COMMIT
        : { commit, authoredAt };
  } catch {
    return () => NO_COMMIT;
  }
}

/** The file that git writes to with each commit; null outside a repository. */
export const commitLog = (directory: string): Promise<string | null> =>
  git(directory, 'rev-parse', '--git-path', 'logs/HEAD').then(
    (path) => resolve(directory, path.trimEnd()),
    () => null,
  );

/** git names files from the top of the repository, we from the working directory. */
const isSameFile = (fromTop: string, fromHere: string): boolean => lastSteps(fromTop) === lastSteps(fromHere);
const lastSteps = (path: string): string => path.split('/').slice(-2).join('/');

/** A folder as it is at a revision, paths from the folder; null where git knows no such revision, or nothing of the folder. */
export async function openRevision(directory: string, name: string) {
  const ask = (...args: string[]): Promise<string | null> => git(directory, ...args).catch(() => null);
  const found = await ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  const commit = found?.trim();
  if (!commit) return null;
  return {
    name,
    async list(): Promise<string[]> {
      const names = await ask('ls-tree', '-r', '-z', '--name-only', commit, '.');
      return (names ?? '').split('\0').filter(Boolean);
    },
    /** null where there is no such file. */
    read: (path: string) => ask('show', `${commit}:./${path}`),
  };
}
