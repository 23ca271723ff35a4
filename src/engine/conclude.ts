/** All of a decision that does not depend on the value of any fact: only on which comparisons hold. */
import type { InformationRequest, Rule, Section } from '../rulebook/rule-set.ts';
import { answerMissing, Citations, stepDetails } from './answer.ts';
import { assumedFacts } from './assumed.ts';
import type { Cited, Decision, Labelled, NextStep, Reason } from './decision.ts';
import { type Explain, explainer } from './explain.ts';
import type { CaseFacts } from './read-facts.ts';
import type { CompiledRule, Rules } from './rules.ts';
import { type Settlement, settle } from './settle.ts';

export interface Conclusion {
  /** The parts of the answer that are the same for every case of this pattern. */
  said: Pick<
    Decision,
    | 'outcome'
    | 'outcomeLabel'
    | 'categories'
    | 'remedies'
    | 'voucherState'
    | 'claimState'
    | 'nextSteps'
    | 'missingFacts'
    | 'contradictions'
    | 'citations'
    | 'assumptions'
    | 'reasons'
  >;
  /** What has still to be worked out from the case. */
  amount: Rule['amount'];
  /** Ids. */
  deadlines: string[];
  information: InformationRequest[];
  explain: Explain;
}

export async function conclude(program: Rules, facts: CaseFacts): Promise<Conclusion> {
  const settlement = await settle(program, facts.slots);
  return settlement.branches.length === 0
    ? contradictory(program, facts, settlement)
    : concluded(program, facts, settlement);
}

const cited = ({ concludes, label, clauses }: Rule): Cited => ({
  id: concludes,
  label,
  clause: clauses[0] ?? null,
});

/** Nothing else is concluded from facts that contradict each other. */
function contradictory(program: Rules, { isAssumed }: CaseFacts, { base }: Settlement): Conclusion {
  const { ruleSet, sections } = program;
  const { vocabulary } = ruleSet;
  const fallback = vocabulary.whenContradictory;
  const { holding, open } = base.sections.contradictions;
  const rules = (holding.length > 0 ? holding : open).map((c) => c.rule);
  const citations = new Citations(ruleSet);
  for (const rule of rules) citations.add(rule.clauses);
  return {
    said: {
      outcome: fallback.outcome,
      outcomeLabel: vocabulary.outcomes.get(fallback.outcome) ?? fallback.outcome,
      categories: [],
      remedies: [],
      voucherState:
        sections.voucherState.rules.length > 0 ? word(vocabulary.voucherStates, fallback.state) : null,
      claimState: word(vocabulary.claimStates, fallback.state),
      nextSteps: [{ ...word(vocabulary.nextSteps, fallback.nextStep), clause: rules[0]?.clauses[0] ?? null }],
      missingFacts: [],
      contradictions: rules.map((r) => ({ label: r.label, clause: r.clauses[0] ?? null, facts: r.facts })),
      citations: citations.list(),
      assumptions: [],
      reasons: rules.map((rule) => reason(rule, fallback.outcome)),
    },
    amount: null,
    deadlines: [],
    information: [],
    explain: explainer(program, base, isAssumed),
  };
}

const word = (words: Map<string, string>, id: string): Labelled => ({ id, label: words.get(id) ?? id });
const reason = (rule: Rule, concludes: string): Reason => ({
  rule: `${rule.section}/${rule.id}`,
  label: rule.label,
  clause: rule.clauses[0] ?? null,
  concludes,
});

/** A section that takes the first rule: the rules that may be it, and what they conclude if they all agree. */
interface StateView {
  section: Section;
  rules: Rule[];
  settled: string | null;
}

function stateView(section: Section, { branches }: Settlement): StateView {
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
  return { section, rules, settled: concluded.size === 1 && !none ? (only ?? null) : null };
}

/** Rules of a collecting section that hold in every branch, and those that hold in some. */
function collected(section: Section, { branches }: Settlement): { held: Rule[]; possible: Rule[] } {
  const counts = new Map<Rule, number>();
  const possible = new Set<Rule>();
  for (const { sections } of branches) {
    for (const { rule } of sections[section].holding) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    for (const { rule } of [...sections[section].open, ...sections[section].holding]) possible.add(rule);
  }
  const held = [...counts].filter(([, n]) => n === branches.length).map(([rule]) => rule);
  return { held, possible: [...possible].filter((rule) => !held.includes(rule)) };
}

