/** Pairs of versions of rule files, or of the words that they are read with: each edit is of another kind of key. */
import { readFileSync } from 'node:fs';
import { joinWords, usesOf } from '../../src/rulebook/word-texts.ts';

export interface VersionPair {
  /** The rule file. */
  file: string;
  /** Where it is edited, which may be in its words. */
  edited: string;
  old: string;
  recent: string;
}

/** The rule file and its words, as `hosho diff` reads them. */
export interface Version {
  file: string;
  text: string;
  words: string;
}

const SHARED = 'rules/vocabulary.yaml';
const WORDS_OF_FIXTURES = 'tests/fixtures/vocabulary.yaml';
const REGIONPAY = 'rules/words/regionpay.yaml';
/** A word file that no shipped rule set uses. */
const MORE = { name: 'more', text: 'nextSteps: { wait: お待ちください, rest: ひと休みしてください }\n' };

export function versionsOf({ file, edited, old, recent }: VersionPair): [before: Version, after: Version] {
  const textOf = (path: string, isAfter: boolean): string => {
    const text = readFileSync(path, 'utf8');
    if (path === edited && !text.includes(old)) throw new Error(`${path} has no ${old}`);
    return isAfter && path === edited ? text.replace(old, recent) : text;
  };
  const isFixture = file.startsWith('tests/');
  const version = (isAfter: boolean): Version => {
    const text = textOf(file, isAfter);
    const used = usesOf(text).map((name) =>
      name === MORE.name ? MORE : { name, text: textOf(`rules/words/${name}.yaml`, isAfter) },
    );
    const words = joinWords(textOf(isFixture ? WORDS_OF_FIXTURES : SHARED, isAfter), used);
    return { file: isFixture ? 'rules/somewhere/outage.yaml' : file, text, words };
  };
  return [version(false), version(true)];
}

const YAMAGUCHI = 'rules/yamaguchi/2023-02-24.yaml';
const TERMINAL = 'rules/sample/card-terminal-2024.yaml';
const NETWORK = 'rules/sample/network-outage-2024.yaml';
const MOBILE = 'rules/sample/mobile-outage-2024.yaml';
const EVERYTHING = 'tests/fixtures/everything.yaml';
const CLAIMS = 'tests/fixtures/claims.yaml';
const of = (file: string, ...edits: [string, string][]): VersionPair[] => wordsOf(file, file, ...edits);
const wordsOf = (file: string, edited: string, ...edits: [string, string][]): VersionPair[] =>
  edits.map(([old, recent]) => ({ file, edited, old, recent }));

