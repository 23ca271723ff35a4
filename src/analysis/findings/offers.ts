/** Answers that contradict themselves in what they offer: money where the outcome has none, a step after its deadline. */

import { deadlineBefore, deadlinesBefore } from '../../rulebook/references.ts';
import type { Deadline, Rule } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { aboutRule, comparisons, rulesOf, rulesOfKind } from '../rule-set-parts.ts';
import { all, any } from '../search/properties.ts';
import {
  type Check,
  type CheckContext,
  type Checks,
  foundIfShown,
  type Question,
  ruleEn,
  ruleJa,
} from './finding.ts';

/** Outcomes that the worklists never pay. Where no worklist says so, nothing is known of what an outcome means. */
const unpaid = ({ ruleSet }: CheckContext): Rule[] => {
  const outcomes = ruleSet.vocabulary.worklists?.none.outcomes ?? [];
  return rulesOfKind(ruleSet, 'outcome').filter(({ concludes }) => outcomes.includes(concludes));
};

/** Steps with which a site is shown: on them something is applied for. */
const stepsOfSites = ({ ruleSet }: CheckContext): Set<string> =>
  new Set(ruleSet.sites.flatMap(({ nextSteps }) => nextSteps));

/** A remedy beside an outcome for which nothing is paid. */
const offeredThoughOver: Check = (context) => {
  const { shared, isTaken, consistent } = context.properties;
  const remedies = rulesOf(context.ruleSet, 'remedies');
  const anyRemedy = shared(any(remedies.map(isTaken)));
  return unpaid(context).map((rule) =>
    foundIfShown(context, consistent(all([isTaken(rule), anyRemedy])), {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}は、どの補償も払わない結論（worklists の none）なのに、補償を示される方がいます。`,
      en: `The ${ruleEn(rule)} is one for which nothing is paid (worklists, none), but somebody with it is offered a remedy.`,
    }),
  );
};

/** Told to apply although the outcome is one for which nothing is paid. */
const stepThoughOver: Check = (context) => {
  const { shared, isTaken, consistent } = context.properties;
  const steps = stepsOfSites(context);
  const telling = context.ruleSet.rules.filter(({ nextSteps }) => nextSteps.some((step) => steps.has(step)));
  if (telling.length === 0) return [];
  const isTold = shared(any(telling.map(isTaken)));
  return unpaid(context).map((rule) =>
    foundIfShown(context, consistent(all([isTaken(rule), isTold])), {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}は、どの補償も払わない結論（worklists の none）なのに、申請などのサイトへ案内される方がいます。`,
      en: `The ${ruleEn(rule)} is one for which nothing is paid (worklists, none), but somebody with it is sent to a site.`,
    }),
  );
};

/** A state that sends to a site when the deadline that it shows is over, or has not begun. */
const outsideDeadline: Check = (context) => {
  const { isTaken, consistent, judgedWithin } = context.properties;
  const steps = stepsOfSites(context);
  return rulesOfKind(context.ruleSet, 'claim', 'state', 'outcome')
    .filter(({ nextSteps }) => nextSteps.some((step) => steps.has(step)))
    .flatMap((rule) =>
      deadlinesOf(rule, context).flatMap(({ id, label, from, until }): Question[] => {
        const ask = (start: number, end: number, ja: string, en: string): Question =>
          foundIfShown(context, consistent(all([isTaken(rule), judgedWithin({ start, end })])), {
            position: rule.position,
            about: [aboutRule(rule), `deadlines/${id}`],
            ja: `${ruleJa(rule)}は、期限「${label}」${ja}、申請などのサイトへ案内します。`,
            en: `The ${ruleEn(rule)} sends to a site ${en} the deadline "${id}" that it shows.`,
          });
        const before =
          from?.kind === 'fixed' ? [ask(FIRST, from.interval.start, 'が始まる前に', 'before')] : [];
        const after = until?.kind === 'fixed' ? [ask(until.interval.end, LAST, 'が過ぎた後に', 'after')] : [];
        return [...before, ...after];
      }),
    );
};
/** Of the instants that can be judged. */
const FIRST = Date.UTC(1900, 0);
const LAST = Date.UTC(9999, 0);

