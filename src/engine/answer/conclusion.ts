/** What a judged case comes to, before any of it is put into words: the fields of the answer are made from this. */
import type { Deadline, InformationRequest, Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import type { CompiledRule, Rules } from '../judge/rules.ts';
import type { Supervaluation } from '../unknowns/supervaluation.ts';
import { type AssumedFact, assumedFacts } from './assumed.ts';

export interface Conclusion {
  ruleSet: RuleSet;
  /** The rules that the facts contradict each other by; nothing else is concluded then. */
  contradicting: readonly Rule[];
  outcome: string;
  /** null where the rule set has no vouchers. */
  voucherState: string | null;
  claimState: string;
  categories: readonly Rule[];
  remedies: readonly Rule[];
  amount: Rule['amount'];
  /** Each with the clause that names it. */
  nextSteps: ReadonlyMap<string, string | null>;
  deadlines: readonly Deadline[];
  information: readonly InformationRequest[];
  /** Facts that can still change a conclusion. */
  missing: ReadonlySet<string>;
  /** Facts that were left out and taken to mean something, and on which this rests. */
  assumed: readonly AssumedFact[];
  /** Readings of the notice that were followed. */
  assumptions: readonly Rule[];
  reasons: readonly { rule: Rule; concludes: string }[];
  /** Clauses, each perhaps more than once, in no order. */
  cited: readonly string[];
}

export function conclude(rules: Rules, facts: CaseFacts, supervaluation: Supervaluation): Conclusion {
  return supervaluation.branches.length === 0
    ? contradictory(rules, supervaluation)
    : concluded(rules, facts, supervaluation);
}

/** Nothing else is concluded from facts that contradict each other. */
function contradictory({ ruleSet, sections }: Rules, { base }: Supervaluation): Conclusion {
  const fallback = ruleSet.vocabulary.whenContradictory;
  const { holding, open } = base.sections.contradictions;
  const contradicting = (holding.length > 0 ? holding : open).map(({ rule }) => rule);
  return {
    ruleSet,
    contradicting,
    outcome: fallback.outcome,
    voucherState: sections.voucherState.rules.length > 0 ? fallback.state : null,
    claimState: fallback.state,
    categories: [],
    remedies: [],
    amount: null,
    nextSteps: new Map([[fallback.nextStep, contradicting[0]?.clauses[0] ?? null]]),
    deadlines: [],
    information: [],
    missing: new Set(),
    assumed: [],
    assumptions: [],
    reasons: contradicting.map((rule) => ({ rule, concludes: fallback.outcome })),
    cited: contradicting.flatMap(({ clauses }) => clauses),
  };
}

/** A section that takes the first rule: the rules that may be it, and what they conclude if they all agree. */
interface StateView {
  rules: readonly Rule[];
  settled: string | null;
}

function stateView(section: Section, { branches }: Supervaluation): StateView {
  const candidates = new Set<CompiledRule>();
  let none = false;
  for (const { sections } of branches) {
    const { open, holding } = sections[section];
    for (const c of [...open, ...holding]) candidates.add(c);
    none ||= holding.length === 0;
  }
  const rules = [...candidates].map((c) => c.rule).sort((a, b) => a.position.line - b.position.line);
  const concluded = new Set(rules.map((r) => r.concludes));
  const [only] = concluded;
  return { rules, settled: concluded.size === 1 && !none ? (only ?? null) : null };
}

/** Rules of a collecting section that hold in every branch, and those that hold in some. */
function collected(section: Section, { branches }: Supervaluation): { held: Rule[]; possible: Rule[] } {
  const counts = new Map<Rule, number>();
  const possible = new Set<Rule>();
  for (const { sections } of branches) {
    for (const { rule } of sections[section].holding) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    for (const { rule } of [...sections[section].open, ...sections[section].holding]) possible.add(rule);
  }
  const held = [...counts].filter(([, n]) => n === branches.length).map(([rule]) => rule);
  return { held, possible: [...possible].filter((rule) => !held.includes(rule)) };
}

function concluded(rules: Rules, facts: CaseFacts, supervaluation: Supervaluation): Conclusion {
  const { ruleSet } = rules;
  const fallback = ruleSet.vocabulary.whenUnknown;
  const eligibility = collected('eligibility', supervaluation);
  const remedies = collected('remedies', supervaluation);
  const advice = collected('advice', supervaluation).held;
  const assumptions = collected('assumptions', supervaluation).held;
  const outcome = stateView('outcome', supervaluation);
  const voucher = stateView('voucherState', supervaluation);
  const claim = stateView('claimState', supervaluation);
  const hasVoucher = rules.sections.voucherState.rules.length > 0;
  const states = hasVoucher ? [outcome, voucher, claim] : [outcome, claim];
  const isOpen = states.some((view) => view.settled === null) || supervaluation.missing.size > 0;

  const settled = states.filter((view) => view.settled !== null).map((view) => view.rules);
  const guiding = [...settled, ...advice.map((rule) => [rule])];
  const stateRules = states.flatMap((view) => view.rules);
  const deadlineIds = [...stateRules, ...advice].flatMap((rule) => rule.deadlines);
  const deadlines = [...ruleSet.deadlines.values()].filter(({ id }) => deadlineIds.includes(id));
  const information = guiding.flatMap((of) => sharedByAll(of, (rule) => rule.information));
  const amount = stateView('amount', supervaluation);
  const amountRules = outcome.settled !== null && amount.settled !== null ? amount.rules.slice(0, 1) : [];

  const nextSteps = guidedSteps(guiding);
  if (isOpen) nextSteps.set(fallback.nextStep, null);
  const possible = isOpen ? [...eligibility.possible, ...remedies.possible] : [];
  const citing = [
    ...[...eligibility.held, ...remedies.held, ...stateRules, ...advice],
    ...[...possible, ...amountRules, ...deadlines, ...assumptions],
  ];
  const lists = information.flatMap(({ list }) => ruleSet.lists.get(list) ?? []);
  const speaking = [...eligibility.held, ...remedies.held, ...settled.flat(), ...advice, ...amountRules];
  return {
    ruleSet,
    contradicting: [],
    outcome: outcome.settled ?? fallback.outcome,
    voucherState: hasVoucher ? (voucher.settled ?? fallback.state) : null,
    claimState: claim.settled ?? fallback.state,
    categories: eligibility.held,
    remedies: remedies.held,
    amount: amountRules[0]?.amount ?? null,
    nextSteps,
    deadlines,
    information,
    missing: supervaluation.missing,
    assumed: assumedFacts(rules, facts, supervaluation.base, amountRules[0]),
    assumptions,
    reasons: speaking.map((rule) => ({ rule, concludes: rule.concludes })),
    cited: [...citing, ...lists, ...(ruleSet.contact ? [ruleSet.contact] : [])].flatMap(
      ({ clauses }) => clauses,
    ),
  };
}

/** Each with the clause of the first rule that names it. */
function guidedSteps(guiding: readonly (readonly Rule[])[]): Map<string, string | null> {
  const clauses = new Map<string, string | null>();
  for (const rules of guiding) {
    for (const step of sharedByAll(rules, (rule) => rule.nextSteps))
      if (!clauses.has(step)) clauses.set(step, rules[0]?.clauses[0] ?? null);
  }
  return clauses;
}

/** What every one of these rules says: more than one rule only where different ones lead to the same state. */
function sharedByAll<T>(rules: readonly Rule[], pick: (rule: Rule) => T[]): T[] {
  const [first, ...rest] = rules;
  if (!first) return [];
  const same = (a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);
  return pick(first).filter((item) => rest.every((rule) => pick(rule).some((other) => same(item, other))));
}
