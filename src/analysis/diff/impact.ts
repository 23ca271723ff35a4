/** Decisions of before, judged again under a candidate: how many change, from what to what, by how many yen. */
import type { Answered } from '../../engine/answer/fields.ts';
import type { Program } from '../../engine/program.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { decideCase } from '../cases/decide-case.ts';
import type { WrittenCase } from '../cases/evaluate-case.ts';
import { remembered } from '../remembered.ts';
import { type AnswerChange, answerChanges } from './answer-changes.ts';

export interface JudgedBefore extends WrittenCase {
  /** How a person finds it: the id of a decision, a line, a case. */
  name: string;
  /** The answer that was given. */
  answer: Answered;
}

interface Tally {
  count: number;
  /** The first few that show it. */
  examples: string[];
}

/** One kind of change, such as an outcome that is now another; amounts are one kind, whatever the yen. */
export interface ImpactKind extends Tally, Pick<AnswerChange, 'field' | 'removed' | 'added'> {
  /** Of the amounts that both answers give. */
  yen: number;
}

const EXAMPLES = 3;

export type Impact = ReturnType<ReturnType<typeof countImpact>['result']>;

/** Takes one after the other, however many: what it keeps is the kinds of change. */
export function countImpact(candidate: Program) {
  const kinds = new Map<string, ImpactKind>();
  const unjudged = new Map<string, Tally & { reason: LocalizedText }>();
  /** Sums of the amounts that are given in yen. */
  const counts = { judged: 0, changed: 0, yenBefore: 0, yenAfter: 0 };
  return { add, skip, result };

  async function add({ name, facts, asOf, answer }: JudgedBefore): Promise<void> {
    const { decision: after, problems } = await decideCase(candidate, { facts, asOf });
    if (!after) {
      const [problem] = problems;
      const about = (problem?.pointer ?? '').slice(1).replace('/', '.');
      return skip(name, {
        ja: `事実「${about}」：${problem?.detailJa ?? '読めません'}`,
        en: `Fact ${about}: ${problem?.detail ?? 'cannot be read'}`,
      });
    }
    const [was, is] = [answer.amount?.yen ?? null, after.amount?.yen ?? null];
    counts.judged += 1;
    counts.yenBefore += was ?? 0;
    counts.yenAfter += is ?? 0;
    const changes = answerChanges(answer, after);
    if (changes.length > 0) counts.changed += 1;
    for (const { field, removed, added } of changes) {
      const isAmount = field.en === 'amount';
      const shown = isAmount ? { removed: [], added: [] } : { removed, added };
      const empty = { field, ...shown, count: 0, yen: 0, examples: [] };
      const kind = tally(name, kinds, JSON.stringify([field.en, shown]), empty);
      if (isAmount && was !== null && is !== null) kind.yen += is - was;
    }
  }

  /** Counts one that cannot be judged again, by why. */
  function skip(name: string, reason: LocalizedText): void {
    tally(name, unjudged, reason.en, { reason, count: 0, examples: [] });
  }

  /** The most frequent first. */
  function result() {
    const most = (a: Tally, b: Tally): number => b.count - a.count;
    return {
      ...counts,
      kinds: [...kinds.values()].sort(most),
      unjudged: [...unjudged.values()].sort(most),
    };
  }
}

function tally<T extends Tally>(name: string, tallies: Map<string, T>, key: string, empty: T): T {
  const known = remembered(tallies, key, () => empty);
  known.count += 1;
  if (known.examples.length < EXAMPLES) known.examples.push(name);
  return known;
}
