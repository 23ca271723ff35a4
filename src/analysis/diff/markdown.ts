import type { Lang, LocalizedText } from '../../rulebook/lang.ts';
import type { PairDiff } from './pair.ts';
import { type Report, reportOf } from './report.ts';

const TITLE: LocalizedText = { ja: 'ルールの変更', en: 'Changes to the rules' };
const SAME: LocalizedText = { ja: 'ルールのファイルに違いはありません。', en: 'No rule file differs.' };
const HEADINGS = {
  edits: { ja: '変更点', en: 'What was changed' },
  effects: { ja: '影響', en: 'What it does' },
  example: { ja: '例', en: 'Example' },
  table: { ja: '| | 変更前だけ | 変更後だけ |', en: '| | only before | only after |' },
} satisfies Record<string, LocalizedText>;

/** What a pull request shows. */
export function diffMarkdown(lang: Lang, diffs: readonly PairDiff[]): string {
  const parts = diffs.map((pair) => reportMarkdown(lang, reportOf(pair, lang)));
  return [`## ${TITLE[lang]}`, ...(parts.length > 0 ? parts : [SAME[lang]])].join('\n\n');
}

function reportMarkdown(lang: Lang, { file, notes, edits, effects, conclusion }: Report): string {
  const blocks = [`### ${code(file)}`, ...notes.map(escaped)];
  if (edits.length > 0)
    blocks.push(
      `#### ${HEADINGS.edits[lang]}`,
      edits.map(({ text, at }) => `- ${escaped(text)}${at ? ` ${code(at)}` : ''}`).join('\n'),
    );
  if (effects.length > 0) blocks.push(`#### ${HEADINGS.effects[lang]}`);
  for (const { text, facts, changes } of effects) {
    const example = [
      `<details><summary>${escaped(text)}</summary>`,
      ...(facts.length > 0
        ? [`${HEADINGS.example[lang]}`, facts.map((fact) => `- ${escaped(fact)}`).join('\n')]
        : []),
      ...(changes.length > 0
        ? [
            [
              HEADINGS.table[lang],
              '|---|---|---|',
              ...changes.map(
                ({ field, removed, added }) => `| ${escaped(field)} | ${cell(removed)} | ${cell(added)} |`,
              ),
            ].join('\n'),
          ]
        : []),
      '</details>',
    ];
    blocks.push(example.join('\n\n'));
  }
  if (conclusion) blocks.push(`**${conclusion}**`);
  return blocks.join('\n\n');
}

/** Text of rule files shows as it is written. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]<>|~#]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`))
    .replaceAll('\n', ' ');
const code = (text: string): string => `\`${text}\``;
const cell = (items: readonly string[]): string => items.map(escaped).join('<br>');
