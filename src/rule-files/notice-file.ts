/** The published text of a notice, which may stand beside its rule file. The service never reads it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { displayName } from './load.ts';

/** X.yaml has X.notice.txt, X.draft.yaml X.draft.notice.txt. */
export const noticeFileOf = (ruleFile: string): string => ruleFile.replace(/\.ya?ml$/, '.notice.txt');

/** sha256, in hex, as `source.textHash` of a rule file has it. */
export const hashOfNotice = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Its text, and the hash of its bytes. Rejects where it is not there, or not UTF-8. */
export async function readNoticeFile(path: string) {
  const bytes = await readFile(path);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return { file: displayName(path), text, hash: hashOfNotice(bytes) };
}
