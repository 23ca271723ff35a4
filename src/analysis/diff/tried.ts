/**
 * What is not proved is tried: cases decided by both versions, whole answers compared. In each rule's case its rule is taken; in
 * the others of them facts are left out, said to be unknown, or another.
 */
import { type Answered, FIELD_NAMES, type FieldName, terminalBlocks } from '../../engine/answer/fields.ts';
import { UNKNOWN, type Value } from '../../engine/facts/values.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { PartialCase } from '../cases/evaluate-case.ts';
import type { Analysis } from '../search/analysis.ts';
import { answeredIfRead, type Example, fixedInstants } from '../search/example.ts';
import type { AnswerChange } from './answer-changes.ts';
import { PLAIN } from './plain-pen.ts';

export interface Tried {
  /** Cases that both versions could read, each counted once. */
  count: number;
  /** Those of them in which a fact was unknown that one of the two versions asks for. */
  unknown: number;
  /** Members of the answer that differed in some, those that differ with others first told with the fewest others. */
  differing: TriedMember[];
  /** Somebody who leaves out a fact whose absence means something else now, and is answered differently. */
  absent: { fact: string; example: Example }[];
}

export interface TriedMember {
  member: FieldName;
  count: number;
  example: Example;
}

/** Besides the seeds. Of the 60 pairs of the tests, three times as many tell one more member of one. */
const VARIED = 100;

/** `shown`: cases that are known to be answered otherwise. Most of what else changes does so near them. */
export async function tryCases(
  analysis: Analysis,
  absentOtherwise: readonly string[],
  shown: readonly PartialCase[],
): Promise<Tried> {
  const pair = analysis.pair();
  const ruleSets = pair.map(({ ruleSet }) => ruleSet);
  const taken = pair.flatMap(({ ruleSet, properties: of }) =>
    ruleSet.rules.map((rule) => of.within(rule.section, of.isTaken(rule))),
  );
  // A rule that both take of the same people is asked about once.
  const properties = [...new Map(taken.map((property) => [property.term, property])).values()];
  const answerTo = await analysis.search(properties);
  const seeds = new Set<PartialCase>();
  for (const property of properties) {
    const found = answerTo(property);
    if (found.kind === 'shown') seeds.add(found.values);
  }
  const without = absentOtherwise.flatMap((fact) => withoutFact(fact, [...seeds]));
  const found = new Map<FieldName, TriedMember>();
  const tried: Tried = { count: 0, unknown: 0, differing: [], absent: [] };
  for (const given of casesFrom([...seeds, ...without], ruleSets, shown)) {
    const example = await answeredIfRead(ruleSets, given);
    if (example === null) continue;
    tried.count += 1;
    if (example.decisions.some(({ missingFacts }) => missingFacts.length > 0)) tried.unknown += 1;
    for (const member of differingMembers(example)) {
      const known = found.get(member);
      if (known) known.count += 1;
      else found.set(member, { member, count: 1, example });
    }
  }
  tried.differing = FIELD_NAMES.flatMap((name) => found.get(name) ?? []);
  for (const fact of absentOtherwise) {
    const example = await firstWithout(fact, [...seeds], ruleSets);
    if (example) tried.absent.push({ fact, example });
  }
  return tried;
}

async function firstWithout(fact: string, seeds: readonly PartialCase[], ruleSets: readonly RuleSet[]) {
  for (const given of withoutFact(fact, seeds)) {
    const example = await answeredIfRead(ruleSets, given);
    if (example && differingMembers(example).length > 0) return example;
  }
  return null;
}

const withoutFact = (fact: string, seeds: readonly PartialCase[]): PartialCase[] =>
  seeds.filter((seed) => seed.has(fact)).map((seed) => new Map([...seed].filter(([name]) => name !== fact)));

export function differingMembers({ decisions: [was, is] }: Example): FieldName[] {
  if (!was || !is) return [];
  return FIELD_NAMES.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

/** The seeds, and what comes of them where facts are others. The same every time. */
export function* casesFrom(
  seeds: readonly PartialCase[],
  ruleSets: readonly RuleSet[],
  shown: readonly PartialCase[] = [],
): Generator<PartialCase> {
  yield* seeds;
  if (seeds.length === 0) return;
  const random = randomFrom(1);
  const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const values = new Map<string, Value[]>();
  for (const seed of seeds)
    for (const [fact, value] of seed) values.set(fact, [...(values.get(fact) ?? []), value]);
  const instants = ruleSets.flatMap(fixedInstants).flatMap((at) => [at - 1, at]);
  values.set(AS_OF, [...(values.get(AS_OF) ?? []), ...instants]);
  const facts = [...values.keys()];
  const met = new Set(seeds.map(keyOf));
  for (let i = 0; i < VARIED; i++) {
    const given = new Map(one(i % 2 === 1 && shown.length > 0 ? shown : seeds));
    for (let changed = 1 + Math.floor(random() * 3); changed > 0; changed--) {
      const fact = one(facts) ?? AS_OF;
      const way = fact === AS_OF ? 1 : random();
      const other = way < 0.3 ? undefined : way < 0.5 ? UNKNOWN : one(values.get(fact) ?? []);
      if (other === undefined) given.delete(fact);
      else given.set(fact, other);
    }
    const key = keyOf(given);
    if (!given.has(AS_OF) || met.has(key)) continue;
    met.add(key);
    yield given;
  }
}

/** The same for the same values, in whatever order they were given. */
const keyOf = (given: PartialCase): string =>
  JSON.stringify(
    [...given].sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value: unknown) =>
      value instanceof Set ? [...value].sort() : typeof value === 'symbol' ? String(value) : value,
  );

/** Numbers from 0 up to 1, after Lehmer: for choosing, where anything better would be a dependency. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** What a person reads otherwise in the one than in the other, order included. */
export function printedChanges(was: Answered, is: Answered): AnswerChange[] {
  const [before, after] = [was, is].map(
    (answer) => new Map(terminalBlocks(answer, PLAIN).map(({ label, lines }) => [label, [lines].flat()])),
  );
  const blocks = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
  return blocks.flatMap((label): AnswerChange[] => {
    const [old, recent] = [before?.get(label) ?? [], after?.get(label) ?? []];
    if (old.join('\n') === recent.join('\n')) return [];
    const removed = old.filter((line) => !recent.includes(line));
    const added = recent.filter((line) => !old.includes(line));
    const isOrder = removed.length + added.length === 0;
    const field = { ja: label, en: label };
    return [isOrder ? { field, removed: old, added: recent } : { field, removed, added }];
  });
}
