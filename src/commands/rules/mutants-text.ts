import { expectText } from '../../analysis/cases/case-text.ts';
import type { Mutant } from '../../analysis/mutation/mutants.ts';
import type { Fate, Mutated, MutationReport } from '../../analysis/mutation/mutate.ts';
import { where } from '../../engine/answer/explain.ts';
import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io, red, yellow } from '../terminal/io.ts';
import { series } from '../terminal/words.ts';

const FATES: Record<Fate['kind'], LocalizedText> = {
  noticed: { ja: '事例が気づく', en: 'noticed by a case' },
  'found-by-check': { ja: 'ルールの確認で見つかる', en: 'found by the check' },
  same: { ja: '意味が同じ', en: 'same meaning' },
  accepted: { ja: '受け入れ済み', en: 'accepted' },
  alive: { ja: 'どの事例も気づかない', en: 'noticed by no case' },
};

interface Words {
  needless(about: string): string;
  summary(mutants: number): string;
  alive(mutant: Mutant): string;
  unasked(id: string): string;
  example: string;
  unknown: string;
}
const WORDS: Record<Lang, Words> = {
  ja: {
    needless: (about) => `受け入れる必要がありません：${about}`,
    summary: (mutants) => `書き間違いの試し ${mutants}件：`,
    alive: ({ ja }) => `${ja}ことに、どの事例も気づきません`,
    unasked: (id) => `事例 ${id} の expect に次を加えると気づきます（今の答え）`,
    example: '次のような場合に答えが変わります：',
    unknown: '答えが変わる場合は見つかりませんでしたが、変わらないことも示せませんでした',
  },
  en: {
    needless: (about) => `need not be accepted: ${about}`,
    summary: (mutants) => `mistakes tried: ${mutants}; `,
    alive: ({ en }) => `no case notices this mistake: ${en}`,
    unasked: (id) => `case ${id} notices it with this in its expect (the answer of today)`,
    example: 'the answer changes in such a case: ',
    unknown: 'no case was found in which the answer changes, nor that there is none',
  },
};

/** Every mutant that no case notices, by line, and what would notice it. */
export function mutantsText(io: Io, { mutated, needless }: MutationReport): string {
  const words = WORDS[io.lang];
  const lines = livingOf(mutated).map((one) => livingText(io, one));
  for (const { about, position } of needless)
    lines.push(`  ${bold(io, where(position))}  ${yellow(io, words.needless(series(io, about)))}`);
  const counts = Object.entries(FATES).flatMap(([kind, word]) => {
    const count = mutated.filter(({ fate }) => fate.kind === kind).length;
    return count > 0 ? [`${word[io.lang]} ${count}`] : [];
  });
  const summary = `  ${words.summary(mutated.length)}${series(io, counts)}`;
  lines.push(livingOf(mutated).length === 0 ? green(io, summary) : red(io, summary));
  return lines.join('\n');
}

export const livingOf = (mutated: readonly Mutated[]): Mutated[] =>
  mutated.filter(({ fate }) => fate.kind === 'alive');

function livingText(io: Io, { mutant, fate }: Mutated): string {
  const words = WORDS[io.lang];
  const lines = [
    `  ${bold(io, where(mutant.position))}  ${words.alive(mutant)}`,
    dim(io, `    ${mutant.id}`),
  ];
  if (fate.kind !== 'alive') return lines.join('\n');
  if (fate.unasked) {
    const { known, add } = fate.unasked;
    lines.push(`    ${words.unasked(known.example.id)}`, expectText(add));
  } else if (fate.example) {
    const { asOf, facts } = fate.example;
    lines.push(`    ${words.example}${asOf} ${JSON.stringify(facts)}`);
  } else lines.push(`    ${words.unknown}`);
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
