import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Of /proc/<pid>/stat, behind the name, which may have blanks: the parent, and the time in user and in system mode. */
function processStat(pid: string | number): { parent: number; seconds: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [user = 0, system = 0] = fields.slice(11, 13);
    return { parent: fields[1] ?? 0, seconds: (user + system) / TICKS_PER_SECOND };
  } catch {
    return null;
  }
}

/** Reads the CPU seconds of the server that `backend` belongs to, with all its processes. NaN where there is no /proc. */
export function postgresCpu(backend: number): () => number {
  const server = processStat(backend)?.parent;
  if (server === undefined) return () => Number.NaN;
  return () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(processStat)
      .reduce((sum, stat) => sum + (stat?.parent === server ? stat.seconds : 0), 0);
}
