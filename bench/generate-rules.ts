/**
 * Rule files in any number and of any length, for measuring growth: the Yamaguchi rule set, or a short one, with further
 * categories (payments at one more group of shops) of their own facts, thresholds and deadlines.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchCase, random, vary, type WrittenCase, writtenCases } from './cases.ts';

export interface GeneratedRuleSet {
  prefecture: string;
  incident: string;
  text: string;
  /** How many categories were added. */
  shops: number;
  /** Random cases of every kind for it, the same in every run. */
  cases(count: number): BenchCase[];
}

const RULES = 'rules/yamaguchi/2023-02-24.yaml';
const CASES = 'rules/yamaguchi/2023-02-24.cases.yaml';
const RULES_PER_SHOP = 7;
const DAY = 86_400_000;

const two = (n: number): string => String(n).padStart(2, '0');
const shopId = (n: number): string => `shop${two(n)}`;

/** The same day of the week, `weeks` later, for every date in the text. */
const later = (text: string, weeks: number): string =>
  text.replace(/\b\d{4}-\d\d-\d\d\b/g, (day) =>
    new Date(Date.parse(day) + weeks * 7 * DAY).toISOString().slice(0, 10),
  );

/** What one more group of shops adds to each part of the file. It is told from the others by what it compares with. */
function shop(n: number, of: number, offsetYen: number): Record<string, string> {
  const id = shopId(n);
  const category = `C${two(n)}`;
  const name = `加盟店グループ${n}`;
  // Between the opening of the claim site and the last expiry, in order.
  const step = Math.floor((6.5 * DAY) / of / 60_000) * 60_000;
  const reportBy = new Date(Date.UTC(2023, 2, 24, 18) + n * step)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ');
  return {
    clauses: `  ${category}: { lines: ${113 + n}, text: ${name}の店舗で障害発生時間帯に現金等で支払った方は、期限までにご連絡ください。 }\n`,
    values: `  ${id}-minimum: { value: ${100 * n + offsetYen}, label: ${name}の下限額, clause: ${category} }
  ${id}-cap: { value: ${100 * n + 5000 + offsetYen}, label: ${name}の上限額, clause: ${category} }\n`,
    deadlines: `  ${id}-report: { until: ${reportBy}, label: ${name}の連絡期限, clause: ${category} }\n`,
    facts: `    ${id}.paidYen: { type: yen, absent: none, label: ${name}での支払額, question: ${name}でいくら支払いましたか。 }
    ${id}.paidAt: { type: instant, absent: none, label: ${name}での支払日時, question: ${name}でいつ支払いましたか。 }
    ${id}.hasReceipt: { type: boolean, absent: false, label: ${name}のレシートがある, question: ${name}のレシートはありますか。 }\n`,
    conditions: `  ${id}-open: { fact: asOf, operator: onOrBefore, value: { deadline: ${id}-report } }
  ${id}-covered: { fact: category, operator: contains, value: ${category} }\n`,
    eligibility: `  - id: ${category}
    clause: ${category}
    label: ${name}の店舗で現金等で支払った方
    when:
      all:
        - { condition: in-scope }
        - { condition: maybe-in-outage-hours }
        - { fact: ${id}.paidYen, operator: greaterThanInclusive, value: { value: ${id}-minimum } }
        - { fact: ${id}.paidAt, operator: onOrBefore, value: { deadline: ${id}-report } }\n`,
    claimState: `  - id: ${id}-report-open
    concludes: contact-required
    clause: ${category}
    when: { all: [{ condition: ${id}-covered }, { condition: ${id}-open }, { not: { condition: covered-A } }] }
    nextSteps: [contact-call-centre]
    deadlines: [${id}-report]
  - id: ${id}-report-over
    concludes: claim-closed
    clause: ${category}
    when: { all: [{ condition: ${id}-covered }, { not: { condition: covered-A } }] }
    nextSteps: [contact-call-centre]
    deadlines: [${id}-report]\n`,
    remedies: `  - id: ${id}-refund
    label: ${name}での支払額相当のキャッシュレスポイント
    clause: ${category}
    when: { all: [{ condition: ${id}-covered }, { condition: ${id}-open }] }
    brands: all\n`,
    advice: `  - id: ${id}-receipt
    label: ${name}のレシートがないときは、窓口へ
    clause: ${category}
    when: { all: [{ condition: ${id}-covered }, { not: { fact: ${id}.hasReceipt, operator: equal, value: true } }] }
    nextSteps: [contact-call-centre]\n`,
    amount: `  - id: ${id}-paid
    clause: ${category}
    when: { all: [{ condition: ${id}-covered }, { not: { condition: covered-A } }] }
    yen: { lesserOf: [{ fact: ${id}.paidYen }, { value: ${id}-cap }] }
    final: false\n`,
    assumptions: `  - id: ${id}-cap
    clause: ${category}
    text: ${name}での支払額が上限額を超える分は、補償しないものとしました。
    when:
      all:
        - { condition: ${id}-covered }
        - { fact: ${id}.paidYen, operator: greaterThan, value: { value: ${id}-cap } }\n`,
  };
}

