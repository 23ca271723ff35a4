import { NOTHING_BEFORE, rowHash, textHash } from '../decisions/seal.ts';
import type { ChainHead, Erasable, StoredDecision, WholeDecision } from '../decisions/store.ts';
import { type AnsweredColumn, compareWithAnswer } from './answer-columns.ts';

/** What is wrong with a chain, at the first row where it shows. */
export type ChainFault =
  /** The content of the row, its facts or its answer are not what was sealed. */
  | { kind: 'altered'; part: 'row' | 'facts' | 'answer'; id: string }
  /** The row stands where another was. */
  | { kind: 'moved'; id: string }
  /** The row was written anew with a seal of its own: the next one names another. */
  | { kind: 'replaced'; id: string }
  /** The rows from `seq` to `last` are gone. */
  | { kind: 'removed'; last: number }
  /** The place is taken twice. */
  | { kind: 'inserted'; id: string }
  /** Some of facts, answer and salt are gone and others are not: no erasure leaves a row so, and nothing left can be checked. */
  | { kind: 'partial'; missing: Erasable[]; id: string }
  /** Sealed as it is, but its columns say otherwise than its answer. */
  | { kind: 'contradictory'; columns: AnsweredColumn[]; id: string }
  /** The facts are gone, and no erasure says so. */
  | { kind: 'erased-unrecorded'; id: string }
  /** Whole in itself, but not what was there when the checkpoint was made: some row up to here was replaced. */
  | { kind: 'rewritten'; id: string; madeAt: string }
  /** The chain ends before `seq`, and went on to `last` when the checkpoint was made. */
  | { kind: 'cut-off'; last: number; madeAt: string }
  /** Nothing of the chain is there, which had `last` rows when the checkpoint was made. */
  | { kind: 'dropped'; last: number; madeAt: string }
  /** The chain is not what was written down of it when its month was archived: `count` rows, the last of them another. */
  | { kind: 'not-as-archived'; month: string; count: number }
  /** The rule set that it was judged by is not there, or its texts are not those of its sha256. */
  | { kind: 'bad-version'; id: string; version: string };

export type ChainFinding = ChainFault & {
  chain: string;
  /** The place of the first row that it is about. */
  seq: number;
};

/** What a checkpoint says of a chain. */
export type Expected = Pick<ChainHead, 'count' | 'head'> & { madeAt: string };

export type ChainCheck = ReturnType<typeof chainCheck>;

/** Follows one chain from its first row to its last. */
export function chainCheck(chain: string, expected: readonly Expected[]) {
  let before = { hash: NOTHING_BEFORE, seq: 0, id: '', isSound: true };
  return {
    /** Of the row, or of those before it where only this one shows it. Rows come in the order of `seq`. */
    next(row: StoredDecision, isErased: boolean): ChainFinding[] {
      const { id, seq } = row;
      const findings: ChainFinding[] = [];
      const add = (fault: ChainFault, at = seq): void => void findings.push({ ...fault, chain, seq: at });

      const follows = seq === before.seq + 1;
      if (seq <= before.seq) add({ kind: 'inserted', id });
      else if (!follows) add({ kind: 'removed', last: seq - 1 }, before.seq + 1);
      const isIntact = rowHash(row) === row.hash;
      // After a row that was told of already, or after a gap, nothing can be said of the link.
      const isBroken = follows && before.isSound && row.previous !== before.hash;
      if (!isIntact) add(isBroken ? { kind: 'moved', id } : { kind: 'altered', part: 'row', id });
      else if (isBroken && before.seq === 0) add({ kind: 'altered', part: 'row', id });
      else if (isBroken) add({ kind: 'replaced', id: before.id }, before.seq);
      if ('missing' in row) add({ kind: 'partial', missing: row.missing, id });
      else if (row.answer !== null) for (const fault of isIntact ? faultsInTexts(row) : []) add(fault);
      else if (!isErased) add({ kind: 'erased-unrecorded', id });

      for (const { count, head, madeAt } of expected)
        if (count === seq && head !== row.hash && findings.length === 0)
          add({ kind: 'rewritten', id, madeAt });
      before = { hash: row.hash, seq, id, isSound: isIntact };
      return findings;
    },

    /** What was written down of the chain when its month was archived; after the last row. */
    asArchived({ count, head }: ChainHead, month: string): ChainFinding[] {
      const { seq, hash } = before;
      return seq === count && hash === head ? [] : [{ kind: 'not-as-archived', month, count, chain, seq }];
    },

    /** When there are no more rows. */
    end(): ChainFinding[] {
      const last = expected.toSorted((a, b) => b.count - a.count)[0];
      if (!last || last.count <= before.seq) return [];
      const fault = { last: last.count, madeAt: last.madeAt, chain, seq: before.seq + 1 };
      return [{ ...fault, kind: before.seq === 0 ? 'dropped' : 'cut-off' }];
    },
  };
}

function faultsInTexts(row: WholeDecision): ChainFault[] {
  const { id, facts, answer, salt, factsHash, answerHash } = row;
  const faults: ChainFault[] = [];
  if (textHash(salt, facts) !== factsHash) faults.push({ kind: 'altered', part: 'facts', id });
  if (textHash(salt, answer) !== answerHash) return [...faults, { kind: 'altered', part: 'answer', id }];
  const { differing } = compareWithAnswer(row, answer);
  if (differing.length > 0) faults.push({ kind: 'contradictory', columns: differing, id });
  return faults;
}
