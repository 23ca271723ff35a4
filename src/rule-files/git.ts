import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The commit a file was read at; null where it has uncommitted changes. */
export type CommitOf = (file: string) => string | null;

/** Asks git once for a whole folder. Without git, or outside a repository, every file's commit is null. */
export async function commitReader(directory: string): Promise<CommitOf> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('git', ['-c', 'core.quotePath=false', ...args], { cwd: directory });
    return stdout.trimEnd();
  };
  try {
    const [head, changed] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=all', '--', '.'),
    ]);
    const names = changed.split('\n').map((line) => line.slice(3));
    const vocabularyChanged = names.some((name) => name.endsWith('vocabulary.yaml'));
    return (file) => (vocabularyChanged || names.some((name) => isSameFile(name, file)) ? null : head);
  } catch {
    return () => null;
  }
}

/** git names files from the top of the repository, we from the working directory. */
function isSameFile(fromTop: string, fromHere: string): boolean {
  const [a, b] = [fromTop.split('/').slice(-2).join('/'), fromHere.split('/').slice(-2).join('/')];
  return a === b;
}
