import type { LocalizedText } from './lang.ts';
import type { ProblemList } from './problem-list.ts';
import { nearest, type ProblemCode, problemOf } from './problems.ts';
import type { Path, Source } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The kinds of name that a rule file refers to: what an unknown one is called, and in which words. */
const KINDS = {
  fact: ['unknown-fact', '事実', 'fact'],
  deadline: ['unknown-deadline', '期限', 'deadline'],
  condition: ['unknown-condition', '条件', 'condition'],
  clause: ['unknown-clause', '条項', 'clause'],
  value: ['unknown-value', '値', 'value'],
  list: ['unknown-list', '一覧', 'list'],
  brand: ['unknown-brand', '交換先', 'brand'],
  nextStep: ['unknown-word', '次にすること', 'next step'],
  outcome: ['unknown-word', '結論', 'outcome'],
  voucherState: ['unknown-word', 'クーポンの状態', 'voucher state'],
  claimState: ['unknown-word', '請求の状態', 'claim state'],
} as const satisfies Record<string, readonly [ProblemCode, ja: string, en: string]>;
export type Kind = keyof typeof KINDS;

/** The names that a rule file may refer to, who referred to them, and what was wrong on the way. */
export class Scope {
  readonly problems: ProblemList;
  private readonly used = new Set<string>();
  readonly source: Source;
  readonly timeZone: string;
  readonly vocabulary: Vocabulary;
  readonly names: Record<Kind, ReadonlySet<string>>;

  constructor(
    source: Source,
    timeZone: string,
    vocabulary: Vocabulary,
    names: Record<Kind, ReadonlySet<string>>,
    problems: ProblemList,
  ) {
    this.problems = problems;
    this.source = source;
    this.timeZone = timeZone;
    this.vocabulary = vocabulary;
    this.names = names;
  }

  /** Notes the use of a name; false, with a problem at `path`, where there is no such name. */
  refer(kind: Kind, id: string, path: Path): boolean {
    this.used.add(`${kind}:${id}`);
    if (this.names[kind].has(id)) return true;
    const [code, ja, en] = KINDS[kind];
    const said = { ja: `「${id}」という${ja}はありません。`, en: `There is no ${en} "${id}".` };
    this.problem(code, path, said, () => nearest(id, this.names[kind]));
    return false;
  }

  isUsed(kind: Kind, id: string): boolean {
    return this.used.has(`${kind}:${id}`);
  }

  /** `suggestion` is looked for only where the problem is listed. */
  problem(
    code: ProblemCode,
    path: Path,
    said: LocalizedText,
    suggestion: () => string | null = () => null,
    key = false,
  ): void {
    this.problems.add(code, () => problemOf(code, this.source.at(path, key), said, suggestion()));
  }

  /** `clause:` as a list of known clause ids. */
  clauses(written: string | string[] | undefined, path: Path): string[] {
    const ids = written === undefined ? [] : typeof written === 'string' ? [written] : written;
    for (const id of ids) this.refer('clause', id, [...path, 'clause']);
    return ids;
  }
}
