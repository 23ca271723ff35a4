/** What shows that the log is what was answered. */
import { type Checkpoint, isGenuine, makeCheckpoint, readCheckpoints } from '../../audit/checkpoint.ts';
import { newSigningKey, normalPublicKey } from '../../audit/keys.ts';
import { checkReceipt, isSound, readReceipt, receiptVerdict } from '../../audit/receipt.ts';
import { type Verdict, verificationVerdict, verifyLog } from '../../audit/verify.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { readText } from '../terminal/files.ts';
import { type Context, type ExitCode, type Io, misuse, UsageError } from '../terminal/io.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { archivedRows } from './archive-file.ts';
import { receiptText, verificationText } from './audit-text.ts';
import { withStore } from './with-store.ts';

/** A new pair of keys, as settings. */
export function auditKey(io: Io): ExitCode {
  const { privateKey, publicKey } = newSigningKey();
  io.out(`AUDIT_KEY=${privateKey}`);
  io.out(`AUDIT_PUBLIC_KEY=${publicKey}`);
  const said = {
    ja: 'AUDIT_KEY は秘密の鍵です（署名するサービスだけに渡してください）。AUDIT_PUBLIC_KEY は確かめる方に渡してください。',
    en: 'AUDIT_KEY is secret: for the service that signs. AUDIT_PUBLIC_KEY is for everybody who verifies.',
  };
  io.err(said[io.lang]);
  return 0;
}

/** One line of JSON. 1 where rows are missing: nothing is signed then. */
export async function auditCheckpoint({ io, auditKey, ...log }: Context): Promise<ExitCode> {
  if (!auditKey)
    throw new UsageError({
      en: 'set AUDIT_KEY to the key that signs; `hosho audit key` makes one',
      ja: 'AUDIT_KEY に署名用の鍵を設定してください。鍵は hosho audit key で作れます',
    });
  const heads = await withStore(log, 'auditor', (store) => store.chainHeads());
  if (heads.some(({ rows, count }) => rows !== count)) {
    const said = {
      ja: '記録が欠けているため、署名しません。hosho audit verify で調べてください。',
      en: 'Rows are missing, so nothing is signed. Run hosho audit verify.',
    };
    io.err(io.red(said[io.lang]));
    return 1;
  }
  io.out(JSON.stringify(makeCheckpoint(heads, log.now(), auditKey)));
  return 0;
}

interface ReceiptOptions {
  publicKey: string[];
  json: boolean;
}

interface VerifyOptions extends ReceiptOptions {
  /** Files of checkpoints, or receipts. */
  checkpoint: string[];
  /** Files of archived months. */
  archive: string[];
}

const EXIT_CODES: Record<Verdict, ExitCode> = { sound: 0, broken: 1, 'not-checked': 3 };

/** 1 where something is not as it was written, 3 where something was not checked. */
export async function auditVerify(context: Context, options: VerifyOptions): Promise<ExitCode> {
  const { io } = context;
  const publicKeys = trusted(context, options);
  const checkpoints: Checkpoint[] = [];
  for (const file of options.checkpoint) checkpoints.push(...(await checkpointsIn(file, publicKeys)));
  const bar = countBar(io, io.lang === 'ja' ? '検証' : 'Verified');
  const archived = archivedRows(options.archive);
  const verification = await withStore(context, 'auditor', (store) =>
    verifyLog(store, { checkpoints, archived, onProgress: bar.show }),
  ).finally(bar.stop);
  const verdict = verificationVerdict(verification);
  io.out(
    options.json
      ? JSON.stringify({ sound: verdict === 'sound', verdict, ...verification }, null, 2)
      : verificationText(io, verification, { checkpoints, isTrusted: publicKeys.length > 0 }),
  );
  return EXIT_CODES[verdict];
}

/** 1 where the receipt does not hold, 3 where not all of it could be checked. */
export async function auditVerifyReceipt(
  context: Context,
  file: string,
  options: ReceiptOptions,
): Promise<ExitCode> {
  const { io } = context;
  const receipt = readReceipt(await readText(file, UNREADABLE));
  if (!receipt) throw misuse(file, { en: 'no receipt of a decision', ja: '判定の受領証ではありません' });
  const publicKeys = trusted(context, options);
  const check = await checkReceipt(receipt, publicKeys);
  const verdict = receiptVerdict(check);
  io.out(
    options.json
      ? JSON.stringify({ sound: isSound(check), verdict, ...check }, null, 2)
      : receiptText(io, receipt, check, { isTrusted: publicKeys.length > 0 }),
  );
  return EXIT_CODES[verdict];
}

const trusted = ({ auditPublicKeys }: Context, { publicKey }: ReceiptOptions): string[] =>
  publicKey.length === 0
    ? auditPublicKeys
    : publicKey.map((text) => {
        const key = normalPublicKey(text);
        if (key !== null) return key;
        throw misuse(`--public-key ${text}`, {
          en: 'no Ed25519 public key',
          ja: '公開鍵として読めません',
        });
      });

/** All of them genuine: one that is not would say nothing, and must not be overlooked. */
async function checkpointsIn(file: string, publicKeys: readonly string[]): Promise<Checkpoint[]> {
  const { checkpoints, badLines } = readCheckpoints(await readText(file, UNREADABLE));
  if (badLines.length > 0)
    throw misuse(`${file}:${badLines[0]}`, { en: 'no checkpoint', ja: 'チェックポイントではありません' });
  const forged = checkpoints.find((one) => !isGenuine(one, publicKeys));
  if (!forged) return checkpoints;
  throw misuse(file, {
    en: `the checkpoint of ${forged.madeAt} is not signed by a trusted key, or was changed`,
    ja: `${forged.madeAt} のチェックポイントの署名が正しくありません`,
  });
}

const UNREADABLE: LocalizedText = { en: 'cannot be read', ja: '読めません' };
