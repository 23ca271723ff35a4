/** What happens to somebody and should not: answers that lack what is needed, or hold what does not go together. */
import { GUIDING } from '../../engine/answer/fields/guidance.ts';
import { instantText } from '../../engine/answer/wording.ts';
import { toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { aboutRule, pairs, rulesOf, rulesOfKind } from '../rule-set-parts.ts';
import type { HoldingPeriod } from '../search/analysis.ts';
import type { SearchResult } from '../search/case-search.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import { pairsTogether } from './apart.ts';
import type { Check, CheckContext, Checks, Draft, Question } from './finding.ts';
import { foundIfShown, ruleEn, ruleJa, unlessShown } from './finding.ts';
import { concludes } from './offers.ts';

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
const nothingOffered: Check = (context) => {
  const { ruleSet, properties, analysis } = context;
  const words = (rule: Rule, when?: HoldingPeriod): LocalizedText => {
    const { ja, en } = spanWords(when, ruleSet.timeZone);
    return {
      ja: `補償の対象なのに、${ja}補償も次にすることも示されない方がいます（${ruleJa(rule)}）。`,
      en: `Somebody who is covered is offered neither a remedy nor a next step${en} (${ruleEn(rule)}).`,
    };
  };
  const isLeftOut = [no(anyOf(context, 'remedies')), no(isTold(context, 'nextSteps'))];
  const isLacking = all([anyOf(context, 'eligibility'), ...isLeftOut]);
  const { nothingLeftToDo } = ruleSet.vocabulary;
  // Whoever the rule without a condition is left with may be somebody who was forgotten, even where nothing is left to do.
  const isCatchAll = (rule: Rule): boolean => rule.when === null && nothingLeftToDo.has(rule.concludes);
  const isForgotten = all([concludes(context, 'payment'), isLacking]);
  const ofCategories = rulesOf(ruleSet, 'eligibility').map((rule) => {
    const property = properties.consistent(all([properties.isTaken(rule), ...isLeftOut]));
    const draft = { position: rule.position, about: [aboutRule(rule)], ...words(rule) };
    return foundIfShown(context, property, draft, (example) =>
      words(rule, analysis.holdingPeriod(example, property)),
    );
  });
  return [
    ...lacking(context, isLacking, words),
    ...lacking(context, isForgotten, words, isCatchAll),
    ...(sectionsOfKind(ruleSet, 'claim').length === 0 ? ofCategories : []),
  ];
};

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
  pairsTogether(rulesOf(context.ruleSet, 'eligibility'), context.ruleSet).map(([a, b]) => {
    const question = bothTaken(context, [a, b], {
      severity: 'information',
      ja: `対象の区分「${a.id}」と「${b.id}」の両方に当てはまる方がいます。`,
      en: `One person can be in both categories "${a.id}" and "${b.id}".`,
    });
    return {
      ...question,
      report: async (answer) => ((await innerOf(context, a, b, answer)) ? [] : question.report(answer)),
    };
  });

/** One of two categories that somebody is in may lie wholly inside the other: the one inside. Those that are the same are `same-meaning`. */
async function innerOf(
  { properties: { consistent, holds }, analysis }: CheckContext,
  a: Rule,
  b: Rule,
  { kind }: SearchResult,
): Promise<Rule | null> {
  if (kind !== 'shown') return null;
  const onlyIn = async (one: Rule, other: Rule): Promise<SearchResult['kind']> =>
    (await analysis.searchOne(consistent(all([holds(one), no(holds(other))])))).kind;
  const [ofA, ofB] = [await onlyIn(a, b), await onlyIn(b, a)];
  if (ofA === 'none' && ofB === 'shown') return a;
  return ofB === 'none' && ofA === 'shown' ? b : null;
}

/** Whoever is in one category is in the other, too. */
const contained: Check = (context) =>
  pairsTogether(rulesOf(context.ruleSet, 'eligibility'), context.ruleSet).map(([a, b]) => {
    const { consistent, isTaken } = context.properties;
    return {
      property: consistent(all([isTaken(a), isTaken(b)])),
      about: [aboutRule(a), aboutRule(b)],
      async report(answer) {
        const inner = await innerOf(context, a, b, answer);
        if (inner === null) return [];
        const outer = inner === a ? b : a;
        return unlessShown(
          { kind: 'none' },
          {
            position: inner.position,
            about: [aboutRule(inner), aboutRule(outer)],
            ja: `対象の区分「${inner.id}」に当てはまる方は、だれもが「${outer.id}」にも当てはまります。`,
            en: `Everybody in the category "${inner.id}" is in "${outer.id}", too.`,
          },
        );
      },
    };
  });

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
  ['contained', contained],
  ['excluded-remedies', excludedRemedies],
  ['nothing-offered', nothingOffered],
  ['no-claim-state', noClaimState],
  ['no-next-step', noNextStep],
  ['no-deadline', noDeadline],
  ['no-contact', noContact],
];
