import type { Covered } from '../analysis/coverage/cover.ts';
import { coverageEn, coverageJa } from '../analysis/coverage/words.ts';
import { where } from '../engine/explain.ts';
import { bold, dim, green, type Io, yellow } from './io.ts';

/** What no case shows, by line. */
export function coverageText(io: Io, covered: readonly Covered[]): string {
  const count = (kind: Covered['kind']): number => covered.filter((one) => one.kind === kind).length;
  const open = holesOf(covered);
  const counted = covered.length - count('impossible');
  const lines = open.map(({ question, kind }) => {
    const late = kind === 'undecided' ? '（そういう場合があるかは、時間内にわかりませんでした）' : '';
    return `  ${bold(io, where(question.position))}  ${coverageJa(question)}事例がありません${late}`;
  });
  const percent = counted === 0 ? 100 : Math.floor((count('covered') / counted) * 1000) / 10;
  const summary = `  網羅：${counted}件のうち${count('covered')}件（${percent}%）`;
  lines.push(open.length === 0 ? green(io, summary) : yellow(io, summary));
  if (count('impossible') > 0)
    lines.push(dim(io, `  ほかに、どんな場合にも起こらないもの ${count('impossible')}件`));
  return lines.join('\n');
}

export const holesOf = (covered: readonly Covered[]): Covered[] =>
  covered.filter(({ kind }) => kind === 'uncovered' || kind === 'undecided');

export const coverageJson = (covered: readonly Covered[]) =>
  covered.map(({ question, kind }) => ({
    at: where(question.position),
    about: question.about,
    comparison: question.comparison,
    showing: question.showing,
    verdict: kind,
    ja: coverageJa(question),
    en: coverageEn(question),
  }));
