/** Everything that an answer may have, part by part, and in which cases it has it. */
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { COMPARED_FIELDS, type FieldName } from '../cases/answer-fields.ts';
import { all, any, type Property, type RuleSetProperties } from '../search/properties.ts';

/** By field and by part: an id, or remedy/brand, or the text of an assumption. */
export type AnswerProperties = ReadonlyMap<FieldName, ReadonlyMap<string, Property>>;

export const answerPropertiesOf = (ruleSet: RuleSet, properties: RuleSetProperties): AnswerProperties =>
  new Map(
    [...COMPARED_FIELDS].map(([name, { sections, parts }]) => {
      const found = new Map<string, Property[]>();
      for (const rule of ruleSet.rules.filter(({ section }) => sections.includes(section))) {
        for (const { id, missingFrom } of parts(rule, ruleSet)) {
          const isTaken = properties.isTaken(rule);
          const property = missingFrom ? all([isTaken, properties.lacks(missingFrom, id)]) : isTaken;
          found.set(id, [...(found.get(id) ?? []), property]);
        }
      }
      return [name, new Map([...found].map(([id, ofRules]) => [id, any(ofRules)]))];
    }),
  );
