/** A state, outcome or amount that is never taken: it can never hold, or one above it always holds too. */
import { type Rule, SECTIONS } from '../../rulebook/rule-set.ts';
import { evaluateCase } from '../cases/evaluate-case.ts';
import { aboutRule, rulesAbove } from '../rule-set-parts.ts';
import { all, any, no } from '../search/properties.ts';
import { type Check, type CheckContext, type FindingDraft, reportIfNever } from './finding.ts';
import { neverHoldsDraft } from './never-holds.ts';
import { listEn, listJa, ruleEn, ruleJa } from './rule-text.ts';

/** Two checks of one question: which of them it is shows only once the rule is known never to be taken. */
const neverTaken = (
  context: CheckContext,
  tell: (rule: Rule, canHold: boolean) => Promise<FindingDraft[]>,
): ReturnType<Check['questions']> =>
  context.ruleSet.rules
    // The last rule of a section has no condition because the format requires it: it need not be reachable.
    .filter((rule) => SECTIONS[rule.section] === 'first' && rule.when !== null)
    .map((rule) => {
      const { properties, analysis } = context;
      return {
        property: properties.consistent(properties.isTaken(rule)),
        async report(answer) {
          if (answer.kind !== 'none') return [];
          const holds = await analysis.searchOne(properties.consistent(properties.holds(rule)));
          return tell(rule, holds.kind !== 'none');
        },
      };
    });

export const neverHoldsState: Check = {
  code: 'never-holds',
  severity: 'warning',
  questions: (context) =>
    neverTaken(context, async (rule, canHold) =>
      canHold ? [] : reportIfNever({ kind: 'none' }, neverHoldsDraft(rule)),
    ),
};

export const shadowed: Check = {
  code: 'shadowed',
  severity: 'warning',
  questions: (context) =>
    neverTaken(context, async (rule, canHold) => {
      if (!canHold) return [];
      const { analysis, properties } = context;
      const property = properties.consistent(properties.holds(rule));
      const example = await analysis.example(property);
      const above = await takenInstead(context, rule);
      return [
        {
          verdict: 'proved',
          example,
          position: rule.position,
          about: [aboutRule(rule)],
          ja: `${ruleJa(rule)}が選ばれることはありません。当てはまる場合は、いつも上の${listJa(above)}が先に選ばれます。`,
          en: `The ${ruleEn(rule)} is never taken: whenever it holds, ${listEn(above)} above it is taken first.`,
        },
      ];
    }),
};

/** Rules above of which one always holds too: the nearest that do, as few as that takes. */
async function takenInstead({ analysis, properties, ruleSet }: CheckContext, rule: Rule): Promise<string[]> {
  const above = rulesAbove(ruleSet, rule);
  const found = new Set<Rule>();
  for (;;) {
    const others = no(any([...found].map((one) => properties.holds(one))));
    const answer = await analysis.searchOne(properties.consistent(all([properties.holds(rule), others])));
    const evaluation = answer.kind === 'shown' ? evaluateCase(ruleSet, answer.values) : null;
    const nearest = evaluation && above.findLast((one) => evaluation.holds(one) === 'true');
    if (!nearest) return above.filter((one) => found.has(one)).map(({ id }) => id);
    found.add(nearest);
  }
}
