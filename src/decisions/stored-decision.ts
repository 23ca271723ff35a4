import { type DecisionRow, ERASABLE, type ErasedDecision, type StoredDecision } from './store.ts';

/** The one place where a row becomes a decision: whole, erased, or neither. */
export function storedDecision(row: DecisionRow): StoredDecision {
  const { facts, answer, salt } = row;
  if (facts !== null && answer !== null && salt !== null) return { ...row, facts, answer, salt };
  if (facts === null && answer === null && salt === null) return { ...row, facts, answer, salt };
  return { ...row, missing: ERASABLE.filter((name) => row[name] === null) };
}

/** The row again, as files and receipts have it. */
export function decisionRow(decision: StoredDecision): DecisionRow {
  if (!('missing' in decision)) return decision;
  const { missing: _, ...row } = decision;
  return row;
}

/** As an erasure leaves it. */
export const erasedDecision = (decision: StoredDecision): ErasedDecision => ({
  ...decisionRow(decision),
  ...{ facts: null, answer: null, salt: null },
});

/** Whether something is left that an erasure would take away. */
export const hasErasable = (decision: StoredDecision): boolean =>
  'missing' in decision || decision.answer !== null;
