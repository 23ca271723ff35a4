/**
 * What makes the log tamper-evident. Each row carries the sha256 of its content in the canonical JSON of RFC 8785, and that
 * content names the hash of the row before it in its chain. The facts and the answer, which can be erased, are in it as salted
 * hashes. `hosho_hash` in migration 2 says the same in SQL.
 */
import { createHash, hash, randomBytes } from 'node:crypto';
import { v4 } from 'uuid';
import { monthOf } from './month.ts';
import type { DecisionColumns, DecisionRecord, Hex, JsonText, Seal } from './store.ts';

/** `previous` of the first row of a chain. */
export const NOTHING_BEFORE: Hex = '0'.repeat(64);

/**
 * Of a text behind its salt as hex digits; without the salt, which goes with the facts, few facts would be as good as none to
 * guess. In two pieces: put together, an answer would be copied to be hashed, and again wherever else it goes.
 */
export const textHash = (salt: Hex, text: JsonText): Hex =>
  createHash('sha256').update(salt).update(text).digest('hex');

type Content = Omit<DecisionColumns, 'hash'>;

/**
 * JSON.stringify writes texts and whole numbers as RFC 8785 does; members stand in its order. Half characters, for which it has no
 * form, no store holds.
 */
const contentText = (row: Content): JsonText =>
  JSON.stringify({
    answerHash: row.answerHash,
    asOf: row.asOf.toISOString(),
    categories: row.categories,
    chain: row.chain,
    decidedAt: row.decidedAt.toISOString(),
    engineVersion: row.engineVersion,
    factsHash: row.factsHash,
    id: row.id,
    incident: row.incident,
    outcome: row.outcome,
    prefecture: row.prefecture,
    previous: row.previous,
    reference: row.reference,
    seq: row.seq,
    version: row.version,
  });

/** The hash that a row has to have. */
export const rowHash = (row: Content): Hex => hash('sha256', contentText(row));

const SALT_BYTES = 16;

/** A record with all of its seal that does not depend on what is written before it. */
export function salted(record: DecisionRecord) {
  const salt = randomBytes(SALT_BYTES).toString('hex');
  const { facts, answer } = record;
  return { record, salt, factsHash: textHash(salt, facts), answerHash: textHash(salt, answer) };
}
export type Salted = ReturnType<typeof salted>;

type Head = Pick<Seal, 'chain' | 'seq' | 'hash'>;
/** The last row of each chain, by its month. */
export type Heads = ReadonlyMap<string, Head>;

/** Random, but nothing is decided by it. */
const newChain = () => ({ chain: v4({ random: randomBytes(16) }), seq: 0, hash: NOTHING_BEFORE });

/**
 * Rows of one writer, each behind the last of its month, and the heads after them. Nobody else adds to the chains of a writer, so
 * that writers never wait for each other; one for each month, so that a month can be taken out of the log whole.
 */
export function link(before: Heads, records: readonly Salted[]): { rows: Sealed[]; heads: Heads } {
  const heads = new Map(before);
  const rows = records.map((salted) => {
    const month = monthOf(salted.record.decidedAt);
    const row = seal(salted, heads.get(month) ?? newChain());
    heads.set(month, row);
    return row;
  });
  return { rows, heads };
}

/** The row to be written behind the last of its chain. Its content is the text that was hashed. */
function seal({ record, salt, factsHash, answerHash }: Salted, { chain, seq: last, hash: previous }: Head) {
  const { facts, answer } = record;
  const seq = last + 1;
  const content = contentText({ ...record, chain, seq, factsHash, answerHash, previous });
  return { chain, seq, hash: hash('sha256', content), content, salt, facts, answer };
}
export type Sealed = ReturnType<typeof seal>;
