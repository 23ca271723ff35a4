/** Everything that an answer may have, part by part, and in which cases it has it. */
import type { ComparedAspect } from '../../engine/answer/field.ts';
import { type AspectName, COMPARED } from '../../engine/answer/fields.ts';
import { SECTIONS } from '../../rulebook/rule-set.ts';
import type { AnalyzedRuleSet } from '../search/analysis.ts';
import { all, any, type Property } from '../search/properties.ts';

/** By field and by part: an id, or remedy/brand, or the text of an assumption. */
export type AnswerProperties = ReadonlyMap<AspectName, ReadonlyMap<string, Property>>;

/** Has an answer exactly one word of the field? It has where the sections take the first rule that holds. */
export const isWord = ({ sections }: Pick<ComparedAspect, 'sections'>): boolean =>
  sections.every((section) => SECTIONS[section] === 'first');

const rank = (field: ComparedAspect): number => (isWord(field) ? 0 : field.readsFacts ? 2 : 1);

/** The solver is told of the fields in this order: in another it finds other examples, though no worse ones. */
const FIELDS = [...COMPARED].sort(([, a], [, b]) => rank(a) - rank(b));

export const answerPropertiesOf = ({ ruleSet, properties }: AnalyzedRuleSet): AnswerProperties =>
  new Map(
    FIELDS.map(([name, { sections, parts }]) => {
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
