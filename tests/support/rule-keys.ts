/** The keys that the schemas of rule files and words know, and those that an edit touches. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of facts, which the schema lists with what they can be compared with. */
const isFact = (name: string): boolean => name.includes('.') && !name.endsWith('.rule');

export function schemaKeys(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    if (!isRecord(node)) return;
    if (isRecord(node.properties)) for (const name of Object.keys(node.properties)) found.add(name);
    Object.values(node).forEach(walk);
  };
  for (const file of files) walk(JSON.parse(readFileSync(file, 'utf8')));
  return new Set([...found].filter((name) => !isFact(name)));
}

/** Every key on the way to what was given another value, or was added or taken away. */
export function keysTouched(before: string, after: string): Set<string> {
  const found = new Set<string>();
  const compare = (was: unknown, is: unknown, way: readonly string[]): void => {
    if (JSON.stringify(was) === JSON.stringify(is)) return;
    for (const key of way) found.add(key);
    if (isRecord(was) && isRecord(is))
      for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
        compare(was[name], is[name], [...way, name]);
    else if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
      was.forEach((one, i) => {
        compare(one, is[i], way);
      });
  };
  compare(parse(before), parse(after), []);
  return found;
}
