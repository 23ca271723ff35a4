import type { Block, Detail, Entry, Notice, Section, Text } from './model.ts';

/** Markdown as GitHub shows it. The picture is left to the table below it. */
export function noticeMarkdown({ title, source, sections }: Notice): string {
  return `${[`# ${plain(title)}`, detailLines(source, ''), ...sections.flatMap(sectionBlocks)].join('\n\n')}\n`;
}

const sectionBlocks = ({ title, blocks }: Section): string[] => [
  `## ${plain(title)}`,
  ...blocks.flatMap((block) => blockText(block) ?? []),
];

function blockText(block: Block): string | null {
  switch (block.kind) {
    case 'heading':
      return `### ${plain(block.text)}`;
    case 'sentences':
      return block.sentences.map(plain).join('\n\n');
    case 'entries':
      return block.entries.map(entryText).join('\n');
    case 'timeline':
      return null;
    case 'table':
      return [
        `**${plain(block.caption)}**\n`,
        row(block.head),
        `|${' --- |'.repeat(block.head.length)}`,
        ...block.rows.map(row),
      ].join('\n');
  }
}

const row = (cells: readonly Text[]): string => `| ${cells.map(textText).join(' | ')} |`;

const entryText = ({ title, clauses, sentences, details }: Entry): string =>
  [
    `- **${plain(title)}**${clauses.length > 0 ? `（${plain(clauses.join('、'))}）` : ''}`,
    ...sentences.map((sentence) => `  - ${plain(sentence)}`),
    ...(details.length > 0 ? [detailLines(details, '  ')] : []),
  ].join('\n');

const detailLines = (details: readonly Detail[], indent: string): string =>
  details
    .flatMap(({ label, values: [first, ...others] }) =>
      first !== undefined && others.length === 0
        ? [`${indent}- ${plain(label)}：${textText(first)}`]
        : [
            `${indent}- ${plain(label)}：`,
            ...[first ?? '', ...others].map((value) => `${indent}  - ${textText(value)}`),
          ],
    )
    .join('\n');

const textText = (text: Text): string => {
  if (typeof text === 'string') return plain(text);
  return text.href === text.text ? `<${text.href}>` : `[${plain(text.text)}](<${text.href}>)`;
};

/** No character of it is Markdown. Line breaks would end the line that it stands in. */
const plain = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    // An underline inside a word is none to Markdown, and an address is copied as it stands.
    .replace(/[\\`*[\]<>|~&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(\s*)([#+-]|\d+(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
