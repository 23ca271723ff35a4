import { copyFile, mkdir, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { type Library, loadLibrary } from '../../src/rule-files/load.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, readFile: vi.fn(real.readFile) };
});

let folder: string;
let vocabulary: string;
let north: string;
let south: string;

/** Puts `to` in the place of `from`. */
async function changed(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}
/** With the files that were read for it. */
async function reload(before: Library, touched?: ReadonlySet<string>) {
  vi.mocked(readFile).mockClear();
  const library = await loadLibrary(folder, before, touched);
  return { library, read: vi.mocked(readFile).mock.calls.map(([path]) => path) };
}
const codes = ({ problems }: Library): string[] => problems.map(({ code }) => code);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hosho-rules-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  vocabulary = join(folder, 'vocabulary.yaml');
  await copyFile('tests/fixtures/vocabulary.yaml', vocabulary);
  const files = await Promise.all(
    ['north', 'south'].map(async (prefecture) => {
      const file = join(folder, prefecture, 'outage.yaml');
      await mkdir(join(folder, prefecture));
      const text = await readFile('tests/fixtures/rules.yaml', 'utf8');
      await writeFile(file, text.replace('prefecture: somewhere', `prefecture: ${prefecture}`));
      return file;
    }),
  );
  [north = '', south = ''] = files;
});

test('a reload reads only what has changed', async () => {
  const before = await loadLibrary(folder);
  expect(codes(before)).toEqual([]);
  expect([...before.ruleSets.keys()]).toEqual(['north/outage', 'south/outage']);
  expect((await reload(before)).read).toEqual([]);

  await changed(south, 'until: 2023-04-30', 'until: 2023-05-01');
  const { library, read } = await reload(before);
  expect(read).toEqual([south]);
  expect(library.ruleSets.get('north/outage')).toBe(before.ruleSets.get('north/outage'));
  expect(library.ruleSets.get('south/outage')?.version).not.toBe(
    before.ruleSets.get('south/outage')?.version,
  );
  expect([...library.ruleSets.keys()]).toEqual(['north/outage', 'south/outage']);
});

test('a text of the same length and date, put there by renaming, is seen', async () => {
  const date = new Date('2023-03-02T00:00:00Z');
  await utimes(north, date, date);
  const before = await loadLibrary(folder);
  const other = join(folder, 'other');
  await copyFile(north, other);
  await changed(other, 'until: 2023-04-30', 'until: 2023-05-01');
  await utimes(other, date, date);
  await rename(other, north);
  const { library, read } = await reload(before);
  expect(read).toEqual([north]);
  expect(library.texts.get(library.ruleSets.get('north/outage')?.ruleSet.file ?? '')).toContain('2023-05-01');
});

test('a path that was touched is read, however it stands', async () => {
  const before = await loadLibrary(folder);
  const { library, read } = await reload(before, new Set([north]));
  expect(read).toEqual([north]);
  // The same text is the same rule set, its memory kept.
  expect(library.ruleSets.get('north/outage')).toBe(before.ruleSets.get('north/outage'));
});

test('another vocabulary is another version of every rule set', async () => {
  const before = await loadLibrary(folder);
  await writeFile(vocabulary, `${await readFile(vocabulary, 'utf8')}# another\n`);
  const { library, read } = await reload(before);
  expect(read).toEqual([vocabulary]);
  for (const [key, { version, vocabularyText }] of library.ruleSets) {
    expect(version).not.toBe(before.ruleSets.get(key)?.version);
    expect(vocabularyText).toContain('# another');
  }
});

test('what is wrong with a file is said until it is put right', async () => {
  await changed(north, 'until:', 'untill:');
  const first = await loadLibrary(folder);
  expect(codes(first)).toContain('unknown-key');
  expect([...first.ruleSets.keys()]).toEqual(['south/outage']);

  const { library: again, read } = await reload(first);
  expect(read).toEqual([]);
  expect(again.problems).toEqual(first.problems);

  await changed(north, 'untill:', 'until:');
  const { library: last } = await reload(again);
  expect(codes(last)).toEqual([]);
  expect([...last.ruleSets.keys()]).toEqual(['north/outage', 'south/outage']);
});

test('a broken vocabulary, and the same one as before', async () => {
  const before = await loadLibrary(folder);
  const text = await readFile(vocabulary, 'utf8');
  await writeFile(vocabulary, 'facts: [');
  const { library: broken } = await reload(before);
  expect(broken.ruleSets.size).toBe(0);
  await writeFile(vocabulary, text);
  const { library: after } = await reload(broken);
  expect([...after.ruleSets.keys()]).toEqual([...before.ruleSets.keys()]);
});

test('a file that is gone is gone, one that is new is there', async () => {
  const before = await loadLibrary(folder);
  const text = await readFile(south, 'utf8');
  await rm(south);
  const { library: without } = await reload(before);
  expect([...without.ruleSets.keys()]).toEqual(['north/outage']);
  await writeFile(south, text);
  const { library: after, read } = await reload(without);
  expect(read).toEqual([south]);
  expect([...after.ruleSets.keys()]).toEqual(['north/outage', 'south/outage']);
});

/** Code, line and file of all problems. */
const told = ({ problems, problemsOfUnused }: Library): string[] =>
  [...problems, ...problemsOfUnused].map(
    ({ code, position }) => `${code} ${position.line} ${position.file.split('/').at(-1)}`,
  );

test.each<[name: string, suggestion: string]>([
  ['passes.yml', 'passes.yaml'],
  ['passes.YAML', 'passes.yaml'],
  ['passes.yaml.txt', 'passes.yaml'],
])('a word file that is called %s is not read, and told of', async (name, suggestion) => {
  await mkdir(join(folder, 'words'));
  await writeFile(join(folder, 'words', name), 'claimStates: { automatic: 自動 }\n');
  const library = await loadLibrary(folder);
  expect(told(library)).toEqual([`misnamed-file 1 ${name}`]);
  expect(library.problems[0]?.suggestion).toMatch(new RegExp(`/words/${suggestion}$`));
  const before = library.fingerprint;
  await rm(join(folder, 'words', name));
  expect((await loadLibrary(folder)).fingerprint).not.toBe(before);
});

test('a word file that no rule file uses is checked, and said to be unused', async () => {
  await mkdir(join(folder, 'words'));
  const words = join(folder, 'words', 'passes.yaml');
  await writeFile(words, 'claimStates: { automatic: 自動 }\nnothingLeftToDo: [automatik]\n');
  const library = await loadLibrary(folder);
  expect(told(library)).toEqual(['unknown-word 2 passes.yaml', 'unused 1 passes.yaml']);
  // Nobody's answers rest on it: a running service has nothing to say of it.
  expect(library.problems).toEqual([]);
  expect([...library.ruleSets.keys()]).toEqual(['north/outage', 'south/outage']);

  await writeFile(words, 'claimState: { automatic: 自動 }\n');
  expect(told(await loadLibrary(folder))).toEqual(['unknown-key 1 passes.yaml', 'unused 1 passes.yaml']);

  await changed(north, 'deadlines:', 'status: draft\nuses: [passes]\ndeadlines:');
  await writeFile(words, 'claimStates: { automatic: 自動 }\n');
  expect(told(await loadLibrary(folder))).toEqual([]);
});
