/** The safety net under the lint rules: who may import whom, and who may look around. */
import { describe, expect, it } from 'vitest';
import { type SourceFile, sourceFiles } from './fixtures/source-files.ts';

const sources = sourceFiles();

describe('imports point one way', () => {
  const BEHIND = [
    ...['audit', 'bulk', 'decisions', 'explanation', 'analysis', 'notice'],
    ...['rule-files', 'engine', 'rulebook'],
  ];
  const EDGE = ['operations', ...BEHIND];
  /** What a folder of src may import besides itself. Files of src itself may import all. */
  const MAY_IMPORT: Record<string, readonly string[]> = {
    rulebook: [],
    engine: ['rulebook'],
    'rule-files': ['engine', 'rulebook'],
    analysis: ['rule-files', 'engine', 'rulebook'],
    notice: ['engine', 'rulebook'],
    explanation: ['analysis', 'notice', 'engine', 'rulebook'],
    decisions: ['rulebook'],
    audit: ['decisions', 'rule-files', 'engine', 'rulebook'],
    bulk: ['decisions', 'rule-files', 'engine', 'rulebook'],
    operations: BEHIND,
    http: EDGE,
    console: EDGE,
    commands: EDGE,
    service: ['http', 'commands', ...EDGE],
  };
  const PURE = ['rulebook', 'engine', 'analysis', 'notice', 'explanation'];
  const EFFECTS =
    /^(node:|hono$|hono\/|@hono\/|drizzle-orm|postgres$|@electric-sql\/|pino|chokidar|commander)/;
  const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"]([^'"]+)['"]/g;

  const importsOf = ({ text }: SourceFile): string[] =>
    [...text.matchAll(IMPORT)].map((match) => match[1] ?? '');
  const folderOf = (path: string): string => path.split('/').slice(1, -1)[0] ?? '';
  /** The folder of src that a relative import leads to; null for a package. */
  const target = ({ path }: SourceFile, imported: string): string | null =>
    imported.startsWith('.') ? folderOf(new URL(imported, `file:///${path}`).pathname.slice(1)) : null;

  it.each(sources.filter(({ path }) => folderOf(path) !== ''))('$path', (file) => {
    const folder = folderOf(file.path);
    expect(Object.keys(MAY_IMPORT)).toContain(folder);
    for (const imported of importsOf(file)) {
      const to = target(file, imported);
      if (to !== null) expect([folder, ...(MAY_IMPORT[folder] ?? [])], imported).toContain(to);
      else if (PURE.includes(folder)) expect(imported).not.toMatch(EFFECTS);
    }
  });

  it('only its own folder talks to json-rules-engine', () => {
    const importers = sources.filter((file) =>
      importsOf(file).some((name) => /^json-rules-engine/.test(name)),
    );
    const folders = new Set(importers.map(({ path }) => path.replace(/[^/]*$/, '')));
    expect([...folders]).toEqual(['src/engine/judge/json-rules-engine/']);
  });

  it('the expression sees imports of every form', () => {
    const text = `import a from 'a';\nimport {\n  b,\n} from "b";\nexport * from 'c';\nimport 'd';\nawait import('e');`;
    expect(importsOf({ path: '', text })).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('only the service and the roots know the environment, the clock and chance', () => {
  const ROOTS = /^src\/(service\/)?[^/]+\.tsx?$/;
  const UNKNOWABLE =
    /process\.env|Date\.now|new Date\(\s*\)|Temporal\.Now|Math\.random|randomUUID|getRandomValues/;
  it.each(sources.filter(({ path }) => !ROOTS.test(path)))('$path', ({ text }) => {
    expect(UNKNOWABLE.exec(text)?.[0]).toBeUndefined();
  });
});
