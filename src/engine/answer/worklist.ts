/** What an office does with a case now, by what was concluded, and why. */
import { YEN } from '../../rulebook/rule-set.ts';
import { sectionOfClaim } from '../../rulebook/sections.ts';
import { placeIn, type WorklistName, type Worklists } from '../../rulebook/worklists.ts';
import type { Amount, Cited, ClaimAnswer } from './decision.ts';
import { AND } from './field.ts';

/** What of an answer decides it. */
export interface Concluded {
  outcome: string;
  outcomeLabel: string;
  claims: readonly Pick<ClaimAnswer, 'id' | 'label' | 'state' | 'amount'>[];
  amount: Amount;
  isMissingFacts: boolean;
  /** Asked for only of what a person has to look at. */
  contradictions(): readonly Pick<Cited, 'label'>[];
  /** `rule`: section/id. */
  reasons(): readonly { rule: string; clause: string | null }[];
}

export interface Worklist {
  id: WorklistName;
  why: string;
  /** What is to be paid: so much, for these claims. */
  pay?: { yen: number; claims: string[] } | undefined;
}

type Claim = Concluded['claims'][number];

/** null where nobody said which cases go on which list. */
export function worklistOf(concluded: Concluded, worklists: Worklists | null): Worklist | null {
  if (worklists === null) return null;
  const { outcome, outcomeLabel, claims } = concluded;
  const { list, unlisted, payable } = placeIn(
    worklists,
    outcome,
    claims.map(({ state }) => state.id),
  );
  switch (list) {
    case 'review':
      return { id: list, why: whyReview(concluded, unlisted, worklists) };
    case 'none': {
      const isOutcome = worklists.none.outcomes.includes(outcome);
      return { id: list, why: isOutcome ? `結論は「${outcomeLabel}」` : statesOf(claims) };
    }
    case 'payment': {
      const paid = claims.filter((_, place) => payable.includes(place));
      const amount = amountOf(paid, concluded);
      const unpayable = whyUnpayable(concluded, amount);
      if (unpayable !== null || amount?.yen == null) return { id: 'review', why: unpayable ?? '' };
      const states = paid.length > 0 ? `、${statesOf(paid)}` : '';
      const why = `結論は「${outcomeLabel}」${states}で、補償額が確定している`;
      return { id: list, why, pay: { yen: amount.yen, claims: paid.map(({ id }) => id) } };
    }
  }
}

/** 請求の状態は「申請済み」 */
const statesOf = (claims: readonly Claim[]): string =>
  claims.map(({ label, state }) => `${label}の状態は「${state.label}」`).join('、');

/** Of the claims that are paid; of the whole where there are no others. */
function amountOf(paid: readonly Claim[], { claims, amount }: Concluded): Amount {
  if (paid.length === claims.length) return amount;
  const amounts = paid.map((claim) => claim.amount);
  return amounts.reduce<Amount>(
    (sum, one) => {
      if (sum === null || one === null || one.unit !== YEN) return null;
      const yen = sum.yen === null || one.value === null ? null : sum.yen + one.value;
      return { yen, final: sum.final && one.final };
    },
    { yen: 0, final: true },
  );
}

function whyReview(
  { outcome, outcomeLabel, claims, contradictions, reasons }: Concluded,
  unlisted: 'outcome' | readonly number[] | null,
  { review: { outcomes, claimStates } }: Worklists,
): string {
  if (unlisted === 'outcome')
    return `どの一覧にも書かれていない結論「${outcomeLabel}」（outcome ${outcome} is in none of the worklists）`;
  if (unlisted !== null)
    return claims
      .filter((_, place) => unlisted.includes(place))
      .map(
        ({ label, state }) =>
          `どの一覧にも書かれていない${label}の状態「${state.label}」（claim state ${state.id} is in none of the worklists）`,
      )
      .join(AND);
  const rulesFor = (section: string): string => {
    const rules = reasons().filter(({ rule }) => rule.startsWith(`${section}/`));
    const texts = rules.map(({ rule, clause }) => (clause === null ? rule : `${rule} ${clause}`));
    return texts.length === 0 ? '' : `（${texts.join('、')}）`;
  };
  const isOutcome = outcomes.includes(outcome);
  return [
    ...(isOutcome ? [`${outcomeLabel}${rulesFor('outcome')}`] : []),
    ...claims
      .filter(({ state }) => isOutcome || claimStates.includes(state.id))
      .map((claim) => `${statesOf([claim])}${rulesFor(sectionOfClaim(claim.id))}`),
    ...contradictions().map(({ label }) => label),
  ].join(AND);
}

/** Why a case that the payment list would take is not paid; null where it is. */
function whyUnpayable({ isMissingFacts }: Concluded, amount: Amount): string | null {
  if (isMissingFacts) return '足りない事実がある';
  if (amount === null || amount.yen === null || !amount.final) return '補償額が確定していない';
  return amount.yen < 1 ? '補償額が1円に満たない' : null;
}
