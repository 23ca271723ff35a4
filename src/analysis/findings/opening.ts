/** Deadlines that are shown and end nothing, and states that are open only once what they show is over. */

import { GUIDING } from '../../engine/answer/fields/guidance.ts';
import { AS_OF } from '../../rulebook/basics.ts';
import type { Operator } from '../../rulebook/operators.ts';
import { deadlineBefore, deadlinesBefore } from '../../rulebook/references.ts';
import type { Deadline, Leaf, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { NO_WORKLISTS } from '../../rulebook/worklists.ts';
import { aboutRule, comparisons, rulesOfKind } from '../rule-set-parts.ts';
import { all, any, type Property } from '../search/properties.ts';
import {
  type Check,
  type CheckContext,
  type Checks,
  foundIfShown,
  type Question,
  ruleEn,
  ruleJa,
  unlessShown,
} from './finding.ts';
import { concludes, remediesOf } from './offers.ts';

const judged = ({ properties }: CheckContext, operator: Operator, { id, position }: Deadline): Property =>
  properties.condition({
    ...{ kind: 'leaf', source: 'fact', fact: AS_OF, operator },
    ...{ operand: { kind: 'deadline', deadline: id, text: id }, label: null, clauses: [], position },
  } satisfies Leaf);

/** The deadline is named by a condition, by itself or as what another one is counted from. */
function isBound({ id }: Deadline, ruleSet: RuleSet): boolean {
  const named = new Set(
    comparisons(ruleSet).flatMap(({ operand }) =>
      operand.kind === 'deadline'
        ? [operand.deadline]
        : operand.kind === 'moment'
          ? deadlineBefore(operand.moment)
          : [],
    ),
  );
  const counted = [...ruleSet.deadlines.values()].filter((one) => deadlinesBefore(one).includes(id));
  return named.has(id) || counted.some((one) => named.has(one.id));
}

/** Nobody's answer changes when it is over: it is still shown then. To who is to be paid it is said until when they are. */
const unboundDeadline: Check = (context) => {
  const { ruleSet, properties } = context;
  const paid = (ruleSet.vocabulary.worklists ?? NO_WORKLISTS).payment.claimStates;
  return [...ruleSet.deadlines.values()]
    .filter((one) => one.until !== null && !one.approximate && !isBound(one, ruleSet))
    .map((one) => {
      const { id, label, position } = one;
      const showing = ruleSet.rules.filter(
        ({ kind, concludes, deadlines }) =>
          GUIDING.includes(kind) && deadlines.includes(id) && !(kind === 'claim' && paid.includes(concludes)),
      );
      const property = all([any(showing.map(properties.isTaken)), judged(context, 'after', one)]);
      return foundIfShown(context, properties.consistent(property), {
        position,
        about: [`deadlines/${id}`],
        ja: `期限「${label}」（${id}）は、示されるだけで、どの条件にもありません。過ぎても答えは変わらず、まだ間に合うように示されます。「asOf: ${id} より後」のような条件を書いてください。`,
        en: `The deadline "${id}" is shown and stands in no condition: once it is over the answer is the same, and still shows it. Write a condition such as asOf after ${id}.`,
      });
    });
};

/**
 * A state of those who get the remedy, which is taken only after the deadline that it shows is over (of a beginning: has come). The
 * comparison is the wrong way round.
 */
const openAfterDeadline: Check = (context) => {
  const { ruleSet, properties, analysis } = context;
  const isGranted = concludes(context, 'payment');
  return rulesOfKind(ruleSet, 'claim').flatMap((rule) =>
    rule.nextSteps.length === 0 ? [] : rule.deadlines.flatMap((id) => ofDeadline(rule, id)),
  );

  function ofDeadline(rule: Rule, id: string): Question[] {
    const deadline = ruleSet.deadlines.get(id);
    if (!deadline || deadline.approximate || (deadline.until ?? deadline.from) === null) return [];
    const remedies = any(remediesOf(context, rule).map(properties.isTaken));
    const isOpen = all([properties.isTaken(rule), isGranted, remedies]);
    const inTime = judged(context, deadline.until === null ? 'before' : 'onOrBefore', deadline);
    const [whenJa, whenEn] =
      deadline.until === null ? ['が来てから', 'has come'] : ['を過ぎてから', 'is over'];
    return [
      {
        property: properties.consistent(all([isOpen, inTime])),
        about: [aboutRule(rule), `deadlines/${id}`],
        async report(answer) {
          if (answer.kind !== 'none') return [];
          const property = properties.consistent(isOpen);
          if ((await analysis.searchOne(property)).kind !== 'shown') return [];
          return unlessShown(answer, {
            position: rule.position,
            about: [aboutRule(rule), `deadlines/${id}`],
            ja: `${ruleJa(rule)}は、そこで示す期限「${deadline.label}」${whenJa}しか選ばれません。比べ方（まで・より後・より前・から）が逆ではありませんか。`,
            en: `The ${ruleEn(rule)} is taken only once the deadline "${id}" that it shows ${whenEn}. Is a comparison the wrong way round?`,
          });
        },
      },
    ];
  }
};

export const OPENING: Checks = [
  ['unbound-deadline', unboundDeadline],
  ['open-after-deadline', openAfterDeadline],
];
