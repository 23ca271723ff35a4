import { decisionJson, erasureOf } from '../../decisions/decision-json.ts';
import type {
  DecisionFilter,
  DecisionStore,
  DecisionSummary,
  StoredDecision,
} from '../../decisions/store.ts';
import { type Context, type ExitCode, type Io, misuse } from '../terminal/io.ts';
import { instantOption, versionOption } from '../terminal/options.ts';
import { withStore } from './with-store.ts';

/** Which decisions of the log are meant. Times are RFC 3339 with an offset; from, inclusive, until, exclusive. */
export type FilterOptions = { [Name in keyof DecisionFilter]?: string };

export function filterOf(options: FilterOptions): DecisionFilter {
  const { prefecture, incident, version, outcome, category, reference } = options;
  const instant = (option: string, text: string | undefined): Date | undefined =>
    text === undefined ? undefined : new Date(instantOption(option, text));
  return {
    ...{ prefecture, incident, version: version === undefined ? undefined : versionOption(version) },
    ...{ outcome, category, reference },
    asOfFrom: instant('--as-of-from', options.asOfFrom),
    asOfUntil: instant('--as-of-until', options.asOfUntil),
    decidedFrom: instant('--decided-from', options.decidedFrom),
    decidedUntil: instant('--decided-until', options.decidedUntil),
  };
}

/** The newest first. */
export async function decisionsList(
  { io, ...log }: Context,
  { limit, json, ...filter }: FilterOptions & { limit: number; json: boolean },
): Promise<ExitCode> {
  const of = { ...filterOf(filter), after: null, order: 'newest' as const, limit };
  return withStore(log, 'auditor', async (store): Promise<ExitCode> => {
    if (json) {
      const page = await store.page(of);
      for (const one of page) io.out(decisionJson(one, await erasureOf(store, one)));
      return partialExit(io, page.filter((one) => 'missing' in one).length);
    }
    const found = await store.list(of);
    if (found.length === 0) io.out(io.lang === 'ja' ? '当てはまる判定はありません' : 'No decision fits');
    for (const one of found) io.out(summaryLine(io, one));
    return 0;
  });
}

function summaryLine(io: Io, one: DecisionSummary): string {
  const { id, prefecture, incident, decidedAt, outcome, categories, reference, isErased } = one;
  const erased = isErased ? io.yellow(io.lang === 'ja' ? '（消去済み）' : ' (erased)') : '';
  return [
    io.bold(id),
    decidedAt.toISOString(),
    `${prefecture}/${incident}`,
    `${outcome}${categories.length > 0 ? ` [${io.series(categories)}]` : ''}${erased}`,
    reference === null ? '' : io.dim(reference),
  ]
    .filter(Boolean)
    .join('  ');
}

export async function findOne(store: DecisionStore, id: string): Promise<StoredDecision> {
  const found = await store.find(id);
  if (!found) throw misuse(id, { en: 'no decision has this id', ja: 'この ID の判定はありません' });
  return found;
}

/** 1 where only some of it is there. */
export async function decisionsShow({ io, ...log }: Context, id: string): Promise<ExitCode> {
  return withStore(log, 'auditor', async (store) => {
    const found = await findOne(store, id);
    io.out(JSON.stringify(JSON.parse(decisionJson(found, await erasureOf(store, found))), null, 2));
    return partialExit(io, 'missing' in found ? 1 : 0);
  });
}

/** Of what was shown, how many are there only in part: tells of them, and the exit code that goes with it. */
export function partialExit(io: Io, count: number): ExitCode {
  if (count === 0) return 0;
  const said = {
    ja: `${count}件の判定は、事実・回答・ソルトの一部だけが残っています（missing を見てください）。hosho audit verify で調べてください。`,
    en: `Of ${count} decisions only some of facts, answer and salt are there; see "missing". Run hosho audit verify.`,
  };
  io.err(io.red(said[io.lang]));
  return 1;
}
