import type { Impact, ImpactKind } from '../../analysis/diff/impact.ts';
import type { Lang } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io, red, yellow } from '../terminal/io.ts';

/** For a terminal. */
export function impactText(io: Io, file: string, impact: Impact): string {
  const { judged, changed, yenBefore, yenAfter, kinds, unjudged } = impact;
  const words = WORDS[io.lang];
  const lines = [
    bold(io, file),
    changed === 0 ? green(io, words.none(judged)) : words.changed(changed, judged),
    words.yen(yenBefore, yenAfter),
  ];
  for (const kind of kinds) lines.push('', ...kindLines(io, kind));
  if (unjudged.length > 0)
    lines.push('', yellow(io, words.unjudged(unjudged.reduce((sum, { count }) => sum + count, 0))));
  for (const { reason, count, examples } of unjudged)
    lines.push(`  ${words.count(count)}  ${reason[io.lang]}  ${dim(io, examples.join('、'))}`);
  return lines.join('\n');
}

function kindLines(io: Io, { field, removed, added, count, yen, examples }: ImpactKind): string[] {
  const words = WORDS[io.lang];
  const amount = yen === 0 ? '' : `（${signed(yen)}${words.unit}）`;
  return [
    `  ${bold(io, field[io.lang])}  ${words.count(count)}${amount}  ${dim(io, `${words.examples} ${examples.join('、')}`)}`,
    ...removed.map((item) => red(io, `    - ${item}`)),
    ...added.map((item) => green(io, `    + ${item}`)),
  ];
}

const grouped = (n: number): string => n.toLocaleString('ja-JP');
const signed = (n: number): string => `${n > 0 ? '+' : ''}${grouped(n)}`;

interface Words {
  none(judged: number): string;
  changed(changed: number, judged: number): string;
  yen(before: number, after: number): string;
  unjudged(count: number): string;
  count(count: number): string;
  examples: string;
  unit: string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    none: (judged) => `${grouped(judged)}件を判定し直しました。回答が変わるものはありません。`,
    changed: (changed, judged) =>
      `${grouped(judged)}件を判定し直すと、${grouped(changed)}件の回答が変わります。`,
    yen: (before, after) =>
      `補償額の合計  ${grouped(before)}円 → ${grouped(after)}円（${signed(after - before)}円）`,
    unjudged: (count) => `判定し直せないもの  ${grouped(count)}件`,
    count: (count) => `${grouped(count)}件`,
    examples: '例',
    unit: '円',
  },
  en: {
    none: (judged) => `${grouped(judged)} judged again; no answer changes.`,
    changed: (changed, judged) =>
      `Of ${grouped(judged)} judged again, ${grouped(changed)} are answered differently.`,
    yen: (before, after) =>
      `Amounts in all: ${grouped(before)} yen → ${grouped(after)} yen (${signed(after - before)} yen)`,
    unjudged: (count) => `Cannot be judged again: ${grouped(count)}`,
    count: (count) => `${grouped(count)} ×`,
    examples: 'such as',
    unit: ' yen',
  },
};
