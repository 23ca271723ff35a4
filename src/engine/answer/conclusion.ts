/** What a judged case comes to, before any of it is put into words: the fields of the answer are made from this. */
import {
  type Claim,
  type Deadline,
  type InformationRequest,
  type Rule,
  type RuleSet,
  YEN,
} from '../../rulebook/rule-set.ts';
import { type Section, sectionNamed, sectionsOfKind } from '../../rulebook/sections.ts';
import type { CaseFacts } from '../facts/read-facts.ts';
import { factsOfExpression, UNKNOWN, type Value } from '../facts/values.ts';
import { leafAt, ofSection, type Rules } from '../judge/rules.ts';
import { decisiveIndexes, evaluateSections, knownTruths, type SectionResults } from '../judge/sections.ts';
import type { Supervaluation } from '../unknowns/supervaluation.ts';

export interface Conclusion {
  ruleSet: RuleSet;
  /** The rules that the facts contradict each other by; nothing else is concluded then. */
  contradicting: readonly Rule[];
  outcome: string;
  /** The states and the claims that the rule set declares, in its order. */
  states: readonly { section: Section; id: string }[];
  claims: readonly ClaimConclusion[];
  categories: readonly Rule[];
  remedies: readonly Rule[];
  /** The amounts that apply: that of the whole, or those of remedies. */
  amounts: readonly Rule[];
  /** Remedies whose yen cannot be told yet, nor then the whole; null: of the whole. */
  openAmounts: readonly (string | null)[];
  /** Each with the clause that names it. */
  nextSteps: ReadonlyMap<string, string | null>;
  deadlines: readonly Deadline[];
  information: readonly InformationRequest[];
  /** Facts that can still change a conclusion. */
  missing: ReadonlySet<string>;
  /** Facts that were left out and taken to mean something, and on which this rests. */
  assumed: readonly { name: string; label: string; value: Value | undefined }[];
  /** Facts that were given, but do not say what is meant. */
  unclear: readonly { name: string; label: string }[];
  /** Readings of the notice that were followed. */
  assumptions: readonly Rule[];
  reasons: readonly { rule: Rule; concludes: string }[];
  /** Clauses, each perhaps more than once, in no order. */
  cited: readonly string[];
}

export interface ClaimConclusion {
  claim: Claim;
  section: Section;
  state: string;
  nextSteps: readonly string[];
  deadlines: readonly Deadline[];
  information: readonly InformationRequest[];
}

export function conclude(rules: Rules, facts: CaseFacts, supervaluation: Supervaluation): Conclusion {
  return supervaluation.branches.length === 0
    ? contradictory(rules, facts, supervaluation)
    : concluded(rules, facts, supervaluation);
}

/** Nothing else is concluded from facts that contradict each other. */
function contradictory(rules: Rules, facts: CaseFacts, { base }: Supervaluation): Conclusion {
  const { ruleSet } = rules;
  const fallback = ruleSet.vocabulary.whenContradictory;
  const { holding, open } = ofSection(base.sections, 'contradictions');
  const contradicting = (holding.length > 0 ? holding : open).map(({ rule }) => rule);
  return {
    ruleSet,
    contradicting,
    outcome: fallback.outcome,
    states: sectionsOfKind(ruleSet, 'state').map((section) => ({ section, id: fallback.state })),
    claims: claimsOf(ruleSet).map((of) => ({ ...of, ...NO_GUIDANCE, state: fallback.state })),
    categories: [],
    remedies: [],
    amounts: [],
    openAmounts: [],
    nextSteps: new Map([[fallback.nextStep, contradicting[0]?.clauses[0] ?? null]]),
    deadlines: [],
    information: [],
    missing: new Set(),
    ...{ assumed: [], unclear: unclearFacts(rules, facts) },
    assumptions: [],
    reasons: contradicting.map((rule) => ({ rule, concludes: fallback.outcome })),
    cited: contradicting.flatMap(({ clauses }) => clauses),
  };
}

/** Rules of a section that hold, or may hold, in some branch. */
const possibleRules = (section: string, { branches }: Supervaluation): Rule[] => [
  ...new Set(
    branches.flatMap(({ sections }) => {
      const { open, holding } = ofSection(sections, section);
      return [...open, ...holding].map(({ rule }) => rule);
    }),
  ),
];

/** Of a section that takes the first rule: the rules that may be it, and what they conclude if they all agree. */
function stateView(section: string, { sections }: Rules, supervaluation: Supervaluation) {
  const possible = new Set(possibleRules(section, supervaluation));
  const rules = ofSection(sections, section)
    .rules.map(({ rule }) => rule)
    .filter((rule) => possible.has(rule));
  const [concluded = null, ...others] = new Set(rules.map((rule) => rule.concludes));
  const isTaken = supervaluation.branches.every(
    ({ sections }) => ofSection(sections, section).holding.length > 0,
  );
  return { rules, settled: isTaken && others.length === 0 ? concluded : null };
}

