/** How values and dates read to a person. */
import { AS_OF } from '../../rulebook/basics.ts';
import { japaneseMoment, toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { Deadline, Operand, RuleSet } from '../../rulebook/rule-set.ts';
import {
  isConclusions,
  NONE,
  resolveDeadline,
  resolveMoment,
  resolveOperand,
  UNKNOWN,
  type Value,
  type Values,
} from '../facts/values.ts';
import { answerWords, momentWords } from './counted-words.ts';
import { lastStaffedBefore } from './opening-hours.ts';

export function valueText(fact: string, value: Value | undefined, ruleSet: RuleSet): string {
  const definition = ruleSet.vocabulary.facts.get(fact);
  const label = (id: string): string => definition?.values?.find((v) => v.id === id)?.label ?? id;
  if (value === undefined || value === UNKNOWN) return 'わからない';
  if (value === NONE) return 'なし';
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'string') return label(value);
  if (typeof value === 'number') {
    if (isInstant(fact, ruleSet)) return instantText(value, ruleSet.timeZone);
    return `${value.toLocaleString('ja-JP')}${definition?.unit ?? ''}`;
  }
  if (isConclusions(value)) return [...value.may].join('、') || 'なし';
  return [...value].map(label).join('、') || 'なし';
}

export function factLabel(fact: string, ruleSet: RuleSet): string {
  if (fact === AS_OF) return '判定時点';
  const concluded = ruleSet.sections.find(({ conclusion }) => conclusion === fact);
  return ruleSet.vocabulary.facts.get(fact)?.label ?? concluded?.label.ja ?? fact;
}

/** The value as JSON: null where unknown or not existing, instants as RFC 3339. */
export function valueJson(fact: string, value: Value | undefined, ruleSet: RuleSet): unknown {
  if (value === undefined || value === UNKNOWN || value === NONE) return null;
  if (typeof value === 'object') return isConclusions(value) ? [...value.may] : [...value];
  return typeof value === 'number' && isInstant(fact, ruleSet)
    ? toOffsetDateTime(value, ruleSet.timeZone)
    : value;
}

const isInstant = (fact: string, { vocabulary }: RuleSet): boolean =>
  fact === AS_OF || vocabulary.facts.get(fact)?.type === 'instant';

/** 2030年1月31日(木) 12:00, with seconds where there are any. */
export function instantText(instant: number, timeZone: string): string {
  const text = japaneseMoment({ start: instant, end: instant + 1 }, timeZone);
  const seconds = Math.floor(instant / 1000) % 60;
  return seconds === 0 ? text : `${text}:${String(seconds).padStart(2, '0')}`;
}

export function operandText(operand: Operand, values: Values, ruleSet: RuleSet): string {
  if (operand.kind === 'deadline') {
    const deadline = ruleSet.deadlines.get(operand.deadline);
    return deadline ? `${deadline.label}（${deadlineText(deadline, values, ruleSet)}）` : operand.text;
  }
  if (operand.kind === 'moment') {
    const interval = resolveMoment(operand.moment, values, ruleSet);
    const date = typeof interval === 'object' ? `：${japaneseMoment(interval, ruleSet.timeZone)}` : '';
    return `${momentWords(operand.moment, 'at', ruleSet)}${date}`;
  }
  if (operand.kind === 'interval')
    return `${operand.text}（${japaneseMoment(operand.interval, ruleSet.timeZone)}）`;
  if (operand.kind === 'expression' && operand.expression.kind !== 'literal') {
    const value = resolveOperand(operand, values, ruleSet);
    return typeof value === 'number' ? `${operand.text}（${value.toLocaleString('ja-JP')}）` : operand.text;
  }
  return operand.text;
}

/** 2030年1月31日(木)まで, or the notice's own words where it gives no date. */
export const deadlineText = (deadline: Deadline, values: Values, ruleSet: RuleSet): string =>
  withRemarks(deadline, values, ruleSet, answerWords);

/** The same where no answer is given: what is counted is said as a notice says it. */
export const deadlineWords = (deadline: Deadline, values: Values, ruleSet: RuleSet): string =>
  withRemarks(deadline, values, ruleSet, momentWords);

type Words = typeof momentWords;

function withRemarks(deadline: Deadline, values: Values, ruleSet: RuleSet, words: Words): string {
  const parts = [deadline.text ?? dates(deadline, values, ruleSet, words)];
  if (deadline.postmark) parts.push('（当日消印有効）');
  const { contact, timeZone } = ruleSet;
  if (deadline.enquiries && contact) {
    const period = resolveDeadline(deadline, values, ruleSet);
    const last = typeof period === 'object' ? lastStaffedBefore(contact, period.end, timeZone) : null;
    if (last !== null) parts.push(`（窓口へのお問い合わせは${instantText(last, timeZone)}まで）`);
  }
  return parts.join('');
}

function dates(deadline: Deadline, values: Values, ruleSet: RuleSet, words: Words): string {
  const side = (key: 'from' | 'until', suffix: string): string => {
    const moment = deadline[key];
    if (moment === null) return '';
    const interval = resolveMoment(moment, values, ruleSet);
    if (typeof interval === 'object') return `${japaneseMoment(interval, ruleSet.timeZone)}${suffix}`;
    return moment.kind === 'fixed' ? '' : words(moment, key, ruleSet);
  };
  return side('from', 'から') + side('until', 'まで');
}
