import type { ChainFinding } from '../../audit/chain-check.ts';
import type { Checkpoint } from '../../audit/checkpoint.ts';
import { type Receipt, type ReceiptCheck, receiptVerdict } from '../../audit/receipt.ts';
import { type Verification, verificationVerdict } from '../../audit/verify.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type Io, number } from '../terminal/io.ts';
import { replayText } from './replay-text.ts';

const SHOWN = 50;

export function verificationText(
  io: Io,
  verification: Verification,
  { checkpoints, isTrusted }: { checkpoints: readonly Checkpoint[]; isTrusted: boolean },
): string {
  const { decisions, chains, erased, versions, findings, notChecked } = verification;
  const words = WORDS[io.lang];
  const lines = [words.read(number(decisions), number(chains), number(versions), number(erased))];
  for (const { madeAt, decisions: counted, publicKey } of checkpoints)
    lines.push(words.checkpoint(madeAt, number(counted)) + io.dim(`  ${publicKey}`));
  if (checkpoints.length === 0) lines.push(io.yellow(words.noCheckpoint));
  else if (!isTrusted) lines.push(io.yellow(words.untrusted));
  for (const one of notChecked)
    lines.push(io.yellow(words.notChecked(one.month, number(one.chains), number(one.decisions))));
  const verdict = verificationVerdict(verification);
  if (verdict === 'sound') return [...lines, io.green(words.sound)].join('\n');
  if (verdict === 'not-checked') return [...lines, io.yellow(words.notAllChecked)].join('\n');
  lines.push('', io.red(words.broken(number(findings.length))));
  for (const finding of findings.slice(0, SHOWN)) {
    const { chain, seq } = finding;
    lines.push(`  ${io.bold(findingSaid(finding)[io.lang])}`, io.dim(`    ${words.place(chain, seq)}`));
  }
  if (findings.length > SHOWN) lines.push(`  ${words.more(number(findings.length - SHOWN))}`);
  return lines.join('\n');
}

const PARTS: Record<'row' | 'facts' | 'answer', LocalizedText> = {
  row: { ja: '記録', en: 'the row' },
  facts: { ja: '事実', en: 'the facts' },
  answer: { ja: '回答', en: 'the answer' },
};

function findingSaid(finding: ChainFinding): LocalizedText {
  const { seq } = finding;
  const rows = (last: number): LocalizedText => ({
    ja: seq === last ? `${seq} 番目の記録` : `${seq}〜${last} 番目の記録`,
    en: seq === last ? `row ${seq}` : `rows ${seq} to ${last}`,
  });
  switch (finding.kind) {
    case 'altered': {
      const part = PARTS[finding.part];
      return {
        ja: `判定 ${finding.id} の${part.ja}が書き換えられています`,
        en: `Altered: ${part.en} of decision ${finding.id}`,
      };
    }
    case 'moved':
      return {
        ja: `判定 ${finding.id} が元の場所にありません（順序の入れ替え、または書き換え）`,
        en: `Moved: decision ${finding.id} is not where it was written (reordered, or its link altered)`,
      };
    case 'replaced':
      return {
        ja: `判定 ${finding.id} が作り直されています（次の記録とつながりません）`,
        en: `Replaced: decision ${finding.id} was written anew; the next row names another`,
      };
    case 'removed':
      return {
        ja: `${rows(finding.last).ja}が抜けています`,
        en: `Removed: ${rows(finding.last).en}`,
      };
    case 'inserted':
      return {
        ja: `判定 ${finding.id} が後から差し込まれています`,
        en: `Inserted: decision ${finding.id} takes a place that is taken`,
      };
    case 'partial':
      return {
        ja: `判定 ${finding.id} の事実・回答・ソルトは一部だけが残っています（ないもの：${finding.missing.join('、')}）`,
        en: `Partial: of facts, answer and salt of decision ${finding.id} only some are there; missing: ${finding.missing.join(', ')}`,
      };
    case 'contradictory':
      return {
        ja: `判定 ${finding.id} の記録と回答が食い違っています（${finding.columns.join('、')}）`,
        en: `Contradictory: decision ${finding.id} says otherwise than its own answer (${finding.columns.join(', ')})`,
      };
    case 'erased-unrecorded':
      return {
        ja: `判定 ${finding.id} の事実が、消去の記録なしに消えています`,
        en: `Gone without an erasure on record: the facts of decision ${finding.id}`,
      };
    case 'rewritten':
      return {
        ja: `判定 ${finding.id} までのどれかが、チェックポイント（${finding.madeAt}）の後に作り直されています`,
        en: `Rewritten: some row up to decision ${finding.id} is not what it was at the checkpoint of ${finding.madeAt}`,
      };
    case 'cut-off':
      return {
        ja: `${rows(finding.last).ja}が切り取られています（チェックポイント ${finding.madeAt} の時点ではありました）`,
        en: `Cut off: ${rows(finding.last).en}, which were there at the checkpoint of ${finding.madeAt}`,
      };
    case 'dropped':
      return {
        ja: `鎖が丸ごとありません（チェックポイント ${finding.madeAt} の時点では ${finding.last} 件ありました）`,
        en: `Dropped: the whole chain, ${finding.last} rows at the checkpoint of ${finding.madeAt}`,
      };
    case 'not-as-archived':
      return {
        ja: `鎖が、${finding.month} を書き出したときの控え（${finding.count} 件とその末尾のハッシュ）と合いません`,
        en: `Not as archived: the chain is not the one of ${finding.count} rows that was taken out with ${finding.month}`,
      };
    case 'bad-version':
      return {
        ja: `判定 ${finding.id} のルールの版 ${finding.version.slice(0, 12)} がないか、書き換えられています`,
        en: `Version ${finding.version.slice(0, 12)}, by which decision ${finding.id} was judged, is gone or altered`,
      };
  }
}

