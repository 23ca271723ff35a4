/** A rule set as `hosho rules export` prints it: all that a plain json-rules-engine needs to conclude the same. */
import { AS_OF } from '../../../rulebook/basics.ts';
import type { Deadline, RuleSet } from '../../../rulebook/rule-set.ts';
import type { FactDefinition } from '../../../rulebook/vocabulary.ts';
import { factLabel } from '../../answer/wording.ts';
import { factsOfDerived, factsOfSection, sectionRules } from './section-rules.ts';

export type ExportedRules = ReturnType<typeof exportRules>;
export type ExportedSection = ExportedRules['sections'][number];

export function exportRules(ruleSet: RuleSet) {
  const { prefecture, incident, title, timeZone, vocabulary } = ruleSet;
  const exported = ruleSet.sections.map((one) => {
    const { section, takes, ...rules } = sectionRules(one, ruleSet, '');
    return {
      ...{ section, takes },
      /** The fact under which later sections read what this one concludes; null where none does. */
      concludes: one.conclusion,
      ...rules,
    };
  });
  const read = new Set(
    exported.flatMap((section) => [
      ...factsOfSection(section),
      ...Object.values(section.derived).flatMap((derived) => factsOfDerived(derived, ruleSet.deadlines)),
    ]),
  );
  const facts: Record<string, Pick<FactDefinition, 'label' | 'type' | 'absent'>> = {
    [AS_OF]: { label: factLabel(AS_OF, ruleSet), type: 'instant', absent: { kind: 'unknown' } },
  };
  for (const { name, label, type, absent } of vocabulary.facts.values())
    if (read.has(name)) facts[name] = { label, type, absent };
  const deadlines: Record<string, Pick<Deadline, 'label' | 'from' | 'until'>> = Object.fromEntries(
    [...ruleSet.deadlines.values()].map(({ id, label, from, until }) => [id, { label, from, until }]),
  );
  return {
    ...{ prefecture, incident, title },
    /** Days of deadlines that are counted from a fact are days there. */
    timeZone,
    /** The facts that a case may give, in the order of the vocabulary, and what it means where one is left out. */
    facts,
    deadlines,
    /** In the order in which they are to be run: each may read what those before it concluded. */
    sections: exported,
  };
}
