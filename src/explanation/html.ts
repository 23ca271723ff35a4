import { type Markup, markup, pageHtml } from '../notice/page.ts';
import type { Explanation, SectionExplanation } from './explanation.ts';
import type { FactValue } from './fact-values.ts';
import * as phrases from './phrases.ts';
import type { Excerpt } from './rule-lines.ts';
import type { ConditionInWords, Quote, Reference, RuleInWords } from './rules.ts';
import { STYLE } from './style.ts';

/** Where on the page a section begins, of those that it shows. */
type Hrefs = ReadonlyMap<string, string>;

/** One page in Japanese that needs nothing else, to be read on a screen or printed. */
export function explanationHtml(explanation: Explanation): string {
  const { head, answered, concluding, notConcluding, namedConditions, deadlines } = explanation;
  const hrefs: Hrefs = new Map([
    ...notConcluding.map(({ section }) => [section, `#others-${section}`] as const),
    ...concluding.map(({ section }) => [section, `#concluding-${section}`] as const),
  ]);
  const parts: phrases.Parts<Markup> = {
    answered: wordsMarkup(answered.map(({ field, values }) => [field, values])),
    guide: markup`<ul>\n${phrases.guideWords(explanation).map((text) => markup`<li>${text}</li>\n`)}</ul>\n`,
    facts: factsMarkup(explanation),
    concluding: markup`${explanation.isContradictory ? markup`<p>${phrases.CONTRADICTORY}</p>\n` : ''}${concluding.map(
      (section) => sectionMarkup('concluding', section, (rule) => ruleMarkup(rule, hrefs, true)),
    )}`,
    notConcluding: markup`<p>${phrases.NOT_CONCLUDING}</p>\n${notConcluding.map((section) =>
      sectionMarkup('others', section, (rule) => foldedMarkup(rule, hrefs)),
    )}`,
    namedConditions: markup`${namedConditions.map(({ name, label, lines }) =>
      definitionMarkup(`condition-${name}`, label === null ? name : `${name}　${label}`, lines),
    )}`,
    deadlines: markup`${deadlines.map(({ id, label, text, lines, clauses }) => [
      definitionMarkup(`deadline-${id}`, `${label}：${text}`, lines),
      quotesMarkup(clauses),
    ])}`,
  };
  const body = markup`<h1>${phrases.TITLE}</h1>
<p class="title">${head.title}</p>
${samenessMarkup(explanation)}${wordsMarkup(phrases.headWords(explanation).map(([label, value]) => [label, [value]]))}
${phrases.PARTS.map((part) => markup`${parts[part].text && partMarkup(part, parts[part])}\n`)}`;
  return pageHtml(`${phrases.TITLE}　${head.title}`, body, STYLE);
}

const partMarkup = (part: keyof typeof phrases.HEADINGS, content: Markup): Markup =>
  markup`<section aria-labelledby="${part}">
<h2 id="${part}">${phrases.HEADINGS[part]}</h2>
${content}</section>`;

const sectionMarkup = (
  group: string,
  section: SectionExplanation,
  ruleMarkup: (rule: RuleInWords) => Markup,
): Markup => markup`<h3 id="${group}-${section.section}">${section.title}</h3>
<p class="note">${phrases.takesWords(section)}</p>
${section.rules.map(ruleMarkup)}`;

function samenessMarkup(explanation: Explanation): Markup {
  const { difference } = explanation;
  const words = phrases.sameness(explanation);
  if (difference === null) return markup`<p>${words}</p>\n`;
  const rows = difference.changes.map(({ field, onlyLogged, onlyAgain }) => [
    markup`${field}`,
    stacked(onlyLogged),
    stacked(onlyAgain),
  ]);
  return markup`<div class="warning" role="alert">
<p><strong>${phrases.DIFFERENT}</strong></p>
<p>${words}</p>
${tableMarkup('回答の違い', ['項目', '記録された回答だけにあるもの', '判定し直した結果だけにあるもの'], rows)}</div>
`;
}

const stacked = (texts: readonly string[]): Markup =>
  texts.length === 0
    ? markup`${phrases.NOTHING}`
    : markup`${texts.map((text) => markup`<div>${text}</div>`)}`;

const wordsMarkup = (words: readonly [label: string, values: readonly string[]][]): Markup =>
  markup`<dl>
${words.map(([label, values]) => markup`<dt>${label}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}\n`)}</dl>
`;

const ASSUMED = ['事実', 'みなした内容', 'データの中の位置'];
const LEFT_OUT = ['事実', '内容', 'データの中の位置'];

