/** The file with every part of the format, with one slip of the pen at a time. */
import { parse } from 'yaml';
import { fixture } from './fixtures.ts';

export const SLIPS = [
  ...[35, -1, 1.5, '', '35', 'x', 'yes', true, null, [], [[]], {}, { x: 1 }, [35], { fact: 35 }],
];

type Path = (string | number)[];
export type Data = Record<string | number, unknown>;

export const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
const stepsOf = (value: Data): Path => (Array.isArray(value) ? [...value.keys()] : Object.keys(value));
export const everything: Data = parse(fixture('everything.yaml'));
const pathsIn = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(isData(value) ? stepsOf(value).flatMap((step) => pathsIn(value[step], [...path, step])) : []),
];
/** Of all places in the file. */
export const PATHS: readonly Path[] = pathsIn(everything).slice(1);

/** A copy of the file's data with the place at `path` changed. */
export function changed(path: Path, change: (parent: Data, step: string | number) => void): Data {
  const copy: Data = structuredClone(everything);
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (isData(at) ? at[step] : undefined), copy);
  if (last === undefined || !isData(parent)) throw new Error(`nothing at ${path.join('/')}`);
  change(parent, last);
  return copy;
}

export const replaced = (path: Path, slip: unknown): Data =>
  changed(path, (parent, step) => {
    parent[step] = slip;
  });
export const without = (path: Path): Data =>
  changed(path, (parent, step) => {
    if (Array.isArray(parent)) parent.splice(Number(step), 1);
    else delete parent[step];
  });
/** The same data where the place is in a list: a key set on a list is not written. */
export const withSurplus = (path: Path): Data =>
  changed(path, (parent) => {
    parent.surplus = 1;
  });
