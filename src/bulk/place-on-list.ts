/** On which list a case of a bulk run ends, by what was concluded, and why somebody has to look at it. */
import type { Reason } from '../engine/answer/decision.ts';
import { AND } from '../engine/answer/field.ts';
import type { ClaimStanding } from '../engine/answer/fields/states.ts';
import type { Decision } from '../engine/answer/fields.ts';
import type { SharedFields } from '../engine/answer/template.ts';
import { placeIn, type WorklistName, type Worklists } from '../rulebook/worklists.ts';
import type { Repeat } from './repeats.ts';

type Concluded = Pick<SharedFields, 'outcome' | 'outcomeLabel' | 'contradictions' | 'reasons'>;

export function placeOnList(
  decision: Concluded,
  claims: readonly ClaimStanding[],
  worklists: Worklists | null,
): { list: WorklistName; review: string } {
  const { outcome, outcomeLabel, contradictions = [], reasons = [] } = decision;
  if (worklists === null || outcome === undefined) return { list: 'none', review: '' };
  const { list, unlisted } = placeIn(
    worklists,
    outcome,
    claims.map(({ state }) => state.id),
  );
  if (list !== 'review') return { list, review: '' };
  if (unlisted === 'outcome') {
    const review = `どの一覧にも書かれていない結論「${outcomeLabel}」（outcome ${outcome} is in none of the worklists）`;
    return { list, review };
  }
  if (unlisted !== null) {
    const of = claims.filter((_, place) => unlisted.includes(place));
    const review = of
      .map(
        ({ label, state }) =>
          `どの一覧にも書かれていない${label}の状態「${state.label}」（claim state ${state.id} is in none of the worklists）`,
      )
      .join(AND);
    return { list, review };
  }
  const { outcomes, claimStates } = worklists.review;
  const isOutcome = outcomes.includes(outcome);
  const texts = [
    ...(isOutcome ? [`${outcomeLabel}${rulesFor(reasons, 'outcome')}`] : []),
    ...claims
      .filter(({ state }) => isOutcome || claimStates.includes(state.id))
      .map(({ id, label, state }) => {
        const section = id === 'claimState' ? id : `claims.${id}`;
        return `${label}の状態は「${state.label}」${rulesFor(reasons, section)}`;
      }),
    ...contradictions.map(({ label }) => label),
  ];
  return { list, review: texts.join(AND) };
}

/** Why a case that the payment list would take is not paid; empty where it is. */
export function whyUnpayable(isMissingFacts: boolean, amount: Decision['amount']): string {
  if (isMissingFacts) return '足りない事実がある';
  if (amount === null || amount.yen === null || !amount.final) return '補償額が確定していない';
  return amount.yen < 1 ? '補償額が1円に満たない' : '';
}

/** Both lines are named: who looks at one of them has to look at the other. */
export function repeatReason(line: number, { otherLine, sameFacts }: Repeat): string {
  const [first, second] = [Math.min(line, otherLine), Math.max(line, otherLine)];
  return sameFacts
    ? `照会番号も内容も同じ行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, same facts）`
    : `照会番号が同じで内容の違う行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, other facts）`;
}

/** （section/rule clause） */
function rulesFor(reasons: readonly Reason[], section: string): string {
  const rules = reasons.filter(({ rule }) => rule.startsWith(`${section}/`));
  const texts = rules.map(({ rule, clause }) => (clause === null ? rule : `${rule} ${clause}`));
  return texts.length === 0 ? '' : `（${texts.join('、')}）`;
}
