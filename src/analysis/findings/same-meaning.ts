/** Two rules that hold in exactly the same cases: two categories, or two rules that also say the same. */
import { type Rule, SECTION_NAMES, SECTIONS } from '../../rulebook/rule-set.ts';
import { aboutRule, rulesOf } from '../rule-set-parts.ts';
import { exactlyOne } from '../search/properties.ts';
import { type Check, reportIfNever } from './finding.ts';
import { ruleEn, ruleJa } from './rule-text.ts';

export const sameMeaning: Check = {
  code: 'same-meaning',
  severity: 'warning',
  questions: ({ ruleSet, properties, analysis }) =>
    SECTION_NAMES.filter((section) => SECTIONS[section] === 'collect').flatMap((section) =>
      pairs(rulesOf(ruleSet, section))
        .filter(([a, b]) => section === 'eligibility' || effect(a) === effect(b))
        .map(([a, b]) => {
          const property = exactlyOne(properties.holds(a), properties.holds(b));
          return {
            property: section === 'contradictions' ? property : properties.consistent(property),
            async report(answer) {
              // Two rules that never hold are two other findings.
              const holds =
                section === 'contradictions'
                  ? properties.holds(a)
                  : properties.consistent(properties.holds(a));
              if (answer.kind === 'none' && (await analysis.searchOne(holds)).kind === 'none') return [];
              return reportIfNever(answer, {
                position: b.position,
                about: [aboutRule(a), aboutRule(b)],
                ja: `${ruleJa(b)}は、上の「${a.id}」とまったく同じ場合に当てはまります。`,
                en: `The ${ruleEn(b)} holds in exactly the same cases as "${a.id}" above.`,
              });
            },
          };
        }),
    ),
};

/** What a rule says, apart from when. Several remedies or assumptions of the same people are usual. */
const effect = ({ section, id, concludes, label, nextSteps, deadlines, information, brands }: Rule): string =>
  JSON.stringify([
    concludes === id ? '' : concludes,
    section === 'advice' ? '' : label,
    nextSteps,
    deadlines,
    information,
    brands,
  ]);

export const pairs = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
