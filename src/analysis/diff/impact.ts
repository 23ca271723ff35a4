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

export type Impact = ReturnType<ImpactCount['result']>;

const EXAMPLES = 3;

/** Takes one after the other, however many: what it keeps is the kinds of change. */
export class ImpactCount {
  private readonly candidate: Program;
  private readonly kinds = new Map<string, ImpactKind>();
  private readonly unjudged = new Map<string, Tally & { reason: LocalizedText }>();
  /** Sums of the amounts that are given in yen. */
  private readonly counts = { judged: 0, changed: 0, yenBefore: 0, yenAfter: 0 };

  constructor(candidate: Program) {
    this.candidate = candidate;
  }

  async add({ name, facts, asOf, answer }: JudgedBefore): Promise<void> {
    const decided = await decideCase(this.candidate, { facts, asOf });
    if (decided.facts === null) {
      const [problem] = decided.problems;
      const about = (problem?.pointer ?? '').slice(1).replace('/', '.');
      this.skip(name, {
        ja: `事実「${about}」：${problem?.detailJa ?? '読めません'}`,
        en: `Fact ${about}: ${problem?.detail ?? 'cannot be read'}`,
      });
      return;
    }
    const after = decided.decision;
    const [was, is] = [answer.amount?.yen ?? null, after.amount?.yen ?? null];
    this.counts.judged += 1;
    this.counts.yenBefore += was ?? 0;
    this.counts.yenAfter += is ?? 0;
    const changes = answerChanges(answer, after);
    if (changes.length > 0) this.counts.changed += 1;
    for (const change of changes) this.count(change, name, was !== null && is !== null ? is - was : 0);
  }

  /** Counts one that cannot be judged again, by why. */
  skip(name: string, reason: LocalizedText): void {
    add(name, this.unjudged, reason.en, { reason, count: 0, examples: [] });
  }

  /** The most frequent first. */
  result() {
    const most = (a: Tally, b: Tally): number => b.count - a.count;
    return {
      ...this.counts,
      kinds: [...this.kinds.values()].sort(most),
      unjudged: [...this.unjudged.values()].sort(most),
    };
  }

  private count({ field, removed, added }: AnswerChange, name: string, yen: number): void {
    const isAmount = field.en === 'amount';
    const shown = isAmount ? { removed: [], added: [] } : { removed, added };
    const key = JSON.stringify([field.en, shown]);
    const kind = add(name, this.kinds, key, { field, ...shown, count: 0, yen: 0, examples: [] });
    if (isAmount) kind.yen += yen;
  }
}

function add<T extends Tally>(name: string, tallies: Map<string, T>, key: string, empty: T): T {
  const tally = remembered(tallies, key, () => empty);
  tally.count += 1;
  if (tally.examples.length < EXAMPLES) tally.examples.push(name);
  return tally;
}
