/** An answer in the words of a cases file, and where it is not what a case expects. */
import type { Decision } from '../../engine/answer/fields.ts';
import type { Lang } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Expectation } from './cases-file.ts';

/** All that a case can expect of an answer. Lists of ids are sorted. */
export interface AnswerSummary {
  outcome: string;
  categories: string[];
  remedies: string[];
  /** By remedy; only of those that offer any. */
  brands: Record<string, string[]>;
  amount: Decision['amount'];
  voucherState: string | null;
  claimState: string;
  nextSteps: string[];
  deadlines: string[];
  /** By deadline. */
  deadlineTexts: Record<string, string>;
  requiredInformation: string[];
  missingFacts: string[];
  contact: { openNow: boolean | null; nextOpenAt: string | null; tel: string; hours: string } | null;
  /** Ids of the rules; facts that were taken for granted are not among them. */
  assumptions: string[];
  clauses: string[];
}

export interface UnmetExpectation {
  field: string;
  expected: Record<Lang, string>;
  actual: Record<Lang, string>;
}

export function summaryOf(decision: Decision, { rules }: RuleSet): AnswerSummary {
  const { contact, remedies, deadlines } = decision;
  const assumed = new Set(decision.assumptions.flatMap(({ fact, text }) => (fact ? [] : [text])));
  return {
    outcome: decision.outcome,
    categories: ids(decision.categories),
    remedies: ids(remedies),
    brands: Object.fromEntries(remedies.flatMap(({ id, brands }) => (brands ? [[id, ids(brands)]] : []))),
    amount: decision.amount,
    voucherState: decision.voucherState?.id ?? null,
    claimState: decision.claimState.id,
    nextSteps: ids(decision.nextSteps),
    deadlines: ids(deadlines),
    deadlineTexts: Object.fromEntries(deadlines.map(({ id, text }) => [id, text])),
    requiredInformation: ids(decision.requiredInformation),
    missingFacts: decision.missingFacts.map(({ fact }) => fact).sort(),
    contact: contact && {
      openNow: contact.openNow,
      nextOpenAt: contact.nextOpenAt,
      tel: contact.tel,
      hours: contact.hours,
    },
    assumptions: rules
      .filter(({ section, label }) => section === 'assumptions' && assumed.has(label))
      .map(({ id }) => id)
      .sort(),
    clauses: decision.citations.map(({ clause }) => clause),
  };
}

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort();

export function unmetExpectations(expected: Expectation, said: AnswerSummary): UnmetExpectation[] {
  const differences: UnmetExpectation[] = [];
  const equal = (field: string, want: unknown, got: unknown) => {
    if (want === undefined || JSON.stringify(want) === JSON.stringify(got)) return;
    differences.push({ field, expected: show(want), actual: show(got) });
  };
  const sameSet = (field: string, want: string[] | undefined, got: string[]) => {
    if (want) equal(field, [...new Set(want)].sort(), got);
  };
  const includes = (field: string, want: string[] | undefined, got: string[]) => {
    const lacking = want?.filter((id) => !got.includes(id)) ?? [];
    if (lacking.length === 0) return;
    const { ja, en } = show(lacking);
    differences.push({ field, expected: { ja: `${ja} を含む`, en: `including ${en}` }, actual: show(got) });
  };

  equal('outcome', expected.outcome, said.outcome);
  sameSet('categories', expected.categories, said.categories);
  sameSet('remedies', expected.remedies, said.remedies);
  for (const [remedy, want] of Object.entries(expected.brands ?? {}))
    sameSet(`brands.${remedy}`, want, said.brands[remedy] ?? []);
  equal('amount', expected.amount, said.amount);
  equal('voucherState', expected.voucherState, said.voucherState);
  equal('claimState', expected.claimState, said.claimState);
  sameSet('nextSteps', expected.nextSteps, said.nextSteps);
  sameSet('deadlines', expected.deadlines, said.deadlines);
  includes('deadlinesInclude', expected.deadlinesInclude, said.deadlines);
  for (const [id, want] of Object.entries(expected.deadlineTexts ?? {}))
    equal(`deadlineTexts.${id}`, want, said.deadlineTexts[id] ?? null);
  sameSet('requiredInformation', expected.requiredInformation, said.requiredInformation);
  sameSet('missingFacts', expected.missingFacts, said.missingFacts);
  includes('missingFactsInclude', expected.missingFactsInclude, said.missingFacts);
  if (expected.contact === null || said.contact === null) equal('contact', expected.contact, said.contact);
  else
    for (const key of ['openNow', 'nextOpenAt', 'tel', 'hours'] as const)
      equal(`contact.${key}`, expected.contact?.[key], said.contact[key]);
  sameSet('assumptions', expected.assumptions, said.assumptions);
  includes('clauses', expected.clauses, said.clauses);
  return differences;
}

