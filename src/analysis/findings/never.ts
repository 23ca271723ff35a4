/** What is written and never comes about: conditions, rules and words that make no difference to anybody. */

import type { Position } from '../../rulebook/basics.ts';
import type { Rule } from '../../rulebook/rule-set.ts';
import { SECTION_KINDS, sectionsOfKind } from '../../rulebook/sections.ts';
import { evaluateCase } from '../cases/evaluate-case.ts';
import { aboutRule, comparisons, namesUnder, rulesAbove, rulesOf, textsIn } from '../rule-set-parts.ts';
import { ALWAYS, all, any, exactlyOne, no } from '../search/properties.ts';
import { pairsTogether } from './apart.ts';
import type { Check, CheckContext, Checks, Draft, FindingDraft, Question } from './finding.ts';
import { foundIfNever, ruleEn, ruleJa, unlessShown } from './finding.ts';

/** Contradictions that hold of everybody: nothing else would ever be concluded. */
const alwaysContradictory: Check = ({ ruleSet, properties }) => {
  const contradictions = rulesOf(ruleSet, 'contradictions');
  return contradictions.slice(0, 1).map(({ position }) =>
    foundIfNever(properties.consistent(ALWAYS), {
      position,
      about: contradictions.map(aboutRule),
      ja: 'どんな場合も矛盾とされ、だれにも答えが出ません。',
      en: 'Every case is called contradictory, so nobody gets an answer.',
    }),
  );
};

const neverHoldsDraft = (rule: Rule): Draft => ({
  position: rule.position,
  about: [aboutRule(rule)],
  ja: `${ruleJa(rule)}は、どんな場合にも当てはまりません。`,
  en: `The ${ruleEn(rule)} can never hold.`,
});

/** A rule that can never hold, whoever asks and whenever. A state is asked about as a whole: see `shadowed`. */
const neverHolds: Check = ({ ruleSet, properties: { within, holds } }) =>
  ruleSet.rules
    .filter(({ kind }) => SECTION_KINDS[kind] === 'collect')
    .map((rule) => foundIfNever(within(rule.section, holds(rule)), neverHoldsDraft(rule)));

/** Two checks of one question: which of them it is shows only once the rule is known never to be taken. */
const neverTaken = (
  { ruleSet, properties, analysis }: CheckContext,
  tell: (rule: Rule, canHold: boolean) => Promise<FindingDraft[]>,
): Question[] =>
  ruleSet.rules
    // The last rule of a section has no condition because the format requires it: it need not be reachable.
    .filter((rule) => SECTION_KINDS[rule.kind] === 'first' && rule.when !== null)
    .map((rule) => ({
      property: properties.consistent(properties.isTaken(rule)),
      about: [aboutRule(rule)],
      async report(answer) {
        if (answer.kind !== 'none') return [];
        const holds = await analysis.searchOne(properties.consistent(properties.holds(rule)));
        return tell(rule, holds.kind !== 'none');
      },
    }));

const neverHoldsState: Check = (context) =>
  neverTaken(context, async (rule, canHold) =>
    canHold ? [] : unlessShown({ kind: 'none' }, neverHoldsDraft(rule)),
  );

/** A state, outcome or amount that is never taken because one above it always holds too. */
const shadowed: Check = (context) =>
  neverTaken(context, async (rule, canHold) => {
    if (!canHold) return [];
    const { analysis, properties } = context;
    const example = await analysis.example(properties.consistent(properties.holds(rule)));
    const above = await takenInstead(context, rule);
    const [listJa, listEn] = [
      above.map((id) => `「${id}」`).join('、'),
      above.map((id) => `"${id}"`).join(', '),
    ];
    return [
      {
        verdict: 'proved',
        example,
        position: rule.position,
        about: [aboutRule(rule)],
        ja: `${ruleJa(rule)}が選ばれることはありません。当てはまる場合は、いつも上の${listJa}が先に選ばれます。`,
        en: `The ${ruleEn(rule)} is never taken: whenever it holds, ${listEn} above it is taken first.`,
      },
    ];
  });

/** Rules above of which one always holds too: the nearest that do, as few as that takes. */
async function takenInstead({ analysis, properties, ruleSet }: CheckContext, rule: Rule): Promise<string[]> {
  const above = rulesAbove(ruleSet, rule);
  const found = new Set<Rule>();
  for (;;) {
    const others = no(any([...found].map(properties.holds)));
    const answer = await analysis.searchOne(properties.consistent(all([properties.holds(rule), others])));
    const evaluation = answer.kind === 'shown' ? evaluateCase(ruleSet, answer.values) : null;
    const nearest = evaluation && above.findLast((one) => evaluation.holds(one) === 'true');
    if (!nearest) return above.filter((one) => found.has(one)).map(({ id }) => id);
    found.add(nearest);
  }
}

