/** What stands in a folder and below it. Looks only; nothing is opened, so that a FIFO or a device holds nobody up. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface FoundFile {
  path: string;
  /** The same for two names of one file. */
  identity: string;
  /** Differs where the file was written or another put in its place. */
  stamp: string;
}

/** A folder or a file that cannot be looked at, or a link that leads nowhere. */
export interface Unreachable {
  path: string;
  error: unknown;
}

export interface FolderScan {
  /** In order of path. */
  files: FoundFile[];
  unreachable: Unreachable[];
}

/** A link to half of the disk must not make a scan last for ever. */
const MOST_ENTRIES = 10_000;

interface Folder {
  path: string;
  /** Real paths of the folder and of those it was reached through. */
  chain: readonly string[];
}

/** Whether a link leads back to where it came from, or to what is above the whole. */
const isLoop = (real: string, chain: readonly string[]): boolean =>
  chain.some((folder) => folder === real) || (chain.at(-1) ?? '').startsWith(real.replace(/[/\\]?$/, sep));

/**
 * Regular files with a wanted name. Links are followed, to folders too, but not back to where they came from. What begins with
 * a dot is left alone, as are FIFOs, sockets and devices. The upper folders come first, so that the limit cuts the deepest.
 */
export async function scanFolder(
  directory: string,
  isWanted: (name: string) => boolean,
): Promise<FolderScan> {
  const files: FoundFile[] = [];
  const unreachable: Unreachable[] = [];
  const folders: Folder[] = [];
  let entriesLeft = MOST_ENTRIES;

  async function visit(folder: Folder, entry: Dirent): Promise<void> {
    const path = join(folder.path, entry.name);
    const [parent = ''] = folder.chain;
    if (entry.isDirectory()) {
      folders.push({ path, chain: [join(parent, entry.name), ...folder.chain] });
      return;
    }
    const isLink = entry.isSymbolicLink();
    if (!isLink && !(entry.isFile() && isWanted(entry.name))) return;
    try {
      const found = await stat(path, { bigint: true });
      if (found.isDirectory()) {
        const real = await realpath(path);
        if (!isLoop(real, folder.chain)) folders.push({ path, chain: [real, ...folder.chain] });
      } else if (found.isFile() && isWanted(entry.name)) {
        const identity = `${found.dev}:${found.ino}`;
        const stamp = [identity, found.size, found.mtimeNs, found.ctimeNs].join();
        files.push({ path, identity, stamp });
      }
    } catch (error) {
      // A file may go just now. A link stays: it stands for a rule file, or for a folder of them.
      const isMissed = isLink ? isWanted(entry.name) || !entry.name.includes('.') : !isGone(error);
      if (isMissed) unreachable.push({ path, error });
    }
  }

  try {
    folders.push({ path: directory, chain: [await realpath(directory)] });
  } catch (error) {
    return { files, unreachable: [{ path: directory, error }] };
  }
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const { path } = folder;
    const current = folder;
    try {
      const entries = (await readdir(path, { withFileTypes: true })).filter(
        ({ name }) => !name.startsWith('.'),
      );
      entriesLeft -= entries.length;
      if (entriesLeft < 0) {
        unreachable.push({ path: directory, error: new Error(`over ${MOST_ENTRIES} files and folders`) });
        break;
      }
      await Promise.all(entries.map((entry) => visit(current, entry)));
    } catch (error) {
      if (path === directory || !isGone(error)) unreachable.push({ path, error });
    }
  }
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), unreachable: unreachable.sort(byPath) };
}

/** Two scans with the same fingerprint found the same files as they stood. */
export const fingerprintOf = ({ files, unreachable }: FolderScan): string =>
  [
    ...files.map(({ path, stamp }) => `${path}\0${stamp}`),
    ...unreachable.map(({ path, error }) => `${path}\0${error}`),
  ].join('\n');

function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