const deadlinesOf = ({ deadlines }: Rule, { ruleSet }: CheckContext): Deadline[] => {
  // Of several the nearest is over before the others: which of them the step hangs on cannot be told.
  const [only, ...others] = deadlines.flatMap((id) => ruleSet.deadlines.get(id) ?? []);
  return only && others.length === 0 && !only.approximate ? [only] : [];
};

/** Shown to somebody, and nothing hangs on it: after it all goes on as before. */
const unjudgedDeadline: Check = ({ ruleSet, properties: { consistent, isTaken } }) => {
  const read = new Set(
    comparisons(ruleSet).flatMap(({ operand }) =>
      operand.kind === 'deadline'
        ? operand.deadline
        : operand.kind === 'moment'
          ? deadlineBefore(operand.moment)
          : [],
    ),
  );
  for (const deadline of ruleSet.deadlines.values())
    if (read.has(deadline.id)) for (const id of deadlinesBefore(deadline)) read.add(id);
  return [...ruleSet.deadlines.values()].flatMap(
    ({ id, label, until, approximate, position }): Question[] => {
      const showing = ruleSet.rules.filter(({ deadlines }) => deadlines.includes(id));
      if (until === null || approximate || read.has(id) || showing.length === 0) return [];
      return [
        {
          property: consistent(any(showing.map(isTaken))),
          about: [`deadlines/${id}`],
          report: async ({ kind }) =>
            kind === 'none'
              ? []
              : [
                  {
                    ...{ position, about: [`deadlines/${id}`], example: null },
                    verdict: kind === 'shown' ? 'refuted' : 'undecided',
                    ja: `期限「${label}」（${id}）は回答に示されますが、どの条件にも使われていません。過ぎても、だれの結論も変わりません。`,
                    en: `The deadline "${id}" is shown in answers, but no condition reads it: when it is over, nobody's conclusion changes.`,
                  },
                ],
        },
      ];
    },
  );
};

/** Nothing is left to do, and yet a step to a site is told. */
const stepsLeft: Check = (context) => {
  const steps = stepsOfSites(context);
  const { consistent, isTaken } = context.properties;
  return rulesOfKind(context.ruleSet, 'claim')
    .filter(
      ({ concludes, nextSteps }) =>
        context.ruleSet.vocabulary.nothingLeftToDo.has(concludes) &&
        nextSteps.some((step) => steps.has(step)),
    )
    .map((rule) =>
      foundIfShown(context, consistent(isTaken(rule)), {
        position: rule.position,
        about: [aboutRule(rule)],
        ja: `${ruleJa(rule)}は「もう何もすることのない状態」（nothingLeftToDo）なのに、申請などのサイトへ案内します。`,
        en: `The ${ruleEn(rule)} leaves nothing to do (nothingLeftToDo), and yet sends to a site.`,
      }),
    );
};

/** Whoever fits nowhere else. */
const fallsToTheLast: Check = (context) =>
  sectionsOfKind(context.ruleSet, 'claim', 'outcome').flatMap(({ name }) => {
    const last = rulesOf(context.ruleSet, name).at(-1);
    if (!last || last.when !== null || rulesOf(context.ruleSet, name).length === 1) return [];
    const { consistent, isTaken } = context.properties;
    return foundIfShown(context, consistent(isTaken(last)), {
      severity: 'information',
      position: last.position,
      about: [aboutRule(last)],
      ja: `${ruleJa(last)}には条件がなく、上のどれにも当てはまらない方は、すべてここに入ります。`,
      en: `The ${ruleEn(last)} has no condition: whoever fits none above comes here.`,
    });
  });

export const OFFERS: Checks = [
  ['offered-though-over', offeredThoughOver],
  ['step-though-over', stepThoughOver],
  ['step-outside-deadline', outsideDeadline],
  ['unjudged-deadline', unjudgedDeadline],
  ['steps-left', stepsLeft],
  ['falls-to-last', fallsToTheLast],
];
