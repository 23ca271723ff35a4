import { type Markup, markup } from '../notice/page.ts';
import type { Section } from '../rulebook/rule-set.ts';
import type { ConditionInWords, FactValue, Line, Quote, Reference, RuleInWords } from './model.ts';
import {
  furtherQuote,
  lineWords,
  MARKS,
  NO_CONDITIONS,
  nameOf,
  originWords,
  quoteWords,
  referenceWords,
  valueWords,
} from './phrases.ts';

/** Where on the page a section begins; null where it is not shown. */
export type SectionHref = (section: Section) => string | null;

export function ruleMarkup(rule: RuleInWords, hrefOf: SectionHref, hasHeading: boolean): Markup {
  const { concludesText, truth, truthText, lines, clauses, amountFrom, conditions } = rule;
  const heading = markup`<h4>${concludesText}</h4>
<p><strong>${MARKS[truth]} ${truthText}</strong>　<small>規則 ${rule.rule}・${rule.line}行目</small></p>
`;
  return markup`<article class="rule">
${hasHeading ? heading : ''}${quotesMarkup(clauses)}${linesMarkup(lines)}${
  amountFrom.length > 0
    ? markup`<dl>${amountFrom.map((seen) => markup`<dt>計算に使った事実</dt><dd>${namedMarkup(seen, hrefOf)}</dd>\n`)}</dl>\n`
    : ''
}${
  conditions.length === 0
    ? markup`<p>${NO_CONDITIONS}</p>\n`
    : markup`<ol class="conditions">\n${conditions.map((condition) => conditionMarkup(condition, rule, hrefOf))}</ol>\n`
}</article>
`;
}

function conditionMarkup(condition: ConditionInWords, rule: RuleInWords, hrefOf: SectionHref): Markup {
  const { seen, met, metText, wantedText, comparedWith, through, deadlines, lines } = condition;
  const name = nameOf(condition);
  const quote = furtherQuote(condition, rule);
  const rows: [label: string, values: Markup[]][] = [
    ['見たこと', [valueMarkup(seen, hrefOf)]],
    ['求めること', [markup`${wantedText}`]],
    ['比べたもの', comparedWith.map((each) => namedMarkup(each, hrefOf))],
    ['条件の見出し', name === null ? [] : [markup`${name}`]],
    ['期限の定義', deadlines.map((each) => referenceMarkup('deadline', each))],
    ['条件の定義', through.filter((way) => way.length > 0).map(wayMarkup)],
    ['ルールの行', [linesMarkup(lines)]],
    ['告知', quote ? [quotesMarkup([quote])] : []],
  ];
  return markup`<li>
<p><strong>${MARKS[met]} ${metText}</strong>　${seen.label}</p>
<dl>
${rows.map(([label, values]) => (values.length === 0 ? '' : markup`<dt>${label}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}\n`))}</dl>
</li>
`;
}

const wayMarkup = (way: readonly Reference[]): Markup =>
  markup`${way.map((each, i) => markup`${i > 0 ? 'の中の ' : ''}${referenceMarkup('condition', each)}`)}`;

const referenceMarkup = (kind: 'condition' | 'deadline', each: Reference): Markup =>
  markup`<a href="#${kind}-${each.name}">${referenceWords(each)}</a>`;

function valueMarkup(seen: FactValue, hrefOf: SectionHref): Markup {
  const href = seen.section && hrefOf(seen.section);
  const origin = originWords(seen);
  const from = seen.pointer
    ? markup`<code>${origin}</code>`
    : href
      ? markup`<a href="${href}">${origin}</a>`
      : markup`${origin}`;
  return markup`<strong>${valueWords(seen)}</strong>　<small>${from}</small>`;
}

const namedMarkup = (seen: FactValue, hrefOf: SectionHref): Markup =>
  markup`${seen.label}：${valueMarkup(seen, hrefOf)}`;

export const quotesMarkup = (quotes: readonly Quote[]): Markup =>
  markup`${quotes.map(
    (quote) => markup`<blockquote>
<p>${quote.text}</p>
<footer>${quoteWords(quote)}</footer>
</blockquote>
`,
  )}`;

/** Each line with its number, broken where the page ends. */
const linesMarkup = (lines: readonly Line[]): Markup =>
  markup`<div class="lines">${lines.map(
    (line) => markup`<div><span class="number">${lineWords(line)}</span><code>${line.text}</code></div>\n`,
  )}</div>
`;

export const definitionMarkup = (id: string, title: string, lines: readonly Line[]): Markup =>
  markup`<h3 id="${id}">${title}</h3>
${linesMarkup(lines)}`;