/** Rules of a collecting section that hold in every branch, and those that hold, or may hold, in some. */
function collected(section: string, supervaluation: Supervaluation) {
  const [first = [], ...others] = supervaluation.branches.map(
    ({ sections }) => ofSection(sections, section).holding,
  );
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
  const viewOf = ({ name }: Section) => stateView(name, rules, supervaluation);
  const ofStates = sectionsOfKind(ruleSet, 'state').map((section) => ({ section, view: viewOf(section) }));
  const ofClaims = claimsOf(ruleSet).map((of) => ({ ...of, view: viewOf(of.section) }));
  const states = [outcome, ...[...ofStates, ...ofClaims].map(({ view }) => view)];
  const isOpen = states.some((view) => view.settled === null) || supervaluation.missing.size > 0;

  const settled = states.filter((view) => view.settled !== null).map((view) => view.rules);
  const guiding = [...settled, ...advice.map((rule) => [rule])];
  const stateRules = states.flatMap((view) => view.rules);
  const deadlines = deadlinesOf([...stateRules, ...advice], ruleSet);
  const information = guiding.flatMap((of) => sharedByAll(of, (rule) => rule.information));
  const amounts = sectionsOfKind(ruleSet, 'amount').map((section) => ({ section, view: viewOf(section) }));
  /** Who gets a remedy has its amount, also where no rule says it. */
  const isGranted = ({ remedy }: Section): boolean =>
    remedies.held.some(({ concludes }) => concludes === remedy);
  const rulesOf = ({ name }: Section): Rule[] =>
    ofSection(rules.sections, name).rules.map(({ rule }) => rule);
  const amountRules =
    outcome.settled === null
      ? []
      : amounts.flatMap(({ view }) => (view.settled === null ? [] : view.rules.slice(0, 1)));

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
    states: ofStates.map(({ section, view }) => ({ section, id: view.settled ?? fallback.state })),
    claims: ofClaims.map(({ claim, section, view: { rules: of, settled } }) => ({
      ...{ claim, section, state: settled ?? fallback.state, deadlines: deadlinesOf(of, ruleSet) },
      nextSteps: settled === null ? [] : sharedByAll(of, (rule) => rule.nextSteps),
      information: settled === null ? [] : sharedByAll(of, (rule) => rule.information),
    })),
    categories: eligibility.held,
    remedies: remedies.held,
    amounts: amountRules,
    openAmounts: amounts.flatMap(({ section, view: { settled, rules: of } }) =>
      settled === null && (isMoneyOf(of) || (isGranted(section) && isMoneyOf(rulesOf(section))))
        ? section.remedy
        : [],
    ),
    nextSteps,
    deadlines,
    information,
    missing: supervaluation.missing,
    assumed: assumedFacts(rules, facts, supervaluation.base, amountRules),
    unclear: unclearFacts(rules, facts),
    assumptions,
    reasons: speaking.map((rule) => ({ rule, concludes: rule.concludes })),
    cited: [...citing, ...lists, ...(ruleSet.contact ? [ruleSet.contact] : [])].flatMap(
      ({ clauses }) => clauses,
    ),
  };
}

const isMoneyOf = (rules: readonly Rule[]): boolean => rules.some(({ amount }) => amount?.unit === YEN);

const claimsOf = (ruleSet: RuleSet): { claim: Claim; section: Section }[] =>
  ruleSet.claims.map((claim) => ({ claim, section: sectionNamed(ruleSet, claim.section) }));

const NO_GUIDANCE = { nextSteps: [], deadlines: [], information: [] };

/** Those that any of the rules shows, in the order of the file. */
function deadlinesOf(rules: readonly Rule[], ruleSet: RuleSet): Deadline[] {
  const ids = rules.flatMap((rule) => rule.deadlines);
  return [...ruleSet.deadlines.values()].filter(({ id }) => ids.includes(id));
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

const unclearFacts = ({ ruleSet }: Rules, { isUnclear }: CaseFacts): Conclusion['unclear'] =>
  [...ruleSet.vocabulary.facts.values()].filter(({ name }) => isUnclear(name));

/** Facts that were left out and taken to mean something, and on which the answer rests. */
function assumedFacts(
  rules: Rules,
  { slots, values, isAssumed }: CaseFacts,
  base: SectionResults,
  amountRules: readonly Rule[],
): Conclusion['assumed'] {
  const assumed = new Set(rules.layout.facts.filter(isAssumed));
  const without = evaluateSections(
    rules,
    slots.map((value, slot) => (assumed.has(rules.layout.facts[slot] ?? '') ? UNKNOWN : value)),
    rules.sections.values(),
    { from: base, facts: assumed },
  );
  const resting = new Set(
    amountRules.flatMap(({ amount }) => (amount?.value ? factsOfExpression(amount.value) : [])),
  );
  for (const fact of restingOn(rules, base, without)) resting.add(fact);
  return [...rules.ruleSet.vocabulary.facts.values()]
    .filter(({ name }) => isAssumed(name) && resting.has(name))
    .map(({ name, label }) => ({ name, label, value: values.get(name) }));
}

/** The facts of the decisive comparisons of rules that cannot be told without the assumptions. */
function* restingOn(rules: Rules, base: SectionResults, without: SectionResults): Iterable<string> {
  const known = knownTruths(rules, base);
  for (const { section, truths } of base.sections.values()) {
    if (section === 'contradictions' || section === 'assumptions') continue;
    for (const [place, truth] of truths.entries()) {
      const other = ofSection(without.sections, section).truths[place];
      const compiled = ofSection(rules.sections, section).rules[place];
      if (other === undefined || other === truth || !compiled) continue;
      for (const index of decisiveIndexes(rules, compiled, known)) yield* leafAt(rules, index).facts;
    }
  }
}
