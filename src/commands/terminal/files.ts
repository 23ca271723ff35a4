/** Files that are named in a call: what is wrong with them is a usage error. */
import { open, readFile, writeFile } from 'node:fs/promises';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Io, misuse, type UsageError } from './io.ts';

export const NO_SUCH_FILE: LocalizedText = { en: 'no such file', ja: 'ファイルがありません' };

export const readText = (path: string, unreadable: LocalizedText): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw misuse(path, unreadable);
  });

/** Into the file, which is then named; to the output where no file is meant. `text` ends with a line break. */
export async function writeText(io: Io, file: string | undefined, text: string): Promise<void> {
  if (file !== undefined)
    await writeFile(file, text).catch(({ message }: Error) => {
      throw misuse(file, { en: `cannot be written: ${message}`, ja: `ファイルに書けません：${message}` });
    });
  io.out(file ?? text.replace(/\n$/, ''));
}

/** What is there is not written over. */
export const openNew = (path: string) =>
  open(path, 'wx').catch((error: Error) => {
    throw 'code' in error && error.code === 'EEXIST'
      ? misuse(path, { en: 'is there already', ja: 'ファイルがすでにあります' })
      : unwritable(path, error);
  });

export const unwritable = (path: string, { message }: Error): UsageError =>
  misuse(path, { en: `cannot be written: ${message}`, ja: `書けません：${message}` });
