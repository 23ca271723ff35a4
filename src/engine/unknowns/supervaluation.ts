/**
 * What is settled although facts are unknown: a conclusion is settled if every way of filling the unknown facts that
 * does not contradict itself gives it, whichever rule gives it (supervaluation; van Fraassen 1966).
 *
 * A search: judge with what is known; where a conclusion is still open, fill one unknown fact in every way that can
 * matter and go on. A branch ends as soon as its conclusions no longer depend on what is still unknown.
 */
import type { Section } from '../../rulebook/rule-set.ts';
import { type Slots, UNKNOWN, withFact } from '../facts/values.ts';
import type { CompiledRule, Rules } from '../judge/rules.ts';
import { evaluateSections, type SectionResults } from '../judge/sections.ts';
import { candidateValues } from './candidate-values.ts';

/** The conclusions that `missingFacts` is about; nothing else is searched for. */
const CONCLUDING: readonly Section[] = ['eligibility', 'voucherState', 'claimState', 'outcome', 'remedies'];
/** Beyond this many judgements a branch counts as open: never called settled, only asked for more. */
const LIMIT = 20_000;

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

/** `base`: what stands with the unknown facts left unknown. */
export function supervaluate(rules: Rules, slots: Slots, base: SectionResults): Supervaluation {
  const search: Search = { rules, judged: 0 };
  const branches = explore(search, slots, base);
  const missing = relevantFacts(search, slots, branches);
  return { base, branches: branches.map((b) => b.results), missing };
}

interface Search {
  rules: Rules;
  judged: number;
}

function explore(search: Search, slots: Slots, known?: SectionResults): Branch[] {
  search.judged++;
  const results = known ?? evaluateSections(search.rules, slots);
  if (results.sections.contradictions.holding.length > 0) return [];
  const fact = search.judged < LIMIT ? factToFill(search.rules, results, slots) : undefined;
  if (fact === undefined) {
    return canBeConsistent(search, slots, results) ? [{ slots, results }] : [];
  }
  const slot = search.rules.layout.slotOf(fact);
  const branches: Branch[] = [];
  for (const value of candidateValues(search.rules, fact, slots)) {
    branches.push(...explore(search, withFact(slots, slot, value)));
  }
  return branches;
}

/** Rules that keep a conclusion open; none once every conclusion is determined. */
function openRules(results: SectionResults): readonly CompiledRule[] {
  return CONCLUDING.flatMap((section) => {
    const { open, holding } = results.sections[section];
    if (section === 'eligibility' || section === 'remedies') return open;
    return new Set([...open, ...holding].map((c) => c.rule.concludes)).size > 1 ? open : [];
  });
}

function factToFill(rules: Rules, results: SectionResults, slots: Slots): string | undefined {
  const open = openRules(results);
  if (open.length === 0) return undefined;
  // A rule may wait only for which rule an earlier section took: then that section's rules wait for the facts.
  const anyOpen = CONCLUDING.flatMap((section) => results.sections[section].open);
  return nextFact(rules, results, open, slots) ?? nextFact(rules, results, anyOpen, slots);
}

/** The first unknown fact, in the order to ask, that one of these rules waits for. */
function nextFact(
  rules: Rules,
  results: SectionResults,
  open: readonly CompiledRule[],
  slots: Slots,
): string | undefined {
  const waiting = new Set<string>();
  for (const { leaves } of open) {
    for (const index of leaves) {
      if (results.truths[index] !== 'unknown') continue;
      for (const fact of rules.leaves[index]?.facts ?? [])
        if (slots[rules.layout.slotOf(fact)] === UNKNOWN) waiting.add(fact);
    }
  }
  for (const fact of rules.ruleSet.vocabulary.facts.keys()) if (waiting.has(fact)) return fact;
  return undefined;
}

/** Is there any way of filling the rest in which no contradiction holds? */
function canBeConsistent(search: Search, slots: Slots, results: SectionResults): boolean {
  const { holding, open } = results.sections.contradictions;
  if (holding.length > 0) return false;
  const fact = search.judged < LIMIT ? nextFact(search.rules, results, open, slots) : undefined;
  if (fact === undefined) return true;
  for (const value of candidateValues(search.rules, fact, slots)) {
    search.judged++;
    const next = withFact(slots, search.rules.layout.slotOf(fact), value);
    if (canBeConsistent(search, next, evaluateSections(search.rules, next))) return true;
  }
  return false;
}

/** A fact is relevant if, in some branch, another value of it alone leads to another conclusion. */
function relevantFacts(search: Search, slots: Slots, branches: Branch[]): Set<string> {
  const { facts } = search.rules.layout;
  const filled = facts.filter((_, slot) => branches.some((b) => b.slots[slot] !== slots[slot]));
  const relevant = new Set<string>();
  if (new Set(branches.map((b) => signature(b.results))).size < 2) return relevant;
  for (const fact of filled) {
    if (isRelevant(search, branches, fact)) relevant.add(fact);
  }
  // Facts that only together can change anything (each fixed by the others): ask for all of them.
  return relevant.size > 0 ? relevant : new Set(filled);
}

function isRelevant(search: Search, branches: Branch[], fact: string): boolean {
  const slot = search.rules.layout.slotOf(fact);
  for (const branch of branches) {
    const value = branch.slots[slot];
    if (value === UNKNOWN) continue;
    const before = signature(branch.results);
    const without = withFact(branch.slots, slot, UNKNOWN);
    for (const other of candidateValues(search.rules, fact, without)) {
      if (other === value) continue;
      const branches = explore(search, withFact(without, slot, other));
      if (branches.some(({ results }) => signature(results) !== before)) return true;
    }
  }
  return false;
}

/** What is concluded, as one comparable text. */
function signature(results: SectionResults): string {
  return CONCLUDING.map((section) => {
    const { open, holding } = results.sections[section];
    return [...new Set([...open, ...holding].map((c) => c.rule.concludes))].sort().join(',');
  }).join('|');
}
