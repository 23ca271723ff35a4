import type { PairDiff } from '../../analysis/diff/diff.ts';
import { type Report, reportOf } from '../../analysis/diff/report.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io, red } from '../terminal/io.ts';

const SAME: LocalizedText = { ja: '違いはありません。', en: 'No rule file differs.' };
const HEADINGS = {
  edits: { ja: '変更点', en: 'What was changed' },
  effects: { ja: '影響', en: 'What it does' },
  example: { ja: '例', en: 'Example' },
} satisfies Record<string, LocalizedText>;

/** For a terminal. */
export function diffText(io: Io, diffs: readonly PairDiff[]): string {
  if (diffs.length === 0) return SAME[io.lang];
  return diffs.map((pair) => reportText(io, reportOf(pair, io.lang))).join('\n\n');
}

function reportText(io: Io, { file, notes, edits, effects, conclusion }: Report): string {
  const lines = [bold(io, file), ...notes.map((note) => `  ${note}`)];
  if (edits.length > 0) lines.push('', HEADINGS.edits[io.lang]);
  for (const { text, at } of edits) lines.push(`  ・${text}${at ? dim(io, `  ${at}`) : ''}`);
  if (effects.length > 0) lines.push('', HEADINGS.effects[io.lang]);
  for (const { text, facts, changes } of effects) {
    lines.push(`  ● ${bold(io, text)}`);
    if (facts.length > 0) lines.push(dim(io, `     ${HEADINGS.example[io.lang]}  ${facts.join('、')}`));
    for (const { field, removed, added } of changes) {
      lines.push(`     ${field}`);
      for (const item of removed) lines.push(red(io, `       - ${item}`));
      for (const item of added) lines.push(green(io, `       + ${item}`));
    }
  }
  if (conclusion) lines.push('', conclusion);
  return lines.join('\n');
}
