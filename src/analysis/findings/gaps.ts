/** What happens to somebody and should not: answers that lack what is needed, or hold what does not go together. */
import { GUIDING } from '../../engine/answer/fields/guidance.ts';
import { instantText } from '../../engine/answer/wording.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { aboutRule, pairs, rulesOf, rulesOfKind } from '../rule-set-parts.ts';
import type { HoldingPeriod } from '../search/analysis.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import type { Check, CheckContext, Checks, Draft, Question } from './finding.ts';
import { foundIfShown, ruleEn, ruleJa } from './finding.ts';

const anyTaken = ({ properties: { shared, isTaken } }: CheckContext, rules: readonly Rule[]): Property =>
  shared(any(rules.map(isTaken)));
const anyOf = (context: CheckContext, section: 'eligibility' | 'remedies'): Property =>
  anyTaken(context, rulesOf(context.ruleSet, section));
const isTold = (context: CheckContext, key: 'nextSteps' | 'deadlines'): Property =>
  anyTaken(
    context,
    context.ruleSet.rules.filter((rule) => GUIDING.includes(rule.kind) && rule[key].length > 0),
  );

/** A question for each claim state in which something is still to be done: that is the line to look at. */
function lacking(
  context: CheckContext,
  isLacking: Property,
  words: (rule: Rule, when?: HoldingPeriod) => LocalizedText,
  states: (rule: Rule) => boolean = ({ concludes }) =>
    !context.ruleSet.vocabulary.nothingLeftToDo.has(concludes),
): Question[] {
  const { ruleSet, properties, analysis } = context;
  return rulesOfKind(ruleSet, 'claim')
    .filter(states)
    .map((rule) => {
      const property = properties.consistent(all([properties.isTaken(rule), isLacking]));
      const draft = { position: rule.position, about: [aboutRule(rule)], ...words(rule) };
      return foundIfShown(context, property, draft, (example) =>
        words(rule, analysis.holdingPeriod(example, property)),
      );
    });
}

/** In a category, and for some time, perhaps between two deadlines, offered neither a remedy nor anything to do. */
const nothingOffered: Check = (context) =>
  lacking(
    context,
    all([anyOf(context, 'eligibility'), no(anyOf(context, 'remedies')), no(isTold(context, 'nextSteps'))]),
    (rule, when) => {
      const { ja, en } = spanWords(when, context.ruleSet.timeZone);
      return {
        ja: `補償の対象なのに、${ja}補償も次にすることも示されない方がいます（${ruleJa(rule)}）。`,
        en: `Somebody who is covered is offered neither a remedy nor a next step${en} (${ruleEn(rule)}).`,
      };
    },
  );

function spanWords(when: HoldingPeriod | undefined, timeZone: string): LocalizedText {
  const { start, end } = when ?? { start: null, end: null };
  const from = start === null ? '' : `${instantText(start, timeZone)}から`;
  const until = end === null ? '' : `${instantText(end, timeZone)}の前まで`;
  const fromEn = start === null ? '' : ` from ${toOffsetDateTime(start, timeZone)}`;
  const untilEn = end === null ? '' : ` until ${toOffsetDateTime(end, timeZone)}`;
  return { ja: from || until ? `${from}${until}、` : '', en: fromEn + untilEn };
}

const noNextStep: Check = (context) =>
  lacking(context, all([anyOf(context, 'remedies'), no(isTold(context, 'nextSteps'))]), (rule) => ({
    ja: `補償を受けられるのに、次にすることが一つも示されない方がいます（${ruleJa(rule)}）。`,
    en: `Somebody with a remedy is told no next step (${ruleEn(rule)}).`,
  }));

const noDeadline: Check = (context) =>
  lacking(context, all([anyOf(context, 'remedies'), no(isTold(context, 'deadlines'))]), (rule) => ({
    ja: `補償を受けられるのに、期限が一つも示されない方がいます（${ruleJa(rule)}）。`,
    en: `Somebody with a remedy is told no deadline (${ruleEn(rule)}).`,
  }));

/** The word that stands for "not known" is no state of a claim. */
const noClaimState: Check = (context) =>
  lacking(
    context,
    any([anyOf(context, 'eligibility'), anyOf(context, 'remedies')]),
    (rule) => ({
      ja: `補償の対象なのに、請求の状態が決まらない方がいます（${ruleJa(rule)}）。`,
      en: `Somebody who is covered has no claim state (${ruleEn(rule)}).`,
    }),
    ({ concludes }) => concludes === context.ruleSet.vocabulary.whenUnknown.state,
  );

const noContact: Check = (context) => {
  const { file, contact } = context.ruleSet;
  if (contact !== null || rulesOf(context.ruleSet, 'remedies').length === 0) return [];
  return [
    foundIfShown(context, context.properties.consistent(anyOf(context, 'remedies')), {
      position: { file, line: 1, column: 1 },
      about: ['contact'],
      ja: '補償を受けられる方に示す問い合わせ先（contact）がありません。',
      en: 'There is no contact for people with a remedy.',
    }),
  ];
};

const bothTaken = (
  context: CheckContext,
  [a, b]: [Rule, Rule],
  words: LocalizedText & Pick<Draft, 'severity'>,
): Question => {
  const { consistent, isTaken } = context.properties;
  const draft = { ...words, position: b.position, about: [aboutRule(a), aboutRule(b)] };
  return foundIfShown(context, consistent(all([isTaken(a), isTaken(b)])), draft);
};

/** Two categories that one person can be in. */
const overlap: Check = (context) =>
  pairs(rulesOf(context.ruleSet, 'eligibility')).map(([a, b]) =>
    bothTaken(context, [a, b], {
      severity: 'information',
      ja: `対象の区分「${a.id}」と「${b.id}」の両方に当てはまる方がいます。`,
      en: `One person can be in both categories "${a.id}" and "${b.id}".`,
    }),
  );

/** Two remedies that one person gets although one of them excludes the other. */
const excludedRemedies: Check = (context) =>
  pairs(rulesOf(context.ruleSet, 'remedies'))
    .filter(([a, b]) => a.excludes.includes(b.id) || b.excludes.includes(a.id))
    .map(([a, b]) =>
      bothTaken(context, [a, b], {
        ja: `一緒には受けられない補償「${a.id}」と「${b.id}」の両方を受ける方がいます。`,
        en: `One person gets both "${a.id}" and "${b.id}", which exclude each other.`,
      }),
    );

export const GAPS: Checks = [
  ['overlap', overlap],
  ['excluded-remedies', excludedRemedies],
  ['nothing-offered', nothingOffered],
  ['no-claim-state', noClaimState],
  ['no-next-step', noNextStep],
  ['no-deadline', noDeadline],
  ['no-contact', noContact],
];