/** The parts of a rule file that the Yamaguchi one shares with longer ones, and nothing more. */
const SHORT = `prefecture: yamaguchi
incident: 2023-02-24
title: 地域クーポン (regionPAY) システム障害に関する補償
timeZone: Asia/Tokyo
source: { issuer: 旅々やまぐち割プラス事務局, title: システム障害に関する今後の対応について, published: 2023-03-02 }
clauses:
  S1: { lines: 25, text: 下記の条件に該当する方を対象とします。 }
deadlines:
  original-expiry: { until: 2023-02-24 23:59, label: 元の有効期限, clause: S1 }
  final-expiry: { until: 2023-03-31 23:59, label: 再延長後の有効期限, clause: S1 }
brands:
  paypay-points: PayPay ポイント
contact:
  id: call-centre
  name: 補償コールセンター
  tel: 0120-000-000
  clause: S1
  hoursText: 平日 10:00～18:00
  hours:
    - { days: [mon, tue, wed, thu, fri], holidays: closed, open: 10:00, close: 18:00 }
conditions:
  in-scope:
    all:
      - { fact: voucher.received, operator: equal, value: true }
      - { fact: voucher.medium, operator: equal, value: paper }
  maybe-in-outage-hours: { fact: outage.withinOutageHours, operator: in, value: ["yes", unknown] }
  covered-A: { fact: category, operator: contains, value: A }
eligibility:
  - id: A
    clause: S1
    label: 元の有効期限が障害当日までの方
    when:
      all:
        - { condition: in-scope }
        - { fact: voucher.originalExpiry, operator: sameInstant, value: { deadline: original-expiry } }
claimState:
  - id: not-covered
    concludes: none
    clause: S1
    when: { fact: category, operator: isPresent, value: false }
  - id: application-open
    clause: S1
    nextSteps: [apply-web]
    deadlines: [final-expiry]
outcome:
  - id: not-covered
    concludes: not-eligible
    clause: S1
    when: { fact: category, operator: isPresent, value: false }
  - id: eligible
    clause: S1
remedies:
  - id: expiry-extension
    label: 有効期限の延長
    clause: S1
    when: { all: [{ condition: covered-A }, { fact: asOf, operator: onOrBefore, value: { deadline: final-expiry } }] }
advice:
amount:
assumptions:
`;
const SECTIONS =
  /^(contradictions|eligibility|voucherState|claimState|outcome|remedies|advice|amount|assumptions):$/;

/** Rules stand in the sections, each with a line of its own for its id. */
export function countRules(text: string): number {
  let inSection = false;
  let count = 0;
  for (const line of text.split('\n')) {
    if (/^\S+:/.test(line)) inSection = SECTIONS.test(line);
    else if (inSection && line.startsWith('  - id: ')) count++;
  }
  return count;
}

