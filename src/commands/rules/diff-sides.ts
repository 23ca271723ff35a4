/** What a diff is between: two files, two revisions, or a revision and the working tree. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Pair, type Side, sideOf, type Texts } from '../../analysis/diff/diff.ts';
import { openRevision, type Revision } from '../../rule-files/git.ts';
import { displayName, isRuleFile, VOCABULARY_FILE } from '../../rule-files/load.ts';
import { UsageError } from '../terminal/io.ts';
import { allRuleFiles, exists } from './rule-files.ts';

/** A folder of rules, in the working tree or at a revision; paths are from the folder. */
interface Tree {
  list(): Promise<string[]>;
  texts(path: string): Promise<Texts | null>;
}

/** Pairs whose texts differ. `files` are the rule files asked about; all where none is named. */
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
    return [
      pairOf(
        displayName(recentFile),
        await fromDisk(rulesDir, oldFile),
        await fromDisk(rulesDir, recentFile),
      ),
    ];
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
    if (!was && !is)
      throw new UsageError({ en: `${path}: on neither side`, ja: `${path}：どちらの側にもありません` });
    if (was?.rules === is?.rules && was?.vocabulary === is?.vocabulary) continue;
    pairs.push(pairOf(displayName(join(rulesDir, path)), was, is));
  }
  return pairs;
}

/** A rule file; or `own`, a file of the rules folder, as it is at a revision. */
export async function sideAt(rulesDir: string, argument: string, own: string | null): Promise<Side> {
  const file = await fileOf(argument);
  if (file) return sideOf(await fromDisk(rulesDir, file));
  if (own === null)
    throw new UsageError({
      en: `${argument}: no rule file`,
      ja: `${argument}：ルールのファイルがありません`,
    });
  const texts = await (await treeAt(rulesDir, argument)).texts(pathFrom(rulesDir, own));
  if (!texts)
    throw new UsageError({
      en: `${own}: not there at ${argument}`,
      ja: `${own}：${argument} にはありません`,
    });
  return sideOf(texts);
}

const pairOf = (file: string, before: Texts | null, after: Texts | null): Pair => ({
  file,
  before: before && sideOf(before),
  after: after && sideOf(after),
});

async function fileOf(argument: string): Promise<string | null> {
  return /\.ya?ml$/.test(argument) && (await exists(argument)) ? resolve(argument) : null;
}

function pathFrom(rulesDir: string, file: string): string {
  const path = relative(resolve(rulesDir), resolve(file));
  if (path.startsWith('..') || !isRuleFile(path))
    throw new UsageError({
      en: `${file}: no rule file of ${rulesDir}`,
      ja: `${file}：${rulesDir} のルールのファイルではありません`,
    });
  return path.split(sep).join('/');
}

const readText = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Its vocabulary stands in the folder above, or in the rules folder. */
async function fromDisk(rulesDir: string, path: string): Promise<Texts> {
  const rules = await readText(path);
  const beside = await readText(join(dirname(path), '..', VOCABULARY_FILE));
  const vocabulary = beside ?? (await readText(join(rulesDir, VOCABULARY_FILE)));
  if (rules === null || vocabulary === null)
    throw new UsageError({
      en: `${path}: cannot be read, or has no ${VOCABULARY_FILE}`,
      ja: `${path}：読めないか、${VOCABULARY_FILE} がありません`,
    });
  // By its name alone: a draft may be called anything, and lie anywhere.
  return { file: basename(path), rules, vocabulary, origin: 'file' };
}

const workingTree = (rulesDir: string): Tree => ({
  list: async () => (await allRuleFiles(rulesDir)).map((path) => pathFrom(rulesDir, path)),
  async texts(path) {
    const [rules, vocabulary] = [
      await readText(join(rulesDir, path)),
      await readText(join(rulesDir, VOCABULARY_FILE)),
    ];
    return rules === null
      ? null
      : { file: displayName(join(rulesDir, path)), rules, vocabulary: vocabulary ?? '', origin: 'file' };
  },
});

async function treeAt(rulesDir: string, name: string): Promise<Tree> {
  const revision = await openRevision(rulesDir, name);
  if (!revision)
    throw new UsageError({
      en: `${name}: neither a rule file nor a revision of git`,
      ja: `${name}：ルールのファイルでも git の版でもありません`,
    });
  return ofRevision(rulesDir, revision);
}

const ofRevision = (rulesDir: string, revision: Revision): Tree => ({
  list: async () => (await revision.list()).filter(isRuleFile),
  async texts(path) {
    const [rules, vocabulary] = [await revision.read(path), await revision.read(VOCABULARY_FILE)];
    const file = `${revision.name}:${displayName(join(rulesDir, path))}`;
    return rules === null ? null : { file, rules, vocabulary: vocabulary ?? '', origin: 'past' };
  },
});
