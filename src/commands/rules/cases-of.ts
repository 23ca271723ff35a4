/** Rule sets with their cases, for the commands that run them. */
import { type CasesFile, readCasesFile } from '../../analysis/cases/cases-file.ts';
import type { Mutable } from '../../analysis/mutation/mutate.ts';
import {
  displayName,
  fileReader,
  keyOf,
  type LoadedRuleSet,
  VOCABULARY_FILE,
} from '../../rule-files/load.ts';
import { type Problem, problemOf } from '../../rulebook/problems.ts';
import { parseSource } from '../../rulebook/source.ts';
import { readVocabulary } from '../../rulebook/vocabulary.ts';
import { selectFiles } from './rule-files.ts';

export interface WithCases {
  loaded: LoadedRuleSet;
  cases: CasesFile;
}

/** The files that are sound; what is wrong with the others goes to `problems`. */
export async function readCases(
  paths: readonly string[],
  texts: Map<string, string>,
  problems: Problem[],
): Promise<CasesFile[]> {
  const readText = fileReader(texts, problems);
  const found: CasesFile[] = [];
  for (const path of paths) {
    const text = await readText(path);
    if (text === null) continue;
    const read = readCasesFile(displayName(path), text);
    problems.push(...read.problems);
    if (read.cases) found.push(read.cases);
  }
  return found;
}

/** As `selectFiles`, with the cases read; and the rule sets without any. */
export async function selectCases(rulesDir: string, files: readonly string[]) {
  const { loaded, casesFiles, problems, texts } = await selectFiles(rulesDir, files);
  const byKey = new Map(loaded.map((one) => [keyOf(one.ruleSet.prefecture, one.ruleSet.incident), one]));
  const pairs: WithCases[] = [];
  for (const cases of await readCases(casesFiles, texts, problems)) {
    const ruleSet = byKey.get(keyOf(cases.prefecture, cases.incident));
    if (ruleSet) pairs.push({ loaded: ruleSet, cases });
    else problems.push(withoutRules(cases));
  }
  const without = loaded.filter((each) => pairs.every((pair) => pair.loaded !== each));
  return { pairs, without, problems, texts };
}

function withoutRules({ file, prefecture, incident }: CasesFile): Problem {
  const position = { file, line: 1, column: 1 };
  return problemOf('unknown-rule-set', position, {
    ja: `${prefecture}/${incident} のルールが読めないため、事例を確かめられません。`,
    en: `The rules of ${prefecture}/${incident} cannot be read, so the cases cannot be run.`,
  });
}

/** The texts that a sound rule set was read from, parsed once more. */
export function mutableOf({ program, ruleSet, ruleText, vocabularyText }: LoadedRuleSet): Mutable {
  const { vocabulary } = readVocabulary(VOCABULARY_FILE, vocabularyText);
  if (vocabulary === null) throw new Error(`${ruleSet.file} was read with a vocabulary that cannot be read`);
  return { program, source: parseSource(ruleSet.file, ruleText), vocabulary };
}
