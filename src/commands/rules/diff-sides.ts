/** What a diff is between: two files, two revisions, or a revision and the working tree. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Pair, type Side, sideOf, type Texts } from '../../analysis/diff/diff.ts';
import { openRevision } from '../../rule-files/git.ts';
import { displayName, isRuleFile, VOCABULARY_FILE } from '../../rule-files/load.ts';
import { wordsFor } from '../../rule-files/word-files.ts';
import { misuse, UsageError } from '../terminal/io.ts';
import { allRuleFiles, exists } from './rule-files.ts';

/** A folder of rules, in the working tree or at a revision; paths are from the folder. */
interface Tree {
  list(): Promise<string[]>;
  texts(path: string): Promise<Texts | null>;
}

/**
 * Pairs whose texts differ. `old` and `recent` are rule files or revisions, `recent` the working tree where it is left out;
 * `files` the rule files asked about, all where none is named.
 */
export async function pairsBetween(
  rulesDir: string,
  old: string,
  recent: string | undefined,
  files: readonly string[],
): Promise<Pair[]> {
  const [oldFile, recentFile] = [await fileOf(old), recent === undefined ? null : await fileOf(recent)];
  if (oldFile && recentFile) {
    if (files.length > 0)
      throw new UsageError({
        en: 'two files are compared by themselves',
        ja: '比べるファイルは二つだけです',
      });
    const before = sideOf(await fromDisk(rulesDir, oldFile));
    return [{ file: displayName(recentFile), before, after: sideOf(await fromDisk(rulesDir, recentFile)) }];
  }
  if (oldFile && recent === undefined)
    throw new UsageError({
      en: 'with what is the file to be compared? (hosho diff OLD NEW)',
      ja: '比べる相手のファイルも書いてください（hosho diff OLD NEW）',
    });
  // A file beside a revision: that file, as it was then.
  const alone = oldFile ?? recentFile;
  const paths = [...files, ...(alone ? [alone] : [])].map((file) => pathFrom(rulesDir, file));
  const before = oldFile ? workingTree(rulesDir) : await treeAt(rulesDir, old);
  const after = recent === undefined || recentFile ? workingTree(rulesDir) : await treeAt(rulesDir, recent);
  const all =
    paths.length > 0 ? paths : [...new Set([...(await before.list()), ...(await after.list())])].sort();
  const pairs: Pair[] = [];
  for (const path of all) {
    const [was, is] = [await before.texts(path), await after.texts(path)];
    if (!was && !is) throw misuse(path, { en: 'on neither side', ja: 'どちらの側にもありません' });
    if (was?.rules === is?.rules && was?.vocabulary === is?.vocabulary) continue;
    const file = displayName(join(rulesDir, path));
    pairs.push({ file, before: was && sideOf(was), after: is && sideOf(is) });
  }
  return pairs;
}

/** A rule file; or `own`, a file of the rules folder, as it is at a revision. */
export async function sideAt(rulesDir: string, argument: string, own: string | null): Promise<Side> {
  const file = await fileOf(argument);
  if (file) return sideOf(await fromDisk(rulesDir, file));
  if (own === null) throw misuse(argument, { en: 'no rule file', ja: 'ルールのファイルがありません' });
  const texts = await (await treeAt(rulesDir, argument)).texts(pathFrom(rulesDir, own));
  if (!texts) throw misuse(own, { en: `not there at ${argument}`, ja: `${argument} にはありません` });
  return sideOf(texts);
}

async function fileOf(argument: string): Promise<string | null> {
  return /\.ya?ml$/.test(argument) && (await exists(argument)) ? resolve(argument) : null;
}

function pathFrom(rulesDir: string, file: string): string {
  const path = relative(resolve(rulesDir), resolve(file));
  if (path.startsWith('..') || !isRuleFile(path))
    throw misuse(file, {
      en: `no rule file of ${rulesDir}`,
      ja: `${rulesDir} のルールのファイルではありません`,
    });
  return path.split(sep).join('/');
}

const readText = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Its vocabulary stands in the folder above, or in the rules folder. */
async function fromDisk(rulesDir: string, path: string): Promise<Texts> {
  const above = join(dirname(path), '..');
  const folder = (await exists(join(above, VOCABULARY_FILE))) ? above : rulesDir;
  const rules = await readText(path);
  const vocabulary = rules === null ? null : await wordsIn(folder, rules);
  if (rules === null || vocabulary === null)
    throw misuse(path, {
      en: `cannot be read, or has no ${VOCABULARY_FILE}`,
      ja: `読めないか、${VOCABULARY_FILE} がありません`,
    });
  // By its name alone: a draft may be called anything, and lie anywhere.
  return { file: basename(path), rules, vocabulary, origin: 'file' };
}

/** null where the folder has no vocabulary. */
async function wordsIn(folder: string, rules: string): Promise<string | null> {
  const shared = await readText(join(folder, VOCABULARY_FILE));
  return shared === null ? null : wordsFor(rules, shared, (path) => readText(join(folder, path)));
}

const workingTree = (rulesDir: string): Tree => ({
  list: async () => (await allRuleFiles(rulesDir)).map((path) => pathFrom(rulesDir, path)),
  async texts(path) {
    const rules = await readText(join(rulesDir, path));
    if (rules === null) return null;
    const vocabulary = (await wordsIn(rulesDir, rules)) ?? '';
    return { file: displayName(join(rulesDir, path)), rules, vocabulary, origin: 'file' };
  },
});

async function treeAt(rulesDir: string, name: string): Promise<Tree> {
  const revision = await openRevision(rulesDir, name);
  if (!revision)
    throw misuse(name, {
      en: 'neither a rule file nor a revision of git',
      ja: 'ルールのファイルでも git の版でもありません',
    });
  return {
    list: async () => (await revision.list()).filter(isRuleFile),
    async texts(path) {
      const rules = await revision.read(path);
      if (rules === null) return null;
      const shared = (await revision.read(VOCABULARY_FILE)) ?? '';
      const vocabulary = await wordsFor(rules, shared, revision.read);
      const file = `${revision.name}:${displayName(join(rulesDir, path))}`;
      return { file, rules, vocabulary, origin: 'past' };
    },
  };
}