export const VERSION_PAIRS: readonly VersionPair[] = [
  ...of(
    NETWORK,
    ['title: 【見本】県営', 'title: 【見本】見本県営'],
    ['issuer: 見本県 地域通信課（架空）', 'issuer: 見本県 通信課（架空）'],
    ['published: 2024-07-01', 'published: 2024-07-02'],
    ['nothingToDecide: [1-3, 6,', 'nothingToDecide: [1-3, 5, 6,'],
    ['S1.X: { lines: 10, text: お客様の機器または', 'S1.X: { lines: 10, text: お客様の機器や'],
    ['until: 2024-06-21 18:00', 'until: 2024-06-21 19:00'],
    ['days: 30 }', 'days: 31 }'],
    ['label: 申請期限, clause: S4.by, enquiries: true', 'label: 申請期限, clause: S4.by'],
    ['label: カードへの返金の期限', 'label: カードへの返金期限'],
    [
      'application: { until: { after: { fact: notice.receivedAt }, days: 30 },',
      'application: { until: { after: { fact: notice.receivedAt }, days: 30 }, text: お知らせから30日以内,',
    ],
    [
      'application: { until: { after: { fact: notice.receivedAt }, days: 30 },',
      'application: { until: { after: { fact: notice.receivedAt }, days: 30 }, ifClosed: nextOpenDay,',
    ],
    ['least-hours: { value: 24,', 'least-hours: { value: 25,'],
    ['apology: { value: 3000,', 'apology: { value: 3500,'],
    ['mihon-gift-card: みほん県内共通商品券', 'mihon-gift-card: みほん県内商品券'],
    ['customer-number: お客様番号\n      name: 氏名', 'name: 氏名\n      customer-number: お客様番号'],
    ['name: 氏名', 'name: お名前'],
    ['label: 申請に必要なもの', 'label: 申請に要るもの'],
    ['tel: 0120-000-000', 'tel: 0120-000-001'],
    ['hoursText: 平日 9:00～17:00', 'hoursText: 平日 9時～17時'],
    ['close: 17:00', 'close: 18:00'],
    ['holidays: closed', 'holidays: open'],
    ['question: 障害の期間中に「みほんネット」の', 'question: その間に「みほんネット」の'],
    ['label: 利用できない状態が続いた', 'label: 使えない状態が続いた'],
    ['boolean, absent: true,', 'boolean, absent: false,'],
    ['yen, absent: none,', 'yen,'],
    ['cash: 窓口払い }', 'cash: 窓口で }'],
    ['ask-desk: 補償窓口へお問い合わせください', 'ask-desk: 窓口へお問い合わせください'],
    ['waiting-for-notice: 復旧のお知らせ待ち', 'waiting-for-notice: お知らせ待ち'],
    [
      'review: { claimStates: [desk-review] }\n    none: { claimStates: [waiting-for-notice] }',
      'review: { claimStates: [desk-review, waiting-for-notice] }',
    ],
    ['by-card: { label: クレジットカード払い,', 'by-card: { label: カード払い,'],
    ['      - disruption.ownEquipment: false\n', ''],
    ['fault-hours より大きい', 'fault-hours 以上'],
    [
      'EXPENSE, clause: S2.2, label: ほかの通信手段に費用がかかった方',
      'EXPENSE, clause: [S2.2, S1], label: 費用がかかった方',
    ],
    ['when: { notice.receivedAt', 'when: { notice.receivedAt'],
    ['[wait], deadlines: [payment] }', '[wait] }'],
    ['deadlines: [application], requiredInformation: application }', 'deadlines: [application] }'],
    ['text: 断続的に合わせて', 'text: 断続的に、合わせて'],
    ['cash], brands: all }', 'cash], brands: [mihon-points] }'],
    [
      '{ remedy: apology-money }, yen: { value: apology }, final: true',
      '{ remedy: apology-money }, yen: { value: apology }, final: false',
    ],
    ['lesserOf: [{ fact', 'greaterOf: [{ fact'],
    ['reason: 期限は通知の到着日から', 'reason: 期限は通知の到着から'],
  ),
  ...of(
    TERMINAL,
    ['revised: [2024-09-20]', 'revised: [2024-09-20, 2024-09-21]'],
    ['S3.paid: { lines: 26,', 'S3.paid: { lines: 26-27,'],
    ['label: 郵送する書類', 'label: お送りいただく書類'],
    ['lottery: 宝くじ,\n        tobacco: たばこ }\n\n', 'tobacco: たばこ }\n\n'],
    ['until: 2024-10-31, postmark: true,', 'until: 2024-10-31,'],
    ['payment: { text: 書類を確認したのち順次', 'payment: { text: 書類を確かめたのち順次'],
    ['      pass:', '      pass:'],
    ['    label: パスの状態', '    label: パスの今の状態'],
    ['no-pass: パスなし', 'no-pass: パスをお持ちでない'],
    ['nextSteps: [wait, ask-desk]', 'nextSteps: [ask-desk]'],
    ['claimState: [applied, completed]', 'claimState: [applied]'],
    ['yen: null, final: false', 'yen: 0, final: false'],
    [
      'outcome: needs-review, clause: [S3.grace, S4],\n      when: [posted',
      'outcome: lapsed, clause: [S3.grace, S4],\n      when: [posted',
    ],
    ['requiredInformation: documents }\n\n', 'requiredInformation: { list: documents, only: [form] } }\n\n'],
    [
      '    use-pass: パスをご利用ください\n    post-documents: 書類をそろえて郵送してください\n',
      '    post-documents: 書類をそろえて郵送してください\n    use-pass: パスをご利用ください\n',
    ],
    ['label: 二重に決済された時より前に、', 'label: 二重の決済より前に、'],
  ),
  ...of(
    YAMAGUCHI,
    ['application: { until: 2023-04-30,', 'application: { until: 2023-05-01,'],
    ['voucher.balanceAfterGraceYen: 1以上', 'voucher.balanceAfterGraceYen: 0より大きい'],
    ['  edy-gift: Edy ギフト ID\n', ''],
    ['title: 地域クーポン', 'title: 電子でない地域クーポン'],
    [
      'yen: { fact: outage.wronglyDeductedYen }',
      'yen: { percent: 50, of: { fact: outage.wronglyDeductedYen } }',
    ],
  ),
  ...of(
    YAMAGUCHI,
    ['timeZone: Asia/Tokyo', 'timeZone: Asia/Taipei'],
    ['uses: [regionpay]', 'uses: [regionpay, more]'],
    ['textHash: e7eea', 'textHash: f7eea'],
    ['url: https://region-pay.com/pages/compensation', 'url: https://region-pay.com/pages/compensations'],
    ['address: 03-5244-9370', 'address: 03-5244-9371'],
    ['label: 電話番号にて登録', 'label: 電話にて登録'],
    ['approximate: true,\n      label: 障害の発生', 'label: 障害の発生'],
    ['from: 2023-03-24 14:00', 'from: 2023-03-24 15:00'],
    [
      'to-the-desk: { nextSteps: [contact-call-centre],',
      'to-the-desk: { nextSteps: [wait, contact-call-centre],',
    ],
    ['B-comes-first], guide: to-the-desk }', 'B-comes-first], guide: ask-before-receipt-ends }'],
    [
      '{ list: web-application, only: [voucher-number] }',
      '{ list: web-application, missingFrom: claim.applicationItems }',
    ],
    ['list: web-application, only: [voucher-number]', 'list: call-centre, only: [voucher-number]'],
    ['used-up-in-grace, concludes: exhausted', 'used-up-in-grace, concludes: expired'],
    ['文言どおり対象外とし、', '文言どおり対象外として、'],
    ['label: (A) の対象, category: A', 'label: (A) の対象, category: [A, B1]'],
    ['claimState.rule: number-unobtainable 以外', 'claimState: application-incomplete 以外'],
    ['    brands: all\n', '    brands: all\n    excludes: [balance-restoration]\n'],
    ['facts: [app.charged, app.account]', 'facts: [app.account, app.charged]'],
  ),
  ...of(
    TERMINAL,
    ['incident: card-terminal-2024', 'incident: card-terminal-2024\nstatus: draft'],
    ['when: { outcome: lapsed }', 'when: { outcome.rule: extension-lapsed }'],
    ['about: [claimState/incomplete]', 'about: [claimState/applied]'],
    ['id: desk', 'id: counter'],
    ['open: 10:00', 'open: 9:00'],
    ['dateMeans: endOfDay, absent: none', 'absent: none'],
    ['from: { source: published }, until', 'from: 2024-08-21, until'],
  ),
  ...of(
    NETWORK,
    ['any: [not: has-expense, application-missed]', 'any: [application-missed]'],
    ['when: { remedy: apology-money }', 'when: { remedy: refund-to-card }'],
    ['{ value: 24, label', '{ value: 24, unit: 時間, label'],
    ['unit: 時間,\n        label: 通信を', 'unit: 時間分,\n        label: 通信を'],
    ['until: 2024-06-21 18:00', 'until: { at: { fact: notice.receivedAt }, hours: 1 }'],
  ),
  ...of(MOBILE, ['excludes: [apology],', '']),
  ...of(
    EVERYTHING,
    ['after: { deadline: own }', 'after: { deadline: application }'],
    ['months: 1, endOfMonth: true }', 'months: 1, endOfFiscalYear: true }'],
    ['hours: -2, minutes: 30', 'hours: -2, minutes: 31'],
    ['years: 1, months: 1', 'years: 2, months: 1'],
    ['counting: fromSameDay', 'counting: fromNextDay'],
    ['by: [case.kind, case.hours]', 'by: [case.kind, case.days]'],
    ['48以上: 2万円, 24', '48以上: 3万円, 24'],
    ['in-time, table: by-kind, final: true', 'in-time, table: by-kind, final: false'],
    ['is: { difference: [', 'is: { sum: ['],
    ['{ product: [{ fact: case.tally }, 2000] }', '{ product: [{ fact: case.tally }, 3000] }'],
    ['times: 2, dividedBy', 'times: 3, dividedBy'],
    ['dividedBy: { value: month }', 'dividedBy: { value: window }'],
    ['atLeast: 340', 'atLeast: 341'],
    ['atMost: 1000', 'atMost: 1001'],
    ['to: 10,', 'to: 100,'],
    ['{ roundUp: { roundHalfUp', '{ roundDown: { roundHalfUp'],
    ['roundHalfUp: {', 'roundUp: {'],
    ['満年齢: 18以上', '満年齢: 20以上'],
    ['時点: application', '時点: moved'],
    ['operator: subsetOf', 'operator: containsAny'],
    ['{ condition: in-time }', 'grown-up'],
    ['nothingLeftToDo: [closed]', 'nothingLeftToDo: [closed, waiting]'],
    ['outcomes: { partly: 一部対象 }', 'outcomes: { partly: 一部が対象 }'],
    ['id: G2, clause: C2', 'id: G2, clause: C1'],
    ['finding: overlap', 'finding: dead-rule'],
    ['two: 二 } }', 'two: に } }'],
    ['when: { fact: remedy, operator: contains, value: refund }', 'when: { voucherState.rule: valid }'],
    ['at: { fact: case.startedAt }, hours', 'at: { fact: case.endedAt }, hours'],
    ['of: { number: left }', 'of: { fact: case.paidYen }'],
    ['years: 18', 'years: 19'],
    [
      '{ not: { fact: case.hours, operator: lessThan, value: 24 } }',
      '{ not: { fact: case.hours, operator: lessThan, value: 25 } }',
    ],
    ['hours: -2 } } }', 'hours: -3 } } }'],
    ['id: plain, when: { condition: long }', 'id: plain, when: { condition: in-time }'],
  ),
  ...of(
    CLAIMS,
    ['id: otherwise, concludes: unknown', 'id: otherwise, concludes: closed'],
    ['直ったとした', '直ったものとした'],
    ['months: 3', 'months: 4'],
    ['amount: { table: basic, final: true }', 'amount: { yen: 1000, final: true }'],
  ),
  ...wordsOf(
    YAMAGUCHI,
    REGIONPAY,
    ['    label: 全国旅行支援を利用した', '    label: 全国の旅行支援を利用した'],
    ['question: 全国旅行支援を利用しましたか', 'question: 旅行支援を利用しましたか'],
    ['4[0-7])$', '4[0-8])$'],
    ['paper: 紙, electronic: 電子', 'paper: 紙の券, electronic: 電子'],
    ['    dateMeans: endOfDay\n', ''],
    ['    comparedAs: address\n', ''],
    ['    type: boolean\n    absent: true', '    type: boolean\n    absent: false'],
    ['valid-grace: 有効（一次延長中）', 'valid-grace: 有効（延長中）'],
    ['claimable: 受取可能', 'claimable: 受取できます'],
    ['use-voucher: クーポンをご利用ください', 'use-voucher: クーポンをお使いください'],
    [
      '  wait: しばらくお待ちください\n  contact-call-centre: コールセンターへお問い合わせください',
      '  contact-call-centre: コールセンターへお問い合わせください\n  wait: しばらくお待ちください',
    ],
    [
      'payment: { claimStates: [awaiting-delivery] }\n  none: { claimStates: [contact-required, verification-pending, claimable,',
      'payment: { claimStates: [awaiting-delivery, claimable] }\n  none: { claimStates: [contact-required, verification-pending,',
    ],
  ),
  ...wordsOf(
    YAMAGUCHI,
    SHARED,
    ['eligible: 対象\n', 'eligible: 補償の対象\n'],
    ['none: クーポンなし', 'none: クーポンはない'],
    ['completed: 受取完了', 'completed: 受け取り済み'],
    ['nothingLeftToDo: [none, completed]', 'nothingLeftToDo: [completed]'],
    ['state: unknown, nextStep: provide-facts', 'state: unknown, nextStep: wait'],
    ['contradictory-facts, state: unknown', 'contradictory-facts, state: none'],
    ['outcome: insufficient-information', 'outcome: needs-review'],
    [
      'facts: {}',
      'facts: { person.bornOn: { type: instant, label: 誕生日, question: お誕生日はいつですか。 } }',
    ],
  ),
  ...wordsOf(EVERYTHING, WORDS_OF_FIXTURES, ['case.total: { type: integer', 'case.total: { type: yen']),
].filter(({ old, recent }) => old !== recent);
