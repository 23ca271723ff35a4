/** The values that conditions read: the facts as they were given, the instant judged, and earlier conclusions. */
import { factLabel, valueJson, valueText } from '../engine/answer/wording.ts';
import { type CaseFacts, pointerOf } from '../engine/facts/read-facts.ts';
import { type Conclusions, UNKNOWN } from '../engine/facts/values.ts';
import type { SectionResults } from '../engine/judge/sections.ts';
import { isObject } from '../rulebook/basics.ts';
import type { RuleSet } from '../rulebook/rule-set.ts';
import { concludedBy, type Section } from '../rulebook/sections.ts';

/** A value that a condition reads: of a fact, of the instant judged, or of an earlier conclusion. */
export interface FactValue {
  /** The name of a fact, asOf, category … */
  name: string;
  label: string;
  /** `assumed` and `unknown` facts were left out; the vocabulary says what that means. */
  from: 'given' | 'assumed' | 'unknown' | 'asOf' | 'conclusion';
  /** JSON Pointer (RFC 6901) into the facts, also of one that was left out; null for what is no fact. */
  pointer: string | null;
  /** As given, to the letter; the ids of a conclusion; null where there is none. */
  value: unknown;
  /** The value in words, with its unit. */
  text: string;
  /** Of a conclusion: the section that made it. */
  section: string | null;
  /** Of a fact that was left out and assumed: the answer rests on the assumption, and says so. */
  isRestedOn: boolean;
}

interface CaseParts {
  ruleSet: RuleSet;
  facts: CaseFacts;
  /** The facts as the caller wrote them. */
  written: unknown;
  concluded: SectionResults['concluded'];
  /** Names of the facts whose assumption the answer rests on. */
  restedOn: ReadonlySet<string>;
}

export type FactValueOf = (name: string) => FactValue;

export const factValues =
  (parts: CaseParts): FactValueOf =>
  (name) => {
    const { ruleSet, facts, concluded } = parts;
    if (ruleSet.vocabulary.facts.has(name)) return vocabularyFact(parts, name);
    const rest = { name, label: factLabel(name, ruleSet), pointer: null, isRestedOn: false };
    const section = concludedBy(ruleSet, name);
    if (section === null) {
      const value = facts.values.get(name);
      const json = valueJson(name, value, ruleSet);
      return { ...rest, from: 'asOf', value: json, text: valueText(name, value, ruleSet), section: null };
    }
    const conclusions = concluded.get(name);
    return {
      ...rest,
      ...(name.endsWith('.rule') && { label: `${section.label.ja}を導いた規則` }),
      from: 'conclusion',
      value: [...(conclusions?.may ?? [])],
      text: conclusions ? conclusionText(name, section, conclusions, ruleSet) : 'なし',
      section: section.name,
    };
  };

function vocabularyFact({ ruleSet, facts, written, restedOn }: CaseParts, name: string): FactValue {
  const value = facts.values.get(name);
  const isUnknown = value === undefined || value === UNKNOWN;
  const from = facts.isAssumed(name) ? 'assumed' : isUnknown ? 'unknown' : 'given';
  return {
    name,
    label: factLabel(name, ruleSet),
    from,
    pointer: pointerOf(name),
    value:
      from === 'given' || facts.isUnclear(name) ? valueIn(written, name) : valueJson(name, value, ruleSet),
    text: valueText(name, value, ruleSet),
    section: null,
    isRestedOn: restedOn.has(name),
  };
}

const valueIn = (written: unknown, name: string): unknown =>
  name.split('.').reduce((value: unknown, step) => (isObject(value) ? value[step] : undefined), written);

function conclusionText(
  name: string,
  section: Section,
  { must, may, single }: Conclusions,
  { rules }: RuleSet,
): string {
  const isRule = name.endsWith('.rule');
  const word = (id: string): string => {
    if (section.words && !isRule) return section.words.get(id) ?? id;
    const rule = rules.find(
      (each) => each.section === section.name && (isRule ? each.id : each.concludes) === id,
    );
    const label = rule?.label ?? id;
    if (isRule) return `${id}（${label}）`;
    return section.kind === 'eligibility' ? `(${id}) ${label}` : label;
  };
  const certain = [...must].map(word).join('、');
  const open = [...may].filter((id) => single || !must.has(id)).map(word);
  if (single) return may.size > 1 ? `${open.join('、または')}（まだ決まらない）` : (open[0] ?? 'なし');
  if (open.length === 0) return certain || 'なし';
  return `${certain && `${certain}、`}ほかに、まだ決まらないもの：${open.join('、')}`;
}

/** Every fact of the vocabulary, by how it is known, in the order to ask. */
export function factsByOrigin(
  factValue: FactValueOf,
  ruleSet: RuleSet,
): Record<'given' | 'assumed' | 'unknown', FactValue[]> {
  const all = [...ruleSet.vocabulary.facts.keys()].map(factValue);
  const from = (kind: FactValue['from']): FactValue[] => all.filter((seen) => seen.from === kind);
  return { given: from('given'), assumed: from('assumed'), unknown: from('unknown') };
}
