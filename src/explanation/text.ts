/** The explanation as plain text, for a terminal or a letter. */
import type { Explanation, SectionExplanation } from './explanation.ts';
import type { FactValue } from './fact-values.ts';
import * as phrases from './phrases.ts';
import type { Excerpt } from './rule-lines.ts';
import type { ConditionInWords, Quote, RuleInWords } from './rules.ts';

/** In the order of the page; nothing of it is left out. */
export function explanationText(explanation: Explanation): string {
  const { head, answered, facts, concluding, notConcluding, namedConditions, deadlines } = explanation;
  const parts: phrases.Parts<string[]> = {
    answered: answered.flatMap(({ field, values }) => under(field, values)),
    guide: phrases.guideWords(explanation).map((text) => `・${text}`),
    facts: [
      ...factLines('申告された事実', facts.given, ({ value }) => ` = ${JSON.stringify(value)}`),
      ...factLines('申告がなく、定めに従ってみなした事実', facts.assumed, ({ isRestedOn }) =>
        isRestedOn ? '　回答の前提' : '',
      ),
      ...factLines('申告がなく、わからない事実', facts.unknown),
    ],
    concluding: [
      ...(explanation.isContradictory ? [phrases.CONTRADICTORY] : []),
      ...concluding.flatMap(sectionLines),
    ],
    notConcluding: [phrases.NOT_CONCLUDING, ...notConcluding.flatMap(sectionLines)],
    namedConditions: namedConditions.flatMap(({ name, label, lines }) =>
      under(label === null ? name : `${name}　${label}`, fileLines(lines)),
    ),
    deadlines: deadlines.flatMap(({ id, label, text, lines, clauses }) =>
      under(`${id}　${label}：${text}`, [...fileLines(lines), ...clauses.map(quoteLine)]),
    ),
  };
  const lines = [
    ...[phrases.TITLE, oneLine(head.title), '', ...samenessLines(explanation), ''],
    ...phrases.headWords(explanation).map(([label, value]) => `${label}：${oneLine(value)}`),
    ...phrases.PARTS.flatMap((part) => partLines(part, parts[part])),
  ];
  return `${lines.join('\n')}\n`;
}

/** A text of the caller or of the rule file: begins no line of its own, and commands no terminal. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const indented = (lines: readonly string[]): string[] => lines.map((line) => line && `  ${line}`);
const under = (title: string, lines: readonly string[]): string[] => [
  oneLine(title),
  ...indented(lines.map(oneLine)),
];

function partLines(part: keyof typeof phrases.HEADINGS, lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : ['', `■ ${phrases.HEADINGS[part]}`, '', ...lines.slice(first)];
}

function samenessLines(explanation: Explanation): string[] {
  const { difference } = explanation;
  if (difference === null) return [phrases.sameness(explanation)];
  const only = (texts: readonly string[]): string => texts.join('、') || phrases.NOTHING;
  return [
    `！ ${phrases.DIFFERENT}`,
    phrases.sameness(explanation),
    ...difference.changes.flatMap(({ field, onlyLogged, onlyAgain }) =>
      under(field, [
        `記録された回答だけにあるもの：${only(onlyLogged)}`,
        `判定し直した結果だけにあるもの：${only(onlyAgain)}`,
      ]),
    ),
  ];
}

function factLines(
  title: string,
  facts: readonly FactValue[],
  rest = (_seen: FactValue): string => '',
): string[] {
  const lines = facts.map((seen) => `${seen.label}：${valueLine(seen, rest(seen))}`);
  return lines.length === 0 ? [] : under(title, lines);
}

const sectionLines = (section: SectionExplanation): string[] => [
  '',
  `【${section.title}】${phrases.takesWords(section)}`,
  ...section.rules.flatMap((rule) => ['', ...ruleLines(rule)]),
];

function ruleLines(rule: RuleInWords): string[] {
  const { truth, truthText, concludesText, line, clauses, lines, amountFrom } = rule;
  const conditions = rule.conditions.flatMap((condition) => conditionLines(condition, rule));
  return [
    oneLine(`${phrases.MARKS[truth]} ${truthText}　${concludesText}（規則 ${rule.rule}・${line}行目）`),
    ...indented([
      ...clauses.map(quoteLine),
      ...fileLines(lines),
      ...amountFrom.map((seen) => oneLine(`計算に使った事実　${seen.label}：${valueLine(seen)}`)),
      ...(conditions.length === 0 ? [phrases.NO_CONDITIONS] : conditions),
    ]),
  ];
}

function conditionLines(condition: ConditionInWords, rule: RuleInWords): string[] {
  const name = phrases.nameOf(condition);
  const quote = phrases.furtherQuote(condition, rule);
  return under(`${phrases.MARKS[condition.met]} ${condition.metText}　${condition.seen.label}`, [
    `見たこと　　　${valueLine(condition.seen)}`,
    `求めること　　${condition.wantedText}`,
    ...condition.comparedWith.map((seen) => `比べたもの　　${seen.label}：${valueLine(seen)}`),
    ...(name === null ? [] : [`条件の見出し　${name}`]),
    ...condition.deadlines.map((each) => `期限の定義　　${phrases.referenceWords(each)}`),
    ...condition.through
      .filter((way) => way.length > 0)
      .map((way) => `条件の定義　　${way.map(phrases.referenceWords).join('の中の ')}`),
    ...fileLines(condition.lines),
    ...(quote ? [quoteLine(quote)] : []),
  ]);
}

const valueLine = (seen: FactValue, rest = ''): string =>
  `${phrases.valueWords(seen)}　[${phrases.originWords(seen)}${rest}]`;
const quoteLine = (quote: Quote): string => `${phrases.quoteWords(quote)}「${oneLine(quote.text)}」`;
const fileLines = (lines: Excerpt['lines']): string[] =>
  lines.map((line) => `${phrases.lineWords(line).padStart(6)}│${line.text}`);