function withShops(base: string, rules: number, offsetYen: number): { text: string; shops: number } {
  const shops = Math.max(1, Math.round((rules - countRules(base)) / RULES_PER_SHOP));
  const added: Record<string, string> = {};
  for (let n = 1; n <= shops; n++) {
    for (const [part, lines] of Object.entries(shop(n, shops, offsetYen)))
      added[part] = (added[part] ?? '') + lines;
  }
  const { values = '', facts = '', deadlines = '', ...sections } = added;
  let text = base
    .replace('\n  final-expiry:', () => `\n${deadlines}  final-expiry:`)
    .replace('\ncontact:', () => `\nvalues:\n${values}\nvocabulary:\n  facts:\n${facts}\ncontact:`);
  for (const [section, lines] of Object.entries(sections)) {
    text = text.replace(`\n${section}:\n`, (heading) => heading + lines);
  }
  return { text, shops };
}

/** A rule set of about so many rules; its distinct comparisons grow with them, about six for seven rules. */
export function generateRuleSet({ rules }: { rules: number }): GeneratedRuleSet {
  const { text, shops } = withShops(SHORT, rules, 0);
  return generated('yamaguchi', '2023-02-24', text, shops, 0, '35');
}

/**
 * Writes a sound rules folder: the real vocabulary and `prefectures` × `incidents` rule sets of about `rules` rules each
 * (at least 124), no two alike: other names, dates and thresholds.
 */
export function generateLibrary(
  folder: string,
  { prefectures, incidents, rules }: { prefectures: number; incidents: number; rules: number },
): GeneratedRuleSet[] {
  mkdirSync(folder, { recursive: true });
  for (const words of ['vocabulary.yaml', 'words'])
    cpSync(join('rules', words), join(folder, words), { recursive: true });
  const yamaguchi = readFileSync(RULES, 'utf8');
  const library: GeneratedRuleSet[] = [];
  for (let p = 1; p <= prefectures; p++) {
    const prefecture = `prefecture-${two(p)}`;
    const code = two(((p - 1) % 47) + 1);
    mkdirSync(join(folder, prefecture), { recursive: true });
    for (let i = 0; i < incidents; i++) {
      const weeks = (p % 12) + i * 13;
      const incident = later('2023-02-24', weeks);
      const { text: longer, shops } = withShops(yamaguchi, rules, 10 * i + p);
      const text = later(longer, weeks)
        .replace('\nprefecture: yamaguchi', `\nprefecture: ${prefecture}`)
        .replace('value: "35"', `value: "${code}"`)
        .replace(
          'operator: greaterThanInclusive, value: 1 }',
          `operator: greaterThanInclusive, value: ${p + i} }`,
        );
      writeFileSync(join(folder, prefecture, `${incident}.yaml`), text);
      library.push(generated(prefecture, incident, text, shops, weeks, code));
    }
  }
  return library;
}

/** The cases of the Yamaguchi rule set as JSON, once they are asked for. */
let written: string | undefined;

function generated(
  prefecture: string,
  incident: string,
  text: string,
  shops: number,
  weeks: number,
  code: string,
): GeneratedRuleSet {
  const cases = (count: number): BenchCase[] => {
    written ??= JSON.stringify(writtenCases(readFileSync(CASES, 'utf8')));
    const shifted: WrittenCase[] = JSON.parse(later(written.replaceAll('"35"', `"${code}"`), weeks));
    const next = random(Number(code) + weeks);
    const pick = (n: number): number => Math.floor(next() * n);
    const varied = vary(shifted, count);
    for (const { facts, asOf } of varied) {
      // Half of all cases paid at one group of shops, a tenth of those at a second one.
      for (let share = 0.5; next() < share; share = 0.1) {
        facts[shopId(1 + pick(shops))] = {
          paidYen: pick(10_000),
          paidAt: new Date(asOf - pick(20) * DAY).toISOString(),
          ...(next() < 0.5 ? { hasReceipt: true } : {}),
        };
      }
    }
    return varied;
  };
  return { prefecture, incident, text, shops, cases };
}
