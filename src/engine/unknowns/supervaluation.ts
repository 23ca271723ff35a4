/**
 * What is settled although facts are unknown: a conclusion is settled if every way of filling the unknown facts that
 * does not contradict itself gives it, whichever rule gives it (supervaluation; van Fraassen 1966).
 *
 * A search: judge with what is known; where a conclusion is still open, fill one unknown fact in every way that can
 * matter and go on. A branch ends as soon as its conclusions no longer depend on what is still unknown.
 */
import type { SectionKind } from '../../rulebook/sections.ts';
import { type Slots, UNKNOWN, type Value, withFact } from '../facts/values.ts';
import { type CompiledRule, type CompiledSection, ofSection, type Rules } from '../judge/rules.ts';
import { evaluateSections, type SectionResults } from '../judge/sections.ts';
import { candidateValues } from './candidate-values.ts';

/** The conclusions that `missingFacts` is about; nothing else is searched for. */
const CONCLUDING: readonly SectionKind[] = ['eligibility', 'state', 'claim', 'outcome', 'remedies'];
/** Beyond this many judgements a branch counts as open: never called settled, only asked for more. */
const LIMIT = 20_000;
/**
 * Where somebody cannot tell: then also what would be assumed is unknown, and there may be more to look through than anybody waits
 * for. Beyond it every unknown fact that a rule waits for counts as one that can change a conclusion.
 */
const LIMIT_UNTOLD = 2_000;

/** One way, or many at once, of filling the unknown facts: what was filled, and what then stands. */
interface Branch {
  slots: Slots;
  results: SectionResults;
}

export interface Supervaluation {
  base: SectionResults;
  /** What stands in each branch. Empty where every filling contradicts itself. */
  branches: SectionResults[];
  /** Unknown facts that can still change a conclusion. */
  missing: Set<string>;
}

/** `base`: what stands with the unknown facts left unknown. `isUntold`: of some of them somebody said that they cannot tell. */
export function supervaluate(
  rules: Rules,
  slots: Slots,
  base: SectionResults,
  isUntold: boolean,
): Supervaluation {
  const limits = isUntold
    ? { filling: LIMIT_UNTOLD, all: LIMIT_UNTOLD }
    : { filling: LIMIT, all: Number.POSITIVE_INFINITY };
  const search = searchOf(rules, limits);
  const branches = explore(search, { slots, results: base });
  const missing = relevantFacts(search, slots, branches);
  if (search.judged >= limits.all)
    for (const { slots, results } of branches)
      for (const fact of waitedFor(search, results, slots)) missing.add(fact);
  return { base, branches: branches.map((b) => b.results), missing };
}

interface Search {
  rules: Rules;
  /** The sections that conclude what is searched for. */
  concluding: readonly CompiledSection[];
  /** Of contradictions alone. */
  contradictions: readonly CompiledSection[];
  judged: number;
  /** Judgements before unknown facts are no longer filled, and before it is no longer looked which of them matter. */
  limits: { filling: number; all: number };
}

function searchOf(rules: Rules, limits: Search['limits']): Search {
  const sections = [...rules.sections.values()];
  return {
    rules,
    concluding: sections.filter(({ section }) => CONCLUDING.includes(section.kind)),
    contradictions: sections.filter(({ section }) => section.kind === 'contradictions'),
    judged: 0,
    limits,
  };
}

/** The branch with one fact filled, or given another value. */
function fill(
  { rules }: Search,
  { slots, results }: Branch,
  fact: string,
  value: Value,
  asked: Iterable<CompiledSection> = rules.sections.values(),
): Branch {
  const filled = withFact(slots, rules.layout.slotOf(fact), value);
  const change = { from: results, facts: new Set([fact]) };
  return { slots: filled, results: evaluateSections(rules, filled, asked, change) };
}

function explore(search: Search, branch: Branch): Branch[] {
  search.judged++;
  const { slots, results } = branch;
  if (contradictionsOf(results).holding.length > 0) return [];
  const fact = search.judged < search.limits.filling ? factToFill(search, results, slots) : undefined;
  if (fact === undefined) return canBeConsistent(search, branch) ? [branch] : [];
  return candidateValues(search.rules, fact, slots).flatMap((value) =>
    explore(search, fill(search, branch, fact, value)),
  );
}

