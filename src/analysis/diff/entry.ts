/** One part of a rule file that can be edited: what it is called, and its fields as text. */
import { factLabel } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import { shortExpressionText } from '../../rulebook/expression-text.ts';
import type { Condition, Expression, ItemList, RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { rulesOf } from '../rule-set-parts.ts';

/** A part of a rule file: what it is called, and what can be changed of it, as text. */
export interface Entry {
  label: string;
  path: Path;
  position: Position | null;
  fields: Record<string, Field>;
  when: Condition | null;
}
/** What is compared, and how it reads: what is called otherwise is still the same. */
interface Field {
  is: string;
  words: string;
}
/** In the order of the file. */
export type Entries = ReadonlyMap<string, Entry>;

/** Lists in one line, nothing for what is not there. */
export function entry(
  label: string,
  path: Path,
  written: Record<string, Written>,
  more: Partial<Entry> = {},
): Entry {
  const fields = Object.entries(written).map(([key, value]) => [key, fieldText(value)]);
  return { label, path, position: null, when: null, fields: Object.fromEntries(fields), ...more };
}

interface Referred {
  ids: unknown;
  words: readonly string[];
}
export type Written = string | number | boolean | null | undefined | readonly string[] | Referred;

function fieldText(value: Written): Field {
  if (value !== null && typeof value === 'object' && 'ids' in value)
    return { is: JSON.stringify(value.ids), words: value.words.join('、') };
  const words = wordsOf(value);
  return { is: words, words };
}

function wordsOf(value: Exclude<Written, Referred>): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'number') return value.toLocaleString('ja-JP');
  return typeof value === 'object' && value !== null ? value.join('、') : String(value ?? '');
}

export const calledOf = (id: string, label: string): string =>
  label && label !== id ? `「${label}」（${id}）` : `「${id}」`;

export type Labels = ReadonlyMap<string, string>;

/** What ids are called. Two that are called the same are told apart by their ids. */
export function named(ids: readonly string[], labels: Labels): Referred {
  const all = [...labels.values()];
  const words = ids.map((id) => {
    const label = labels.get(id);
    if (label === undefined) return id;
    return all.filter((other) => other === label).length > 1 ? `${label}（${id}）` : label;
  });
  return { ids, words };
}

export const factsNamed = (facts: readonly string[], ruleSet: RuleSet): Referred => ({
  ids: facts,
  words: facts.map((fact) => factLabel(fact, ruleSet)),
});

export const each = <T>(all: ReadonlyMap<string, T>, entryOf: (one: T, id: string) => Entry): Entries =>
  new Map([...all].map(([id, item]) => [id, entryOf(item, id)]));
export const ofItems = ({ items, path }: ItemList, prefix: string): Entries =>
  new Map(items.map(({ id, label }) => [prefix + id, entry(label, [...path, id], { label })]));

export const remedyLabels = (ruleSet: RuleSet): Labels =>
  new Map(rulesOf(ruleSet, 'remedies').map(({ concludes, label }) => [concludes, label]));

export const wordsFor = (expression: Expression, ruleSet: RuleSet, unit: string): string =>
  shortExpressionText(expression, {
    unit,
    factLabel: (fact) => factLabel(fact, ruleSet),
    factUnit: (fact) => ruleSet.vocabulary.facts.get(fact)?.unit,
  });
