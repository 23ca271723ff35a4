/** The phrases that the page and the text share. */
import type { Explanation, SectionExplanation } from './explanation.ts';
import type { FactValue } from './fact-values.ts';
import type { Excerpt } from './rule-lines.ts';
import type { ConditionInWords, Quote, Reference, RuleInWords } from './rules.ts';

export const TITLE = '判定の説明';

export const HEADINGS = {
  answered: '回答の内容',
  guide: 'この説明の読み方',
  facts: '判定に使った事実',
  concluding: '結論を導いた規則',
  notConcluding: 'ほかに調べた規則',
  namedConditions: '条件の定義',
  deadlines: '期限の定義',
};
export const PARTS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];
export type Parts<Content> = Record<keyof typeof HEADINGS, Content>;

export const DIFFERENT = 'ご注意：判定し直した結果が、記録された回答と異なります';

/** Whether the rules below explain the answer that was logged; shown first. */
export function sameness({ difference }: Explanation): string {
  if (difference === null)
    return '記録された事実を、記録された版のルールで判定し直し、その過程を示したものです。判定し直した結果は、記録された回答と同じです。';
  const { logged, again } = difference.outcome;
  return (
    `記録された回答の結論は「${logged}」、判定し直した結果の結論は「${again}」です。` +
    `「${HEADINGS.answered}」は記録された回答を示します。「${HEADINGS.concluding}」から後は、この説明を作ったプログラムで判定し直した過程であり、記録された回答の理由とは限りません。`
  );
}

export const NOTHING = '―';

export function headWords({ head, notice }: Explanation): [label: string, value: string][] {
  const words: [string, string | null][] = [
    ['回答の番号', head.id],
    ['照会の番号', head.reference],
    ['判定時点', `${head.asOf.text}（${head.asOf.at}）`],
    ['回答した日時', `${head.decidedAt.text}（${head.decidedAt.at}）`],
    ['ルールファイル', head.ruleFile],
    ['ルールの版', head.version],
    ['git のコミット', head.commit],
    ['回答したプログラム', `hosho ${head.engineVersion}`],
    ['公の告知', `${notice.title}（${notice.issuer}）`],
    ['告知の公表', [notice.published, ...notice.revised.map((day) => `追記 ${day}`)].join('、')],
    ['告知の URL', notice.url],
  ];
  return words.flatMap(([label, value]) => (value === null ? [] : [[label, value]]));
}

export const guideWords = ({ head }: Explanation): string[] => [
  '「事実」は、申告された内容です。「/」で始まる文字は、申告のデータ（JSON）の中の位置（JSON Pointer）です。',
  `「規則」と「条件」は、ルールファイル ${head.ruleFile} に書かれています。行番号は、上に示した版での行番号で、その行をそのまま引いています。`,
  '「条項」は、規則の根拠となる公の告知の箇所で、その文をそのまま引いています。行は告知の行です。',
  '規則は、ここに示す順に判定します。後の規則には、前の規則の結論を条件とするものがあります。',
  '申告のない事実は「いいえ」とはみなしません。申告がないときの意味が定められている事実だけは、そのとおりにみなし、「みなした」と示します。',
];

export const takesWords = ({ takes }: SectionExplanation): string =>
  takes === 'first'
    ? '上から順に調べ、最初に当てはまる規則を採ります。採った規則より下は調べません。'
    : '当てはまる規則をすべて採ります。';

export const NOT_CONCLUDING =
  '当てはまらなかった規則、決まらなかった規則です。それぞれ、そうなった理由である条件だけを示します。';
export const CONTRADICTORY =
  '事実が食い違っているため、食い違いのほかは何も結論していません。ほかの規則は、当てはまっても使われていません。';

export const MARKS = { true: '○', false: '×', unknown: '？' };

export const NO_CONDITIONS = `条件はありません。これより前の規則がどれも採られないときの規則です。それぞれが採られない理由は「${HEADINGS.notConcluding}」にあります。`;

/** The value in words, and how it comes to be known. */
export function valueWords({ from, text }: FactValue): string {
  if (from === 'assumed') return `${text}（申告がないため、こうみなした）`;
  return from === 'unknown' ? 'わからない（申告がない）' : text;
}

/** The pointer of a fact; of another value, whether it is the instant judged or an earlier conclusion. */
export function originWords({ from, pointer }: FactValue): string {
  if (pointer !== null) return pointer;
  return from === 'asOf' ? '記録された判定時点' : '先に判定した結論';
}

export const lineWords = ({ number }: Excerpt['lines'][number]): string => `${number}行目`;

export const referenceWords = ({ name, line }: Reference): string => `${name}（${line}行目）`;

export const quoteWords = ({ clause, noticeLines }: Quote): string =>
  `条項 ${clause}（告知の${noticeLines}行目）`;

/** The name of a condition where it has one of its own. */
export const nameOf = ({ label, seen }: ConditionInWords): string | null =>
  label === seen.label || label === seen.name ? null : label;

/** null where the rule has quoted it already. */
export const furtherQuote = ({ clause }: ConditionInWords, { clauses }: RuleInWords): Quote | null =>
  clause && clauses.some((each) => each.clause === clause.clause) ? null : clause;
