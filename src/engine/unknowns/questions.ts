/**
 * What to ask next: the facts whose other value could still change what a person is told, whether they were left out or assumed.
 *
 * A decision diagram (Bryant 1986): the facts in the order in which they would be asked, each only where its values lead to
 * different answers. It is kept for the next cases. Fillings in which facts contradict each other are not left out of it:
 * at worst it asks what turns out to make no difference.
 */
import { SECTION_NAMES } from '../../rulebook/rule-set.ts';
import { NONE, type Slots, UNKNOWN, type Value, withFact } from '../facts/values.ts';
import type { CompiledRule, Rules } from '../judge/rules.ts';
import { evaluateSections, type SectionResults } from '../judge/sections.ts';
import { candidateValues } from './candidate-values.ts';
import { createResidues, type Residue } from './residue.ts';
import { compileTold, TELLING } from './told.ts';

/** Beyond so many judgements for one case, whatever may matter counts as what does. */
const LIMIT = 2_000;
/** Where facts stay unknown, less is told, and more is left to look through. */
const LIMIT_UNTOLD = 500;
/** A larger diagram is begun anew. */
const NODES_KEPT = 20_000;

interface Node {
  id: number;
  /** Asked there: one where its values lead on, any number at an end. */
  facts: readonly string[];
  next: readonly Node[];
}

export type QuestionDiagram = ReturnType<typeof createQuestionDiagram>;

export function createQuestionDiagram(rules: Rules) {
  const { layout } = rules;
  const told = compileTold(rules.ruleSet);
  const residues = createResidues(rules, TELLING);
  const slotsRead = [...told.factsEverRead].map(layout.slotOf);
  const nodes = new Map<string, Node>();
  /** By what is left of the rules. */
  const nodeOf = new Map<string, Node>();
  /** Values to try of a fact that is compared with what the rule file says. */
  const valuesOf = new Map<string, readonly Value[]>();

  /** The one node that says this. */
  function nodeSaying(text: string, facts: readonly string[], next: readonly Node[]): Node {
    const before = nodes.get(text);
    if (before) return before;
    const node = { id: nodes.size, facts, next };
    nodes.set(text, node);
    return node;
  }

  /** One for each way in which a fact can matter to what is left. */
  function valuesToTry(fact: string, slots: Slots, { leaves }: Residue): readonly Value[] {
    const reading = [...new Set(leaves)].filter((index) => rules.leaves[index]?.facts.includes(fact));
    const among = reading.flatMap((index) => rules.leaves[index] ?? []);
    if (among.some(({ isMixed }) => isMixed)) return candidateValues(rules, fact, slots, among);
    const key = `${fact} ${reading.join()}`;
    const values = valuesOf.get(key) ?? candidateValues(rules, fact, slots, among);
    valuesOf.set(key, values);
    return values;
  }

  /** Of the facts that the first open rule waits for, the first in the order to ask. */
  function factToAsk(
    open: readonly CompiledRule[],
    slots: Slots,
    residue: Residue,
    kept: ReadonlySet<string>,
  ): string | undefined {
    for (const rule of open) {
      const waiting = [...residue.leavesOf(rule)].flatMap((index) => rules.leaves[index]?.facts ?? []);
      const [fact] = askable(slots, kept, waiting);
      if (fact !== undefined) return fact;
    }
    return undefined;
  }

  /** What of a case matters beside what is left of the rules: values that are yet to be told, and who cannot tell. */
  function unsaid(slots: Slots, { leaves }: Residue, kept: ReadonlySet<string>): string {
    const unread = slotsRead.filter((slot) => slots[slot] === UNKNOWN).join();
    if (kept.size === 0) return unread;
    const reading = new Set(leaves.flatMap((index) => rules.leaves[index]?.facts ?? []));
    return `${unread} ${[...kept].filter((fact) => reading.has(fact) || told.factsEverRead.has(fact)).join()}`;
  }

  /** In the order of the vocabulary. */
  function askable(slots: Slots, kept: ReadonlySet<string>, among: Iterable<string>): string[] {
    const wanted = new Set(among);
    return layout.facts.filter(
      (fact, slot) => wanted.has(fact) && slots[slot] === UNKNOWN && !kept.has(fact),
    );
  }

  /** `budget.left`: judgements. */
  function explore(
    slots: Slots,
    results: SectionResults,
    kept: ReadonlySet<string>,
    budget: { left: number },
  ): Node {
    budget.left -= 1;
    const open = told.openRules(results);
    if (open.length === 0) return end(slots, results, kept);
    const residue = residues.of(slots, results);
    const key = `${residue.text}${unsaid(slots, residue, kept)}`;
    const before = nodeOf.get(key);
    if (before) return before;
    // A rule may wait only for which rule an earlier section took, of rules that all say the same.
    const fact =
      factToAsk(open, slots, residue, kept) ??
      factToAsk(
        TELLING.flatMap((section) => results.sections[section].open),
        slots,
        residue,
        kept,
      );
    if (fact === undefined) return end(slots, results, kept);
    if (budget.left <= 0) {
      const reading = residue.leaves.flatMap((index) => rules.leaves[index]?.facts ?? []);
      return { id: -1, facts: [fact, ...askable(slots, kept, reading)], next: [] };
    }
    const slot = layout.slotOf(fact);
    const change = { from: results, facts: new Set([fact]) };
    const next = new Map<string, Node>();
    for (const value of valuesToTry(fact, slots, residue)) {
      const filled = withFact(slots, slot, value);
      const judged = evaluateSections(rules, filled, SECTION_NAMES, change);
      next.set(textOf(value), explore(filled, judged, kept, budget));
    }
    const [only, ...others] = new Set(next.values());
    const text = [...next].map(([value, { id }]) => `${value}:${id}`).join();
    if (only && others.length === 0) return remember(key, only, budget);
    if (budget.left <= 0) return { id: -1, facts: [fact], next: [...next.values()] };
    return remember(key, nodeSaying(`${fact} ${text}`, [fact], [...new Set(next.values())]), budget);
  }

  /** Not what was broken off. */
  function remember(key: string, node: Node, budget: { left: number }): Node {
    if (budget.left > 0) nodeOf.set(key, node);
    return node;
  }

  function end(slots: Slots, results: SectionResults, kept: ReadonlySet<string>): Node {
    const facts = askable(slots, kept, told.factsRead(results));
    return nodeSaying(`${told.text(results)} ${facts.join()}`, facts, []);
  }

  return {
    /** Facts whose values some rule tells, if not what it concludes: how much, by when, what is lacking. */
    factsTold: told.factsEverRead,
    /**
     * Facts in the order to ask: only the first is sure to be asked of everybody. `slots`: facts that were assumed are unknown
     * there. `kept`: unknown facts that are not to be asked.
     */
    factsToAsk(slots: Slots, kept: ReadonlySet<string>): string[] {
      if (nodes.size > NODES_KEPT) for (const each of [nodes, nodeOf, residues]) each.clear();
      const results = evaluateSections(rules, slots, SECTION_NAMES);
      const budget = { left: kept.size === 0 ? LIMIT : LIMIT_UNTOLD };
      const reached = new Set([explore(slots, results, kept, budget)]);
      const facts = new Set<string>();
      for (const node of reached) {
        for (const fact of node.facts) facts.add(fact);
        for (const next of node.next) reached.add(next);
      }
      return [...facts];
    },
    get size(): number {
      return nodes.size;
    },
  };
}

const textOf = (value: Value): string => {
  if (value === NONE) return 'none';
  return value instanceof Set ? [...value].sort().join(' ') : JSON.stringify(value);
};
