/** Cases with a remedy or a category whose answer lacks what is needed to get it. */

import { GUIDING_SECTIONS } from '../../engine/answer/fields/guidance.ts';
import { instantText } from '../../engine/answer/wording.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import type { HoldingPeriod } from '../search/holding-period.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import { type Check, type CheckContext, type Question, reportIfShown } from './finding.ts';
import { ruleEn, ruleJa } from './rule-text.ts';

const isTold = ({ ruleSet, properties }: CheckContext, key: 'nextSteps' | 'deadlines'): Property =>
  properties.shared(
    any(
      ruleSet.rules
        .filter((rule) => GUIDING_SECTIONS.includes(rule.section) && rule[key].length > 0)
        .map((rule) => properties.isTaken(rule)),
    ),
  );
const anyOf = ({ ruleSet, properties }: CheckContext, section: 'eligibility' | 'remedies'): Property =>
  properties.shared(any(rulesOf(ruleSet, section).map((rule) => properties.isTaken(rule))));

/** A question for each claim state in which something is still to be done: that is the line to look at. */
function questions(
  context: CheckContext,
  isLacking: Property,
  words: (rule: Rule, when?: HoldingPeriod) => { ja: string; en: string },
  states: (rule: Rule) => boolean = ({ concludes }) =>
    !context.ruleSet.vocabulary.nothingLeftToDo.has(concludes),
): Question[] {
  const { ruleSet, properties } = context;
  return rulesOf(ruleSet, 'claimState')
    .filter(states)
    .map((rule) => {
      const property = properties.consistent(all([properties.isTaken(rule), isLacking]));
      return {
        property,
        report: (answer) =>
          reportIfShown(
            context,
            property,
            answer,
            { position: rule.position, about: [aboutRule(rule)], ...words(rule) },
            (example) => words(rule, context.analysis.holdingPeriodOf(example, property)),
          ),
      };
    });
}

/** In a category, and for some time, perhaps between two deadlines, offered neither a remedy nor anything to do. */
export const nothingOffered: Check = {
  code: 'nothing-offered',
  severity: 'error',
  questions: (context) =>
    questions(
      context,
      all([anyOf(context, 'eligibility'), no(anyOf(context, 'remedies')), no(isTold(context, 'nextSteps'))]),
      (rule, when) => {
        const { ja, en } = spanWords(when, context.ruleSet.timeZone);
        return {
          ja: `補償の対象なのに、${ja}補償も次にすることも示されない方がいます（${ruleJa(rule)}）。`,
          en: `Somebody who is covered is offered neither a remedy nor a next step${en} (${ruleEn(rule)}).`,
        };
      },
    ),
};

function spanWords(when: HoldingPeriod | undefined, timeZone: string): { ja: string; en: string } {
  const { start, end } = when ?? { start: null, end: null };
  const from = start === null ? '' : `${instantText(start, timeZone)}から`;
  const until = end === null ? '' : `${instantText(end, timeZone)}の前まで`;
  const en = [
    start === null ? '' : ` from ${toOffsetDateTime(start, timeZone)}`,
    end === null ? '' : ` until ${toOffsetDateTime(end, timeZone)}`,
  ];
  return { ja: from || until ? `${from}${until}、` : '', en: en.join('') };
}

export const noNextStep: Check = {
  code: 'no-next-step',
  severity: 'warning',
  questions: (context) =>
    questions(context, all([anyOf(context, 'remedies'), no(isTold(context, 'nextSteps'))]), (rule) => ({
      ja: `補償を受けられるのに、次にすることが一つも示されない方がいます（${ruleJa(rule)}）。`,
      en: `Somebody with a remedy is told no next step (${ruleEn(rule)}).`,
    })),
};

export const noDeadline: Check = {
  code: 'no-deadline',
  severity: 'warning',
  questions: (context) =>
    questions(context, all([anyOf(context, 'remedies'), no(isTold(context, 'deadlines'))]), (rule) => ({
      ja: `補償を受けられるのに、期限が一つも示されない方がいます（${ruleJa(rule)}）。`,
      en: `Somebody with a remedy is told no deadline (${ruleEn(rule)}).`,
    })),
};

/** The word that stands for "not known" is no state of a claim. */
export const noClaimState: Check = {
  code: 'no-claim-state',
  severity: 'warning',
  questions: (context) =>
    questions(
      context,
      any([anyOf(context, 'eligibility'), anyOf(context, 'remedies')]),
      (rule) => ({
        ja: `補償の対象なのに、請求の状態が決まらない方がいます（${ruleJa(rule)}）。`,
        en: `Somebody who is covered has no claim state (${ruleEn(rule)}).`,
      }),
      ({ concludes }) => concludes === context.ruleSet.vocabulary.whenUnknown.state,
    ),
};

export const noContact: Check = {
  code: 'no-contact',
  severity: 'warning',
  questions(context) {
    const { ruleSet, properties } = context;
    const [first] = rulesOf(ruleSet, 'remedies');
    if (ruleSet.contact !== null || !first) return [];
    const property = properties.consistent(anyOf(context, 'remedies'));
    return [
      {
        property,
        report: (answer) =>
          reportIfShown(context, property, answer, {
            position: { file: ruleSet.file, line: 1, column: 1 },
            about: ['contact'],
            ja: '補償を受けられる方に示す問い合わせ先（contact）がありません。',
            en: 'There is no contact for people with a remedy.',
          }),
      },
    ];
  },
};
