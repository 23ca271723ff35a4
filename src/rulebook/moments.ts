/** Parses moments: those of deadlines, and the right-hand sides of comparisons of instants. Null where something was wrong. */
import { MOST_YEARS } from './age.ts';
import { AS_OF, isObject } from './basics.ts';
import { onDay, parseMoment } from './calendar.ts';
import { COUNTINGS, type Counting, type DayCount } from './count-days.ts';
import { plainUnit } from './expressions.ts';
import type { LocalizedText } from './lang.ts';
import { type IfClosed, openDay } from './open-days.ts';
import { factIn, hasOnly, isOnly, type Keyed, nameIn } from './operands.ts';
import type { ProblemText } from './problems.ts';
import { tellUnits } from './read-expression.ts';
import type { CountedMoment, Moment, Operand } from './rule-set.ts';
import type { Scope } from './scope.ts';
import type { Path } from './source.ts';
import { meantDate, replacing } from './typed/meant.ts';

/** The right-hand side of a comparison of instants. */
export function instantOperand(scope: Scope, value: unknown, path: Path): Operand | null {
  if (isObject(value) && isCounted(value)) {
    const moment = parseCounted(scope, value, path, true);
    return moment && { kind: 'moment', moment, text: momentName(moment) };
  }
  if (isOnly(scope, value, 'deadline', path)) {
    const deadline = nameIn(scope, 'deadline', value, path);
    return deadline === null ? null : { kind: 'deadline', deadline, text: deadline };
  }
  if (isOnly(scope, value, 'source', path) && value.source === 'published') {
    // A date that cannot be read is told where it is written.
    return scope.published && { kind: 'interval', interval: scope.published, text: '公表日' };
  }
  if (isOnly(scope, value, 'fact', path)) {
    if (value.fact === AS_OF) return { kind: 'instant', fact: AS_OF, text: '判定時点' };
    const fact = factIn(scope, 'instant', value, path);
    return fact && { kind: 'instant', fact: fact.name, text: fact.label };
  }
  return scope.problems.add('value-type', path, {
    ja: '日時は deadlines に名前を付けて書き、ここでは { deadline: 名前 } と書いてください。{ fact: 日時の事実 } や { after: { fact: 日時の事実 }, days: 日数 } も使えます。',
    en: 'Write dates under deadlines with a name, and { deadline: name } here. { fact: a fact of type instant } and { after: { fact: … }, days: … } are possible too.',
  });
}

/** The day that is written in another way, where it is one. */
export function dateMeant(
  written: string,
  { timeZone, source }: { timeZone: string; source: { text: string } },
): Partial<ProblemText> {
  const meant = meantDate(written);
  if (meant === null || parseMoment(meant, timeZone) === null) return {};
  return { suggestion: () => meant, corrected: replacing(source.text, written, meant) };
}

/** Far beyond any notice, and short of where the calendar ends. */
export const MOST_DAYS = 36_525;
export const MOST_MINUTES = MOST_DAYS * 24 * 60;
const isWhole = (number: unknown, most = MOST_DAYS): number is number =>
  typeof number === 'number' && Number.isInteger(number) && Math.abs(number) <= most;

/** What a counting may be called in a rule file, beside its name. */
export const COUNTING_WORDS: Record<Counting, readonly string[]> = {
  fromNextDay: ['翌日から'],
  fromSameDay: ['当日から'],
};
const countingCalled = (word: unknown): Counting | undefined =>
  COUNTINGS.find((counting) => counting === word || COUNTING_WORDS[counting].some((one) => one === word));

const isCounted = (value: Keyed): boolean => Object.hasOwn(value, 'after') || Object.hasOwn(value, 'at');

