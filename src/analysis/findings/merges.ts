/** Rules that say what another says already: a category inside another, two neighbours that could be one. */
import type { Rule } from '../../rulebook/rule-set.ts';
import { SECTION_KINDS } from '../../rulebook/sections.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { all, no } from '../search/properties.ts';
import type { Check, Checks, Question } from './finding.ts';
import { ruleEn, ruleJa, unlessShown } from './finding.ts';

/** Whoever is in the one is in the other too. Two that are the same are another finding. */
const inside: Check = ({ ruleSet, analysis, properties: { isTaken, consistent } }) => {
  const categories = rulesOf(ruleSet, 'eligibility');
  const outside = (inner: Rule, outer: Rule) => consistent(all([isTaken(inner), no(isTaken(outer))]));
  return categories.flatMap((inner) =>
    categories
      .filter((outer) => outer !== inner)
      .map(
        (outer): Question => ({
          property: outside(inner, outer),
          about: [aboutRule(inner), aboutRule(outer)],
          async report(answer) {
            if (answer.kind !== 'none') return [];
            const isEmpty = (await analysis.searchOne(consistent(isTaken(inner)))).kind !== 'shown';
            const isSame = (await analysis.searchOne(outside(outer, inner))).kind !== 'shown';
            if (isEmpty || isSame) return [];
            return unlessShown(answer, {
              severity: 'information',
              position: inner.position,
              about: [aboutRule(inner), aboutRule(outer)],
              ja: `対象の区分「${inner.id}」の方は、みな「${outer.id}」にも当てはまります。`,
              en: `Everybody in the category "${inner.id}" is in "${outer.id}" too.`,
            });
          },
        }),
      ),
  );
};

/** Neighbours that conclude and say the same, from the same clauses: one rule with `any` would do. */
const couldBeOne: Check = ({ ruleSet, properties: { consistent, isTaken } }) =>
  ruleSet.sections
    .filter(({ kind }) => SECTION_KINDS[kind] === 'first' && kind !== 'amount')
    .flatMap(({ name }) => {
      const rules = rulesOf(ruleSet, name);
      return rules.slice(1).flatMap((rule, i): Question[] => {
        const above = rules[i];
        if (!above || saying(above) !== saying(rule)) return [];
        return [
          {
            property: consistent(isTaken(rule)),
            about: [aboutRule(above), aboutRule(rule)],
            report: async () => [
              {
                ...{ severity: 'information', verdict: 'proved', example: null },
                position: rule.position,
                about: [aboutRule(above), aboutRule(rule)],
                ja: `${ruleJa(rule)}は、すぐ上の「${above.id}」と同じことを述べます。条件を any で並べれば、一つの規則にできます。`,
                en: `The ${ruleEn(rule)} says what "${above.id}" just above says. With their conditions under any they could be one rule.`,
              },
            ],
          },
        ];
      });
    });

const saying = ({ concludes, clauses, nextSteps, deadlines, information }: Rule): string =>
  JSON.stringify([concludes, clauses, nextSteps, deadlines, information]);

export const MERGES: Checks = [
  ['inside', inside],
  ['could-be-one', couldBeOne],
];
