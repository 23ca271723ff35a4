/** Values that contradict the clauses they cite, or that none of these shows; and days that there are not. */
import { parseMoment } from '../../rulebook/calendar.ts';
import type { Clause } from '../../rulebook/rule-set.ts';
import { isOfYears } from '../../rulebook/written-dates.ts';
import type { Finding } from '../findings/finding.ts';
import type { Claim } from './claim.ts';
import { claimsOf } from './claims.ts';
import { dayOf, isDate, isDay } from './days.ts';
import { lettersIn } from './letters.ts';
import { type Comparison, found, isQuoted, linesOfClause, type Quotes } from './notice-text.ts';
import { type Reading, type ReadingKind, readingsIn } from './readings.ts';

/** What a clause shows: its quote, and the lines of the notice for what the quote leaves out. */
interface Shown {
  clause: Clause;
  quote: Reading[];
  lines: Reading[];
  letters: string;
}

export function valueFindings(comparison: Quotes): Finding[] {
  const { ruleSet, lines } = comparison;
  const shown = new Map(
    [...ruleSet.clauses.values()].filter(isQuoted).map((clause): [string, Shown] => {
      const text = linesOfClause(clause, lines)
        .map((line) => line.text)
        .join('\n');
      const letters = lettersIn(clause.text) + lettersIn(text);
      return [clause.id, { clause, quote: readingsIn(clause.text), lines: readingsIn(text), letters }];
    }),
  );
  const claims = claimsOf(ruleSet);
  return claims.flatMap((claim) => judge(claim, claims, shown, comparison) ?? []);
}

function judge(
  claim: Claim,
  claims: readonly Claim[],
  shown: ReadonlyMap<string, Shown>,
  { at }: Quotes,
): Finding | null {
  const cited = claim.clauses.flatMap((id) => shown.get(id) ?? []);
  if (cited.length === 0) return null;
  const { name, about } = claim;
  const place = { position: at(claim.path), about: [about] };
  for (const one of cited) {
    const other = unexplained(claim, claims, one);
    if (other === null) continue;
    const { id, lines } = one.clause;
    return found('contradicts-notice', {
      ...place,
      ja: `${name.ja}が、条項「${id}」（告知の${lines}行目）の「${other.text}」と食い違います。`,
      en: `${sentence(name.en)} contradicts "${other.text}" in the clause "${id}" (${lines} of the notice).`,
    });
  }
  if (claim.isWanted === 'never' || cited.some((one) => isShown(claim, one))) return null;
  if (claim.isWanted === 'ifKind' && cited.every((one) => readingsOf(claim.kind, one).length === 0))
    return null;
  const ids = cited.map(({ clause }) => clause.id);
  return found('not-in-notice', {
    ...place,
    ja: `${name.ja}は、根拠の条項（${ids.join('、')}）のどれにも書かれていません。`,
    en: `${sentence(name.en)} is in none of the clauses that it cites (${ids.join(', ')}).`,
  });
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const readingsOf = (kind: ReadingKind, { quote, lines }: Shown): Reading[] => {
  const quoted = quote.filter((reading) => reading.kind === kind);
  return quoted.length > 0 ? quoted : lines.filter((reading) => reading.kind === kind);
};

function isShown({ fits, literally }: Claim, { quote, lines, letters }: Shown): boolean {
  if (literally !== null) return letters.includes(lettersIn(literally));
  return [quote, lines].some((readings) => readings.some((reading) => fits(reading, readings)));
}

/** Of a clause that does not show the value: something of its kind that no other value accounts for. */
function unexplained(claim: Claim, claims: readonly Claim[], shown: Shown): Reading | null {
  const readings = readingsOf(claim.kind, shown);
  if (claim.literally !== null || isShown(claim, { ...shown, lines: readings })) return null;
  const { quote, lines, clause } = shown;
  const others = claims.filter((other) => other !== claim && other.clauses.includes(clause.id));
  const isExplained = (reading: Reading): boolean =>
    others.some((other) => other.fits(reading, [...quote, ...lines]));
  return readings.find((reading) => !isExplained(reading)) ?? null;
}

/** 2030年1月31日(水), which is a Thursday; 2月30日. */
export function dayFindings(comparison: Quotes): Finding[] {
  const { ruleSet, at } = comparison;
  const { clauses, deadlines } = ruleSet;
  const yearsOf = yearsWritten(comparison);
  const texts = [
    ...[...clauses.values()].map(({ id, text }) => ({ path: ['clauses', id], text })),
    ...[...deadlines.values()].map(({ id, text }) => ({ path: ['deadlines', id], text: text ?? '' })),
  ];
  return texts.flatMap(({ path, text }) =>
    readingsIn(text).flatMap((reading) => {
      if (!isDate(reading) || reading.day === null) return [];
      if (isOfYears(reading, reading.years ?? yearsOf(reading.month))) return [];
      return found('no-such-day', {
        position: at([...path, 'text']),
        about: [path.join('/')],
        ja: `「${reading.text}」という日はありません。日付か曜日が違います。`,
        en: `There is no day "${reading.text}": the date or the weekday is wrong.`,
      });
    }),
  );
}

/** The years in which a date without one may lie: those that the notice writes, and the one after them from January to June. */
function yearsWritten({ ruleSet: { source, timeZone }, lines }: Quotes): (month: number) => number[] {
  const written = lines.flatMap(({ text }) =>
    readingsIn(text).flatMap((reading) => (isDate(reading) ? (reading.years ?? []) : [])),
  );
  const published = parseMoment(source.published, timeZone);
  const known = written.length > 0 || !published ? written : [dayOf(published.start, timeZone).year];
  return (month) => (month <= 6 ? [...known, Math.max(...known) + 1] : known);
}

/** The notice's own dates stand on lines that say little else. */
const LONGEST_DATE_LINE = 8;

export function publicationFindings({ ruleSet, lines, at }: Comparison): Finding[] {
  const { source, timeZone } = ruleSet;
  const dates = lines.flatMap(({ text }) => {
    const [date] = readingsIn(text).filter(isDate);
    const others = lettersIn(text).length - lettersIn(date?.text ?? '').length;
    return date?.day && others <= LONGEST_DATE_LINE ? [date] : [];
  });
  if (dates.length === 0) return [];
  const written = [
    { path: ['source', 'published'], text: source.published },
    ...source.revised.map((text, i) => ({ path: ['source', 'revised', i], text })),
  ];
  return written.flatMap(({ path, text }) => {
    const moment = parseMoment(text, timeZone);
    if (moment === null || dates.some((date) => isDay(date, dayOf(moment.start, timeZone)))) return [];
    return found('contradicts-notice', {
      position: at(path),
      about: [path.slice(0, 2).join('/')],
      ja: `${text} という日付が告知にありません。告知の日付は ${dates.map((date) => `「${date.text}」`).join('、')} です。`,
      en: `The notice does not have the date ${text}. It has ${dates.map((date) => `"${date.text}"`).join(', ')}.`,
    });
  });
}