/** A date, a minute, `{ source: published }`, a day counted from a fact or another deadline, or the minute of a fact. */
export function parseMomentOf(scope: Scope, value: unknown, path: Path): Moment | null {
  const { problems, published } = scope;
  if (typeof value === 'string') {
    const interval = parseMoment(value, scope.timeZone);
    if (interval) return { kind: 'fixed', interval, written: value };
    return problems.add('bad-date', path, {
      ja: `「${value}」は日付として読めません。2030-01-31 か 2030-01-31 23:59 の形で、暦にある日を書いてください（時差は書きません）。`,
      en: `"${value}" is not a date. Write a day of the calendar as 2030-01-31 or 2030-01-31 23:59 (without an offset).`,
      ...dateMeant(value, scope),
    });
  }
  if (isOnly(scope, value, 'source', path) && value.source === 'published')
    return published && { kind: 'fixed', interval: published, written: 'published' };
  if (!isObject(value) || !isCounted(value))
    return problems.add('value-type', path, {
      ja: 'ここには日付か、{ after: { fact: 事実の名前 }, days: 日数 } を書いてください。',
      en: 'Write a date here, or { after: { fact: name of a fact }, days: number of days }.',
    });
  return parseCounted(scope, value, path, false);
}

const DAY_KEYS = ['after', 'years?', 'months?', 'days?', 'counting?', 'endOfMonth?', 'endOfFiscalYear?'];

/** `inCondition`: the instant judged may be counted from. */
function parseCounted(scope: Scope, value: Keyed, path: Path, inCondition: boolean): CountedMoment | null {
  if (!Object.hasOwn(value, 'after')) return parseTimed(scope, value, path);
  if (!hasOnly(scope, value, DAY_KEYS, path)) return null;
  const { after } = value;
  const count = parseCount(scope, value, path);
  if (count === null) return null;
  const afterPath = [...path, 'after'];
  if (isObject(after) && typeof after.fact === 'string' && hasOnly(scope, after, ['fact'], afterPath)) {
    if (inCondition && after.fact === AS_OF)
      return { kind: 'relative', day: { after: { fact: AS_OF }, ...count } };
    const fact = factIn(scope, 'instant', after, afterPath);
    return fact && { kind: 'relative', day: { after: { fact: fact.name }, ...count } };
  }
  if (
    isObject(after) &&
    typeof after.deadline === 'string' &&
    hasOnly(scope, after, ['deadline'], afterPath)
  ) {
    const deadline = nameIn(scope, 'deadline', after, afterPath);
    return deadline === null ? null : { kind: 'relative', day: { after: { deadline }, ...count } };
  }
  return scope.problems.add('value-type', afterPath, {
    ja: 'after には { fact: 日時の事実 } か { deadline: 期限の名前 } を書いてください。',
    en: 'Write { fact: a fact of type instant } or { deadline: name of a deadline } in after.',
  });
}

const COUNT_UNITS = { years: '年', months: 'か月', days: '日', hours: '時間', minutes: '分' };

/** A number as it is written, or a named value in the unit that is counted; 0 where what is wrong with it is told. */
function countIn(scope: Scope, value: Keyed, key: keyof typeof COUNT_UNITS, path: Path): unknown {
  const written = value[key] ?? 0;
  const at = [...path, key];
  if (!isObject(written)) return written;
  const name = hasOnly(scope, written, ['value'], at) ? nameIn(scope, 'value', written, at) : null;
  const named = name === null ? undefined : scope.values.get(name);
  if (named === undefined) return 0;
  const { unit } = named;
  tellUnits(
    scope,
    at,
    { unit: COUNT_UNITS[key], of: key },
    unit === undefined ? null : plainUnit(unit ?? ''),
  );
  return named.value;
}