function show(value: unknown): UnmetExpectation['actual'] {
  if (value === null) return { ja: 'なし', en: 'none' };
  const text = Array.isArray(value) ? `[${value.join(', ')}]` : JSON.stringify(value).replaceAll('"', '');
  return { ja: text, en: text };
}

/** All of it as an expectation, except where nothing is said, the clauses, and the contact: it depends on the hour alone. */
export function expectationOf(said: AnswerSummary): Expectation {
  const { brands, deadlineTexts, missingFacts } = said;
  return {
    outcome: said.outcome,
    categories: said.categories,
    remedies: said.remedies,
    ...(Object.keys(brands).length > 0 && { brands }),
    amount: said.amount,
    voucherState: said.voucherState,
    claimState: said.claimState,
    nextSteps: said.nextSteps,
    deadlines: said.deadlines,
    ...(Object.keys(deadlineTexts).length > 0 && { deadlineTexts }),
    requiredInformation: said.requiredInformation,
    ...(missingFacts.length > 0 && { missingFacts }),
    assumptions: said.assumptions,
  };
}

/** When the contact can be reached. */
export const contactExpectation = ({ contact }: AnswerSummary): Expectation => ({
  contact: contact && { openNow: contact.openNow, nextOpenAt: contact.nextOpenAt },
});

/** What a case would have to expect besides, to tell `said` from another answer. Empty where it cannot. */
export function distinguishingExpectation(said: AnswerSummary, other: AnswerSummary): Expectation {
  const isOther = <K extends keyof AnswerSummary>(key: K): boolean =>
    JSON.stringify(said[key]) !== JSON.stringify(other[key]);
  const found: Expectation = {};
  if (isOther('outcome')) found.outcome = said.outcome;
  if (isOther('categories')) found.categories = said.categories;
  if (isOther('remedies')) found.remedies = said.remedies;
  const brands = otherEntries(said.brands, other.brands);
  if (brands) found.brands = brands;
  if (isOther('amount')) found.amount = said.amount;
  if (isOther('voucherState')) found.voucherState = said.voucherState;
  if (isOther('claimState')) found.claimState = said.claimState;
  if (isOther('nextSteps')) found.nextSteps = said.nextSteps;
  if (isOther('deadlines')) found.deadlines = said.deadlines;
  const texts = otherEntries(said.deadlineTexts, other.deadlineTexts);
  if (texts) found.deadlineTexts = texts;
  if (isOther('requiredInformation')) found.requiredInformation = said.requiredInformation;
  if (isOther('missingFacts')) found.missingFacts = said.missingFacts;
  if (isOther('contact')) Object.assign(found, contactExpectation(said));
  if (isOther('assumptions')) found.assumptions = said.assumptions;
  return found;
}

/** Entries that both have and that differ. */
function otherEntries<T>(a: Record<string, T>, b: Record<string, T>): Record<string, T> | null {
  const found = Object.entries(a).filter(
    ([key, value]) => key in b && JSON.stringify(b[key]) !== JSON.stringify(value),
  );
  return found.length > 0 ? Object.fromEntries(found) : null;
}
