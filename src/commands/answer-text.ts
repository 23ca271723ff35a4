/** A decision as a person reads it, in Japanese. */
import type { Decision, RuleExplanation } from '../engine/decision.ts';
import { bold, dim, green, type Io, red, yellow } from './io.ts';

interface Heading {
  title: string;
  asOfText: string;
}

export function answerText(io: Io, { title, asOfText }: Heading, d: Decision): string {
  const blocks: string[] = [
    `${bold(io, title)}\n判定時点  ${asOfText}`,
    field('結論', bold(io, d.outcomeLabel)),
    list(
      '対象の区分',
      d.categories.map((c) => `${c.id}  ${c.label}${clause(io, c.clause)}`),
    ),
    list(
      '補償の内容',
      d.remedies.flatMap((r) => [
        `${r.label}${clause(io, r.clause)}`,
        ...(r.brands ? [`  選べるもの：${r.brands.map((b) => b.label).join('、')}`] : []),
      ]),
    ),
    d.amount ? field('補償額', amount(d.amount)) : '',
    d.voucherState ? field('クーポンの状態', d.voucherState.label) : '',
    field('請求の状態', d.claimState.label),
    list(
      '次にすること',
      d.nextSteps.flatMap((s) => [
        `${s.label}${clause(io, s.clause)}`,
        ...(s.url ? [`  ${s.url}`] : []),
        ...(s.senders ?? []).map((x) => `  送信元：${x.address}（${x.label}）`),
      ]),
    ),
    list(
      '期限',
      d.deadlines.map((x) => `${x.label}  ${x.text}`),
    ),
    list(
      '用意する情報',
      d.requiredInformation.map((x) => x.label),
    ),
    list(
      'お知らせいただきたいこと',
      d.missingFacts.map((x) => `${x.question}${dim(io, `（${x.fact}）`)}`),
    ),
    list(
      '食い違い',
      d.contradictions.map((x) => red(io, `${x.label}（${x.facts.join('、')}）`)),
    ),
    d.contact
      ? list('お問い合わせ先', [
          d.contact.name,
          `TEL ${d.contact.tel}  ${d.contact.hours}`,
          open(io, d.contact),
        ])
      : '',
    list(
      '根拠',
      d.citations.map((c) => `${dim(io, c.clause)}  ${c.text}`),
    ),
    list(
      '仮定したこと',
      d.assumptions.map((a) => yellow(io, a.text)),
    ),
    d.explanation
      ? list(
          '判定の過程',
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

function amount({ yen, final }: NonNullable<Decision['amount']>): string {
  if (yen === null) return '告知からは決まりません';
  return `${yen.toLocaleString('ja-JP')}円（${final ? '確定' : '見込み'}）`;
}

function open(io: Io, { openNow, nextOpenAt }: NonNullable<Decision['contact']>): string {
  if (openNow === null) return '判定時点の受付時間はわかりません';
  if (openNow) return green(io, '判定時点で受付中');
  return nextOpenAt === null
    ? '受付を終了しています'
    : `判定時点では受付時間外（次の受付 ${japanese(nextOpenAt)}）`;
}

/** 2030-01-31T10:00:00+09:00 as 2030年1月31日 10:00. */
function japanese(datetime: string): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(datetime) ?? [];
  return `${Number(year)}年${Number(month)}月${Number(day)}日 ${time}`;
}

const MARKS = { true: '○', false: '×', unknown: '？' } as const;

function explanation(io: Io, rule: RuleExplanation): string[] {
  return [
    `${MARKS[rule.truth]} ${rule.rule}  ${rule.label}${clause(io, rule.clause)}  ${dim(io, rule.at)}`,
    ...rule.conditions.map(
      (c) =>
        `    ${MARKS[c.truth]} ${c.seenText}${c.assumed ? '（仮定）' : ''} ― ${c.wanted}${clause(io, c.clause)}  ${dim(io, c.at)}`,
    ),
  ];
}
