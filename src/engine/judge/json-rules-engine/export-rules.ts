/** A rule set as `hosho rules export` prints it: all that a plain json-rules-engine needs to conclude the same. */
import { AS_OF, type Conclusion } from '../../../rulebook/basics.ts';
import { CONCLUSION_OF, type Deadline, type RuleSet, SECTION_NAMES } from '../../../rulebook/rule-set.ts';
import type { FactDefinition } from '../../../rulebook/vocabulary.ts';
import { factLabel } from '../../answer/wording.ts';
import { factsOfDerived, factsOfSection, type SectionRules, sectionRules } from './section-rules.ts';

export interface ExportedSection extends SectionRules {
  /** The fact under which later sections read what this one concludes; null where none does. */
  concludes: Conclusion | null;
}

export interface ExportedRules {
  prefecture: string;
  incident: string;
  title: string;
  /** Days of deadlines that are counted from a fact are days there. */
  timeZone: string;
  /** The facts that a case may give, in the order of the vocabulary, and what it means where one is left out. */
  facts: Record<string, Pick<FactDefinition, 'label' | 'type' | 'absent'>>;
  deadlines: Record<string, Pick<Deadline, 'label' | 'from' | 'until'>>;
  /** In the order in which they are to be run: each may read what those before it concluded. */
  sections: ExportedSection[];
}

export function exportRules(ruleSet: RuleSet): ExportedRules {
  const { prefecture, incident, title, timeZone, vocabulary } = ruleSet;
  const sections = SECTION_NAMES.map((name) => {
    const { section, takes, ...rules } = sectionRules(name, ruleSet, '');
    return { section, takes, concludes: CONCLUSION_OF[name] ?? null, ...rules };
  });
  const read = new Set(
    sections.flatMap((section) => [
      ...factsOfSection(section),
      ...Object.values(section.derived).flatMap((derived) => factsOfDerived(derived, ruleSet.deadlines)),
    ]),
  );
  const facts: ExportedRules['facts'] = {
    [AS_OF]: { label: factLabel(AS_OF, ruleSet), type: 'instant', absent: { kind: 'unknown' } },
  };
  for (const { name, label, type, absent } of vocabulary.facts.values())
    if (read.has(name)) facts[name] = { label, type, absent };
  const deadlines = Object.fromEntries(
    [...ruleSet.deadlines.values()].map(({ id, label, from, until }) => [id, { label, from, until }]),
  );
  return { prefecture, incident, title, timeZone, facts, deadlines, sections };
}
