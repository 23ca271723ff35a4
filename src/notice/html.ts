import { Markup, markup } from './markup.ts';
import type { Block, Detail, Entry, Notice, Section, Text } from './model.ts';
import { LEGEND, timelineSvg } from './timeline-svg.ts';

/** One page that needs nothing else: no script, no font, no picture from elsewhere. */
export function noticeHtml(notice: Notice): string {
  return markup`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${notice.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${notice.title}</h1>
${detailsMarkup(notice.source)}
${notice.sections.map(sectionMarkup)}</main>
</body>
</html>
`.text;
}

const sectionMarkup = ({ title, blocks }: Section, i: number): Markup =>
  markup`<section aria-labelledby="section-${i + 1}">
<h2 id="section-${i + 1}">${title}</h2>
${blocks.map(blockMarkup)}</section>
`;

function blockMarkup(block: Block): Markup {
  switch (block.kind) {
    case 'heading':
      return markup`<h3>${block.text}</h3>\n`;
    case 'sentences':
      return sentencesMarkup(block.sentences);
    case 'entries':
      return markup`<ul class="entries">\n${block.entries.map(entryMarkup)}</ul>\n`;
    case 'timeline':
      return markup`<figure>
<div class="wide" role="region" aria-label="${block.timeline.title}" tabindex="0">
${timelineSvg(block.timeline)}
</div>
<figcaption>${LEGEND}</figcaption>
</figure>
`;
    case 'table':
      return markup`<div class="wide" role="region" aria-label="${block.caption}" tabindex="0">
<table>
<caption>${block.caption}</caption>
<thead><tr>${block.head.map((text) => markup`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>
${block.rows.map((row) => markup`<tr>${row.map((text) => markup`<td>${textMarkup(text)}</td>`)}</tr>\n`)}</tbody>
</table>
</div>
`;
  }
}

const sentencesMarkup = (sentences: readonly string[]): Markup =>
  markup`${sentences.map((sentence) => markup`<p>${sentence}</p>\n`)}`;

const entryMarkup = ({ title, clauses, sentences, details }: Entry): Markup =>
  markup`<li><p><strong>${title}</strong>${clauses.length > 0 ? markup` <small>${clauses.join('、')}</small>` : ''}</p>
${sentencesMarkup(sentences)}${details.length > 0 ? detailsMarkup(details) : ''}</li>
`;

const detailsMarkup = (details: readonly Detail[]): Markup =>
  markup`<dl>
${details.map(({ label, values }) => markup`<dt>${label}</dt>${values.map((value) => markup`<dd>${textMarkup(value)}</dd>`)}\n`)}</dl>
`;

const textMarkup = (text: Text): Markup =>
  typeof text === 'string' ? markup`${text}` : markup`<a href="${text.href}">${text.text}</a>`;

const STYLE = new Markup(`
:root { color-scheme: light }
body { margin: 0; background: #fff; color: #1a1a1a; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif }
main { max-width: 48rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.5rem; line-height: 1.4 }
h2 { font-size: 1.25rem; border-bottom: 2px solid #1f5c99; padding-bottom: .25rem; margin-top: 2.5rem }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem }
p { margin: .25rem 0 }
small { color: #555; font-size: .75rem }
a { color: #0b4f8a }
.entries { list-style: none; margin: 0; padding: 0 }
.entries > li { border-left: 3px solid #cfdbe6; padding: .125rem 0 .125rem .75rem; margin: .75rem 0 }
dl { display: grid; grid-template-columns: minmax(6.5em, max-content) 1fr; gap: 0 .75rem; margin: .5rem 0 }
dt { grid-column: 1; color: #4a4a4a; font-size: .875rem }
dd { grid-column: 2; margin: 0 }
figure { margin: 1rem 0 }
figcaption { font-size: .8125rem; color: #4a4a4a }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
caption { text-align: left; font-weight: bold; padding: .5rem 0 }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top; min-width: 5em }
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr }
  dt, dd { grid-column: 1 }
  dd { padding-left: .75rem }
}
@media print {
  main { max-width: none; padding: 0 }
  .wide { overflow: visible }
  svg { width: 100%; height: auto }
  .entries > li, tr, figure { break-inside: avoid }
  h2, h3 { break-after: avoid }
}
`);
