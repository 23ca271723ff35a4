/** Pairs of versions of shipped rule files: each edit is of another kind of key. */
export interface VersionPair {
  file: string;
  old: string;
  recent: string;
}

const YAMAGUCHI = 'rules/yamaguchi/2023-02-24.yaml';
const TERMINAL = 'rules/sample/card-terminal-2024.yaml';
const NETWORK = 'rules/sample/network-outage-2024.yaml';
const of = (file: string, ...edits: [string, string][]): VersionPair[] =>
  edits.map(([old, recent]) => ({ file, old, recent }));

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
].filter(({ old, recent }) => old !== recent);
