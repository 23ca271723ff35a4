/** What stands in a folder and below it, and the texts there: no FIFO and no device holds anybody up. */
import { constants, type Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface FoundFile {
  path: string;
  /** The same for two names of one file. */
  identity: string;
  /** Differs where the file was written or another put in its place. */
  stamp: string;
}

/** In order of path. */
export interface FolderScan {
  files: FoundFile[];
  /** Folders and files that cannot be looked at, and links that lead nowhere. */
  unreachable: { path: string; error: unknown }[];
  /** Folders, FIFOs and devices that are called as a file that is wanted. */
  notFiles: string[];
}

/** A link to half of the disk must not make a scan last for ever. */
const MOST_ENTRIES = 10_000;

interface Folder {
  path: string;
  /** The way to it from the folder that is scanned, with a slash at its end; empty for that itself. */
  from: string;
  /** Real paths of the folder and of those it was reached through. */
  chain: readonly string[];
}

/** Whether a link leads back to where it came from, or to what is above the whole. */
const isLoop = (real: string, chain: readonly string[]): boolean =>
  chain.some((folder) => folder === real) || (chain.at(-1) ?? '').startsWith(real.replace(/[/\\]?$/, sep));

/**
 * Regular files that are wanted by their path from `directory`, with slashes. Links are followed, to folders too, but not back to
 * where they came from. What begins with a dot is left alone. No FIFO, socket or device is opened. The upper folders come first, so
 * that the limit cuts the deepest.
 */
export async function scanFolder(
  directory: string,
  isWanted: (path: string) => boolean,
): Promise<FolderScan> {
  const files: FoundFile[] = [];
  const unreachable: FolderScan['unreachable'] = [];
  const notFiles: string[] = [];
  const folders: Folder[] = [];
  let entriesLeft = MOST_ENTRIES;

  async function visit(folder: Folder, entry: Dirent): Promise<void> {
    const path = join(folder.path, entry.name);
    const from = folder.from + entry.name;
    const [parent = ''] = folder.chain;
    const isCalledSo = isWanted(from);
    if (entry.isDirectory()) {
      if (isCalledSo) notFiles.push(path);
      folders.push({ path, from: `${from}/`, chain: [join(parent, entry.name), ...folder.chain] });
      return;
    }
    const isLink = entry.isSymbolicLink();
    if (!isLink && !entry.isFile() && isCalledSo) notFiles.push(path);
    if (!isLink && !(entry.isFile() && isCalledSo)) return;
    try {
      const found = await stat(path, { bigint: true });
      if (found.isDirectory()) {
        const real = await realpath(path);
        if (!isLoop(real, folder.chain))
          folders.push({ path, from: `${from}/`, chain: [real, ...folder.chain] });
      } else if (found.isFile() && isCalledSo) {
        const identity = `${found.dev}:${found.ino}`;
        const stamp = [identity, found.size, found.mtimeNs, found.ctimeNs].join();
        files.push({ path, identity, stamp });
      } else if (isCalledSo) notFiles.push(path);
    } catch (error) {
      // A file may go just now. A link stays: it stands for a rule file, or for a folder of them.
      const isMissed = isLink ? isCalledSo || !entry.name.includes('.') : !isGone(error);
      if (isMissed) unreachable.push({ path, error });
    }
  }

  try {
    folders.push({ path: directory, from: '', chain: [await realpath(directory)] });
  } catch (error) {
    return { files, unreachable: [{ path: directory, error }], notFiles };
  }
  // Those that are found on the way come behind.
  for (const folder of folders) {
    const { path } = folder;
    try {
      const entries = (await readdir(path, { withFileTypes: true })).filter(
        ({ name }) => !name.startsWith('.'),
      );
      entriesLeft -= entries.length;
      if (entriesLeft < 0) {
        unreachable.push({ path: directory, error: new Error(`over ${MOST_ENTRIES} files and folders`) });
        break;
      }
      await Promise.all(entries.map((entry) => visit(folder, entry)));
    } catch (error) {
      if (path === directory || !isGone(error)) unreachable.push({ path, error });
    }
  }
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), unreachable: unreachable.sort(byPath), notFiles: notFiles.sort() };
}

/** Two scans with the same fingerprint found the same files as they stood. */
export const fingerprintOf = ({ files, unreachable, notFiles }: FolderScan): string =>
  [
    ...notFiles,
    ...files.map(({ path, stamp }) => `${path}\0${stamp}`),
    ...unreachable.map(({ path, error }) => `${path}\0${error}`),
  ].join('\n');

function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The text of a file, or why it could not be read, with how the file stood before. */
export type Content = { stamp: string } & ({ text: string } | { error: unknown });

export type ReadFolder = Awaited<ReturnType<typeof readFolder>>;

/** While files change for ever, what was read last has to do. */
const MOST_ATTEMPTS = 3;

/**
 * All files of one moment: read again where something changed meanwhile, so that half of a change is not taken for the whole.
 * `contents` are by path; not from the disk where a file stands as it did `before`, unless its path was `touched`.
 */
export async function readFolder(
  directory: string,
  wanted: { isSeen(path: string): boolean; isRead(path: string): boolean },
  before: ReadonlyMap<string, Content>,
  touched: ReadonlySet<string>,
): Promise<{ scan: FolderScan; contents: Map<string, Content> }> {
  let known: ReadonlyMap<string, Content> = new Map([...before].filter(([path]) => !touched.has(path)));
  let scan = await scanFolder(directory, wanted.isSeen);
  for (let attempt = 1; ; attempt += 1) {
    const contents = await readAll(
      scan.files.filter(({ path }) => wanted.isRead(path)),
      known,
    );
    const after = await scanFolder(directory, wanted.isSeen);
    if (attempt === MOST_ATTEMPTS || fingerprintOf(after) === fingerprintOf(scan)) return { scan, contents };
    scan = after;
    known = contents;
  }
}

async function readAll(
  files: readonly FoundFile[],
  known: ReadonlyMap<string, Content>,
): Promise<Map<string, Content>> {
  const read = async ({ path, stamp }: FoundFile): Promise<[string, Content]> => {
    const same = known.get(path);
    if (same?.stamp === stamp && 'text' in same) return [path, same];
    try {
      return [path, { stamp, text: await readRegularFile(path) }];
    } catch (error) {
      return [path, { stamp, error }];
    }
  };
  return new Map(await Promise.all(files.map(read)));
}

/** UTF-8. Never waits for the other end of a FIFO, nor reads a device that has no end: rejects. */
export async function readRegularFile(path: string): Promise<string> {
  const isSpecial = await stat(path).then(
    (found) => !found.isFile() && !found.isDirectory(),
    () => false,
  );
  if (isSpecial) throw new Error(`not a file: ${path}`);
  return readFile(path, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NONBLOCK });
}
