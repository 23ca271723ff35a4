/** What an office does with a case now, by what was concluded, and why. */
import { placeIn, type WorklistName, type Worklists } from '../../rulebook/worklists.ts';
import type { Amount, Cited, Labelled } from './decision.ts';
import { AND } from './field.ts';

/** What of an answer decides it. */
export interface Concluded {
  outcome: string;
  outcomeLabel: string;
  claimState: Labelled;
  contradictions: readonly Pick<Cited, 'label'>[];
  /** `rule`: section/id. */
  reasons: readonly { rule: string; clause: string | null }[];
  amount: Amount;
  missingFacts: readonly unknown[];
}

export interface Worklist {
  id: WorklistName;
  why: string;
}

/** null where nobody said which cases go on which list. */
export function worklistOf(concluded: Concluded, worklists: Worklists | null): Worklist | null {
  if (worklists === null) return null;
  const { outcome, outcomeLabel, claimState } = concluded;
  const { list, unlisted } = placeIn(worklists, outcome, claimState.id);
  switch (list) {
    case 'review':
      return { id: list, why: whyReview(concluded, unlisted, worklists) };
    case 'none': {
      const isOutcome = worklists.none.outcomes.includes(outcome);
      const why = isOutcome ? `結論は「${outcomeLabel}」` : `請求の状態は「${claimState.label}」`;
      return { id: list, why };
    }
    case 'payment': {
      const unpayable = whyUnpayable(concluded);
      if (unpayable !== null) return { id: 'review', why: unpayable };
      const why = `結論は「${outcomeLabel}」、請求の状態は「${claimState.label}」で、補償額が確定している`;
      return { id: list, why };
    }
  }
}

function whyReview(
  { outcome, outcomeLabel, claimState, contradictions, reasons }: Concluded,
  unlisted: 'outcome' | 'claimState' | null,
  { review: { outcomes, claimStates } }: Worklists,
): string {
  if (unlisted === 'outcome')
    return `どの一覧にも書かれていない結論「${outcomeLabel}」（outcome ${outcome} is in none of the worklists）`;
  if (unlisted === 'claimState')
    return `どの一覧にも書かれていない請求の状態「${claimState.label}」（claim state ${claimState.id} is in none of the worklists）`;
  const rulesFor = (section: string): string => {
    const rules = reasons.filter(({ rule }) => rule.startsWith(`${section}/`));
    const texts = rules.map(({ rule, clause }) => (clause === null ? rule : `${rule} ${clause}`));
    return texts.length === 0 ? '' : `（${texts.join('、')}）`;
  };
  const isOutcome = outcomes.includes(outcome);
  return [
    ...(isOutcome ? [`${outcomeLabel}${rulesFor('outcome')}`] : []),
    ...(isOutcome || claimStates.includes(claimState.id)
      ? [`請求の状態は「${claimState.label}」${rulesFor('claimState')}`]
      : []),
    ...contradictions.map(({ label }) => label),
  ].join(AND);
}

/** Why a case that the payment list would take is not paid; null where it is. */
function whyUnpayable({ missingFacts, amount }: Concluded): string | null {
  if (missingFacts.length > 0) return '足りない事実がある';
  if (amount === null || amount.yen === null || !amount.final) return '補償額が確定していない';
  return amount.yen < 1 ? '補償額が1円に満たない' : null;
}
