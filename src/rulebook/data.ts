/** Parts of a file's data, by the way to them. */
import { isObject } from './basics.ts';
import type { Path } from './source.ts';

/** undefined where there is nothing. */
export function valueAt(data: unknown, path: Path): unknown {
  let found = data;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)];
    else found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

/**
 * A copy with another value there. undefined takes it away: the entry of a list, the key of a group; a list left empty goes with it.
 * Throws where there is nothing around it.
 */
export function withValueAt(data: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) {
    const items = data.map((item, i) => (i === Number(step) ? withValueAt(item, rest, value) : item));
    const left = items.filter((item) => item !== undefined);
    return left.length > 0 ? left : undefined;
  }
  if (!isObject(data)) throw new Error(`nothing to change at ${path.join('/')}`);
  const changed = Object.entries({ ...data, [step]: withValueAt(data[step], rest, value) });
  return Object.fromEntries(changed.filter(([, one]) => one !== undefined));
}
