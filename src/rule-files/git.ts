import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { splitWords } from '../rulebook/word-texts.ts';
import { displayName } from './file-texts.ts';
import { VOCABULARY_FILE, wordFilePath } from './word-files.ts';

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;

/** What git prints, of the repository that the folder is in: see `forgetRepository`. Rejects without git, outside a repository, and where it refuses. */
const git = async (cwd: string, ...args: string[]): Promise<string> =>
  (await run('git', args, { cwd, maxBuffer: MOST_BYTES })).stdout;

/** What a file was read at; nulls outside a repository, or where no commit is known to hold it. */
export interface Commit {
  commit: string | null;
  /** RFC 3339 with the author's offset. */
  authoredAt: string | null;
}
export const NO_COMMIT: Commit = { commit: null, authoredAt: null };

/** A rule set as it was read; `file` as people see it. */
interface ReadTexts {
  ruleSet: { file: string };
  ruleText: string;
  vocabularyText: string;
}

export type CommitOf = (read: ReadTexts) => Commit;

/**
 * HEAD, for what was read of files that it holds to the byte: rule file, vocabulary and word files. The texts are compared with
 * the commit and not by asking whether files were changed, of which git says nothing where they are ignored, skipped, or
 * rewritten by a filter. Asks git once for a whole folder; without git, or outside a repository, no file has a commit.
 */
export async function commitReader(directory: string): Promise<CommitOf> {
  try {
    const exact = '--no-replace-objects';
    const head = await git(directory, exact, 'show', '--no-patch', '--format=%H %aI', 'HEAD');
    const [commit = '', authoredAt = ''] = head.trimEnd().split(' ');
    const hashes = await blobsIn(directory, exact, 'ls-tree', '-r', '-z', commit, '.');
    const isHeld = (file: string, text: string): boolean => {
      const hash = hashes.get(file);
      return hash !== undefined && hash === blobHash(text, hash.length);
    };
    const nameOf = (path: string): string => displayName(join(directory, path), directory);
    return ({ ruleSet, ruleText, vocabularyText }) => {
      const { shared, used } = splitWords(vocabularyText);
      const isWhole =
        isHeld(ruleSet.file, ruleText) &&
        isHeld(nameOf(VOCABULARY_FILE), shared) &&
        used.every(({ name, text }) => isHeld(nameOf(wordFilePath(name)), text));
      return isWhole ? { commit, authoredAt } : NO_COMMIT;
    };
  } catch {
    return () => NO_COMMIT;
  }
}

/** The hashes that `git ls-tree -r -z` prints of what is in a folder, by the names of files as people see them. */
async function blobsIn(directory: string, ...args: string[]): Promise<Map<string, string>> {
  const entries = (await git(directory, ...args)).split('\0').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [about = '', path = ''] = entry.split('\t');
      return [displayName(join(directory, path), directory), about.split(' ').at(-1) ?? ''];
    }),
  );
}

const SHA1_DIGITS = 40;

/** What git calls a file of these bytes. */
function blobHash(text: string, digits: number): string {
  const bytes = Buffer.from(text);
  const hash = createHash(digits === SHA1_DIGITS ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The file that git writes to with each commit; null outside a repository. */
export const commitLog = (directory: string): Promise<string | null> =>
  git(directory, 'rev-parse', '--git-path', 'logs/HEAD').then(
    (path) => resolve(directory, path.trimEnd()),
    () => null,
  );

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
