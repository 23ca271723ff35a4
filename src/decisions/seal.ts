/**
 * What makes the log tamper-evident. Each row carries the sha256 of its content in the canonical JSON of RFC 8785, and that
 * content names the hash of the row before it in its chain. The facts and the answer, which can be erased, are in it as salted
 * hashes. `hosho_hash` in migration 2 says the same in SQL.
 */
import { hash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DecisionColumns, DecisionRecord, Hex, JsonText, Seal } from './store.ts';

/** `previous` of the first row of a chain. */
export const NOTHING_BEFORE: Hex = '0'.repeat(64);

/**
 * Of a text behind its salt as hex digits; without the salt, which goes with the facts, few facts would be as good as none to
 * guess.
 */
export const textHash = (salt: Hex, text: JsonText): Hex => hash('sha256', salt + text);

type Content = Omit<DecisionColumns, 'hash'>;

const contentText = (row: Content): JsonText =>
  canonicalize({
    id: row.id,
    prefecture: row.prefecture,
    incident: row.incident,
    version: row.version,
    asOf: row.asOf.toISOString(),
    decidedAt: row.decidedAt.toISOString(),
    reference: row.reference,
    outcome: row.outcome,
    categories: row.categories,
    engineVersion: row.engineVersion,
    chain: row.chain,
    seq: row.seq,
    factsHash: row.factsHash,
    answerHash: row.answerHash,
    previous: row.previous,
  }) ?? '';

/** The hash that a row has to have. */
export const rowHash = (row: Content): Hex => hash('sha256', contentText(row));

const SALT_BYTES = 16;

/** A record with all of its seal that does not depend on what is written before it. */
export interface Salted extends Pick<Seal, 'factsHash' | 'answerHash'> {
  record: DecisionRecord;
  salt: Hex;
}

export function salted(record: DecisionRecord): Salted {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  return {
    record,
    salt,
    factsHash: textHash(salt, record.facts),
    answerHash: textHash(salt, record.answer),
  };
}

/** A row to be written: its content is the text that was hashed. */
export interface Sealed extends Pick<Seal, 'chain' | 'seq' | 'hash'> {
  content: JsonText;
  salt: Hex;
  facts: JsonText;
  answer: JsonText;
}

/** The row behind `before`, the last of its chain. */
export function seal(
  { record, salt, factsHash, answerHash }: Salted,
  before: Pick<Seal, 'chain' | 'seq' | 'hash'>,
): Sealed {
  const { facts, answer } = record;
  const { chain } = before;
  const seq = before.seq + 1;
  const content = contentText({ ...record, chain, seq, factsHash, answerHash, previous: before.hash });
  return { chain, seq, hash: hash('sha256', content), content, salt, facts, answer };
}
