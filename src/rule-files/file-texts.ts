/** The texts of files, and what the files are called. */
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { Problem } from '../rulebook/problems.ts';
import { unreadable } from './file-problems.ts';
import { type Content, readRegularFile } from './scan.ts';

/**
 * Paths as people see them: from the working directory; <folder>/<prefecture>/<file> where that is elsewhere. Of a file deeper
 * in `directory` every step from there, so that no two files in it have one name.
 */
export function displayName(path: string, directory: string = dirname(dirname(path))): string {
  const steps = relative(process.cwd(), path).split(sep);
  if (steps[0] !== '..' && !isAbsolute(steps.join(sep))) return steps.join('/');
  const depth = relative(directory, path).split(sep).length;
  return steps.slice(-Math.max(3, depth + 1)).join('/');
}

/** Reads files once each into `texts`; null, with a problem, for one that cannot be read. */
export function fileReader(texts: Map<string, string>, problems: Problem[]) {
  return async (path: string): Promise<string | null> => {
    const file = displayName(path);
    const known = texts.get(file);
    if (known !== undefined) return known;
    try {
      const text = await readRegularFile(path);
      texts.set(file, text);
      return text;
    } catch (error) {
      problems.push(unreadable(file, error));
      return null;
    }
  };
}

/** With slashes. */
export const pathFrom = (directory: string, path: string): string =>
  relative(directory, path).split(sep).join('/');

export const textOf = (content: Content | undefined): string | null =>
  content && 'text' in content ? content.text : null;
