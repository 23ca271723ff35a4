import { expectText } from '../analysis/case-text.ts';
import type { Fate, Mutated, MutationReport } from '../analysis/mutation/mutate.ts';
import { where } from '../engine/explain.ts';
import { bold, dim, green, type Io, red, yellow } from './io.ts';

const WORDS: Record<Fate['kind'], string> = {
  noticed: '事例が気づく',
  'found-by-check': 'ルールの確認で見つかる',
  same: '意味が同じ',
  accepted: '受け入れ済み',
  alive: 'どの事例も気づかない',
};

/** Every mutant that no case notices, by line, and what would notice it. */
export function mutantsText(io: Io, { mutated, needless }: MutationReport): string {
  const lines = livingOf(mutated).map((one) => livingText(io, one));
  for (const { about, position } of needless)
    lines.push(
      `  ${bold(io, where(position))}  ${yellow(io, '受け入れる必要がありません')}：${about.join('、')}`,
    );
  const counts = Object.entries(WORDS).flatMap(([kind, word]) => {
    const count = mutated.filter(({ fate }) => fate.kind === kind).length;
    return count > 0 ? [`${word} ${count}`] : [];
  });
  const summary = `  書き間違いの試し ${mutated.length}件：${counts.join('、')}`;
  lines.push(livingOf(mutated).length === 0 ? green(io, summary) : red(io, summary));
  return lines.join('\n');
}

export const livingOf = (mutated: readonly Mutated[]): Mutated[] =>
  mutated.filter(({ fate }) => fate.kind === 'alive');

function livingText(io: Io, { mutant, fate }: Mutated): string {
  const lines = [
    `  ${bold(io, where(mutant.position))}  ${mutant.ja}ことに、どの事例も気づきません`,
    dim(io, `    ${mutant.id}`),
  ];
  if (fate.kind !== 'alive') return lines.join('\n');
  if (fate.unasked) {
    const { known, add } = fate.unasked;
    lines.push(
      `    事例 ${known.example.id} の expect に次を加えると気づきます（今の答え）`,
      expectText(add),
    );
  } else if (fate.example) {
    const { asOf, facts } = fate.example;
    lines.push(`    次のような場合に答えが変わります：${asOf} ${JSON.stringify(facts)}`);
  } else lines.push('    答えが変わる場合は見つかりませんでしたが、変わらないことも示せませんでした');
  return lines.join('\n');
}

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
