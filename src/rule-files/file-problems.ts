/** What is wrong with files as files, whatever stands in them. */
import { basename } from 'node:path';
import type { LocalizedText } from '../rulebook/lang.ts';
import { type Problem, problemOf } from '../rulebook/problems.ts';

const cannotRead =
  (ja: string, en: string) =>
  (file: string, error: unknown): Problem => {
    const reason = error instanceof Error ? error.message : String(error);
    const said = { ja: `${ja}（${reason}）。`, en: `${en} (${reason}).` };
    return problemOf('cannot-read', { file, line: 1, column: 1 }, said);
  };

export const unreadable = cannotRead('ファイルを読めません', 'The file cannot be read');
/** Of a folder, or of a link that leads nowhere. */
export const unreachable = cannotRead('ここにあるルールを読めません', 'Rules that are here cannot be read');

export const misnamed = (file: string): Problem =>
  misnamedAs(rightName(file), file, {
    ja: '名前が .yaml か .yml で終わらないため、このファイルは読まれません。',
    en: 'The name does not end in .yaml or .yml, so this file is not read.',
  });

export const misnamedCases = (file: string): Problem =>
  misnamedAs(rightName(file), file, {
    ja: '名前が .cases.yaml で終わらないため、この事例のファイルは読まれません。',
    en: 'The name does not end in .cases.yaml, so this file of cases is not read.',
  });

/** null for a copy: the right name is that of another file. */
function rightName(file: string): string | null {
  const name = basename(file);
  const right = name
    .normalize('NFKC')
    .trim()
    .replace(/\.te?xt$/i, '')
    .replace(/\.ya?ml$/i, (ending) => ending.toLowerCase())
    .replace(/\.cases\.yml$/, '.cases.yaml');
  return right !== name && /\.ya?ml$/.test(right) ? file.slice(0, -name.length) + right : null;
}

/** Of a word file, which no other ending will do for. */
export const misnamedWords = (file: string): Problem =>
  misnamedAs(file.replace(/\.ya?ml(\.txt)?$/i, '.yaml'), file, {
    ja: '名前が .yaml で終わらないため、この言葉のファイルは読まれません。',
    en: 'The name does not end in .yaml, so this word file is not read.',
  });

/** Of a vocabulary or a word file beside those that are read, or a copy of one. */
export const misplacedWords = (file: string): Problem =>
  misnamedAs(null, file, {
    ja: 'このファイルは読まれません。使われるのは、ルールのフォルダーのすぐ下の vocabulary.yaml と words/ の中の .yaml だけです。控えはフォルダーの外に置いてください。',
    en: 'This file is not read: only vocabulary.yaml in the rules folder itself, and the .yaml files of words/ beside it. Keep copies elsewhere.',
  });

export const notAFile = (file: string): Problem =>
  misnamedAs(null, file, {
    ja: '名前はルールのファイルですが、ファイルではない（フォルダーなど）ため、読まれません。',
    en: 'It is called like a rule file, but it is none (a folder, say), so it is not read.',
  });

function misnamedAs(suggestion: string | null, file: string, said: LocalizedText): Problem {
  return problemOf('misnamed-file', { file, line: 1, column: 1 }, said, suggestion);
}

export const unusedWords = (file: string, name: string): Problem =>
  problemOf(
    'unused',
    { file, line: 1, column: 1 },
    {
      ja: `この言葉のファイルは、どのルールのファイルも使っていません。使うファイルに uses: [${name}] と書いてください。`,
      en: `No rule file uses this word file. Write uses: [${name}] in one that is to use it.`,
    },
  );

/** One rule set in several files: said of each, at its line `incident:`, with the names of the others. */
export const duplicates = (
  key: string,
  files: readonly { file: string }[],
  texts: ReadonlyMap<string, string>,
): Problem[] =>
  files.map(({ file }) => {
    const lines = texts.get(file)?.split('\n') ?? [];
    const line = lines.findIndex((text) => text.startsWith('incident:')) + 1 || 1;
    const others = files.map((each) => each.file).filter((each) => each !== file);
    return problemOf(
      'duplicate-rule-set',
      { file, line, column: 1 },
      {
        ja: `同じルール（${key}）がほかのファイルにもあります：${others.join('、')}。一つだけ残してください。動いているサービスは、これまで使っていたほうのファイルを使い続けます。`,
        en: `The same rule set (${key}) is in another file too: ${others.join(', ')}. Leave only one. A running service goes on with the file that it has used so far.`,
      },
    );
  });
