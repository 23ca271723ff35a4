import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { DataDirInUse } from './store.ts';

/** A folder that nobody else will open before it is released, or this process has ended, however it ended. */
export interface DataDir {
  path: string;
  /** Descriptor of the locked file: a child process that inherits it keeps the lock until it has ended too. */
  lock: number;
  release(): void;
}

/** Throws DataDirInUse when another process, or this one, has the folder open. */
export function lockDataDir(dataDir: string): DataDir {
  const path = resolve(dataDir);
  mkdirSync(path, { recursive: true });
  // The file stays when the lock goes: removing it would let two processes lock two files of one name.
  // A bare descriptor, because a FileHandle would let go of the lock when it is garbage collected.
  const lock = openSync(join(path, 'hosho.lock'), 'a');
  if (!tryLock(lock)) {
    closeSync(lock);
    throw new DataDirInUse(path);
  }
  return { path, lock, release: () => closeSync(lock) };
}