const JA = {
  read: (decisions: string, chains: string, versions: string, erased: string) =>
    `判定 ${decisions}件、鎖 ${chains}本、ルールの版 ${versions}件を調べました（事実を消去した判定 ${erased}件を含む）。`,
  checkpoint: (at: string, decisions: string) =>
    `チェックポイント ${at}（判定 ${decisions}件）と照らし合わせました。`,
  noCheckpoint:
    'チェックポイントなしで調べました。末尾の切り取りや、鎖が丸ごとなくなったことは、これではわかりません。',
  untrusted:
    '署名の鍵は確かめていません。AUDIT_PUBLIC_KEY か --public-key で、信頼する鍵を指定してください。',
  notChecked: (month: string, chains: string, decisions: string) =>
    `${month} の判定 ${decisions}件（鎖 ${chains}本）は書き出し済みで、ここにはありません。--archive でファイルを指定すると調べます。`,
  sound: '記録は書かれたときのままです。',
  notAllChecked: '調べた範囲に誤りはありません。ただし、調べていない記録があるため、正しいとは言えません。',
  broken: (count: string) => `記録が書かれたときのままではありません（${count}か所）。`,
  place: (chain: string, seq: number) => `鎖 ${chain} の ${seq} 番目`,
  more: (count: string) => `ほか ${count}か所`,
  receipt: {
    facts: '事実は、判定したときのままです',
    answer: '回答は、答えたときのままです',
    decision: '判定の記録は、書かれたときのままです',
    ruleSet: 'ルールの本文は判定に使った版のもので、その名前は回答と一致します',
    checkpoint: '署名は正しく、記録は鎖の決まった場所にあります',
  },
  erased: '事実と回答はありません（消去された場合の形です）。その中身は何も確かめられません',
  missing: (names: string) =>
    `事実・回答・ソルトの一部だけがあります（ないもの：${names}）。消去された形ではありません`,
  commit: (commit: string) => `ルールのコミット ${commit} は、回答に書かれたものではなく、確かめられません`,
  authoredAt: (at: string) => `コミットの日時 ${at} は封印の外にあり、確かめる方法がありません`,
  notHeld: '（確かめられませんでした）',
  receiptSound: 'この受領証は正しいものです。',
  receiptNotChecked:
    '確かめられた範囲に誤りはありません。ただし、すべては確かめられないため、正しいとは言えません。',
  receiptBroken: 'この受領証は、そのままでは信用できません。',
  signedBy: (key: string) => `署名の鍵 ${key}`,
};
const EN: typeof JA = {
  read: (decisions, chains, versions, erased) =>
    `Checked ${decisions} decisions in ${chains} chains and ${versions} versions of rule sets (${erased} decisions with facts erased).`,
  checkpoint: (at, decisions) => `Compared with the checkpoint of ${at} (${decisions} decisions).`,
  noCheckpoint:
    'No checkpoint was given: rows cut off at the end, and chains dropped whole, cannot be noticed without one.',
  untrusted: 'Whose key signed was not checked: name those you trust with AUDIT_PUBLIC_KEY or --public-key.',
  notChecked: (month, chains, decisions) =>
    `${decisions} decisions of ${month} (${chains} chains) were archived and are not here; name the file with --archive to check them.`,
  sound: 'The log is as it was written.',
  notAllChecked:
    'Nothing of what was checked is wrong, but not everything was checked: this does not show that the log is sound.',
  broken: (count) => `The log is not as it was written (${count} findings).`,
  place: (chain, seq) => `chain ${chain}, place ${seq}`,
  more: (count) => `and ${count} more`,
  receipt: {
    facts: 'The facts are those that were judged',
    answer: 'The answer is the one that was given',
    decision: 'The decision is as it was logged',
    ruleSet: 'The rule text is that of the version which decided, and named as the answer names it',
    checkpoint: 'The signature is good, and the decision has its place in the chain',
  },
  erased: 'The facts and the answer are not there, as after an erasure: nothing of them could be checked',
  missing: (names) =>
    `Only some of facts, answer and salt are there (missing: ${names}), which no erasure leaves`,
  commit: (commit) =>
    `The commit of the rules, ${commit}, is not the one in the answer: nothing shows that it is right`,
  authoredAt: (at) => `When it was committed, ${at}, is not part of the seal: nothing shows that it is right`,
  notHeld: ' (does not hold)',
  receiptSound: 'The receipt holds.',
  receiptNotChecked:
    'Nothing of what could be checked is wrong, but not everything could be: this does not show that the receipt is sound.',
  receiptBroken: 'The receipt cannot be trusted as it is.',
  signedBy: (key) => `signed with ${key}`,
};
const WORDS = { ja: JA, en: EN };

