/** What the words of a rule set can be edited in: facts, states, fallbacks and worklists, as entries. */
import { valueText } from '../../engine/answer/wording.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Section } from '../../rulebook/sections.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import type { Worklists } from '../../rulebook/worklists.ts';
import { type Entries, type Entry, entry, named } from './entry.ts';

/** Of a state that the rule file names; others are words of the vocabulary. */
export function ofState({ name, path, label, words }: Section): [string, Entry][] {
  if (path[0] !== 'states') return [];
  const values = [...(words ?? [])].map(([id, word]) => `${word}（${id}）`);
  return [[name, entry(label.ja, path.slice(0, 2), { label: label.ja, values })]];
}

const TYPES: Record<FactDefinition['type'], string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢から一つ',
  set: '選択肢からいくつか',
  text: '文字',
  instant: '日時',
  integer: '整数',
};

const COMPARED_AS: Record<NonNullable<FactDefinition['comparedAs']>, string> = { address: '連絡先として' };
const DATE_MEANS: Record<NonNullable<FactDefinition['dateMeans']>, string> = {
  endOfDay: 'その日の終わりまで',
};

export function ofFact(fact: FactDefinition, ruleSet: RuleSet): Entry {
  const { label, question, type, unit, values, pattern, comparedAs, dateMeans, position } = fact;
  const choices = values?.map((value) => `${value.label}（${value.id}）`);
  const written = {
    ...{ label, question, type: TYPES[type], unit, pattern, values: choices },
    comparedAs: comparedAs && COMPARED_AS[comparedAs],
    dateMeans: dateMeans && DATE_MEANS[dateMeans],
    absent: absentWords(fact, ruleSet),
  };
  return entry(label, [], written, { position });
}

function absentWords({ name, absent }: FactDefinition, ruleSet: RuleSet): string {
  if (absent.kind === 'unknown') return 'わからない';
  if (absent.kind === 'none') return 'そういうことはない';
  const { value } = absent;
  return valueText(name, typeof value === 'object' ? new Set(value) : value, ruleSet);
}

export function ofFallbacks({ vocabulary }: RuleSet): Entries {
  const { whenUnknown, whenContradictory, outcomes, claimStates, nextSteps } = vocabulary;
  const of = ({ outcome, state, nextStep }: typeof whenUnknown, label: string): Entry =>
    entry(label, [], {
      outcome: named([outcome], outcomes),
      state: named([state], claimStates),
      nextStep: named([nextStep], nextSteps),
    });
  return new Map([
    ['whenUnknown', of(whenUnknown, '事実が足りず決まらないとき')],
    ['whenContradictory', of(whenContradictory, '事実が矛盾しているとき')],
  ]);
}

const WORKLISTS = { payment: '支払一覧', review: '確認一覧', none: 'どちらにも載せない' };

export function ofWorklists(worklists: Worklists | null, { vocabulary }: RuleSet): Entries {
  if (worklists === null) return new Map();
  const of = ({ outcomes, claimStates }: Worklists['review'], label: string): Entry =>
    entry(label, [], {
      outcomes: named(outcomes, vocabulary.outcomes),
      claimStates: named(claimStates, vocabulary.claimStates),
    });
  return new Map([
    ['payment', of(worklists.payment, WORKLISTS.payment)],
    ['review', of(worklists.review, WORKLISTS.review)],
    ['none', of(worklists.none, WORKLISTS.none)],
  ]);
}
