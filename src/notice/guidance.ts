/** What people are told to do, state by state. */
import { stepDetails } from '../engine/answer/fields/guidance.ts';
import { deadlineWords } from '../engine/answer/wording.ts';
import type { Rule, RuleSet } from '../rulebook/rule-set.ts';
import type { Section } from '../rulebook/sections.ts';
import { type Entry, entryOf, linkTo, type Text } from './model.ts';
import type { Quote } from './sentences.ts';
import { NO_FACTS } from './wording.ts';

/** The states of a section that say something, in the order of the vocabulary, each with all rules that conclude it. */
export function statesOf(ruleSet: RuleSet, { name, words }: Section, quote: Quote): Entry[] {
  return [...(words ?? [])].flatMap(([id, label]) => {
    const rules = ruleSet.rules.filter((rule) => rule.section === name && rule.concludes === id);
    // The rule that bears the state's name is the usual case; what only others say depends on the case.
    const usual = rules.find((rule) => rule.id === id) ?? (rules.length === 1 ? rules[0] : undefined);
    const guiding = rules.filter(guides);
    return guiding.length > 0 ? [entry(ruleSet, label, guiding, usual, quote)] : [];
  });
}

/** Advice has no word of its own in the vocabulary: it is called by its label, where it has one. */
export const adviceOf = (ruleSet: RuleSet, quote: Quote): Entry[] =>
  ruleSet.rules
    .filter((rule) => rule.section === 'advice' && guides(rule))
    .map((rule) => entry(ruleSet, rule.label === rule.id ? 'そのほか' : rule.label, [rule], rule, quote));

const guides = (rule: Rule): boolean =>
  rule.nextSteps.length + rule.deadlines.length + rule.information.length > 0;

function entry(
  ruleSet: RuleSet,
  title: string,
  rules: readonly Rule[],
  usual: Rule | undefined,
  quote: Quote,
): Entry {
  const cited = new Set(rules.flatMap((rule) => rule.clauses));
  const clauses = [...ruleSet.clauses.keys()].filter((id) => cited.has(id));
  const usualSteps = new Set(usual?.nextSteps);
  const otherSteps = new Set(rules.flatMap((rule) => rule.nextSteps).filter((id) => !usualSteps.has(id)));
  const steps = (wanted: ReadonlySet<string>): Text[] =>
    [...ruleSet.vocabulary.nextSteps.keys()]
      .filter((id) => wanted.has(id))
      .flatMap((id) => stepTexts(ruleSet, id));
  const usually = steps(usualSteps);
  const deadlines = new Set(rules.flatMap((rule) => rule.deadlines));
  return entryOf(title, clauses, quote(title, clauses), {
    次にすること: usually,
    // A sender that both name is said once.
    場合により: steps(otherSteps).filter((text) => !usually.includes(text)),
    期限と時期: [...ruleSet.deadlines.values()]
      .filter(({ id }) => deadlines.has(id))
      .map((deadline) => `${deadline.label}：${deadlineWords(deadline, NO_FACTS, ruleSet)}`),
    用意する情報: itemsOf(ruleSet, rules),
  });
}

function stepTexts(ruleSet: RuleSet, id: string): Text[] {
  const { url, senders = [] } = stepDetails(ruleSet, id);
  return [
    ruleSet.vocabulary.nextSteps.get(id) ?? id,
    ...(url === undefined ? [] : [linkTo(url)]),
    ...senders.map(({ address, label }) => `送信元：${address}（${label}）`),
  ];
}

/** What the rules ask for: a whole list by its name, for it stands on the page; parts of one item by item. */
function itemsOf({ lists }: RuleSet, rules: readonly Rule[]): string[] {
  const requests = rules.flatMap(({ information }) => information);
  return [...lists.values()].flatMap(({ id, label, items }) => {
    const ofThis = requests.filter(({ list }) => list === id);
    if (label !== null && ofThis.some(({ only }) => only === null)) return [label];
    const asked = items.filter((item) => ofThis.some(({ only }) => only?.includes(item.id) ?? true));
    return asked.map((item) => item.label);
  });
}
