/** Where the facts, judged again, do not lead to the answer that was logged. */
import canonicalize from 'canonicalize';
import { answerChanges } from '../analysis/diff/answer-changes.ts';
import type { Decision } from '../engine/answer/fields.ts';
import type { Difference } from './model.ts';

/** Of the decision alone: who asked when, and how far it was explained, is no part of it. */
const MEMBERS: readonly (keyof Decision)[] = [
  'asOf',
  'outcome',
  'outcomeLabel',
  'categories',
  'remedies',
  'amount',
  'voucherState',
  'claimState',
  'nextSteps',
  'deadlines',
  'requiredInformation',
  'missingFacts',
  'contradictions',
  'contact',
  'citations',
  'assumptions',
  'reasons',
];

/** What `answerChanges` leaves out, because it follows from the rest as long as the program is the same. */
const FOLLOWING: readonly { field: string; items(decision: Decision): string[] }[] = [
  { field: '判定時点', items: ({ asOf }) => [asOf] },
  { field: '引用した条項', items: ({ citations }) => citations.map(({ clause }) => clause) },
  { field: '結論を導いた規則', items: ({ reasons }) => reasons.map(({ rule }) => rule) },
  {
    field: '申告がなく、みなした事実',
    items: ({ assumptions }) => assumptions.filter(({ fact }) => fact !== undefined).map(({ text }) => text),
  },
];

/** null where every member of the decision is the same JSON, whatever the order of its keys. */
export function differenceOf(logged: Decision, again: Decision): Difference | null {
  const isSame = (member: keyof Decision): boolean =>
    canonicalize(logged[member] ?? null) === canonicalize(again[member] ?? null);
  const differing = MEMBERS.filter((member) => !isSame(member));
  if (differing.length === 0) return null;
  const changes = [
    ...answerChanges(logged, again).map(({ field, removed, added }) => ({
      ...{ field: field.ja, onlyLogged: removed, onlyAgain: added },
    })),
    ...FOLLOWING.map(({ field, items }) => {
      const [was, is] = [items(logged), items(again)];
      const onlyLogged = was.filter((item) => !is.includes(item));
      return { field, onlyLogged, onlyAgain: is.filter((item) => !was.includes(item)) };
    }).filter(({ onlyLogged, onlyAgain }) => onlyLogged.length + onlyAgain.length > 0),
  ];
  const unsaid = { field: `言葉にならない部分（${differing.join('、')}）`, onlyLogged: [], onlyAgain: [] };
  return {
    outcome: { logged: logged.outcomeLabel, again: again.outcomeLabel },
    changes: changes.length > 0 ? changes : [unsaid],
  };
}
