/**
 * What makes the log tamper-evident. Each row carries the sha256 of its content in the canonical JSON of RFC 8785, and that
 * content names the hash of the row before it in its chain. The facts and the answer, which can be erased, are in it as salted
 * hashes. `hosho_hash` in migration 2 says the same in SQL.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DecisionRecord, Hex, JsonText, LoggedDecision, Seal } from './store.ts';

/** `previous` of the first row of a chain. */
export const NOTHING_BEFORE: Hex = '0'.repeat(64);

/** Of a text with its salt; without the salt, which goes with the facts, few facts would be as good as none to guess. */
export const textHash = (salt: Hex, text: JsonText): Hex =>
  createHash('sha256').update(salt, 'hex').update(text).digest('hex');

type Content = Omit<LoggedDecision, 'facts' | 'answer' | 'salt' | 'hash'>;

/** The hash that a row has to have. */
export function rowHash(row: Content): Hex {
  const { id, prefecture, incident, version, reference, outcome, categories, engineVersion } = row;
  const { chain, seq, factsHash, answerHash, previous } = row;
  const content = {
    ...{ id, prefecture, incident, version, reference, outcome, categories, engineVersion },
    ...{ chain, seq, factsHash, answerHash, previous },
    asOf: row.asOf.toISOString(),
    decidedAt: row.decidedAt.toISOString(),
  };
  return createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');
}

/** The row behind `before`, the last of its chain. `salt`: 16 random bytes, never used twice. */
export function sealed(
  record: DecisionRecord,
  salt: Hex,
  { chain, seq, hash: previous }: Pick<Seal, 'chain' | 'seq' | 'hash'>,
): LoggedDecision {
  const factsHash = textHash(salt, record.facts);
  const answerHash = textHash(salt, record.answer);
  const content = { ...record, salt, chain, seq: seq + 1, factsHash, answerHash, previous };
  return { ...content, hash: rowHash(content) };
}
