import { type Markup, markup, pageHtml } from '../notice/page.ts';
import type { Difference, Explanation, FactValue, SectionExplanation } from './model.ts';
import {
  CONTRADICTORY,
  DIFFERENT,
  guideWords,
  HEADINGS,
  headWords,
  MARKS,
  NOT_CONCLUDING,
  NOTHING,
  sameness,
  TITLE,
  takesWords,
} from './phrases.ts';
import { definitionMarkup, quotesMarkup, ruleMarkup, type SectionHref } from './rule-html.ts';
import { STYLE } from './style.ts';

/** One page in Japanese that needs nothing else, to be read on a screen or printed. */
export function explanationHtml(explanation: Explanation): string {
  const { head, answered, concluding, notConcluding, namedConditions, deadlines } = explanation;
  const hrefOf = sectionHrefs(explanation);
  const body = markup`<h1>${TITLE}</h1>
<p class="title">${head.title}</p>
${samenessMarkup(explanation)}${wordsMarkup(headWords(explanation).map(([label, value]) => [label, [value]]))}
${partMarkup('answered', wordsMarkup(answered.map(({ field, values }) => [field, values])))}
${partMarkup('guide', markup`<ul>\n${guideWords(explanation).map((text) => markup`<li>${text}</li>\n`)}</ul>\n`)}
${partMarkup('facts', factsMarkup(explanation))}
${partMarkup(
  'concluding',
  markup`${explanation.isContradictory ? markup`<p>${CONTRADICTORY}</p>\n` : ''}${concluding.map((section) =>
    rulesMarkup(
      'concluding',
      section,
      section.rules.map((rule) => ruleMarkup(rule, hrefOf, true)),
    ),
  )}`,
)}
${partMarkup(
  'notConcluding',
  markup`<p>${NOT_CONCLUDING}</p>\n${notConcluding.map((section) =>
    rulesMarkup(
      'others',
      section,
      section.rules.map(
        (rule) =>
          markup`<details>
<summary>${MARKS[rule.truth]} ${rule.truthText}　${rule.concludesText}　<small>規則 ${rule.rule}・${rule.line}行目</small></summary>
${ruleMarkup(rule, hrefOf, false)}</details>
`,
      ),
    ),
  )}`,
)}
${partMarkup(
  'namedConditions',
  markup`${namedConditions.map(({ name, label, lines }) =>
    definitionMarkup(`condition-${name}`, label === null ? name : `${name}　${label}`, lines),
  )}`,
)}
${partMarkup(
  'deadlines',
  markup`${deadlines.map(({ id, label, text, lines, clauses }) => [
    definitionMarkup(`deadline-${id}`, `${label}：${text}`, lines),
    quotesMarkup(clauses),
  ])}`,
)}
`;
  return pageHtml(`${TITLE}　${head.title}`, body, STYLE);
}

const partMarkup = (part: keyof typeof HEADINGS, content: Markup): Markup =>
  content.text === ''
    ? markup``
    : markup`<section aria-labelledby="${part}">
<h2 id="${part}">${HEADINGS[part]}</h2>
${content}</section>`;

const rulesMarkup = (group: string, section: SectionExplanation, rules: Markup[]): Markup =>
  markup`<h3 id="${group}-${section.section}">${section.title}</h3>
<p class="note">${takesWords(section)}</p>
${rules}`;

/** Where the page shows what a section concluded. */
function sectionHrefs({ concluding, notConcluding }: Explanation): SectionHref {
  const hrefs = new Map<string, string>();
  for (const { section } of notConcluding) hrefs.set(section, `#others-${section}`);
  for (const { section } of concluding) hrefs.set(section, `#concluding-${section}`);
  return (section) => hrefs.get(section) ?? null;
}

function samenessMarkup(explanation: Explanation): Markup {
  const { difference } = explanation;
  const words = sameness(explanation);
  if (difference === null) return markup`<p>${words}</p>\n`;
  return markup`<div class="warning" role="alert">
<p><strong>${DIFFERENT}</strong></p>
<p>${words}</p>
${changesMarkup(difference)}</div>
`;
}

const changesMarkup = ({ changes }: Difference): Markup =>
  tableMarkup(
    '回答の違い',
    ['項目', '記録された回答だけにあるもの', '判定し直した結果だけにあるもの'],
    changes.map(({ field, onlyLogged, onlyAgain }) => [
      markup`${field}`,
      stacked(onlyLogged),
      stacked(onlyAgain),
    ]),
  );

const stacked = (texts: readonly string[]): Markup =>
  texts.length === 0 ? markup`${NOTHING}` : markup`${texts.map((text) => markup`<div>${text}</div>`)}`;

const wordsMarkup = (words: readonly [label: string, values: readonly string[]][]): Markup =>
  markup`<dl>
${words.map(([label, values]) => markup`<dt>${label}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}\n`)}</dl>
`;

function factsMarkup({ facts: { given, assumed, unknown } }: Explanation): Markup {
  const place = ({ pointer }: FactValue): Markup => markup`<code>${pointer ?? ''}</code>`;
  const row = (seen: FactValue): Markup[] => [markup`${seen.label}`, markup`${seen.text}`, place(seen)];
  const others = assumed.filter(({ isRestedOn }) => !isRestedOn);
  return markup`${tableMarkup(
    '申告された事実',
    ['事実', '申告された内容', 'データの中の位置と値'],
    given.map((seen) => [
      markup`${seen.label}`,
      markup`${seen.text}`,
      markup`${place(seen)}<br/><code>${JSON.stringify(seen.value) ?? ''}</code>`,
    ]),
  )}${tableMarkup(
    '申告がなく、定めに従ってみなした事実のうち、回答の前提となったもの',
    ['事実', 'みなした内容', 'データの中の位置'],
    assumed.filter(({ isRestedOn }) => isRestedOn).map(row),
  )}<details>
<summary>申告がなく、回答の前提にもなっていない事実（${others.length + unknown.length}件）</summary>
${tableMarkup('定めに従ってみなした事実', ['事実', 'みなした内容', 'データの中の位置'], others.map(row))}${tableMarkup(
  'わからない事実',
  ['事実', '内容', 'データの中の位置'],
  unknown.map(row),
)}</details>
`;
}

/** The first cell of a row is its heading. Nothing without rows. */
function tableMarkup(caption: string, head: readonly string[], rows: readonly Markup[][]): Markup {
  if (rows.length === 0) return markup``;
  return markup`<div class="wide" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${head.map((text) => markup`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>
${rows.map(([first, ...rest]) => markup`<tr><th scope="row">${first ?? ''}</th>${rest.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table>
</div>
`;
}
