import { open } from 'node:fs/promises';
import { UsageError } from './io.ts';

/** What is there is not written over. */
export const openNew = (path: string) =>
  open(path, 'wx').catch((error: Error) => {
    const isThere = 'code' in error && error.code === 'EEXIST';
    throw new UsageError(
      isThere
        ? { en: `${path}: is there already`, ja: `${path}：ファイルがすでにあります` }
        : { en: `${path}: cannot be written: ${error.message}`, ja: `${path}：書けません：${error.message}` },
    );
  });
