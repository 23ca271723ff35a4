/** Who may import whom is said in biome.json; here it is held against every import, and against the folders of src. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SourceFile, sourceFiles } from './fixtures/source-files.ts';

const sources = sourceFiles();

const forbids = z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) });
const override = z.object({
  includes: z.array(z.string()),
  linter: z
    .object({ rules: z.object({ style: z.object({ noRestrictedImports: z.object({ options: forbids }) }) }) })
    .optional(),
});
const ROOMS = z
  .object({ overrides: z.array(override) })
  .parse(JSON.parse(readFileSync('biome.json', 'utf8')))
  .overrides.flatMap(({ includes, linter }) => {
    const patterns = linter?.rules.style.noRestrictedImports.options.patterns;
    return patterns ? [{ includes, forbidden: patterns.flatMap(({ group }) => group) }] : [];
  });

/** The globs that biome.json uses: a folder with all in it, a star, alternatives. */
const matches = (glob: string, text: string): boolean => {
  const source = glob
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
    .replace(/\*\*\/|\/\*\*|\*/g, (star) => (star === '**/' ? '(?:.*/)?' : star === '/**' ? '/.*' : '[^/]*'));
  return new RegExp(`^${source}$`).test(text);
};

const roomsOf = (path: string) =>
  ROOMS.filter(
    ({ includes }) =>
      includes.some((glob) => matches(glob, path)) &&
      !includes.some((glob) => glob.startsWith('!') && matches(glob.slice(1), path)),
  );
const mayImport = (path: string, imported: string): boolean =>
  !roomsOf(path).some(({ forbidden }) => forbidden.some((glob) => matches(glob, imported)));

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]([^'"]+)['"]/g;
/** What a file imports, in every form: packages by name, files from the project's folder. */
const importsOf = ({ path, text }: SourceFile): string[] =>
  [...text.matchAll(IMPORT)]
    .map((match) => match[1] ?? '')
    .map((name) => (name.startsWith('.') ? join(dirname(path), name) : name));

const insideRooms = sources.filter(({ path }) => path.split('/').length > 2);
const rooms = [...new Set(insideRooms.map(({ path }) => path.split('/')[1] ?? ''))];

describe('imports run down the list of rooms', () => {
  it.each(insideRooms)('$path', (file) => {
    expect(roomsOf(file.path)).toHaveLength(1);
    expect(importsOf(file).filter((imported) => !mayImport(file.path, imported))).toEqual([]);
  });

  it.each(rooms)('%s: of it and any other room one at most may import the other', (room) => {
    const fileOf = (name: string) => `src/${name}/a.ts`;
    const both = rooms.filter(
      (other) =>
        other !== room && mayImport(fileOf(room), fileOf(other)) && mayImport(fileOf(other), fileOf(room)),
    );
    expect(both).toEqual([]);
  });

  it('nothing lies loose at the top of src but the two ways in', () => {
    const loose = sources.map(({ path }) => path).filter((path) => path.split('/').length === 2);
    expect(loose).toEqual(['src/cli.ts', 'src/main.ts']);
  });

  it('only its own folder talks to json-rules-engine', () => {
    const importers = sources.filter((file) => importsOf(file).includes('json-rules-engine'));
    expect([...new Set(importers.map(({ path }) => dirname(path)))]).toEqual([
      'src/engine/judge/json-rules-engine',
    ]);
  });

  it('the rules refuse what they are there to refuse', () => {
    expect(mayImport('src/rulebook/a.ts', 'src/engine/decide.ts')).toBe(false);
    expect(mayImport('src/decisions/a.ts', 'src/engine/decide.ts')).toBe(false);
    expect(mayImport('src/decisions/a.ts', 'src/rule-files/load.ts')).toBe(false);
    expect(mayImport('src/engine/facts/a.ts', 'node:fs')).toBe(false);
    expect(mayImport('src/analysis/a.ts', 'drizzle-orm/pg-core')).toBe(false);
    expect(mayImport('src/bulk/a.ts', 'json-rules-engine')).toBe(false);
    expect(mayImport('src/bulk/a.ts', 'src/decisions/store.ts')).toBe(true);
  });

  it('the expression sees imports of every form', () => {
    const text = `import a from 'a';\nimport {\n  b,\n} from "b";\nexport * from 'c';\nimport 'd';\nawait import('e');\nimport type { F } from '../f.ts';`;
    expect(importsOf({ path: 'src/x/y.ts', text })).toEqual(['a', 'b', 'c', 'd', 'e', 'src/f.ts']);
  });
});

describe('only the service and the roots know the environment, the clock and chance', () => {
  const ROOTS = /^src\/(service\/[^/]+|main|cli)\.ts$/;
  const UNKNOWABLE =
    /process\.env|Date\.now|new Date\(\s*\)|Temporal\.Now|Math\.random|randomUUID|getRandomValues/;
  it.each(sources.filter(({ path }) => !ROOTS.test(path)))('$path', ({ text }) => {
    expect(UNKNOWABLE.exec(text)?.[0]).toBeUndefined();
  });
});
