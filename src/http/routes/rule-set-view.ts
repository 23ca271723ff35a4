/** Rule sets as people and programs read them over HTTP. */
import { answerDeadline } from '../../engine/answer/parts.ts';
import type { ServedRuleSet } from '../../rule-files/registry.ts';
import { type Rule, type RuleSet, SECTION_NAMES } from '../../rulebook/rule-set.ts';

export function ruleSetSummary({ ruleSet, version, commit }: ServedRuleSet) {
  const { prefecture, incident, title, source } = ruleSet;
  const href = `/rule-sets/${prefecture}/${incident}`;
  const hrefs = { href, factsHref: `${href}/facts`, versionsHref: `${href}/versions` };
  return { prefecture, incident, title, version, commit, source, ...hrefs };
}

/** A deadline counted from a fact is then told in words. */
const NOTHING_KNOWN = { get: () => undefined };

/** Everything but the conditions: those read best in the YAML. */
export function ruleSetView(served: ServedRuleSet) {
  const { ruleSet } = served;
  return {
    ...ruleSetSummary(served),
    timeZone: ruleSet.timeZone,
    ...sections(ruleSet),
    deadlines: [...ruleSet.deadlines.values()].map((deadline) => ({
      ...answerDeadline(deadline, NOTHING_KNOWN, ruleSet),
      clauses: deadline.clauses,
    })),
    brands: ruleSet.brands.items,
    information: [...ruleSet.lists.values()].map(({ id, label, clauses, items }) => ({
      ...{ id, label, clauses, items },
    })),
    contact: contact(ruleSet),
    clauses: [...ruleSet.clauses.values()],
  };
}

const sections = ({ rules }: RuleSet) =>
  Object.fromEntries(
    SECTION_NAMES.map((section) => [section, rules.filter((rule) => rule.section === section).map(view)]),
  );

const view = ({ id, concludes, label, clauses }: Rule) => ({ id, concludes, label, clauses });

function contact({ contact }: RuleSet) {
  if (contact === null) return null;
  const { id, name, tel, hoursText, clauses } = contact;
  return { id, name, tel, hours: hoursText, clauses };
}
