/** Rules, as entries. */
import { factLabel } from '../../engine/answer/wording.ts';
import {
  type Condition,
  type InformationRequest,
  type Rule,
  type RuleSet,
  YEN,
} from '../../rulebook/rule-set.ts';
import type { Section } from '../../rulebook/sections.ts';
import type { Path } from '../../rulebook/source.ts';
import { leavesIn } from '../rule-set-parts.ts';
import { type Entry, entry, factsNamed, type Labels, named, remedyLabels, wordsFor } from './entry.ts';

export function ofRule(rule: Rule, section: Section, path: Path, ruleSet: RuleSet): Entry {
  const { id, label, when, concludes, clauses, nextSteps, deadlines, brands, facts, excludes } = rule;
  const { vocabulary } = ruleSet;
  const words = amountWords(rule.amount, ruleSet);
  const quantity = rule.amount && rule.amount.unit !== YEN ? { quantity: words } : { amount: words };
  const word = concludes === id ? concludes : (section.words?.get(concludes) ?? concludes);
  const concluded = { ids: concludes, words: [word] };
  const labelsOf = (all: ReadonlyMap<string, { label: string }>): Labels =>
    new Map([...all].map(([key, one]) => [key, one.label]));
  const written = {
    ...{ label, concludes: concluded, clause: clauses },
    nextSteps: named(nextSteps, vocabulary.nextSteps),
    deadlines: named(deadlines, labelsOf(ruleSet.deadlines)),
    requiredInformation: {
      ids: rule.information,
      words: rule.information.map((request) => requestWords(request, ruleSet)),
    },
    brands: named(brands, new Map(ruleSet.brands.items.map((item) => [item.id, item.label]))),
    ...quantity,
    facts: factsNamed(facts, ruleSet),
    ...{ excludes: named(excludes, remedyLabels(ruleSet)), wording: wordingOf(when) },
  };
  return entry(label, path, written, { when });
}

function requestWords({ list, missingFrom, only }: InformationRequest, ruleSet: RuleSet): string {
  const requested = ruleSet.lists.get(list);
  const items = new Map(requested?.items.map(({ id, label }) => [id, label]));
  const remarks = [
    missingFrom === null ? '' : `「${factLabel(missingFrom, ruleSet)}」にまだ無いもの`,
    only === null ? '' : `${named(only, items).words.join('、')}だけ`,
  ].filter(Boolean);
  const label = requested?.label ?? list;
  return remarks.length > 0 ? `${label}（${remarks.join('、')}）` : label;
}

/** 運賃の30%（10円未満は切り捨て）、確定 */
function amountWords(amount: Rule['amount'], ruleSet: RuleSet): string {
  if (amount === null) return '';
  const { value, unit } = amount;
  const of = unit === YEN ? '円' : unit;
  const much = value === null ? '決まらない' : wordsFor(value, ruleSet, of);
  return `${much}、${amount.final ? '確定' : '見込み'}`;
}

/** How its comparisons are worded, and what they cite. */
export const wordingOf = (condition: Condition | null): string =>
  leavesIn(condition)
    .map(({ label, clauses }) => [label ?? '', ...clauses].filter(Boolean).join(' '))
    .filter(Boolean)
    .join('、');
