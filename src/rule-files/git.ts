import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Commit {
  commit: string;
  /** RFC 3339 with the author's offset. */
  authoredAt: string;
}

/** What is said of a file that is in no commit. */
export const NO_COMMIT: { [K in keyof Commit]: null } = { commit: null, authoredAt: null };

/** The commit a file was read at; nulls where it has uncommitted changes. */
export type CommitOf = (file: string) => Commit | typeof NO_COMMIT;

/** Asks git once for a whole folder. Without git, or outside a repository, no file has a commit. */
export async function commitReader(directory: string): Promise<CommitOf> {
  const git = async (...args: string[]): Promise<string> => {
    // Without the lock that a commit under way needs: this is asked just when somebody commits.
    const options = ['--no-optional-locks', '-c', 'core.quotePath=false'];
    const { stdout } = await run('git', [...options, ...args], { cwd: directory });
    return stdout.trimEnd();
  };
  try {
    const [head, changed] = await Promise.all([
      git('show', '--no-patch', '--format=%H %aI', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=all', '--', '.'),
    ]);
    const [commit = '', authoredAt = ''] = head.split(' ');
    const names = changed.split('\n').map((line) => line.slice(3));
    const vocabularyChanged = names.some((name) => name.endsWith('vocabulary.yaml'));
    return (file) =>
      vocabularyChanged || names.some((name) => isSameFile(name, file)) ? NO_COMMIT : { commit, authoredAt };
  } catch {
    return () => NO_COMMIT;
  }
}

/** The file that git writes to with each commit; null outside a repository. */
export async function commitLog(directory: string): Promise<string | null> {
  try {
    const { stdout } = await run('git', ['rev-parse', '--git-path', 'logs/HEAD'], { cwd: directory });
    return resolve(directory, stdout.trimEnd());
  } catch {
    return null;
  }
}

/** git names files from the top of the repository, we from the working directory. */
function isSameFile(fromTop: string, fromHere: string): boolean {
  const [a, b] = [fromTop.split('/').slice(-2).join('/'), fromHere.split('/').slice(-2).join('/')];
  return a === b;
}

/** A folder as it is at a revision. */
export interface Revision {
  name: string;
  /** Paths from the folder. */
  list(): Promise<string[]>;
  /** null where there is no such file. */
  read(path: string): Promise<string | null>;
}

/** null where git knows no such revision, or nothing of the folder. */
export async function openRevision(directory: string, name: string): Promise<Revision | null> {
  const git = async (...args: string[]): Promise<string | null> => {
    try {
      const { stdout } = await run('git', args, { cwd: directory, maxBuffer: MOST_BYTES });
      return stdout;
    } catch {
      return null;
    }
  };
  const commit = (
    await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)
  )?.trim();
  if (!commit) return null;
  return {
    name,
    async list() {
      const names = await git('ls-tree', '-r', '-z', '--name-only', commit, '.');
      return (names ?? '').split('\0').filter(Boolean);
    },
    read: (path) => git('show', `${commit}:./${path}`),
  };
}

const MOST_BYTES = 64 * 1024 * 1024;
