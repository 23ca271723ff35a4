import { chainPages } from '../decisions/all-decisions.ts';
import type { ChainHead, DecisionStore, StoredDecision } from '../decisions/store.ts';
import { versionOf } from '../rule-files/load.ts';
import { type ChainCheck, type ChainFinding, chainCheck, type Expected } from './chain-check.ts';
import type { Checkpoint } from './checkpoint.ts';

/**
 * What a check came to. `broken`: something is not as it was written. `not-checked`: nothing of what could be checked is wrong, but
 * not everything could be.
 */
export type Verdict = 'sound' | 'not-checked' | 'broken';

export interface Verification {
  decisions: number;
  chains: number;
  erased: number;
  versions: number;
  /** By chain and place; the first of each chain is where it broke. */
  findings: ChainFinding[];
  /** Chains of archived months whose file was not given: not checked. */
  notChecked: { month: string; chains: number; decisions: number }[];
}

export const verificationVerdict = ({ findings, notChecked }: Verification): Verdict => {
  if (findings.length > 0) return 'broken';
  return notChecked.length > 0 ? 'not-checked' : 'sound';
};

export interface VerifyOptions {
  /** Genuine ones; see `isGenuine`. */
  checkpoints: readonly Checkpoint[];
  /** Rows of archived months, whole chains in order. */
  archived?: AsyncIterable<StoredDecision>;
  /** Rows that were checked, of all that there are in the store. */
  onProgress?(done: number, total: number): void;
}

const PAGE = 1_000;

/** Every row of every chain, and every version that they name. */
export async function verifyLog(
  store: Pick<DecisionStore, 'chainHeads' | 'chainPage' | 'findErasures' | 'findVersion' | 'archivedMonths'>,
  { checkpoints, archived, onProgress }: VerifyOptions,
): Promise<Verification> {
  const expected = expectations(checkpoints);
  const versions = new Map<string, boolean>();
  const seen = new Map<string, ChainCheck>();
  const result: Verification = {
    ...{ decisions: 0, chains: 0, erased: 0, versions: 0, findings: [], notChecked: [] },
  };

  async function isKept({ prefecture, incident, version }: StoredDecision): Promise<boolean> {
    const known = versions.get(version);
    if (known !== undefined) return known;
    const found = await store.findVersion(prefecture, incident, version);
    const isSound = found !== null && versionOf(found.ruleText, found.vocabularyText) === version;
    versions.set(version, isSound);
    return isSound;
  }

  async function check(
    chain: string,
    pages: AsyncIterable<readonly StoredDecision[]>,
    onPage: () => void = () => {},
  ): Promise<void> {
    const checking = chainCheck(chain, expected.get(chain) ?? []);
    seen.set(chain, checking);
    result.chains += 1;
    for await (const rows of pages) {
      const erasures = await store.findErasures(rows.filter(isErased).map(({ id }) => id));
      const erased = new Set(erasures.map(({ decisionId }) => decisionId));
      for (const row of rows) {
        result.findings.push(...checking.next(row, erased.has(row.id)));
        if (isErased(row)) result.erased += 1;
        const { id, version, seq } = row;
        if (!(await isKept(row))) result.findings.push({ kind: 'bad-version', id, version, chain, seq });
      }
      result.decisions += rows.length;
      onPage();
    }
    result.findings.push(...checking.end());
  }

  const heads = await store.chainHeads();
  const total = heads.reduce((sum, { rows }) => sum + rows, 0);
  for (const { chain } of heads)
    await check(chain, chainPages(store, chain), () => onProgress?.(result.decisions, total));
  if (archived) for await (const { chain, pages } of byChain(archived)) await check(chain, pages);

  const notSeen = new Set<string>();
  for (const { month, chains } of await store.archivedMonths()) {
    for (const head of chains)
      result.findings.push(
        ...(seen.get(head.chain)?.asArchived(head, month) ??
          archivedSince(head, expected.get(head.chain) ?? [])),
      );
    const missing = chains.filter(({ chain }) => !seen.has(chain));
    if (missing.length === 0) continue;
    for (const { chain } of missing) notSeen.add(chain);
    const decisions = missing.reduce((sum, { count }) => sum + count, 0);
    result.notChecked.push({ month, chains: missing.length, decisions });
  }
  for (const [chain, of] of expected)
    if (!seen.has(chain) && !notSeen.has(chain)) result.findings.push(...chainCheck(chain, of).end());
  result.versions = versions.size;
  return result;
}

const isErased = (row: StoredDecision): boolean => !('missing' in row) && row.answer === null;

function expectations(checkpoints: readonly Checkpoint[]): Map<string, Expected[]> {
  const expected = new Map<string, Expected[]>();
  for (const { madeAt, chains } of checkpoints)
    for (const { chain, count, head } of chains)
      expected.set(chain, [...(expected.get(chain) ?? []), { count, head, madeAt }]);
  return expected;
}

async function* byChain(rows: AsyncIterable<StoredDecision>) {
  const iterator = rows[Symbol.asyncIterator]();
  let next = await iterator.next();
  async function* pages(chain: string): AsyncGenerator<StoredDecision[]> {
    while (!next.done && next.value.chain === chain) {
      const page: StoredDecision[] = [];
      while (!next.done && next.value.chain === chain && page.length < PAGE) {
        page.push(next.value);
        next = await iterator.next();
      }
      yield page;
    }
  }
  while (!next.done) {
    const { chain } = next.value;
    yield { chain, pages: pages(chain) };
  }
}

/** What the record of an archived month says must fit the checkpoints too. */
const archivedSince = ({ chain, count, head }: ChainHead, expected: readonly Expected[]): ChainFinding[] =>
  expected.flatMap(({ count: last, head: other, madeAt }): ChainFinding[] => {
    if (last > count) return [{ kind: 'cut-off', chain, seq: count + 1, last, madeAt }];
    if (last < count || other === head) return [];
    return [{ kind: 'rewritten', chain, seq: count, id: '', madeAt }];
  });
