/** What is wrong with cases by the words of their rule set, before any is run: facts that are none, answers that there cannot be. */
import { readFacts } from '../../engine/facts/read-facts.ts';
import { isObject } from '../../rulebook/basics.ts';
import { nearest, type Problem, problemOf } from '../../rulebook/problems.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { rulesOf } from '../rule-set-parts.ts';
import type { CasesFile, PlaceInCase } from './cases-file.ts';
import { withChoices } from './choices.ts';

export const problemsInCases = (file: CasesFile, at: PlaceInCase, ruleSet: RuleSet): Problem[] => {
  const read = withChoices(file, ruleSet.vocabulary).cases;
  return file.cases.flatMap((written, i) => [
    ...factProblems(read[i]?.facts ?? {}, written.asOf, ruleSet).map(({ path, ...said }) =>
      problemOf(said.code, at(written, ['facts', ...path], said.ofKey), said, said.suggestion),
    ),
    ...unknownWords(written.expect, ruleSet).map(({ path, ofKey, word, known }) =>
      problemOf(
        'unknown-word',
        at(written, ['expect', ...path], ofKey),
        noSuchWord(word),
        nearest(word, known),
      ),
    ),
  ]);
};

function factProblems(facts: Readonly<Record<string, unknown>>, asOf: number, { vocabulary }: RuleSet) {
  return readFacts(vocabulary, facts, asOf).problems.map(
    ({ pointer, code, detail, detailJa, suggestion }) => ({
      ...{ ja: detailJa, en: detail, suggestion, path: pointer.split('/').slice(1) },
      ...(code === 'unknown-fact' ? { code, ofKey: true } : { code: 'value-type' as const, ofKey: false }),
    }),
  );
}

const noSuchWord = (word: string) => ({
  ja: `このルールの回答に「${word}」はありません。`,
  en: `No answer of these rules has "${word}".`,
});

/** Of members of an answer that hold words of the rule set or of its vocabulary: all that there are. */
const WORDS: Record<string, (ruleSet: RuleSet) => Iterable<string>> = {
  outcome: ({ vocabulary }) => vocabulary.outcomes.keys(),
  claimState: ({ vocabulary }) => vocabulary.claimStates.keys(),
  voucherState: ({ vocabulary }) => vocabulary.voucherStates.keys(),
  categories: (ruleSet) => rulesOf(ruleSet, 'eligibility').map(({ id }) => id),
  remedies: (ruleSet) => rulesOf(ruleSet, 'remedies').map(({ id }) => id),
  brands: (ruleSet) => rulesOf(ruleSet, 'remedies').map(({ id }) => id),
  nextSteps: ({ vocabulary }) => vocabulary.nextSteps.keys(),
  deadlines: ({ deadlines }) => deadlines.keys(),
  deadlineTexts: ({ deadlines }) => deadlines.keys(),
  missingFacts: ({ vocabulary }) => vocabulary.facts.keys(),
  clauses: ({ clauses }) => clauses.keys(),
};

interface UnknownWord {
  path: Path;
  ofKey: boolean;
  word: string;
  known: readonly string[];
}

const unknownWords = (expect: Readonly<Record<string, unknown>>, ruleSet: RuleSet): UnknownWord[] =>
  Object.entries(expect).flatMap(([name, wanted]) => {
    const known = [...(WORDS[name.replace(/Include$/, '')]?.(ruleSet) ?? [])];
    return known.length === 0
      ? []
      : wordsIn(wanted, name).flatMap((one) => (known.includes(one.word) ? [] : { ...one, known }));
  });

/** A word, a list of them, or what is said by word. */
function wordsIn(wanted: unknown, name: string): Omit<UnknownWord, 'known'>[] {
  if (typeof wanted === 'string') return [{ path: [name], ofKey: false, word: wanted }];
  if (Array.isArray(wanted))
    return wanted.map((word, i) => ({ path: [name, i], ofKey: false, word: String(word) }));
  return isObject(wanted)
    ? Object.keys(wanted).map((word) => ({ path: [name, word], ofKey: true, word }))
    : [];
}
