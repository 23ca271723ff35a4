/** What says less than it seems: assumptions said to everybody, rules that could be one, and who is left for the last rule. */
import type { Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { aboutRule, comparisons, rulesOf, textsIn } from '../rule-set-parts.ts';
import { ALWAYS, no } from '../search/properties.ts';
import { type Check, type Checks, foundIfNever, foundIfShown, ruleEn, ruleJa } from './finding.ts';

/** Of what the notice leaves open only what was decided for this answer is worth saying. */
const saidToAll: Check = ({ ruleSet, properties: { consistent, holds } }) =>
  rulesOf(ruleSet, 'assumptions').map((rule) =>
    foundIfNever(consistent(no(holds(rule))), {
      position: rule.position,
      about: [aboutRule(rule)],
      ja: `${ruleJa(rule)}が、どの回答にも示されます。関わる方だけに示す条件（when）を書いてください。`,
      en: `The ${ruleEn(rule)} is said in every answer. Write the condition (when) of those whom it concerns.`,
    }),
  );

/** Neighbours of a section that takes the first, which say the same. */
const couldBeOne: Check = ({ ruleSet }) =>
  sectionsOfKind(ruleSet, 'state', 'claim', 'outcome', 'amount').flatMap(({ name }) => {
    // Cells stand in a table, and the outcome of a state with the state.
    const rules = rulesOf(ruleSet, name).filter(({ cell, when }) => cell === null && !isOfState(when));
    return rules.slice(1).flatMap((rule, i) => {
      const above = rules[i];
      if (!above || rule.when === null || saying(above) !== saying(rule)) return [];
      if (isNamed(above, ruleSet) || isNamed(rule, ruleSet)) return [];
      const draft = {
        position: rule.position,
        about: [aboutRule(above), aboutRule(rule)],
        ja: `${ruleJa(rule)}は、すぐ上の「${above.id}」と同じことを示します。条件を any で並べれば、一つの規則で書けます。`,
        en: `The ${ruleEn(rule)} says the same as "${above.id}" just above: with their conditions under any, they are one rule.`,
      };
      return [{ property: ALWAYS, about: draft.about, report: async () => [{ ...draft, ...SEEN }] }];
    });
  });
const isOfState = (when: Rule['when']): boolean =>
  when?.kind === 'leaf' && when.source === 'conclusion' && when.fact.endsWith('.rule');
const SEEN = { verdict: 'proved', example: null } as const;

const saying = ({ id, concludes, label, position, when, section, sectionLabel, ...rest }: Rule): string =>
  JSON.stringify([concludes, label === id ? '' : label, rest]);

/** Some condition asks whether it was this rule. */
const isNamed = ({ section, id }: Rule, ruleSet: RuleSet): boolean =>
  comparisons(ruleSet).some(
    ({ fact, operand }) => fact === `${section}.rule` && textsIn(operand).includes(id),
  );

/** Who is left for the last rule, which has no condition: only an example shows whether they are those who were meant. */
const fallsToLast: Check = (context) =>
  sectionsOfKind(context.ruleSet, 'state', 'claim', 'outcome').flatMap(({ name }) => {
    const rules = rulesOf(context.ruleSet, name);
    const last = rules.at(-1);
    if (!last || rules.length === 1 || last.when !== null) return [];
    const { consistent, isTaken } = context.properties;
    return [
      foundIfShown(context, consistent(isTaken(last)), {
        severity: 'information',
        position: last.position,
        about: [aboutRule(last)],
        ja: `条件のない最後の規則、${ruleJa(last)}になる方の一例です。ほかの規則に書き漏らした方でないか、確かめてください。`,
        en: `An example of who is left for the ${ruleEn(last)}, which has no condition. Is it somebody whom a rule above forgot?`,
      }),
    ];
  });

export const REDUNDANT: Checks = [
  ['said-to-all', saidToAll],
  ['could-be-one', couldBeOne],
  ['falls-to-last', fallsToLast],
];
