import { type Covered, questionText } from '../../analysis/coverage/questions.ts';
import { where } from '../../engine/answer/explain.ts';
import type { Lang } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io, yellow } from '../terminal/io.ts';
import { aside } from '../terminal/words.ts';

/** What no case shows, by line. */
export function coverageText(io: Io, covered: readonly Covered[]): string {
  const count = (kind: Covered['kind']): number => covered.filter((one) => one.kind === kind).length;
  const words = WORDS[io.lang];
  const open = holesOf(covered);
  const counted = covered.length - count('impossible');
  const lines = open.map(({ question, kind }) => {
    const late = kind === 'undecided' ? aside(io, words.late) : '';
    return `  ${bold(io, where(question.position))}  ${words.open(question)}${late}`;
  });
  const percent = counted === 0 ? 100 : Math.floor((count('covered') / counted) * 1000) / 10;
  const summary = `  ${words.summary(counted, count('covered'), percent)}`;
  lines.push(open.length === 0 ? green(io, summary) : yellow(io, summary));
  if (count('impossible') > 0) lines.push(dim(io, `  ${words.impossible(count('impossible'))}`));
  return lines.join('\n');
}

interface Words {
  open(question: Covered['question']): string;
  late: string;
  summary(counted: number, covered: number, percent: number): string;
  impossible(count: number): string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    open: (question) => `${questionText(question).ja}事例がありません`,
    late: 'そういう場合があるかは、時間内にわかりませんでした',
    summary: (counted, covered, percent) => `網羅：${counted}件のうち${covered}件（${percent}%）`,
    impossible: (count) => `ほかに、どんな場合にも起こらないもの ${count}件`,
  },
  en: {
    open: (question) => `no case shows that ${questionText(question).en}`,
    late: 'not found out in time whether there is one',
    summary: (counted, covered, percent) => `coverage: ${covered} of ${counted} (${percent}%)`,
    impossible: (count) => `besides, what cannot happen at all: ${count}`,
  },
};

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