/** The ids that the rules of a section conclude, or may conclude. */
function concludedIn(results: SectionResults, { section }: CompiledSection): Set<string> {
  const { open, holding } = ofSection(results.sections, section.name);
  return new Set([...open, ...holding].map(({ rule }) => rule.concludes));
}

const contradictionsOf = ({ sections }: SectionResults) => ofSection(sections, 'contradictions');

/** Rules that keep a conclusion open; none once every conclusion is determined. */
function openRules({ concluding }: Search, results: SectionResults): readonly CompiledRule[] {
  return concluding.flatMap((one) => {
    const isOpen = one.section.takes === 'collect' || concludedIn(results, one).size > 1;
    return isOpen ? ofSection(results.sections, one.section.name).open : [];
  });
}

function factToFill(search: Search, results: SectionResults, slots: Slots): string | undefined {
  const { rules, concluding } = search;
  const open = openRules(search, results);
  if (open.length === 0) return undefined;
  // A rule may wait only for which rule an earlier section took: then that section's rules wait for the facts.
  const anyOpen = concluding.flatMap(({ section }) => ofSection(results.sections, section.name).open);
  return nextFact(rules, results, open, slots) ?? nextFact(rules, results, anyOpen, slots);
}

function waitedFor({ rules, concluding }: Search, results: SectionResults, slots: Slots): Set<string> {
  const { sections, truths } = results;
  const waiting = concluding
    .flatMap(({ section }) => ofSection(sections, section.name).open)
    .flatMap(({ leaves }) => leaves.filter((index) => truths[index] === 'unknown'))
    .flatMap((index) => rules.leaves[index]?.facts ?? []);
  return new Set(waiting.filter((fact) => slots[rules.layout.slotOf(fact)] === UNKNOWN));
}

/** The first unknown fact, in the order to ask, that one of these rules waits for. */
function nextFact(
  rules: Rules,
  { truths }: Pick<SectionResults, 'truths'>,
  open: readonly CompiledRule[],
  slots: Slots,
): string | undefined {
  const waiting = new Set(
    open
      .flatMap(({ leaves }) => leaves.filter((index) => truths[index] === 'unknown'))
      .flatMap((index) => rules.leaves[index]?.facts ?? []),
  );
  return rules.layout.facts.find((fact, slot) => waiting.has(fact) && slots[slot] === UNKNOWN);
}

/** Is there any way of filling the rest in which no contradiction holds? */
function canBeConsistent(search: Search, branch: Branch): boolean {
  const { slots, results } = branch;
  const { holding, open } = contradictionsOf(results);
  if (holding.length > 0) return false;
  const fact =
    search.judged < search.limits.filling ? nextFact(search.rules, results, open, slots) : undefined;
  if (fact === undefined) return true;
  return candidateValues(search.rules, fact, slots).some((value) => {
    search.judged++;
    return canBeConsistent(search, fill(search, branch, fact, value, search.contradictions));
  });
}

/** A fact is relevant if, in some branch, another value of it alone leads to another conclusion. */
function relevantFacts(search: Search, slots: Slots, branches: Branch[]): Set<string> {
  if (new Set(branches.map((b) => signature(search, b.results))).size < 2) return new Set();
  const filled = search.rules.layout.facts.filter((_, slot) =>
    branches.some((b) => b.slots[slot] !== slots[slot]),
  );
  const relevant = filled.filter((fact) => isRelevant(search, branches, fact));
  // Facts that only together can change anything (each fixed by the others): ask for all of them.
  return new Set(relevant.length > 0 ? relevant : filled);
}

function isRelevant(search: Search, branches: Branch[], fact: string): boolean {
  const slot = search.rules.layout.slotOf(fact);
  return branches.some((branch) => {
    if (search.judged >= search.limits.all) return true;
    const value = branch.slots[slot];
    if (value === UNKNOWN) return false;
    const before = signature(search, branch.results);
    const leadsElsewhere = (other: Value): boolean =>
      explore(search, fill(search, branch, fact, other)).some(
        ({ results }) => signature(search, results) !== before,
      );
    return candidateValues(search.rules, fact, withFact(branch.slots, slot, UNKNOWN)).some(
      (other) => other !== value && leadsElsewhere(other),
    );
  });
}

/** What is concluded, as one comparable text. */
const signature = ({ concluding }: Search, results: SectionResults): string =>
  concluding.map((one) => [...concludedIn(results, one)].sort().join(',')).join('|');
