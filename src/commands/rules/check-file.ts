/**
 * What `hosho check` tells of one rule file: first what reading it shows, then what is proved of all cases. It is plain data,
 * which crosses threads and is kept for the next time.
 */
import {
  type CasesFile,
  type ExampleCase,
  type PlaceInCase,
  readCasesFile,
} from '../../analysis/cases/cases-file.ts';
import { problemsInCases } from '../../analysis/cases/check-cases.ts';
import { withChoices } from '../../analysis/cases/choices.ts';
import { expectationOf, summaryOf } from '../../analysis/cases/decide-case.ts';
import type { WrittenCase } from '../../analysis/cases/evaluate-case.ts';
import type { Finding } from '../../analysis/findings/finding.ts';
import { prove } from '../../analysis/findings/prove.ts';
import { checkNotice, checkQuotes } from '../../analysis/notice-text/check-notice.ts';
import type { NoticeText } from '../../analysis/notice-text/notice-text.ts';
import { remembered } from '../../analysis/remembered.ts';
import type { Solver } from '../../analysis/solver/solver.ts';
import { checkTexts } from '../../analysis/texts/check-texts.ts';
import { writtenRuleSet } from '../../analysis/written-rule-set.ts';
import { type Loadable, load } from '../../rule-files/load.ts';
import { type Problem, problemOf } from '../../rulebook/problems.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { readWords } from '../../rulebook/vocabulary.ts';
import { areCasesOf } from './rule-files.ts';

interface Text {
  file: string;
  text: string;
}

/** Everything that it is told from. */
export interface FileToCheck extends Text {
  words: Text;
  wordFiles: { name: string; file: string; text: string }[];
  cases: Text | null;
  notice: NoticeText | null;
}

/** `expect` of an example is what a cases file would say of it. */
export interface Told extends Omit<Finding, 'example'> {
  example: Example | null;
}

interface Example extends Pick<ExampleCase, 'asOf' | 'facts' | 'expect'>, Pick<RuleSet, 'timeZone'> {}

export const withoutExample = (finding: Finding): Told => ({ ...finding, example: null });

export interface ReadToCheck extends Loadable {
  ruleSet: Loadable['ruleSet'];
  findings: Told[];
  /** Its rule set names the text of a notice, which is not there. */
  isWithoutNotice: boolean;
  cases: WrittenCase[];
}

export interface ReadReport {
  /** null where the file is broken. */
  loaded: ReadToCheck | null;
  problems: Problem[];
  problemsOfCases: Problem[];
}

export interface ProofOptions {
  /** For one question. */
  limitMs: number;
  /** For all questions of the file together. */
  totalMs: number;
  isBrief: boolean;
}

const loadedOf = new WeakMap<FileToCheck, ReturnType<typeof load>>();
const loadOnce = (given: FileToCheck): ReturnType<typeof load> =>
  remembered(loadedOf, given, () => {
    const { file, text, words, wordFiles } = given;
    const { vocabulary } = readWords(words.file, words.text, wordFiles, 'file');
    if (vocabulary === null) throw new Error(`${words.file} was sound a moment ago`);
    return load(file, text, vocabulary, words.text);
  });

export function readToCheck(given: FileToCheck): ReadReport {
  const { loaded, problems } = loadOnce(given);
  const readCases =
    given.cases && readCasesFile(given.cases.file, given.cases.text, loaded?.ruleSet.timeZone);
  const problemsOfCases = readCases?.problems ?? [];
  if (loaded === null) return { loaded, problems, problemsOfCases };
  const { ruleSet, version } = loaded;
  const { file, prefecture, incident, isDraft, uses } = ruleSet;
  const written = writtenRuleSet(ruleSet, given.text);
  const ofNotice = given.notice ? checkNotice(written, given.notice) : checkQuotes(written);
  const cases = readCases?.cases ?? null;
  const areOwn = cases !== null && areCasesOf(cases, loaded);
  // Those of a draft are being written as it is.
  if (readCases && cases && !ruleSet.isDraft)
    problemsOfCases.push(
      ...(areOwn
        ? problemsInCases(cases, readCases.at, ruleSet)
        : [casesOfAnother(cases, readCases.at, ruleSet)]),
    );
  const own = areOwn ? withChoices(cases, ruleSet.vocabulary).cases : [];
  return {
    loaded: {
      ...{ version, ruleSet: { file, prefecture, incident, isDraft, uses } },
      findings: [...ofNotice, ...checkTexts(written)].map(withoutExample),
      isWithoutNotice: given.notice === null && ruleSet.source.textHash !== null,
      cases: own.map(({ facts, asOf }) => ({ facts, asOf })),
    },
    ...{ problems, problemsOfCases },
  };
}

function casesOfAnother({ prefecture, incident }: CasesFile, at: PlaceInCase, ruleSet: RuleSet): Problem {
  const [theirs, wanted] = [`${prefecture}/${incident}`, `${ruleSet.prefecture}/${ruleSet.incident}`];
  const said = {
    ja: `隣のルールは ${wanted} ですが、この事例は ${theirs} のものなので、どれも試されません。`,
    en: `The rules beside are ${wanted}, and these cases are of ${theirs}: none of them is run.`,
  };
  const key = prefecture === ruleSet.prefecture ? 'incident' : 'prefecture';
  return problemOf('unknown-rule-set', at(null, [key]), said, ruleSet[key]);
}

/** Of a file that is sound. `now` in milliseconds. `onAnswer` after each question that is settled: so many of so many. */
export async function proveToCheck(
  given: FileToCheck,
  cases: readonly WrittenCase[],
  { totalMs, ...options }: ProofOptions,
  {
    solver,
    now,
    onAnswer,
  }: { solver: Solver; now(): number; onAnswer?: (settled: number, of: number) => void },
): Promise<Told[]> {
  const { loaded } = loadOnce(given);
  if (loaded === null) throw new Error(`${given.file} was sound a moment ago`);
  const { ruleSet } = loaded;
  const end = now() + totalMs;
  const findings = await prove(ruleSet, solver, { ...options, cases, leftMs: () => end - now(), onAnswer });
  return findings.map(({ example, ...finding }) => ({ ...finding, example: exampleOf(example, ruleSet) }));
}

function exampleOf(example: Finding['example'], ruleSet: RuleSet): Told['example'] {
  const decision = example?.decisions[0];
  if (!example || !decision) return null;
  const { asOf, facts } = example;
  const expect = expectationOf(summaryOf(decision, ruleSet));
  return { asOf: Date.parse(asOf), facts, expect, timeZone: ruleSet.timeZone };
}
