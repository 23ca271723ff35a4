/** Everything that an answer may say, part by part, and when it says it. */
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import { all, any, type Goal, type Sayings } from '../search/properties.ts';

export type Field =
  | 'outcome'
  | 'categories'
  | 'remedies'
  | 'brands'
  | 'voucherState'
  | 'claimState'
  | 'nextSteps'
  | 'deadlines'
  | 'requiredInformation'
  | 'assumptions';

/** Fields of which an answer has exactly one word. */
export const isWord = (field: Field): field is 'outcome' | 'voucherState' | 'claimState' =>
  field === 'outcome' || field === 'voucherState' || field === 'claimState';

/** Whose next steps, deadlines and information an answer shows. */
export const GUIDING: readonly Section[] = ['outcome', 'voucherState', 'claimState', 'advice'];

/** By field and by what is said: an id, or remedy/brand, or the text of an assumption. */
export type Parts = ReadonlyMap<Field, ReadonlyMap<string, Goal>>;

export function partsOf(ruleSet: RuleSet, sayings: Sayings): Parts {
  const rules = (section: Section): Rule[] => ruleSet.rules.filter((rule) => rule.section === section);
  const guiding = ruleSet.rules.filter(({ section }) => GUIDING.includes(section));
  const gathered = (
    from: readonly Rule[],
    said: (rule: Rule) => Iterable<[string, Goal]>,
  ): Map<string, Goal> => {
    const goals = new Map<string, Goal[]>();
    for (const rule of from)
      for (const [key, goal] of said(rule)) goals.set(key, [...(goals.get(key) ?? []), goal]);
    return new Map([...goals].map(([key, found]) => [key, any(found)]));
  };
  const speaking = (from: readonly Rule[], keys: (rule: Rule) => readonly string[]): Map<string, Goal> =>
    gathered(from, (rule) => keys(rule).map((key) => [key, sayings.speaks(rule)]));
  const concluded = (section: Section): Map<string, Goal> =>
    speaking(rules(section), (rule) => [rule.concludes]);

  return new Map<Field, Map<string, Goal>>([
    ['outcome', concluded('outcome')],
    ['voucherState', concluded('voucherState')],
    ['claimState', concluded('claimState')],
    ['categories', concluded('eligibility')],
    ['remedies', concluded('remedies')],
    ['brands', speaking(rules('remedies'), ({ id, brands }) => brands.map((brand) => `${id}/${brand}`))],
    ['nextSteps', speaking(guiding, (rule) => rule.nextSteps)],
    ['deadlines', speaking(guiding, (rule) => rule.deadlines)],
    ['assumptions', speaking(rules('assumptions'), (rule) => [rule.label])],
    [
      'requiredInformation',
      gathered(guiding, (rule) =>
        rule.information.flatMap(({ list, missingFrom, only }) =>
          (ruleSet.lists.get(list)?.items ?? [])
            .filter(({ id }) => only === null || only.includes(id))
            .map(({ id }): [string, Goal] => [
              id,
              missingFrom === null
                ? sayings.speaks(rule)
                : all([sayings.speaks(rule), sayings.lacks(missingFrom, id)]),
            ]),
        ),
      ),
    ],
  ]);
}
