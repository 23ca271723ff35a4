import { constants } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type FolderScan, type FoundFile, fingerprintOf, scanFolder } from './scan.ts';

/** The text of a file, or why it could not be read, with how the file stood before. */
export type Content = { stamp: string } & ({ text: string } | { error: unknown });

export interface ReadFolder {
  scan: FolderScan;
  /** By path. */
  contents: Map<string, Content>;
}

/** While files change for ever, what was read last has to do. */
const MOST_ATTEMPTS = 3;

/**
 * All files of one moment: read again where something changed meanwhile, so that half of a change is not taken for the whole.
 * Not from the disk where a file stands as it did `before`, unless its path was `touched`.
 */
export async function readFolder(
  directory: string,
  wanted: { isSeen(name: string): boolean; isRead(path: string): boolean },
  before: ReadonlyMap<string, Content>,
  touched: ReadonlySet<string>,
): Promise<ReadFolder> {
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
  const read = async (path: string, stamp: string): Promise<Content> => {
    const same = known.get(path);
    if (same?.stamp === stamp && 'text' in same) return same;
    try {
      return { stamp, text: await readRegularFile(path) };
    } catch (error) {
      return { stamp, error };
    }
  };
  return new Map(
    await Promise.all(files.map(async ({ path, stamp }) => [path, await read(path, stamp)] as const)),
  );
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
