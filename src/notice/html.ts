import type { Block, Detail, Entry, Notice, Section, Text } from './model.ts';
import { type Markup, markup, pageHtml } from './page.ts';
import { LEGEND, timelineSvg } from './timeline-svg.ts';

export const noticeHtml = (notice: Notice): string =>
  pageHtml(
    notice.title,
    markup`<h1>${notice.title}</h1>
${detailsMarkup(notice.source)}
${notice.sections.map(sectionMarkup)}`,
  );

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
