import { writeFile } from 'node:fs/promises';
import { type Io, UsageError } from './io.ts';

/** Into the file, which is then named; to the output where no file is meant. `text` ends with a line break. */
export async function writeText(io: Io, file: string | undefined, text: string): Promise<void> {
  if (file === undefined) {
    io.out(text.replace(/\n$/, ''));
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError({
      en: `${file}: cannot be written: ${error instanceof Error ? error.message : ''}`,
      ja: `${file}：ファイルに書けません：${error instanceof Error ? error.message : ''}`,
    });
  }
  io.out(file);
}