/** A named condition that always holds, or never. */
const constantCondition =
  (whatNeverIs: boolean, ja: string, en: string): Check =>
  ({ ruleSet, properties }) => {
    const ofContradictions = new Set(
      rulesOf(ruleSet, 'contradictions').flatMap(({ when }) => [...namesUnder(when, ruleSet)]),
    );
    return [...ruleSet.conditions.values()].map(({ name, position }) => {
      const property = whatNeverIs ? properties.named(name) : no(properties.named(name));
      // What makes a case contradictory is there for such cases.
      return foundIfNever(ofContradictions.has(name) ? property : properties.consistent(property), {
        position,
        about: [`conditions/${name}`],
        ja: `条件「${name}」は、${ja}`,
        en: `The condition "${name}" ${en}`,
      });
    });
  };

const alwaysTrue = constantCondition(false, 'どんな場合にも成り立ちます。', 'holds in every case.');
const alwaysFalse = constantCondition(true, 'どんな場合にも成り立ちません。', 'can never hold.');

/** Two rules that hold in exactly the same cases: two categories, or two rules that also say the same. */
const sameMeaning: Check = ({ ruleSet, properties: { holds, within }, analysis }) =>
  ruleSet.sections
    .filter(({ takes }) => takes === 'collect')
    .flatMap(({ name: section }) =>
      pairsTogether(rulesOf(ruleSet, section), ruleSet)
        .filter(([a, b]) => section === 'eligibility' || effect(a) === effect(b))
        .map(([a, b]) => ({
          property: within(section, exactlyOne(holds(a), holds(b))),
          about: [aboutRule(a), aboutRule(b)],
          async report(answer) {
            // Two rules that never hold are two other findings.
            const canHold = within(section, holds(a));
            if (answer.kind === 'none' && (await analysis.searchOne(canHold)).kind === 'none') return [];
            return unlessShown(answer, {
              position: b.position,
              about: [aboutRule(a), aboutRule(b)],
              ja: `${ruleJa(b)}は、上の「${a.id}」とまったく同じ場合に当てはまります。`,
              en: `The ${ruleEn(b)} holds in exactly the same cases as "${a.id}" above.`,
            });
          },
        })),
    );

/** What a rule says, apart from when. Several remedies or assumptions of the same people are usual. */
const effect = ({ section, id, concludes, label, nextSteps, deadlines, information, brands }: Rule): string =>
  JSON.stringify([
    concludes === id ? '' : concludes,
    section === 'advice' ? '' : label,
    ...[nextSteps, deadlines, information, brands],
  ]);

/** A state or an outcome that the rules name and that no case has. */
const unreached: Check = ({ ruleSet, properties: { consistent, isTaken } }) =>
  sectionsOfKind(ruleSet, 'state', 'claim', 'outcome').flatMap(({ name, conclusion, label: { ja, en } }) => {
    const rules = rulesOf(ruleSet, name);
    const concluding = (word: string): Rule[] => rules.filter(({ concludes }) => concludes === word);
    // Words that several rules conclude, for `shadowed` reports those of a single rule, and words that conditions ask for.
    const mentions = [
      ...rules
        .filter(({ concludes }) => concluding(concludes).length > 1)
        .map(({ concludes, position }): [string, Position] => [concludes, position]),
      ...comparisons(ruleSet)
        .filter(({ source, fact }) => source === 'conclusion' && fact === conclusion)
        .flatMap(({ operand, position }) =>
          textsIn(operand)
            .filter((word) => concluding(word).length === 0)
            .map((word): [string, Position] => [word, position]),
        ),
    ];
    const isFirst = ([word]: [string, Position], i: number): boolean =>
      mentions.findIndex(([other]) => other === word) === i;
    return mentions.filter(isFirst).map(([word, position]) =>
      foundIfNever(consistent(any(concluding(word).map(isTaken))), {
        position,
        about: [`${name}/${word}`],
        ja: `${ja}が「${word}」になる場合はありません。`,
        en: `No case comes to the ${en} "${word}".`,
      }),
    );
  });

export const NEVER: Checks = [
  ['always-contradictory', alwaysContradictory],
  ['never-holds', neverHolds],
  ['never-holds', neverHoldsState],
  ['shadowed', shadowed],
  ['always-true', alwaysTrue],
  ['always-false', alwaysFalse],
  ['same-meaning', sameMeaning],
  ['unreached', unreached],
];