function factsMarkup({ facts: { given, assumed, unknown } }: Explanation): Markup {
  const row = ({ label, text, pointer }: FactValue, value: Markup | string = ''): Markup[] => [
    markup`${label}`,
    markup`${text}`,
    markup`<code>${pointer ?? ''}</code>${value}`,
  ];
  const givenRows = given.map((seen) =>
    row(seen, markup`<br/><code>${JSON.stringify(seen.value) ?? ''}</code>`),
  );
  const restedOn = assumed.filter(({ isRestedOn }) => isRestedOn).map((seen) => row(seen));
  const others = assumed.filter(({ isRestedOn }) => !isRestedOn).map((seen) => row(seen));
  const unknownRows = unknown.map((seen) => row(seen));
  return markup`${[
    tableMarkup('申告された事実', ['事実', '申告された内容', 'データの中の位置と値'], givenRows),
    tableMarkup('申告がなく、定めに従ってみなした事実のうち、回答の前提となったもの', ASSUMED, restedOn),
  ]}<details>
<summary>申告がなく、回答の前提にもなっていない事実（${others.length + unknown.length}件）</summary>
${[
  tableMarkup('定めに従ってみなした事実', ASSUMED, others),
  tableMarkup('わからない事実', LEFT_OUT, unknownRows),
]}</details>
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

function ruleMarkup(rule: RuleInWords, hrefs: Hrefs, hasHeading: boolean): Markup {
  const { concludesText, truth, truthText, lines, clauses, amountFrom, conditions } = rule;
  const heading = markup`<h4>${concludesText}</h4>
<p><strong>${phrases.MARKS[truth]} ${truthText}</strong>　<small>規則 ${rule.rule}・${rule.line}行目</small></p>
`;
  const amount = amountFrom.map(
    (seen) => markup`<dt>計算に使った事実</dt><dd>${namedMarkup(seen, hrefs)}</dd>\n`,
  );
  const items = conditions.map((condition) => conditionMarkup(condition, rule, hrefs));
  return markup`<article class="rule">
${hasHeading ? heading : ''}${quotesMarkup(clauses)}${linesMarkup(lines)}${
  amount.length > 0 ? markup`<dl>${amount}</dl>\n` : ''
}${items.length > 0 ? markup`<ol class="conditions">\n${items}</ol>\n` : markup`<p>${phrases.NO_CONDITIONS}</p>\n`}</article>
`;
}

const foldedMarkup = (rule: RuleInWords, hrefs: Hrefs): Markup => markup`<details>
<summary>${phrases.MARKS[rule.truth]} ${rule.truthText}　${rule.concludesText}　<small>規則 ${rule.rule}・${rule.line}行目</small></summary>
${ruleMarkup(rule, hrefs, false)}</details>
`;

function conditionMarkup(condition: ConditionInWords, rule: RuleInWords, hrefs: Hrefs): Markup {
  const { seen, met, metText, wantedText, comparedWith, through, deadlines, lines } = condition;
  const name = phrases.nameOf(condition);
  const quote = phrases.furtherQuote(condition, rule);
  const rows: [label: string, values: Markup[]][] = [
    ['見たこと', [valueMarkup(seen, hrefs)]],
    ['求めること', [markup`${wantedText}`]],
    ['比べたもの', comparedWith.map((each) => namedMarkup(each, hrefs))],
    ['条件の見出し', name === null ? [] : [markup`${name}`]],
    ['期限の定義', deadlines.map((each) => referenceMarkup('deadline', each))],
    ['条件の定義', through.filter((way) => way.length > 0).map(wayMarkup)],
    ['ルールの行', [linesMarkup(lines)]],
    ['告知', quote ? [quotesMarkup([quote])] : []],
  ];
  return markup`<li>
<p><strong>${phrases.MARKS[met]} ${metText}</strong>　${seen.label}</p>
<dl>
${rows.map(([label, values]) => (values.length === 0 ? '' : markup`<dt>${label}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}\n`))}</dl>
</li>
`;
}

const wayMarkup = (way: readonly Reference[]): Markup =>
  markup`${way.map((each, i) => markup`${i > 0 ? 'の中の ' : ''}${referenceMarkup('condition', each)}`)}`;

const referenceMarkup = (kind: 'condition' | 'deadline', each: Reference): Markup =>
  markup`<a href="#${kind}-${each.name}">${phrases.referenceWords(each)}</a>`;

function valueMarkup(seen: FactValue, hrefs: Hrefs): Markup {
  const href = seen.section && hrefs.get(seen.section);
  const origin = phrases.originWords(seen);
  const from = seen.pointer
    ? markup`<code>${origin}</code>`
    : href
      ? markup`<a href="${href}">${origin}</a>`
      : markup`${origin}`;
  return markup`<strong>${phrases.valueWords(seen)}</strong>　<small>${from}</small>`;
}

const namedMarkup = (seen: FactValue, hrefs: Hrefs): Markup =>
  markup`${seen.label}：${valueMarkup(seen, hrefs)}`;

const quotesMarkup = (quotes: readonly Quote[]): Markup =>
  markup`${quotes.map(
    (quote) => markup`<blockquote>
<p>${quote.text}</p>
<footer>${phrases.quoteWords(quote)}</footer>
</blockquote>
`,
  )}`;

/** Each line with its number, broken where the page ends. */
const linesMarkup = (lines: Excerpt['lines']): Markup =>
  markup`<div class="lines">${lines.map(
    (line) =>
      markup`<div><span class="number">${phrases.lineWords(line)}</span><code>${line.text}</code></div>\n`,
  )}</div>
`;

const definitionMarkup = (id: string, title: string, lines: Excerpt['lines']): Markup =>
  markup`<h3 id="${id}">${title}</h3>
${linesMarkup(lines)}`;
