/** What no case shows: the holes of their coverage, and the mistakes that none of them would notice. */
import { expectText } from '../../analysis/cases/cases-file.ts';
import { type Covered, questionText } from '../../analysis/coverage/questions.ts';
import type { Mutant } from '../../analysis/mutation/mutants.ts';
import type { Fate, Mutated, MutationReport } from '../../analysis/mutation/mutate.ts';
import { where } from '../../engine/answer/explain.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Io } from '../terminal/io.ts';

const COVERAGE = {
  ja: {
    open: (question: Covered['question']) => `${questionText(question).ja}事例がありません`,
    late: 'そういう場合があるかは、時間内にわかりませんでした',
    summary: (counted: number, covered: number, percent: number) =>
      `網羅：${counted}件のうち${covered}件（${percent}%）`,
    impossible: (count: number) => `ほかに、どんな場合にも起こらないもの ${count}件`,
  },
  en: {
    open: (question: Covered['question']) => `no case shows that ${questionText(question).en}`,
    late: 'not found out in time whether there is one',
    summary: (counted: number, covered: number, percent: number) =>
      `coverage: ${covered} of ${counted} (${percent}%)`,
    impossible: (count: number) => `besides, what cannot happen at all: ${count}`,
  },
};

/** By line. */
export function coverageText(io: Io, all: readonly Covered[]): string {
  const count = (kind: Covered['kind']): number => all.filter((one) => one.kind === kind).length;
  const words = COVERAGE[io.lang];
  const lines = holesOf(all).map(({ question, kind }) => {
    const late = kind === 'undecided' ? io.aside(words.late) : '';
    return `  ${io.bold(where(question.position))}  ${words.open(question)}${late}`;
  });
  const [covered, impossible] = [count('covered'), count('impossible')];
  const counted = all.length - impossible;
  const percent = counted === 0 ? 100 : Math.floor((covered / counted) * 1000) / 10;
  const summary = `  ${words.summary(counted, covered, percent)}`;
  lines.push(lines.length === 0 ? io.green(summary) : io.yellow(summary));
  if (impossible > 0) lines.push(io.dim(`  ${words.impossible(impossible)}`));
  return lines.join('\n');
}

export const holesOf = (covered: readonly Covered[]): Covered[] =>
  covered.filter(({ kind }) => kind === 'uncovered' || kind === 'undecided');

export const coverageJson = (covered: readonly Covered[]) =>
  covered.map(({ question, kind }) => ({
    at: where(question.position),
    about: question.about,
    comparison: question.comparison?.ja ?? null,
    showing: question.showing,
    verdict: kind,
    ...questionText(question),
  }));

const FATES: Record<Fate['kind'], LocalizedText> = {
  noticed: { ja: '事例が気づく', en: 'noticed by a case' },
  'found-by-check': { ja: 'ルールの確認で見つかる', en: 'found by the check' },
  same: { ja: '意味が同じ', en: 'same meaning' },
  accepted: { ja: '受け入れ済み', en: 'accepted' },
  alive: { ja: 'どの事例も気づかない', en: 'noticed by no case' },
};
const MUTANTS = {
  ja: {
    needless: (about: string) => `受け入れる必要がありません：${about}`,
    summary: (mutants: number) => `書き間違いの試し ${mutants}件：`,
    alive: ({ ja }: Mutant) => `${ja}ことに、どの事例も気づきません`,
    unasked: (id: string) => `事例 ${id} の expect に次を加えると気づきます（今の答え）`,
    example: '次のような場合に答えが変わります：',
    unknown: '答えが変わる場合は見つかりませんでしたが、変わらないことも示せませんでした',
  },
  en: {
    needless: (about: string) => `need not be accepted: ${about}`,
    summary: (mutants: number) => `mistakes tried: ${mutants}; `,
    alive: ({ en }: Mutant) => `no case notices this mistake: ${en}`,
    unasked: (id: string) => `case ${id} notices it with this in its expect (the answer of today)`,
    example: 'the answer changes in such a case: ',
    unknown: 'no case was found in which the answer changes, nor that there is none',
  },
};

/** Every mutant that no case notices, by line, and what would notice it. */
export function mutantsText(io: Io, { mutated, needless }: MutationReport): string {
  const words = MUTANTS[io.lang];
  const living = mutated.flatMap((one) => livingLines(io, one));
  const counts = Object.entries(FATES).flatMap(([kind, word]) => {
    const count = mutated.filter(({ fate }) => fate.kind === kind).length;
    return count > 0 ? [`${word[io.lang]} ${count}`] : [];
  });
  const summary = `  ${words.summary(mutated.length)}${io.series(counts)}`;
  return [
    ...living,
    ...needless.map(
      ({ about, position }) =>
        `  ${io.bold(where(position))}  ${io.yellow(words.needless(io.series(about)))}`,
    ),
    living.length === 0 ? io.green(summary) : io.red(summary),
  ].join('\n');
}

function livingLines(io: Io, { mutant, fate }: Mutated): string[] {
  if (fate.kind !== 'alive') return [];
  const words = MUTANTS[io.lang];
  const { unasked, example } = fate;
  return [
    `  ${io.bold(where(mutant.position))}  ${words.alive(mutant)}`,
    io.dim(`    ${mutant.id}`),
    ...(unasked ? [`    ${words.unasked(unasked.known.example.id)}`, expectText(unasked.add)] : []),
    ...(!unasked && example ? [`    ${words.example}${example.asOf} ${JSON.stringify(example.facts)}`] : []),
    ...(unasked || example ? [] : [`    ${words.unknown}`]),
  ];
}

export const isAlive = ({ fate }: Mutated): boolean => fate.kind === 'alive';

export const mutantsJson = ({ mutated, needless }: MutationReport) => ({
  mutants: mutated.map(({ mutant, fate }) => ({
    id: mutant.id,
    at: where(mutant.position),
    ja: mutant.ja,
    en: mutant.en,
    fate: fate.kind,
    ...(fate.kind === 'noticed' && { by: fate.by.id }),
    ...(fate.kind === 'accepted' && { reason: fate.reason }),
    ...(fate.kind === 'alive' && {
      unasked: fate.unasked && { case: fate.unasked.known.example.id, expect: fate.unasked.add },
      example: fate.example && { asOf: fate.example.asOf, facts: fate.example.facts },
    }),
  })),
  needless: needless.map(({ about, position }) => ({ about, at: where(position) })),
});
