/** What is the same in the lines of all cases of which the same is said: written once, as bytes. */
import type { Reason } from '../engine/answer/decision.ts';
import type { Decision } from '../engine/answer/fields.ts';
import type { Conclusion } from '../engine/answer/template.ts';
import { type Placed, placeIn, type WorklistName, type Worklists } from '../rulebook/worklists.ts';
import { AND, csvCell } from './csv-text.ts';
import type { Repeat } from './repeats.ts';

/** Where an amount stands: settled, expected, left open by the notice, or none. */
export type AmountKind = 'final' | 'open' | 'undetermined' | 'none';
const AMOUNT_KINDS: Record<AmountKind, string> = {
  final: '確定',
  open: '見込み',
  undetermined: '告知からは決まらない',
  none: '',
};

export function amountKind(amount: Decision['amount']): AmountKind {
  if (amount === null) return 'none';
  if (amount.yen === null) return 'undetermined';
  return amount.final ? 'final' : 'open';
}

/** Parts of CSV lines, commas between cells included. */
export interface Saying {
  conclusion: Conclusion;
  /** 結論, 区分, 補償の内容 */
  beforeAmount: Uint8Array;
  /** 確定 to 次にすること; where the lists behind them are the same in every case, all to 理由. */
  afterAmount: Record<AmountKind, Uint8Array>;
  /** 足りない事実, 食い違い, 理由; null where `afterAmount` has them. The lists of the case come before them. */
  afterLists: Uint8Array | null;
  /** Payment list, behind the amount: 補償の内容, 請求の状態 */
  payment: Uint8Array;
  /** Where such cases go, if the amount and the reference allow it. */
  list: WorklistName;
  /** Why a person has to look at it; empty where nobody has. */
  review: string;
  /** What to ask. */
  questions: string;
  /** Cases of the chunk under way, and their yen. */
  tally: { cases: number; final: number; open: number };
}

/** Each with the comma before it. */
const cells = (...texts: string[]): string => `,${texts.map(csvCell).join()}`;
const labels = (items: readonly { label: string }[]): string => items.map(({ label }) => label).join(AND);

/** `lists`: `listCells` where they are the same for every case of the conclusion, else null. */
export function toSaying(conclusion: Conclusion, lists: string | null, worklists: Worklists | null): Saying {
  const { said } = conclusion;
  const { outcomeLabel, voucherState, claimState, missingFacts } = said;
  const placed = worklists && placeIn(worklists, said.outcome, claimState.id);
  const rules = said.reasons.map(({ rule }) => rule).join('、');
  const contradictions = said.contradictions.map(({ label }) => label).join(AND);
  const afterLists = cells(labels(missingFacts), contradictions, rules);
  const afterAmount = (kind: AmountKind): Uint8Array =>
    Buffer.from(
      cells(AMOUNT_KINDS[kind], voucherState?.label ?? '', claimState.label, labels(said.nextSteps)) +
        (lists === null ? '' : lists + afterLists),
    );
  return {
    conclusion,
    beforeAmount: Buffer.from(`${cells(outcomeLabel, labels(said.categories), labels(said.remedies))},`),
    afterAmount: {
      final: afterAmount('final'),
      open: afterAmount('open'),
      undetermined: afterAmount('undetermined'),
      none: afterAmount('none'),
    },
    afterLists: lists === null ? Buffer.from(afterLists) : null,
    payment: Buffer.from(cells(labels(said.remedies), claimState.label)),
    list: placed?.list ?? 'none',
    review: placed?.list === 'review' && worklists ? reviewReasons(said, placed, worklists).join(AND) : '',
    questions: missingFacts.map(({ question }) => question).join(AND),
    tally: { cases: 0, final: 0, open: 0 },
  };
}

export const listCells = ({
  deadlines,
  requiredInformation,
}: Pick<Decision, 'deadlines' | 'requiredInformation'>): string =>
  `,${csvCell(deadlines.map(({ label, text }) => `${label} ${text}`).join(AND))},${csvCell(labels(requiredInformation))}`;

function reviewReasons(said: Conclusion['said'], { unlisted }: Placed, { review }: Worklists): string[] {
  const { outcome, outcomeLabel, claimState, contradictions, reasons } = said;
  if (unlisted === 'outcome')
    return [
      `どの一覧にも書かれていない結論「${outcomeLabel}」（outcome ${outcome} is in none of the worklists）`,
    ];
  if (unlisted === 'claimState')
    return [
      `どの一覧にも書かれていない請求の状態「${claimState.label}」（claim state ${claimState.id} is in none of the worklists）`,
    ];
  const states: string[] = [];
  if (review.outcomes.includes(outcome)) states.push(`${outcomeLabel}${rulesFor(reasons, 'outcome')}`);
  if (review.claimStates.includes(claimState.id) || states.length > 0)
    states.push(`請求の状態は「${claimState.label}」${rulesFor(reasons, 'claimState')}`);
  return [...states, ...contradictions.map(({ label }) => label)];
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
