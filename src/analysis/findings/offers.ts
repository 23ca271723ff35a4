/** Answers that refuse and offer all the same, or grant and leave nothing to be had. Which outcomes pay is said by the worklists. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { NO_WORKLISTS } from '../../rulebook/worklists.ts';
import { aboutRule, rulesOf, rulesOfKind } from '../rule-set-parts.ts';
import { all, any, no, type Property } from '../search/properties.ts';
import { type Check, type CheckContext, type Checks, foundIfShown, ruleEn, ruleJa } from './finding.ts';

type List = 'payment' | 'none';

/** The outcome is one that is paid, or one that is not. */
export const concludes = (context: CheckContext, list: List): Property => {
  const { outcomes } = (context.ruleSet.vocabulary.worklists ?? NO_WORKLISTS)[list];
  return taken(
    context,
    rulesOfKind(context.ruleSet, 'outcome').filter((rule) => outcomes.includes(rule.concludes)),
  );
};

const taken = ({ properties: { shared, isTaken } }: CheckContext, rules: readonly Rule[]): Property =>
  shared(any(rules.map(isTaken)));

/** Those that are applied for with the claim of a state. */
export const remediesOf = ({ ruleSet }: CheckContext, { section }: Rule): Rule[] => {
  const claim = ruleSet.claims.find((one) => one.section === section);
  return rulesOf(ruleSet, 'remedies').filter(
    (rule) => claim === undefined || claim.remedies.length === 0 || claim.remedies.includes(rule.concludes),
  );
};

const hasAmount = (context: CheckContext): Property =>
  taken(
    context,
    rulesOfKind(context.ruleSet, 'amount').filter(({ amount }) => amount !== null && amount.value !== null),
  );

/**
 * An outcome that is not paid, with a remedy. Where each of its cases has one, and none of them an amount, it may be that of a remedy
 * that is no money.
 */
const refusedRemedy: Check = (context) => {
  const { ruleSet, properties, analysis } = context;
  const { outcomes } = (ruleSet.vocabulary.worklists ?? NO_WORKLISTS).none;
  const anyRemedy = taken(context, rulesOf(ruleSet, 'remedies'));
  const money = hasAmount(context);
  return rulesOfKind(ruleSet, 'outcome')
    .filter((rule) => outcomes.includes(rule.concludes))
    .map((rule) => {
      const told = [properties.isTaken(rule), anyRemedy];
      const isBoth = properties.consistent(all(told));
      const words = ruleSet.vocabulary.outcomes.get(rule.concludes) ?? rule.concludes;
      const question = foundIfShown(context, isBoth, {
        position: rule.position,
        about: [aboutRule(rule)],
        ja: `結論が「${words}」なのに、補償も示される方がいます（${ruleJa(rule)}）。補償の条件から、この結論の場合を除いてください。`,
        en: `Somebody whose outcome is "${rule.concludes}" is offered a remedy (${ruleEn(rule)}). Leave these cases out of the remedy's condition.`,
      });
      return {
        ...question,
        async report(answer) {
          if (answer.kind === 'shown') {
            const isPaid = properties.consistent(all([...told, money]));
            const isWithout = properties.consistent(all([properties.isTaken(rule), no(anyRemedy)]));
            const mixed = await analysis.searchAny([isPaid, isWithout]);
            if (mixed.kind === 'none') return [];
          }
          return question.report(answer);
        },
      };
    });
};

/** A state of those who are on the way to a remedy, with what is to be done for it, told to somebody who is refused. */
const refusedStep: Check = (context) => {
  const { ruleSet, properties, analysis } = context;
  const isRefused = concludes(context, 'none');
  const isGranted = concludes(context, 'payment');
  return rulesOfKind(ruleSet, 'claim')
    .filter(({ nextSteps }) => nextSteps.length > 0)
    .map((rule) => {
      const question = foundIfShown(
        context,
        properties.consistent(all([properties.isTaken(rule), isRefused])),
        {
          position: rule.position,
          about: [aboutRule(rule)],
          ja: `補償を受けられない結論なのに、補償を受ける方と同じ状態と、次にすることを示される方がいます（${ruleJa(rule)}）。`,
          en: `Somebody who is refused is in the same state, and told the same steps, as those who get the remedy (${ruleEn(rule)}).`,
        },
      );
      return {
        ...question,
        async report(answer) {
          const remedies = any(remediesOf(context, rule).map(properties.isTaken));
          const isOnTheWay = properties.consistent(all([properties.isTaken(rule), isGranted, remedies]));
          if (answer.kind === 'shown' && (await analysis.searchOne(isOnTheWay)).kind === 'none') return [];
          return question.report(answer);
        },
      };
    });
};

