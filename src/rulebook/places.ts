/** What is read is not always what was written: where each part of it stands in the file. */
import type { Path, Source } from './source.ts';

/** Where parts of the long form stand in the file. */
export type Places = ReturnType<typeof placesIn>;

export function placesIn(source: Pick<Source, 'at'>) {
  const written = new Map<string, { path: Path; isKey: boolean }>();
  return {
    /** What stands at `path` in the long form was written at `at`; `isKey`: it is the key there. */
    put(path: Path, at: Path, isKey = false): void {
      written.set(JSON.stringify(path), { path: at, isKey });
    },
    /** Of paths as they are written. */
    atWritten: source.at,
    /** As `Source.at`, of paths in the long form. */
    at(path: Path, key?: boolean) {
      for (let length = path.length; length > 0; length--) {
        const found = written.get(JSON.stringify(path.slice(0, length)));
        if (!found) continue;
        const isWhole = length === path.length;
        return source.at([...found.path, ...path.slice(length)], isWhole ? found.isKey || key : key);
      }
      return source.at(path, key);
    },
  };
}