function parseCount(scope: Scope, value: Keyed, path: Path): DayCount | null {
  const { problems } = scope;
  const { endOfMonth = false, endOfFiscalYear = false } = value;
  const [days, months, years] = (['days', 'months', 'years'] as const).map((key) =>
    countIn(scope, value, key, path),
  );
  const wrong = (key: string, text: LocalizedText): null =>
    problems.add('value-type', Object.hasOwn(value, key) ? [...path, key] : path, text);
  if (
    !(isWhole(days) && isWhole(months) && isWhole(years, MOST_YEARS)) ||
    typeof endOfMonth !== 'boolean' ||
    typeof endOfFiscalYear !== 'boolean'
  )
    return problems.add('value-type', path, {
      ja: `days と months には整数（${MOST_DAYS} まで）、years には整数（${MOST_YEARS} まで）、endOfMonth と endOfFiscalYear には true か false を書いてください。`,
      en: `Write whole numbers (up to ${MOST_DAYS}) in days and months, up to ${MOST_YEARS} in years, and true or false in endOfMonth and endOfFiscalYear.`,
    });
  const counting = countingCalled(value.counting);
  if (value.counting !== undefined && counting === undefined)
    return wrong('counting', {
      ja: 'counting には、翌日から（fromNextDay）か 当日から（fromSameDay）を書いてください。',
      en: 'Write fromNextDay or fromSameDay in counting.',
    });
  if (counting && endOfMonth)
    return wrong('counting', {
      ja: '月の末日まで（endOfMonth）の期限は、どの日から数えても同じです。counting は書きません。',
      en: 'Until the end of a month (endOfMonth) it makes no difference which day is the first: leave counting out.',
    });
  if (counting && days === 0 && months === 0 && years === 0)
    return wrong('counting', {
      ja: 'counting は、days、months、years のどれかと一緒に書きます。',
      en: 'Write counting together with days, months or years.',
    });
  return {
    ...(years !== 0 && { years }),
    ...{ months, days, endOfMonth },
    ...(endOfFiscalYear && { endOfFiscalYear }),
    ...(counting && { counting }),
  };
}

/** `{ at: { fact: … }, hours: -2 }`. */
function parseTimed(scope: Scope, value: Keyed, path: Path): CountedMoment | null {
  if (!hasOnly(scope, value, ['at', 'hours?', 'minutes?'], path)) return null;
  const { at } = value;
  const [hours, minutes] = [countIn(scope, value, 'hours', path), countIn(scope, value, 'minutes', path)];
  if (!isWhole(hours, MOST_MINUTES / 60) || !isWhole(minutes, MOST_MINUTES))
    return scope.problems.add('value-type', path, {
      ja: 'hours と minutes には整数を書いてください（前なら -2 のように）。',
      en: 'Write whole numbers in hours and minutes (negative for before).',
    });
  const atPath = [...path, 'at'];
  if (!isObject(at) || !hasOnly(scope, at, ['fact'], atPath))
    return isObject(at)
      ? null
      : scope.problems.add('value-type', atPath, {
          ja: 'at には { fact: 日時の事実 } を書いてください。',
          en: 'Write { fact: a fact of type instant } in at.',
        });
  const fact = factIn(scope, 'instant', at, atPath);
  return fact && { kind: 'timed', at: { fact: fact.name }, minutes: hours * 60 + minutes };
}

/** What a moment is called where it has no name of its own: in names of the rule file alone. */
export function momentName(moment: CountedMoment): string {
  if (moment.kind === 'timed') return `at(${moment.at.fact}, minutes: ${moment.minutes})`;
  const { after, ...count } = moment.day;
  const parts = Object.entries(count).filter(([, part]) => part !== 0 && part !== false);
  const base = 'fact' in after ? after.fact : `deadlines.${after.deadline}`;
  return `after(${[base, ...parts.map(([key, part]) => `${key}: ${part}`)].join(', ')})`;
}

/** The moment, moved to a day on which the contact is open. */
export function whereOpen(
  scope: Scope,
  moment: Moment | null,
  ifClosed: IfClosed,
  path: Path,
): Moment | null {
  if (moment === null) return null;
  switch (moment.kind) {
    case 'relative':
      return { ...moment, day: { ...moment.day, ifClosed } };
    case 'fixed': {
      const { interval, written } = moment;
      const moved = onDay(written, scope.timeZone, (day) => openDay(day, ifClosed, scope.timeZone));
      return moved && { ...moment, interval: moved, writtenInterval: interval };
    }
    case 'timed':
      return scope.problems.add('cannot-move', [...path, 'ifClosed'], {
        ja: 'ifClosed は、日を書いた期限か、日を数える期限に書きます。事実の時刻まで（at）の期限は動かせません。',
        en: 'ifClosed belongs to a deadline of a day that is written or counted; one at the time of a fact (at) cannot be moved.',
      });
  }
}
