/** Days and times that are counted from facts, as a Japanese notice says them: within 60 days of a date, until two days before one. */
import { AS_OF } from '../../rulebook/basics.ts';
import { type DayCount, monthsOf } from '../../rulebook/count-days.ts';
import type { CountedMoment, RuleSet, TimedMinute } from '../../rulebook/rule-set.ts';

/** `until` and `from` as the sides of a deadline; `at` as what something is compared with. */
export type Side = 'until' | 'from' | 'at';

const SUFFIX: Record<Side, string> = { until: 'まで', from: 'から', at: '' };

export function momentWords(moment: CountedMoment, side: Side, ruleSet: RuleSet): string {
  if (moment.kind === 'timed') return timedWords(moment, side, ruleSet);
  const { after, ...count } = moment.day;
  const base =
    'fact' in after ? dayLabel(after.fact, ruleSet) : (ruleSet.deadlines.get(after.deadline)?.label ?? '');
  return dayWords(base, count, side) + closedWords(count);
}

const factLabel = (fact: string, { vocabulary }: RuleSet): string =>
  vocabulary.facts.get(fact)?.label ?? fact;

/**
 * As answers have said it since hosho 0.1 where the file does not say which day is the first, and as `momentWords` where it does:
 * decisions that were logged are answered the same.
 */
export function answerWords(moment: CountedMoment, side: Side, ruleSet: RuleSet): string {
  if (moment.kind === 'timed') return timedWords(moment, side, ruleSet);
  const { after, months, days, endOfMonth, ...since } = moment.day;
  if (Object.keys(since).length > 0 || months < 0 || days < 0) return momentWords(moment, side, ruleSet);
  const base =
    'fact' in after ? factLabel(after.fact, ruleSet) : (ruleSet.deadlines.get(after.deadline)?.label ?? '');
  const length = lengthWords(moment.day);
  return `${base}${length && `の${length}後`}${endOfMonth ? 'の月末' : ''}${SUFFIX[side]}`;
}

/** A day is counted from, not a time of day: 出発日時 → 出発日. */
const dayLabel = (fact: string, ruleSet: RuleSet): string =>
  fact === AS_OF ? '判定の日' : factLabel(fact, ruleSet).replace(/日時$/, '日');

function dayWords(base: string, count: DayCount, side: Side): string {
  const length = lengthWords(count);
  const isBack = monthsOf(count) < 0 || (monthsOf(count) === 0 && count.days < 0);
  if (count.endOfFiscalYear) {
    const from = length === '' ? base : `${base}${isBack ? `の${length}前` : `から${length}の日`}`;
    return `${from}以後の最初の年度末${SUFFIX[side]}${countingWords(count)}`;
  }
  if (count.endOfMonth) return `${base}の${monthEnd(count, length, isBack)}${SUFFIX[side]}`;
  if (length === '') return `${base}${SUFFIX[side]}`;
  if (isBack) return `${base}の${length}前${SUFFIX[side]}${countingWords(count)}`;
  // Months without a word on the first day run to the day of the same number: 民法 ends a period of months elsewhere.
  const isPeriod = count.counting !== undefined || monthsOf(count) === 0;
  if (side === 'until' && isPeriod) return `${base}から${length}以内${countingWords(count)}`;
  // The day after a period has passed is no day of it, but the last day of a period that begins on the same day is.
  return count.counting === 'fromSameDay'
    ? `${base}から${length}${monthsOf(count) === 0 ? '目' : 'の末日'}${SUFFIX[side]}${countingWords(count)}`
    : `${base}の${length}後${SUFFIX[side]}${countingWords(count)}`;
}

const MONTH_ENDS: Record<number, string> = { [-1]: '前月末', 0: '月末', 1: '翌月末', 2: '翌々月末' };

function monthEnd(count: DayCount, length: string, isBack: boolean): string {
  const named = count.days === 0 ? MONTH_ENDS[monthsOf(count)] : undefined;
  return named ?? `${length}${isBack ? '前' : '後'}の月末`;
}

/** 1年6か月10日, without what is 0. */
const lengthWords = ({ years = 0, months, days }: DayCount): string =>
  [[years, '年'] as const, [months, 'か月'] as const, [days, '日'] as const]
    .map(([number, unit]) => (number === 0 ? '' : `${Math.abs(number)}${unit}`))
    .join('');

/** Which day is the first. That days are counted back from the day before goes without saying. */
function countingWords({ counting, days, ...count }: DayCount): string {
  const months = monthsOf(count);
  if (counting === 'fromSameDay') return '（初日を含みます）';
  const isSaid = counting === 'fromNextDay' || (months === 0 && days !== 0);
  return isSaid && (months > 0 || (months === 0 && days > 0)) ? '（翌日から数えます）' : '';
}

function closedWords({ ifClosed }: DayCount): string {
  if (!ifClosed) return '';
  return `（窓口が休みの日なら、その${ifClosed.to === 'nextOpenDay' ? '次' : '前'}の受付日）`;
}

function timedWords({ at, minutes }: TimedMinute, side: Side, ruleSet: RuleSet): string {
  const base = factLabel(at.fact, ruleSet);
  if (minutes === 0) return `${base}${SUFFIX[side]}`;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const length = `${hours ? `${hours}時間` : ''}${rest ? `${rest}分` : ''}`;
  if (minutes < 0) return `${base}の${length}前${SUFFIX[side]}`;
  return side === 'until' ? `${base}から${length}以内` : `${base}の${length}後${SUFFIX[side]}`;
}