export function receiptText(
  io: Io,
  { decision, ruleSet, checkpoint }: Receipt,
  check: ReceiptCheck,
  { isTrusted }: { isTrusted: boolean },
): string {
  const words = WORDS[io.lang];
  const lines = [io.bold(decision.id), io.dim(`  ${words.signedBy(checkpoint.publicKey)}`)];
  if (check.facts === null) lines.push(io.yellow(`  ${words.erased}`));
  if (check.missing) lines.push(io.red(`  ${words.missing(check.missing.join(', '))}`));
  for (const part of RECEIPT_PARTS) {
    const said = words.receipt[part];
    if (check[part] === true) lines.push(`  ${io.green('✓')} ${said}`);
    if (check[part] === false) lines.push(`  ${io.red('✗')} ${said}${words.notHeld}`);
  }
  if (check.replay) lines.push(...replayText(io, check.replay).map((line) => `  ${line}`));
  if (check.commit) lines.push(io.yellow(`  ${words.commit(ruleSet.commit ?? 'null')}`));
  if (ruleSet.authoredAt !== null) lines.push(io.dim(`  ${words.authoredAt(ruleSet.authoredAt)}`));
  if (!isTrusted) lines.push(io.yellow(words.untrusted));
  lines.push(
    {
      sound: io.green(words.receiptSound),
      'not-checked': io.yellow(words.receiptNotChecked),
      broken: io.red(words.receiptBroken),
    }[receiptVerdict(check)],
  );
  return lines.join('\n');
}

const RECEIPT_PARTS = ['facts', 'answer', 'decision', 'ruleSet', 'checkpoint'] as const;
