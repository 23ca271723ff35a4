/** Checks across the whole file: circles, sections read too early, deadlines out of order, names never used. */
import type { Interval } from './basics.ts';
import { directionsOf, partsOf } from './expressions.ts';
import type { RuleFile } from './rule-file-schema.ts';
import type {
  Condition,
  Deadline,
  Expression,
  Leaf,
  Moment,
  NamedCondition,
  Rule,
  RuleSet,
} from './rule-set.ts';
import { KINDS, type Kind, type Scope } from './scope.ts';
import { concludedBy } from './sections.ts';

export function checkReferences(scope: Scope, ruleSet: RuleSet, written: RuleFile): void {
  checkConditionCircles(scope, ruleSet);
  checkDeadlines(scope, ruleSet);
  const leaves = ruleSet.rules.map((rule) => ({ rule, leaves: leavesOf(rule.when, ruleSet) }));
  checkSectionOrder(scope, leaves);

  const compared = new Set(leaves.flatMap((each) => each.leaves));
  checkComparedDeadlines(scope, ruleSet, compared);
  checkRoundedSelf(scope, compared);
  checkUnused(scope, written);
}

/** Named conditions are not followed. */
function namesIn(condition: Condition | null): string[] {
  if (condition === null || condition.kind === 'leaf') return [];
  return condition.kind === 'named' ? [condition.name] : [condition.of].flat().flatMap(namesIn);
}

/** A comparison where a rule looks at it. */
export interface Occurrence {
  leaf: Leaf;
  /** It stands under `not`. */
  isReversed: boolean;
  /** The named conditions that led to it, outermost first. */
  through: NamedCondition[];
}

/** Every comparison of a condition, named conditions followed, in the order of the file. */
export function occurrences(
  condition: Condition | null,
  ruleSet: Pick<RuleSet, 'conditions'>,
  isReversed = false,
  through: NamedCondition[] = [],
): Occurrence[] {
  if (condition === null) return [];
  switch (condition.kind) {
    case 'leaf':
      return [{ leaf: condition, isReversed, through }];
    case 'not':
      return occurrences(condition.of, ruleSet, !isReversed, through);
    case 'named': {
      const named = ruleSet.conditions.get(condition.name);
      return named ? occurrences(named.condition, ruleSet, isReversed, [...through, named]) : [];
    }
    default:
      return condition.of.flatMap((part) => occurrences(part, ruleSet, isReversed, through));
  }
}

export const leavesOf = (condition: Condition | null, ruleSet: Pick<RuleSet, 'conditions'>): Leaf[] =>
  occurrences(condition, ruleSet).map(({ leaf }) => leaf);

function checkConditionCircles(scope: Scope, { conditions }: RuleSet): void {
  const next = (id: string) => namesIn(conditions.get(id)?.condition ?? null);
  // What follows walks through names, and would not come back.
  for (const name of checkCircles(scope, 'condition', conditions.keys(), next)) conditions.delete(name);
}

/** Those that its days are counted from. */
export const deadlinesBefore = ({ from, until }: Pick<Deadline, 'from' | 'until'>): string[] =>
  [from, until].flatMap(deadlineBefore);

export const deadlineBefore = (moment: Moment | null): string[] =>
  moment?.kind === 'relative' && 'deadline' in moment.day.after ? [moment.day.after.deadline] : [];

function checkDeadlines(scope: Scope, { deadlines }: RuleSet): void {
  const { problems } = scope;
  const before = (id: string) => deadlinesBefore(deadlines.get(id) ?? { from: null, until: null });
  checkCircles(scope, 'deadline', deadlines.keys(), before);
  let latest: Deadline | null = null;
  for (const deadline of deadlines.values()) {
    const [from, until] = [fixed(deadline.from), fixed(deadline.until)];
    if (from && until && until.end <= from.start)
      problems.add('deadline-order', ['deadlines', deadline.id, 'until'], {
        ja: `「${deadline.label}」の終わりが始まりより前です。`,
        en: `until of "${deadline.id}" is before its from.`,
      });
    const last = asWritten(deadline);
    if (!last) continue;
    const previous = latest && asWritten(latest);
    if (latest && previous && last.end < previous.end)
      problems.add('deadline-order', ['deadlines', deadline.id], {
        ja: `「${deadline.label}」が、上の「${latest.label}」より前の日時です。期限は早い順に書きます。日付の書き間違いでなければ、行を入れ替えてください。`,
        en: `"${deadline.id}" is earlier than "${latest.id}" above it. Deadlines are written earliest first: unless a date is wrong, swap the lines.`,
        ofKey: true,
      });
    else latest = deadline;
  }
}

const fixed = (moment: Moment | null): Interval | null => (moment?.kind === 'fixed' ? moment.interval : null);

/** The order is that of the dates in the file, wherever they are moved when the contact is closed. */
function asWritten({ from, until }: Deadline): Interval | null {
  const last = until?.kind === 'fixed' ? until : from;
  return last?.kind === 'fixed' ? (last.writtenInterval ?? last.interval) : null;
}

