/**
 * What `check` told of sound rule files, kept by the hash of everything that it was told from: the file, its words, cases and
 * notice, how long a question may take, and the program.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileToCheck, ProofOptions, ReadReport, Told } from './check-file.ts';

export interface KeptReport {
  read: ReadReport;
  proved: Told[];
}

/** What nobody asked for as long is thrown away. */
const KEPT_DAYS = 60;
const DAY = 86_400_000;

/** In files of a folder, which may go at any time. Where it cannot be written, only time is lost. */
export function keptReports(folder: string, program: string, options: ProofOptions, now: () => number) {
  const pathOf = (given: FileToCheck): string => {
    const of = JSON.stringify([program, options, given]);
    return join(folder, `${createHash('sha256').update(of).digest('hex')}.json`);
  };
  return {
    async get(given: FileToCheck): Promise<KeptReport | null> {
      const path = pathOf(given);
      try {
        // Written below by this same program, or it would have another name.
        const kept: KeptReport = JSON.parse(await readFile(path, 'utf8'));
        await utimes(path, now() / 1000, now() / 1000);
        return kept;
      } catch {
        return null;
      }
    },
    /** But not what was left undecided: there may be more time the next time. */
    async put(given: FileToCheck, kept: KeptReport): Promise<void> {
      if (kept.proved.some(({ verdict }) => verdict === 'undecided')) return;
      const path = pathOf(given);
      const unfinished = `${path}.${process.pid}`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(unfinished, JSON.stringify(kept));
        await rename(unfinished, path);
      } catch {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    async forgetOld(): Promise<void> {
      const names = await readdir(folder).catch((): string[] => []);
      for (const path of names.map((name) => join(folder, name))) {
        const used = await stat(path).catch(() => null);
        if (used && used.mtimeMs < now() - KEPT_DAYS * DAY) await rm(path, { force: true });
      }
    },
  };
}