/** A state of which the words say that nothing is left to do, of somebody with a remedy who is told a step for it. */
const doneButSteps: Check = (context) => {
  const { ruleSet, properties } = context;
  const isGranted = concludes(context, 'payment');
  return rulesOfKind(ruleSet, 'claim')
    .filter((rule) => ruleSet.vocabulary.nothingLeftToDo.has(rule.concludes) && rule.nextSteps.length > 0)
    .map((rule) => {
      const remedies = any(remediesOf(context, rule).map(properties.isTaken));
      const property = properties.consistent(all([properties.isTaken(rule), isGranted, remedies]));
      const word = ruleSet.vocabulary.claimStates.get(rule.concludes) ?? rule.concludes;
      return foundIfShown(context, property, {
        position: rule.position,
        about: [aboutRule(rule)],
        ja: `「${word}」は、もう何もすることのない状態（nothingLeftToDo）とされているのに、補償を受ける方に次にすることが示されます（${ruleJa(rule)}）。`,
        en: `nothingLeftToDo names "${rule.concludes}", yet somebody with a remedy is told a next step (${ruleEn(rule)}).`,
      });
    });
};

/** In a category and in no other, granted, and nobody of them ever gets a remedy. */
const nothingForCategory: Check = (context) => {
  const { ruleSet, properties, analysis } = context;
  const categories = rulesOf(ruleSet, 'eligibility');
  const isGranted = concludes(context, 'payment');
  const remedies = taken(context, rulesOf(ruleSet, 'remedies'));
  return categories.map((rule) => {
    const others = categories.filter((one) => one !== rule);
    const isAlone = all([properties.isTaken(rule), no(any(others.map(properties.isTaken))), isGranted]);
    return {
      property: properties.consistent(all([isAlone, remedies])),
      about: [aboutRule(rule)],
      async report(answer) {
        if (answer.kind !== 'none') return [];
        const property = properties.consistent(isAlone);
        if ((await analysis.searchOne(property)).kind !== 'shown') return [];
        const example = await analysis.example(property);
        return [
          {
            ...{ verdict: 'refuted', example, position: rule.position, about: [aboutRule(rule)] },
            ja: `${ruleJa(rule)}だけに当てはまる方は、だれも補償を受けられません。この区分を補償の条件（remedies）に書いてください。`,
            en: `Nobody who is in the ${ruleEn(rule)} alone is offered a remedy. Name the category in the condition of one.`,
          },
        ];
      },
    };
  });
};

/** On the list of those who are paid, with a remedy for which nothing could say an amount; where the file has amounts at all. */
const payableWithoutAmount: Check = (context) => {
  const { ruleSet, properties } = context;
  const { payment } = ruleSet.vocabulary.worklists ?? NO_WORKLISTS;
  const sections = sectionsOfKind(ruleSet, 'amount').filter(({ name }) => rulesOf(ruleSet, name).length > 0);
  if (sections.length === 0 || sections.some(({ remedy }) => remedy === null)) return [];
  const amounts = taken(context, rulesOfKind(ruleSet, 'amount'));
  const states = rulesOfKind(ruleSet, 'claim').filter((rule) => payment.claimStates.includes(rule.concludes));
  const isGranted = concludes(context, 'payment');
  return rulesOf(ruleSet, 'remedies')
    .filter((rule) => sections.every(({ remedy }) => remedy !== rule.concludes))
    .map((rule) => {
      const claims = ruleSet.claims.filter(
        ({ remedies }) => remedies.length === 0 || remedies.includes(rule.concludes),
      );
      const own = states.filter(({ section }) => claims.some((claim) => claim.section === section));
      const isPayable = ruleSet.claims.length === 0 ? [] : [any(own.map(properties.isTaken))];
      const property = all([properties.isTaken(rule), isGranted, no(amounts), ...isPayable]);
      return foundIfShown(context, properties.consistent(property), {
        position: rule.position,
        about: [aboutRule(rule)],
        ja: `${ruleJa(rule)}に補償額（amount）がなく、支払一覧に載るはずなのに額のない方がいます。額を書いてください。告知から決まらない額なら、yen: null と書きます。`,
        en: `The ${ruleEn(rule)} has no amount, and somebody with it who would be paid has none. Write one; yen: null where the notice leaves it open.`,
      });
    });
};

export const OFFERS: Checks = [
  ['refused-but-offered', refusedRemedy],
  ['refused-but-offered', refusedStep],
  ['done-but-steps', doneButSteps],
  ['nothing-offered', nothingForCategory],
  ['no-amount', payableWithoutAmount],
];
