/** Checks across the whole file: circles, sections read too early, deadlines out of order, names never used. */
import type { Interval } from './basics.ts';
import { problemOf } from './problems.ts';
import type { RuleFile } from './rule-file-schema.ts';
import {
  type Condition,
  type Deadline,
  type Leaf,
  type Rule,
  type RuleSet,
  SECTION_NAMES,
  type Section,
} from './rule-set.ts';
import type { Kind, Scope } from './scope.ts';
import type { Path } from './source.ts';

export function checkReferences(scope: Scope, ruleSet: RuleSet, written: RuleFile): void {
  checkConditionCircles(scope, ruleSet);
  checkDeadlines(scope, ruleSet);
  const leaves = ruleSet.rules.map((rule) => ({ rule, leaves: leavesOf(rule.when, ruleSet) }));
  checkSectionOrder(scope, leaves);
  checkComparedDeadlines(scope, ruleSet, new Set(leaves.flatMap((each) => each.leaves)));
  checkUnused(scope, written);
}

function namesIn(condition: Condition | null): string[] {
  if (condition === null) return [];
  switch (condition.kind) {
    case 'leaf':
      return [];
    case 'named':
      return [condition.name];
    case 'not':
      return namesIn(condition.of);
    default:
      return condition.of.flatMap(namesIn);
  }
}

function checkConditionCircles(scope: Scope, { conditions }: RuleSet): void {
  const next = (name: string) => namesIn(conditions.get(name)?.condition ?? null);
  for (const circle of circles(conditions.keys(), next)) {
    const said = {
      ja: `条件が互いを参照していて決まりません（${circle.join(' → ')}）。`,
      en: `These conditions refer to each other in a circle: ${circle.join(' → ')}.`,
    };
    scope.problem('circular-condition', ['conditions', circle[0] ?? ''], said, undefined, true);
    // What follows walks through names, and would not come back.
    for (const name of circle) conditions.delete(name);
  }
}

function checkDeadlines(scope: Scope, { deadlines }: RuleSet): void {
  const before = (id: string): string[] => {
    const d = deadlines.get(id);
    return [d?.from, d?.until].flatMap((m) =>
      m?.kind === 'relative' && 'deadline' in m.day.after ? [m.day.after.deadline] : [],
    );
  };
  for (const circle of circles(deadlines.keys(), before)) {
    const said = {
      ja: `期限が互いを参照していて決まりません（${circle.join(' → ')}）。`,
      en: `These deadlines refer to each other in a circle: ${circle.join(' → ')}.`,
    };
    scope.problem('circular-deadline', ['deadlines', circle[0] ?? ''], said, undefined, true);
  }
  let latest: Deadline | null = null;
  for (const deadline of deadlines.values()) {
    const [from, until] = [fixed(deadline, 'from'), fixed(deadline, 'until')];
    if (from && until && until.end <= from.start) {
      scope.problem('deadline-order', ['deadlines', deadline.id, 'until'], {
        ja: `「${deadline.label}」の終わりが始まりより前です。`,
        en: `until of "${deadline.id}" is before its from.`,
      });
    }
    const last = until ?? from;
    if (!last) continue;
    const previous = latest && (fixed(latest, 'until') ?? fixed(latest, 'from'));
    if (latest && previous && last.end < previous.end) {
      scope.problem(
        'deadline-order',
        ['deadlines', deadline.id],
        {
          ja: `「${deadline.label}」が、上の「${latest.label}」より前の日時です。期限は早い順に書きます。日付の書き間違いでなければ、行を入れ替えてください。`,
          en: `"${deadline.id}" is earlier than "${latest.id}" above it. Deadlines are written earliest first: unless a date is wrong, swap the lines.`,
        },
        undefined,
        true,
      );
    } else latest = deadline;
  }
}

function fixed(deadline: Deadline, side: 'from' | 'until'): Interval | null {
  const moment = deadline[side];
  return moment?.kind === 'fixed' ? moment.interval : null;
}

/** Which section a conclusion read in a condition is made by. */
const MADE_BY: Record<string, Section> = {
  category: 'eligibility',
  remedy: 'remedies',
  outcome: 'outcome',
  voucherState: 'voucherState',
  claimState: 'claimState',
};