function checkSectionOrder(scope: Scope, rules: readonly { rule: Rule; leaves: readonly Leaf[] }[]): void {
  const reported = new Set<Leaf>();
  for (const { rule, leaves } of rules) {
    const names = scope.sections.map(({ name }) => name);
    const earlier = names.slice(0, names.indexOf(rule.section));
    for (const leaf of leaves) {
      const maker = leaf.source === 'conclusion' ? concludedBy(scope, leaf.fact)?.name : undefined;
      if (maker === undefined || earlier.includes(maker) || reported.has(leaf)) continue;
      reported.add(leaf);
      scope.problems.addAt('later-section', () => leaf.position, {
        ja: `${rule.section} の「${rule.id}」は、まだ決まっていない ${leaf.fact} を見ています。見られるのは ${earlier.join('、')} の結論だけです。`,
        en: `"${rule.id}" of ${rule.section} reads ${leaf.fact}, which is not concluded yet. It can read only what ${earlier.join(', ')} conclude.`,
      });
    }
  }
}

/** A deadline that is only a text has no moment: every comparison with it would fail. */
function checkComparedDeadlines(scope: Scope, ruleSet: RuleSet, leaves: ReadonlySet<Leaf>): void {
  for (const { operand, position } of leaves) {
    const deadline = operand.kind === 'deadline' ? ruleSet.deadlines.get(operand.deadline) : undefined;
    if (deadline?.text && !deadline.from && !deadline.until)
      scope.problems.addAt('value-type', () => position, {
        ja: `期限「${deadline.label}」には日付がないので、比べられません。`,
        en: `The deadline "${deadline.id}" has no date, so nothing can be compared with it.`,
      });
  }
}

/** A fact and itself in steps meet again and again: which values settle such a comparison cannot be told. */
function checkRoundedSelf(scope: Scope, leaves: ReadonlySet<Leaf>): void {
  const isRounded = (expression: Expression, fact: string): boolean =>
    ('to' in expression && directionsOf(expression).has(fact)) ||
    partsOf(expression).some((part) => isRounded(part, fact));
  for (const { fact, operand, position } of leaves)
    if (operand.kind === 'expression' && isRounded(operand.expression, fact))
      scope.problems.addAt('value-type', () => position, {
        ja: `「${fact}」を、「${fact}」そのものを丸めた数と比べることはできません。金額なら、条件で分ける代わりに { of: 額, atLeast: 0 } のように書けます。`,
        en: `"${fact}" cannot be compared with itself, rounded. In an amount, write such as { of: amount, atLeast: 0 } in place of a condition.`,
      });
}

/** Tells of circles that share no name. All the names in them. */
export function checkCircles(
  { problems }: Scope,
  kind: 'condition' | 'deadline' | 'number',
  ids: Iterable<string>,
  next: (id: string) => readonly string[],
): string[] {
  const left = new Set(ids);
  /** No circle can be reached from these. */
  const done = new Set<string>();
  const circleFrom = (id: string, trail: readonly string[] = []): string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id) || !left.has(id)) return null;
    for (const following of next(id)) {
      const circle = circleFrom(following, [...trail, id]);
      if (circle) return circle;
    }
    done.add(id);
    return null;
  };
  const found: string[] = [];
  for (const id of [...left]) {
    for (let circle = circleFrom(id); circle !== null; circle = circleFrom(id)) {
      problems.add(`circular-${kind}`, [`${kind}s`, circle[0] ?? ''], {
        ja: `${KINDS[kind][1]}が互いを参照していて決まりません（${circle.join(' → ')}）。`,
        en: `These ${kind}s refer to each other in a circle: ${circle.join(' → ')}.`,
        ofKey: true,
      });
      found.push(...circle);
      for (const name of circle) left.delete(name);
    }
  }
  return found;
}

function checkUnused({ problems, isUsed }: Scope, written: RuleFile): void {
  const check = (kind: Kind, record: object | undefined, ...path: string[]) => {
    const [, ja, en] = KINDS[kind];
    for (const id of Object.keys(record ?? {}))
      if (!isUsed(kind, id))
        problems.add('unused', [...path, id], {
          ja: `${ja}「${id}」は、どこからも使われていません。`,
          en: `The ${en} "${id}" is used nowhere.`,
          ofKey: true,
        });
  };
  check('deadline', written.deadlines, 'deadlines');
  check('condition', written.conditions, 'conditions');
  check('clause', written.clauses, 'clauses');
  check('value', written.values, 'values');
  check('number', written.numbers, 'numbers');
  check('list', written.information, 'information');
  check('list', written.lists, 'lists');
  check('fact', written.vocabulary?.facts, 'vocabulary', 'facts');
  if (!isUsed('list', 'brands')) check('brand', written.brands, 'brands');
}
