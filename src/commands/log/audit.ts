/** What shows that the log is what was answered. */
import { readFile } from 'node:fs/promises';
import { type Checkpoint, isGenuine, makeCheckpoint, readCheckpoints } from '../../audit/checkpoint.ts';
import { newSigningKey, normalPublicKey, type SigningKey } from '../../audit/keys.ts';
import { checkReceipt, isSound, readReceipt, receiptVerdict } from '../../audit/receipt.ts';
import { type Verdict, verificationVerdict, verifyLog } from '../../audit/verify.ts';
import { type ExitCode, type Io, red, UsageError } from '../terminal/io.ts';
import { countBar } from '../terminal/progress-bar.ts';
import { archivedRows } from './archive-file.ts';
import { receiptText, verificationText } from './audit-text.ts';
import type { LogAround } from './decisions-list.ts';
import { withStore } from './with-store.ts';

export interface AuditAround extends LogAround {
  auditKey: SigningKey | undefined;
  auditPublicKeys: string[];
}

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
export async function auditCheckpoint(io: Io, around: AuditAround): Promise<ExitCode> {
  const key = around.auditKey;
  if (!key)
    throw new UsageError({
      en: 'set AUDIT_KEY to the key that signs; `hosho audit key` makes one',
      ja: 'AUDIT_KEY に署名用の鍵を設定してください。鍵は hosho audit key で作れます',
    });
  const heads = await withStore(around, 'auditor', (store) => store.chainHeads());
  const broken = heads.filter(({ rows, count }) => rows !== count);
  if (broken.length > 0) {
    const said = {
      ja: '記録が欠けているため、署名しません。hosho audit verify で調べてください。',
      en: 'Rows are missing, so nothing is signed. Run hosho audit verify.',
    };
    io.err(red(io, said[io.lang]));
    return 1;
  }
  io.out(JSON.stringify(makeCheckpoint(heads, around.now(), key)));
  return 0;
}

export interface AuditVerifyOptions {
  /** Files of checkpoints, or receipts. */
  checkpoint: string[];
  /** Files of archived months. */
  archive: string[];
  publicKey: string[];
  json: boolean;
}

const EXIT_CODES: Record<Verdict, ExitCode> = { sound: 0, broken: 1, 'not-checked': 3 };

/** 1 where something is not as it was written, 3 where something was not checked. */
export async function auditVerify(
  io: Io,
  around: AuditAround,
  options: AuditVerifyOptions,
): Promise<ExitCode> {
  const publicKeys = trusted(around, options.publicKey);
  const checkpoints: Checkpoint[] = [];
  for (const file of options.checkpoint) checkpoints.push(...(await checkpointsIn(file, publicKeys)));
  const bar = countBar(io.lang, process.stderr, io.lang === 'ja' ? '検証' : 'Verified');
  const verification = await withStore(around, 'auditor', (store) =>
    verifyLog(store, {
      checkpoints,
      archived: archivedRows(options.archive),
      onProgress: (done, total) => bar.show(done, total),
    }),
  ).finally(() => bar.stop());
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
  io: Io,
  around: Pick<AuditAround, 'auditPublicKeys'>,
  file: string,
  options: Pick<AuditVerifyOptions, 'publicKey' | 'json'>,
): Promise<ExitCode> {
  const receipt = readReceipt(await textOf(file));
  if (!receipt)
    throw new UsageError({
      en: `${file}: no receipt of a decision`,
      ja: `${file}：判定の受領証ではありません`,
    });
  const publicKeys = trusted(around, options.publicKey);
  const check = await checkReceipt(receipt, publicKeys);
  const verdict = receiptVerdict(check);
  io.out(
    options.json
      ? JSON.stringify({ sound: isSound(check), verdict, ...check }, null, 2)
      : receiptText(io, receipt, check, { isTrusted: publicKeys.length > 0 }),
  );
  return EXIT_CODES[verdict];
}

function trusted(
  { auditPublicKeys }: Pick<AuditAround, 'auditPublicKeys'>,
  given: readonly string[],
): string[] {
  if (given.length === 0) return auditPublicKeys;
  return given.map((text) => {
    const key = normalPublicKey(text);
    if (key === null)
      throw new UsageError({
        en: `--public-key ${text}: no Ed25519 public key`,
        ja: `--public-key ${text}：公開鍵として読めません`,
      });
    return key;
  });
}

/** All of them genuine: one that is not would say nothing, and must not be overlooked. */
async function checkpointsIn(file: string, publicKeys: readonly string[]): Promise<Checkpoint[]> {
  const { checkpoints, badLines } = readCheckpoints(await textOf(file));
  if (badLines.length > 0)
    throw new UsageError({
      en: `${file}:${badLines[0]}: no checkpoint`,
      ja: `${file}:${badLines[0]}：チェックポイントではありません`,
    });
  const forged = checkpoints.find((one) => !isGenuine(one, publicKeys));
  if (forged)
    throw new UsageError({
      en: `${file}: the checkpoint of ${forged.madeAt} is not signed by a trusted key, or was changed`,
      ja: `${file}：${forged.madeAt} のチェックポイントの署名が正しくありません`,
    });
  return checkpoints;
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new UsageError({ en: `${path}: cannot be read`, ja: `${path}：読めません` });
  });