function checkSectionOrder(scope: Scope, rules: readonly { rule: Rule; leaves: readonly Leaf[] }[]): void {
  const reported = new Set<Leaf>();
  for (const { rule, leaves } of rules) {
    for (const leaf of leaves) {
      const maker = leaf.source === 'conclusion' ? MADE_BY[leaf.fact.replace('.rule', '')] : undefined;
      if (maker === undefined || reported.has(leaf)) continue;
      if (SECTION_NAMES.indexOf(maker) < SECTION_NAMES.indexOf(rule.section)) continue;
      reported.add(leaf);
      const earlier = SECTION_NAMES.slice(0, SECTION_NAMES.indexOf(rule.section));
      const said = {
        ja: `${rule.section} の「${rule.id}」は、まだ決まっていない ${leaf.fact} を見ています。見られるのは ${earlier.join('、')} の結論だけです。`,
        en: `"${rule.id}" of ${rule.section} reads ${leaf.fact}, which is not concluded yet. It can read only what ${earlier.join(', ')} conclude.`,
      };
      scope.problems.add('later-section', () => problemOf('later-section', leaf.position, said));
    }
  }
}

/** A deadline that is only a text has no moment: every comparison with it would fail. */
function checkComparedDeadlines(scope: Scope, ruleSet: RuleSet, leaves: ReadonlySet<Leaf>): void {
  for (const { operand, position } of leaves) {
    const deadline = operand.kind === 'deadline' ? ruleSet.deadlines.get(operand.deadline) : undefined;
    if (!deadline?.text || deadline.from || deadline.until) continue;
    const said = {
      ja: `期限「${deadline.label}」には日付がないので、比べられません。`,
      en: `The deadline "${deadline.id}" has no date, so nothing can be compared with it.`,
    };
    scope.problems.add('value-type', () => problemOf('value-type', position, said));
  }
}

/** Every leaf of a condition, named conditions followed. */
export function leavesOf(condition: Condition | null, ruleSet: Pick<RuleSet, 'conditions'>): Leaf[] {
  if (condition === null) return [];
  switch (condition.kind) {
    case 'leaf':
      return [condition];
    case 'named':
      return leavesOf(ruleSet.conditions.get(condition.name)?.condition ?? null, ruleSet);
    case 'not':
      return leavesOf(condition.of, ruleSet);
    default:
      return condition.of.flatMap((part) => leavesOf(part, ruleSet));
  }
}

/** Circles that share no name. */
function circles(ids: Iterable<string>, next: (id: string) => string[]): string[][] {
  const left = new Set(ids);
  const found: string[][] = [];
  for (;;) {
    const circle = firstCircle([...left], (id) => next(id).filter((n) => left.has(n)));
    if (!circle) return found;
    found.push(circle);
    for (const id of circle) left.delete(id);
  }
}

function firstCircle(ids: string[], next: (id: string) => string[]): string[] | null {
  const done = new Set<string>();
  const visit = (id: string, trail: string[]): string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return null;
    for (const following of next(id)) {
      const circle = visit(following, [...trail, id]);
      if (circle) return circle;
    }
    done.add(id);
    return null;
  };
  for (const id of ids) {
    const circle = visit(id, []);
    if (circle) return circle;
  }
  return null;
}

function checkUnused(scope: Scope, written: RuleFile): void {
  const check = (kind: Kind, path: Path, record: object | undefined, word: string, english: string) => {
    for (const id of Object.keys(record ?? {})) {
      if (scope.isUsed(kind, id)) continue;
      scope.problem(
        'unused',
        [...path, id],
        {
          ja: `${word}「${id}」は、どこからも使われていません。`,
          en: `The ${english} "${id}" is used nowhere.`,
        },
        undefined,
        true,
      );
    }
  };
  check('deadline', ['deadlines'], written.deadlines, '期限', 'deadline');
  check('condition', ['conditions'], written.conditions, '条件', 'condition');
  check('clause', ['clauses'], written.clauses, '条項', 'clause');
  check('value', ['values'], written.values, '値', 'value');
  check('list', ['information'], written.information, '一覧', 'list');
  check('list', ['lists'], written.lists, '一覧', 'list');
  check('fact', ['vocabulary', 'facts'], written.vocabulary?.facts, '事実', 'fact');
  if (!scope.isUsed('list', 'brands')) check('brand', ['brands'], written.brands, '交換先', 'brand');
}
