/** A decision as a person reads it. */

import type { RuleExplanation } from '../../engine/answer/decision.ts';
import type { Decision } from '../../engine/answer/fields.ts';
import type { Lang } from '../../rulebook/lang.ts';
import { bold, dim, green, type Io, red, yellow } from '../terminal/io.ts';
import { aside, number, series } from '../terminal/words.ts';

interface Heading {
  title: string;
  asOfText: string;
}

/** 2030-01-31T10:00:00+09:00 as 2030年1月31日 10:00. */
function japaneseMinute(datetime: string): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(datetime) ?? [];
  return `${Number(year)}年${Number(month)}月${Number(day)}日 ${time}`;
}

const JA = {
  asOf: '判定時点',
  outcome: '結論',
  categories: '対象の区分',
  remedies: '補償の内容',
  amount: '補償額',
  voucherState: 'クーポンの状態',
  claimState: '請求の状態',
  nextSteps: '次にすること',
  deadlines: '期限',
  requiredInformation: '用意する情報',
  missingFacts: 'お知らせいただきたいこと',
  contradictions: '食い違い',
  contact: 'お問い合わせ先',
  citations: '根拠',
  assumptions: '仮定したこと',
  explanation: '判定の過程',
  brands: '選べるもの：',
  sender: '送信元：',
  notDecided: '告知からは決まりません',
  yen: (amount: string) => `${amount}円`,
  final: '確定',
  open: '見込み',
  hoursUnknown: '判定時点の受付時間はわかりません',
  openNow: '判定時点で受付中',
  closedNow: '判定時点では受付時間外',
  opens: '次の受付 ',
  closed: '受付を終了しています',
  minute: japaneseMinute,
  assumed: '仮定',
  marks: { true: '○', false: '×', unknown: '？' },
};
const EN: typeof JA = {
  asOf: 'Judged as of',
  outcome: 'Outcome',
  categories: 'Categories',
  remedies: 'Remedies',
  amount: 'Amount',
  voucherState: 'Voucher state',
  claimState: 'Claim state',
  nextSteps: 'Next steps',
  deadlines: 'Deadlines',
  requiredInformation: 'Information to provide',
  missingFacts: 'Facts that are missing',
  contradictions: 'Contradictions',
  contact: 'Contact',
  citations: 'Grounds',
  assumptions: 'Assumptions',
  explanation: 'How it was decided',
  brands: 'to choose from: ',
  sender: 'sent by ',
  notDecided: 'not decided by the notice',
  yen: (amount) => `${amount} yen`,
  final: 'final',
  open: 'not final',
  hoursUnknown: 'opening hours at that time are not known',
  openNow: 'open at that time',
  closedNow: 'closed at that time',
  opens: 'opens ',
  closed: 'no longer open',
  minute: (datetime) => datetime,
  assumed: 'assumed',
  marks: { true: '○', false: '×', unknown: '?' },
};
const WORDS: Record<Lang, typeof JA> = { ja: JA, en: EN };

export function answerText(io: Io, { title, asOfText }: Heading, d: Decision): string {
  const words = WORDS[io.lang];
  const blocks: string[] = [
    `${bold(io, title)}\n${words.asOf}  ${asOfText}`,
    field(words.outcome, bold(io, d.outcomeLabel)),
    list(
      words.categories,
      d.categories.map((c) => `${c.id}  ${c.label}${clause(io, c.clause)}`),
    ),
    list(
      words.remedies,
      d.remedies.flatMap((r) => [
        `${r.label}${clause(io, r.clause)}`,
        ...(r.brands
          ? [
              `  ${words.brands}${series(
                io,
                r.brands.map((b) => b.label),
              )}`,
            ]
          : []),
      ]),
    ),
    d.amount ? field(words.amount, amount(io, d.amount)) : '',
    d.voucherState ? field(words.voucherState, d.voucherState.label) : '',
    field(words.claimState, d.claimState.label),
    list(
      words.nextSteps,
      d.nextSteps.flatMap((s) => [
        `${s.label}${clause(io, s.clause)}`,
        ...(s.url ? [`  ${s.url}`] : []),
        ...(s.senders ?? []).map((x) => `  ${words.sender}${x.address}${aside(io, x.label)}`),
      ]),
    ),
    list(
      words.deadlines,
      d.deadlines.map((x) => `${x.label}  ${x.text}`),
    ),
    list(
      words.requiredInformation,
      d.requiredInformation.map((x) => x.label),
    ),
    list(
      words.missingFacts,
      d.missingFacts.map((x) => `${x.question}${dim(io, aside(io, x.fact))}`),
    ),
    list(
      words.contradictions,
      d.contradictions.map((x) => red(io, x.label + aside(io, series(io, x.facts)))),
    ),
    d.contact
      ? list(words.contact, [d.contact.name, `TEL ${d.contact.tel}  ${d.contact.hours}`, open(io, d.contact)])
      : '',
    list(
      words.citations,
      d.citations.map((c) => `${dim(io, c.clause)}  ${c.text}`),
    ),
    list(
      words.assumptions,
      d.assumptions.map((a) => yellow(io, a.text)),
    ),
    d.explanation
      ? list(
          words.explanation,
          d.explanation.flatMap((r) => explanation(io, r)),
        )
      : '',
  ];
  return `${blocks.filter(Boolean).join('\n')}\n`;
}

const field = (name: string, value: string): string => `${name}  ${value}`;
const list = (name: string, items: string[]): string =>
  items.length === 0 ? '' : `${name}\n${items.map((i) => `  ${i}`).join('\n')}`;
const clause = (io: Io, id: string | null): string => (id === null ? '' : dim(io, ` [${id}]`));

function amount(io: Io, { yen, final }: NonNullable<Decision['amount']>): string {
  const words = WORDS[io.lang];
  return yen === null
    ? words.notDecided
    : words.yen(number(yen)) + aside(io, final ? words.final : words.open);
}

function open(io: Io, { openNow, nextOpenAt }: NonNullable<Decision['contact']>): string {
  const words = WORDS[io.lang];
  if (openNow === null) return words.hoursUnknown;
  if (openNow) return green(io, words.openNow);
  return nextOpenAt === null
    ? words.closed
    : words.closedNow + aside(io, words.opens + words.minute(nextOpenAt));
}

function explanation(io: Io, rule: RuleExplanation): string[] {
  const { marks, assumed } = WORDS[io.lang];
  return [
    `${marks[rule.truth]} ${rule.rule}  ${rule.label}${clause(io, rule.clause)}  ${dim(io, rule.at)}`,
    ...rule.conditions.map(
      (c) =>
        `    ${marks[c.truth]} ${c.seenText}${c.assumed ? aside(io, assumed) : ''} ― ${c.wanted}${clause(io, c.clause)}  ${dim(io, c.at)}`,
    ),
  ];
}
