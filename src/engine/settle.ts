/**
 * What is settled although facts are unknown: a conclusion is settled if every way of filling the unknown facts that
 * does not contradict itself gives it, whichever rule gives it (supervaluation; van Fraassen 1966).
 *
 * A search: judge with what is known; where a conclusion is still open, fill one unknown fact in every way that can
 * matter and go on. A branch ends as soon as its conclusions no longer depend on what is still unknown.
 */
import type { Section } from '../rulebook/rule-set.ts';
import { fillingsOf } from './fillings.ts';
import { judge, type Standing } from './judge.ts';
import type { CompiledRule, Rules } from './rules.ts';
import { type Slots, withFact } from './slots.ts';
import { UNKNOWN } from './values.ts';

/** The conclusions that `missingFacts` is about; nothing else is searched for. */
const CONCLUDING: readonly Section[] = ['eligibility', 'voucherState', 'claimState', 'outcome', 'remedies'];
/** Beyond this many judgements a branch counts as open: never called settled, only asked for more. */
const LIMIT = 20_000;

/** One way, or many at once, of filling the unknown facts: what was filled, and what then stands. */
interface Branch {
  slots: Slots;
  standing: Standing;
}

export interface Settlement {
  /** What stands with the unknown facts left unknown. */
  base: Standing;
  /** What stands in each branch. Empty where every filling contradicts itself. */
  branches: Standing[];
  /** Unknown facts that can still change a conclusion. */
  missing: Set<string>;
}

export async function settle(rules: Rules, slots: Slots): Promise<Settlement> {
  const search: Search = { rules, judged: 0 };
  const base = await judge(rules, slots);
  const branches = await explore(search, slots, base);
  const missing = await relevantFacts(search, slots, branches);
  return { base, branches: branches.map((b) => b.standing), missing };
}

interface Search {
  rules: Rules;
  judged: number;
}

async function explore(search: Search, slots: Slots, known?: Standing): Promise<Branch[]> {
  search.judged++;
  const standing = known ?? (await judge(search.rules, slots));
  if (standing.sections.contradictions.holding.length > 0) return [];
  const fact = search.judged < LIMIT ? factToFill(search.rules, standing, slots) : undefined;
  if (fact === undefined) {
    return (await canBeConsistent(search, slots, standing)) ? [{ slots, standing }] : [];
  }
  const slot = search.rules.layout.slotOf(fact);
  const branches: Branch[] = [];
  for (const value of fillingsOf(search.rules, fact, slots)) {
    branches.push(...(await explore(search, withFact(slots, slot, value))));
  }
  return branches;
}

/** Rules that keep a conclusion open; none once every conclusion is determined. */
function openRules(standing: Standing): readonly CompiledRule[] {
  return CONCLUDING.flatMap((section) => {
    const { open, holding } = standing.sections[section];
    if (section === 'eligibility' || section === 'remedies') return open;
    return new Set([...open, ...holding].map((c) => c.rule.concludes)).size > 1 ? open : [];
  });
}

function factToFill(rules: Rules, standing: Standing, slots: Slots): string | undefined {
  const open = openRules(standing);
  if (open.length === 0) return undefined;
  // A rule may wait only for which rule an earlier section took: then that section's rules wait for the facts.
  const anyOpen = CONCLUDING.flatMap((section) => standing.sections[section].open);
  return nextFact(rules, standing, open, slots) ?? nextFact(rules, standing, anyOpen, slots);
}

/** The first unknown fact, in the order to ask, that one of these rules waits for. */
function nextFact(
  rules: Rules,
  standing: Standing,
  open: readonly CompiledRule[],
  slots: Slots,
): string | undefined {
  const waiting = new Set<string>();
  for (const { leaves } of open) {
    for (const index of leaves) {
      if (standing.truths[index] !== 'unknown') continue;
      for (const fact of rules.leaves[index]?.facts ?? [])
        if (slots[rules.layout.slotOf(fact)] === UNKNOWN) waiting.add(fact);
    }
  }
  for (const fact of rules.ruleSet.vocabulary.facts.keys()) if (waiting.has(fact)) return fact;
  return undefined;
}

/** Is there any way of filling the rest in which no contradiction holds? */
async function canBeConsistent(search: Search, slots: Slots, standing: Standing): Promise<boolean> {
  const { holding, open } = standing.sections.contradictions;
  if (holding.length > 0) return false;
  const fact = search.judged < LIMIT ? nextFact(search.rules, standing, open, slots) : undefined;
  if (fact === undefined) return true;
  for (const value of fillingsOf(search.rules, fact, slots)) {
    search.judged++;
    const next = withFact(slots, search.rules.layout.slotOf(fact), value);
    if (await canBeConsistent(search, next, await judge(search.rules, next))) return true;
  }
  return false;
}

/** A fact is relevant if, in some branch, another value of it alone leads to another conclusion. */
async function relevantFacts(search: Search, slots: Slots, branches: Branch[]): Promise<Set<string>> {
  const { facts } = search.rules.layout;
  const filled = facts.filter((_, slot) => branches.some((b) => b.slots[slot] !== slots[slot]));
  const relevant = new Set<string>();
  if (new Set(branches.map((b) => signature(b.standing))).size < 2) return relevant;
  for (const fact of filled) {
    if (await isRelevant(search, branches, fact)) relevant.add(fact);
  }
  // Facts that only together can change anything (each fixed by the others): ask for all of them.
  return relevant.size > 0 ? relevant : new Set(filled);
}

async function isRelevant(search: Search, branches: Branch[], fact: string): Promise<boolean> {
  const slot = search.rules.layout.slotOf(fact);
  for (const branch of branches) {
    const value = branch.slots[slot];
    if (value === UNKNOWN) continue;
    const before = signature(branch.standing);
    const without = withFact(branch.slots, slot, UNKNOWN);
    for (const other of fillingsOf(search.rules, fact, without)) {
      if (other === value) continue;
      const branches = await explore(search, withFact(without, slot, other));
      if (branches.some(({ standing }) => signature(standing) !== before)) return true;
    }
  }
  return false;
}

/** What is concluded, as one comparable text. */
function signature(standing: Standing): string {
  return CONCLUDING.map((section) => {
    const { open, holding } = standing.sections[section];
    return [...new Set([...open, ...holding].map((c) => c.rule.concludes))].sort().join(',');
  }).join('|');
}
