/** The explanation as plain text, for a terminal or a letter. */
import type {
  ConditionInWords,
  Explanation,
  FactValue,
  Line,
  Quote,
  RuleInWords,
  SectionExplanation,
} from './model.ts';
import {
  CONTRADICTORY,
  DIFFERENT,
  furtherQuote,
  guideWords,
  HEADINGS,
  headWords,
  lineWords,
  MARKS,
  NO_CONDITIONS,
  NOT_CONCLUDING,
  NOTHING,
  nameOf,
  originWords,
  quoteWords,
  referenceWords,
  sameness,
  TITLE,
  takesWords,
  valueWords,
} from './phrases.ts';

/** In the order of the page; nothing of it is left out. */
export function explanationText(explanation: Explanation): string {
  const { head, answered, facts, isContradictory, concluding, notConcluding } = explanation;
  const lines = [
    TITLE,
    oneLine(head.title),
    '',
    ...samenessLines(explanation),
    '',
    ...headWords(explanation).map(([label, value]) => `${label}：${oneLine(value)}`),
    ...part(
      'answered',
      answered.flatMap(({ field, values }) => under(field, values)),
    ),
    ...part(
      'guide',
      guideWords(explanation).map((text) => `・${text}`),
    ),
    ...part('facts', [
      ...factLines('申告された事実', facts.given, ({ value }) => ` = ${JSON.stringify(value)}`),
      ...factLines('申告がなく、定めに従ってみなした事実', facts.assumed, ({ isRestedOn }) =>
        isRestedOn ? '　回答の前提' : '',
      ),
      ...factLines('申告がなく、わからない事実', facts.unknown, () => ''),
    ]),
    ...part('concluding', [...(isContradictory ? [CONTRADICTORY] : []), ...concluding.flatMap(sectionLines)]),
    ...part('notConcluding', [NOT_CONCLUDING, ...notConcluding.flatMap(sectionLines)]),
    ...part(
      'namedConditions',
      explanation.namedConditions.flatMap((named) =>
        under(named.label === null ? named.name : `${named.name}　${named.label}`, fileLines(named.lines)),
      ),
    ),
    ...part(
      'deadlines',
      explanation.deadlines.flatMap((deadline) =>
        under(`${deadline.id}　${deadline.label}：${deadline.text}`, [
          ...fileLines(deadline.lines),
          ...deadline.clauses.map(quoteLine),
        ]),
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** A text of the caller or of the rule file: begins no line of its own, and commands no terminal. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `  ${line}`));
const under = (title: string, lines: readonly string[]): string[] => [
  oneLine(title),
  ...indented(lines.map(oneLine)),
];

function part(heading: keyof typeof HEADINGS, lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [] : ['', `■ ${HEADINGS[heading]}`, '', ...lines.slice(first)];
}

function samenessLines(explanation: Explanation): string[] {
  const { difference } = explanation;
  if (difference === null) return [sameness(explanation)];
  const only = (texts: readonly string[]): string => texts.join('、') || NOTHING;
  return [
    `！ ${DIFFERENT}`,
    sameness(explanation),
    ...difference.changes.flatMap(({ field, onlyLogged, onlyAgain }) =>
      under(field, [
        `記録された回答だけにあるもの：${only(onlyLogged)}`,
        `判定し直した結果だけにあるもの：${only(onlyAgain)}`,
      ]),
    ),
  ];
}

const factLines = (
  title: string,
  facts: readonly FactValue[],
  rest: (seen: FactValue) => string,
): string[] =>
  facts.length === 0
    ? []
    : under(
        title,
        facts.map((seen) => `${seen.label}：${valueWords(seen)}　[${originWords(seen)}${rest(seen)}]`),
      );

const sectionLines = (section: SectionExplanation): string[] => [
  '',
  `【${section.title}】${takesWords(section)}`,
  ...section.rules.flatMap((rule) => ['', ...ruleLines(rule)]),
];

const ruleLines = (rule: RuleInWords): string[] => [
  oneLine(
    `${MARKS[rule.truth]} ${rule.truthText}　${rule.concludesText}（規則 ${rule.rule}・${rule.line}行目）`,
  ),
  ...indented([
    ...rule.clauses.map(quoteLine),
    ...fileLines(rule.lines),
    ...rule.amountFrom.map((seen) => oneLine(`計算に使った事実　${seen.label}：${valueLine(seen)}`)),
    ...(rule.conditions.length === 0
      ? [NO_CONDITIONS]
      : rule.conditions.flatMap((condition) => conditionLines(condition, rule))),
  ]),
];

function conditionLines(condition: ConditionInWords, rule: RuleInWords): string[] {
  const name = nameOf(condition);
  const quote = furtherQuote(condition, rule);
  return under(`${MARKS[condition.met]} ${condition.metText}　${condition.seen.label}`, [
    `見たこと　　　${valueLine(condition.seen)}`,
    `求めること　　${condition.wantedText}`,
    ...condition.comparedWith.map((seen) => `比べたもの　　${seen.label}：${valueLine(seen)}`),
    ...(name === null ? [] : [`条件の見出し　${name}`]),
    ...condition.deadlines.map((each) => `期限の定義　　${referenceWords(each)}`),
    ...condition.through
      .filter((way) => way.length > 0)
      .map((way) => `条件の定義　　${way.map(referenceWords).join('の中の ')}`),
    ...fileLines(condition.lines),
    ...(quote ? [quoteLine(quote)] : []),
  ]);
}

const valueLine = (seen: FactValue): string => `${valueWords(seen)}　[${originWords(seen)}]`;
const quoteLine = (quote: Quote): string => `${quoteWords(quote)}「${oneLine(quote.text)}」`;
const fileLines = (lines: readonly Line[]): string[] =>
  lines.map((line) => `${lineWords(line).padStart(6)}│${line.text}`);
