/** Small changes of a rule file's data. */
import type { Path } from '../../rulebook/source.ts';

/** `value: undefined` takes it away: the entry of a list, the key of a group. A list left empty goes with it. */
export interface Edit {
  path: Path;
  value: unknown;
}

/** An edit that makes a mutant, and how it is worded. */
export interface FileChange extends Edit {
  /** What is done there: `earlier`, `dropped`, `negated` … */
  kind: string;
  /** 申請期限を1日早める */
  ja: string;
  en: string;
}

export function edited(data: unknown, { path, value }: Edit): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) {
    const items = data.map((item, i) => (i === Number(step) ? edited(item, { path: rest, value }) : item));
    const left = items.filter((item) => item !== undefined);
    return left.length > 0 ? left : undefined;
  }
  if (!isGroup(data)) throw new Error(`nothing to change at ${path.join('/')}`);
  const changed = Object.entries({ ...data, [step]: edited(data[step], { path: rest, value }) });
  return Object.fromEntries(changed.filter(([, one]) => one !== undefined));
}

export function valueAt(data: unknown, path: Path): unknown {
  let found = data;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)];
    else found = isGroup(found) ? found[step] : undefined;
  }
  return found;
}

export const isGroup = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