async function concluded(program: Rules, facts: CaseFacts, settlement: Settlement): Promise<Conclusion> {
  const { ruleSet } = program;
  const { vocabulary } = ruleSet;
  const eligibility = collected('eligibility', settlement);
  const remedies = collected('remedies', settlement);
  const advice = collected('advice', settlement).held;
  const assumptions = collected('assumptions', settlement).held;
  const outcome = stateView('outcome', settlement);
  const voucher = stateView('voucherState', settlement);
  const claim = stateView('claimState', settlement);
  const hasVoucher = program.sections.voucherState.rules.length > 0;
  const states = hasVoucher ? [outcome, voucher, claim] : [outcome, claim];
  const isOpen = states.some((view) => view.settled === null) || settlement.missing.size > 0;

  const speaking = [...states.flatMap((view) => (view.settled === null ? [] : view.rules)), ...advice];
  const settledStates = states.filter((view) => view.settled !== null);
  const guiding = [...settledStates.map((view) => view.rules), ...advice.map((rule) => [rule])];
  const deadlineIds = [...states.flatMap((view) => view.rules), ...advice].flatMap((rule) => rule.deadlines);
  const deadlines = [...ruleSet.deadlines.values()].filter((deadline) => deadlineIds.includes(deadline.id));
  const information = guiding.flatMap((rules) => shared(rules, (rule) => rule.information));
  const amountView = stateView('amount', settlement);
  const amountRule =
    outcome.settled !== null && amountView.settled !== null ? amountView.rules[0] : undefined;

  const citations = new Citations(ruleSet);
  for (const rule of [...eligibility.held, ...remedies.held, ...states.flatMap((v) => v.rules), ...advice])
    citations.add(rule.clauses);
  if (isOpen) for (const rule of [...eligibility.possible, ...remedies.possible]) citations.add(rule.clauses);
  if (amountRule) citations.add(amountRule.clauses);
  for (const deadline of deadlines) citations.add(deadline.clauses);
  for (const { list } of information) citations.add(ruleSet.lists.get(list)?.clauses ?? []);
  for (const rule of assumptions) citations.add(rule.clauses);
  citations.add(ruleSet.contact?.clauses ?? []);

  const fallback = vocabulary.whenUnknown;
  return {
    said: {
      outcome: outcome.settled ?? fallback.outcome,
      outcomeLabel: vocabulary.outcomes.get(outcome.settled ?? fallback.outcome) ?? fallback.outcome,
      categories: eligibility.held.map(cited),
      remedies: remedies.held.map((rule) => {
        const brands = ruleSet.brands.items.filter((item) => rule.brands.includes(item.id));
        return brands.length > 0 ? { ...cited(rule), brands } : cited(rule);
      }),
      voucherState: hasVoucher ? word(vocabulary.voucherStates, voucher.settled ?? fallback.state) : null,
      claimState: word(vocabulary.claimStates, claim.settled ?? fallback.state),
      nextSteps: answerSteps(program, guiding, isOpen),
      missingFacts: answerMissing(ruleSet, settlement.missing),
      contradictions: [],
      citations: citations.list(),
      assumptions: [
        ...(await assumedFacts(program, facts, settlement, amountRule)),
        ...assumptions.map((rule) => ({ text: rule.label })),
      ],
      reasons: [...eligibility.held, ...remedies.held, ...speaking, ...(amountRule ? [amountRule] : [])].map(
        (rule) => reason(rule, rule.concludes),
      ),
    },
    amount: amountRule?.amount ?? null,
    deadlines: deadlines.map(({ id }) => id),
    information,
    explain: explainer(program, settlement.base, facts.isAssumed),
  };
}

/** What every one of these rules says: more than one only where different rules lead to the same state. */
function shared<T>(rules: Rule[], pick: (rule: Rule) => T[]): T[] {
  const [first, ...rest] = rules;
  if (!first) return [];
  const same = (a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);
  return pick(first).filter((item) => rest.every((rule) => pick(rule).some((other) => same(item, other))));
}

/** In the vocabulary's order, each with the clause of the first rule that names it. */
function answerSteps({ ruleSet }: Rules, guiding: Rule[][], isOpen: boolean): NextStep[] {
  const clauses = new Map<string, string | null>();
  for (const rules of guiding) {
    for (const step of shared(rules, (rule) => rule.nextSteps)) {
      if (!clauses.has(step)) clauses.set(step, rules[0]?.clauses[0] ?? null);
    }
  }
  const { vocabulary } = ruleSet;
  if (isOpen) clauses.set(vocabulary.whenUnknown.nextStep, null);
  return [...vocabulary.nextSteps].flatMap(([id, label]) => {
    const clause = clauses.get(id);
    return clause === undefined ? [] : [{ id, label, clause, ...stepDetails(ruleSet, id) }];
  });
}
