/** Everything that an answer may say, part by part, and when it says it. */
import type { Rule, RuleSet, Section } from '../../rulebook/rule-set.ts';
import { all, any, type Property, type RuleSetProperties } from '../search/properties.ts';

export type ComparedField =
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
export const isWord = (field: ComparedField): field is 'outcome' | 'voucherState' | 'claimState' =>
  field === 'outcome' || field === 'voucherState' || field === 'claimState';

/** Whose next steps, deadlines and information an answer shows. */
export const GUIDING_SECTIONS: readonly Section[] = ['outcome', 'voucherState', 'claimState', 'advice'];

/** By field and by what is said: an id, or remedy/brand, or the text of an assumption. */
export type AnswerProperties = ReadonlyMap<ComparedField, ReadonlyMap<string, Property>>;

export function answerPropertiesOf(ruleSet: RuleSet, properties: RuleSetProperties): AnswerProperties {
  const rules = (section: Section): Rule[] => ruleSet.rules.filter((rule) => rule.section === section);
  const guiding = ruleSet.rules.filter(({ section }) => GUIDING_SECTIONS.includes(section));
  const gathered = (
    from: readonly Rule[],
    said: (rule: Rule) => Iterable<[string, Property]>,
  ): Map<string, Property> => {
    const properties = new Map<string, Property[]>();
    for (const rule of from)
      for (const [key, property] of said(rule))
        properties.set(key, [...(properties.get(key) ?? []), property]);
    return new Map([...properties].map(([key, found]) => [key, any(found)]));
  };
  const speaking = (from: readonly Rule[], keys: (rule: Rule) => readonly string[]): Map<string, Property> =>
    gathered(from, (rule) => keys(rule).map((key) => [key, properties.isTaken(rule)]));
  const concluded = (section: Section): Map<string, Property> =>
    speaking(rules(section), (rule) => [rule.concludes]);

  return new Map<ComparedField, Map<string, Property>>([
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
            .map(({ id }): [string, Property] => [
              id,
              missingFrom === null
                ? properties.isTaken(rule)
                : all([properties.isTaken(rule), properties.lacks(missingFrom, id)]),
            ]),
        ),
      ),
    ],
  ]);
}
