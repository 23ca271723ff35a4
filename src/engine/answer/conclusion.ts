/** What a judged case comes to, before any of it is put into words: the fields of the answer are made from this. */
import type { Deadline, InformationRequest, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { SECTION_NAMES, type Section } from '../../rulebook/rule-set.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { factsOfExpression, UNKNOWN, type Value } from '../facts/values.ts';
import { leafAt, type Rules } from '../judge/rules.ts';
import { decisiveIndexes, evaluateSections, knownTruths, type SectionResults } from '../judge/sections.ts';
import type { Supervaluation } from '../unknowns/supervaluation.ts';

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
  assumed: readonly { name: string; label: string; value: Value | undefined }[];
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

/** Rules of a section that hold, or may hold, in some branch. */
const possibleRules = (section: Section, { branches }: Supervaluation): Rule[] => [
  ...new Set(
    branches.flatMap(({ sections }) =>
      [...sections[section].open, ...sections[section].holding].map(({ rule }) => rule),
    ),
  ),
];

/** Of a section that takes the first rule: the rules that may be it, and what they conclude if they all agree. */
function stateView(section: Section, { sections }: Rules, supervaluation: Supervaluation) {
  const possible = new Set(possibleRules(section, supervaluation));
  const rules = sections[section].rules.map(({ rule }) => rule).filter((rule) => possible.has(rule));
  const [concluded = null, ...others] = new Set(rules.map((rule) => rule.concludes));
  const isTaken = supervaluation.branches.every(({ sections }) => sections[section].holding.length > 0);
  return { rules, settled: isTaken && others.length === 0 ? concluded : null };
}

/** Rules of a collecting section that hold in every branch, and those that hold, or may hold, in some. */
function collected(section: Section, supervaluation: Supervaluation) {
  const [first = [], ...others] = supervaluation.branches.map(({ sections }) => sections[section].holding);
  const held = first.filter((one) => others.every((rules) => rules.includes(one))).map(({ rule }) => rule);
  return { held, possible: possibleRules(section, supervaluation).filter((rule) => !held.includes(rule)) };
}

function concluded(rules: Rules, facts: CaseFacts, supervaluation: Supervaluation): Conclusion {
  const { ruleSet } = rules;
  const fallback = ruleSet.vocabulary.whenUnknown;
  const eligibility = collected('eligibility', supervaluation);
  const remedies = collected('remedies', supervaluation);
  const advice = collected('advice', supervaluation).held;
  const assumptions = collected('assumptions', supervaluation).held;
  const outcome = stateView('outcome', rules, supervaluation);
  const voucher = stateView('voucherState', rules, supervaluation);
  const claim = stateView('claimState', rules, supervaluation);
  const hasVoucher = rules.sections.voucherState.rules.length > 0;
  const states = hasVoucher ? [outcome, voucher, claim] : [outcome, claim];
  const isOpen = states.some((view) => view.settled === null) || supervaluation.missing.size > 0;

  const settled = states.filter((view) => view.settled !== null).map((view) => view.rules);
  const guiding = [...settled, ...advice.map((rule) => [rule])];
  const stateRules = states.flatMap((view) => view.rules);
  const deadlineIds = [...stateRules, ...advice].flatMap((rule) => rule.deadlines);
  const deadlines = [...ruleSet.deadlines.values()].filter(({ id }) => deadlineIds.includes(id));
  const information = guiding.flatMap((of) => sharedByAll(of, (rule) => rule.information));
  const amount = stateView('amount', rules, supervaluation);
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

/** Facts that were left out and taken to mean something, and on which the answer rests. */
function assumedFacts(
  rules: Rules,
  { slots, values, isAssumed }: CaseFacts,
  base: SectionResults,
  amountRule: Rule | undefined,
): Conclusion['assumed'] {
  const assumed = new Set(rules.layout.facts.filter(isAssumed));
  const without = evaluateSections(
    rules,
    slots.map((value, slot) => (assumed.has(rules.layout.facts[slot] ?? '') ? UNKNOWN : value)),
    SECTION_NAMES,
    { from: base, facts: assumed },
  );
  const resting = new Set(amountRule?.amount?.yen ? factsOfExpression(amountRule.amount.yen) : []);
  for (const fact of restingOn(rules, base, without)) resting.add(fact);
  return [...rules.ruleSet.vocabulary.facts.values()]
    .filter(({ name }) => isAssumed(name) && resting.has(name))
    .map(({ name, label }) => ({ name, label, value: values.get(name) }));
}

/** The facts of the decisive comparisons of rules that cannot be told without the assumptions. */
function* restingOn(rules: Rules, base: SectionResults, without: SectionResults): Iterable<string> {
  const known = knownTruths(rules, base);
  for (const { section, truths } of Object.values(base.sections)) {
    if (section === 'contradictions' || section === 'assumptions') continue;
    for (const [place, truth] of truths.entries()) {
      const other = without.sections[section].truths[place];
      const compiled = rules.sections[section].rules[place];
      if (other === undefined || other === truth || !compiled) continue;
      for (const index of decisiveIndexes(rules, compiled, known)) yield* leafAt(rules, index).facts;
    }
  }
}
