/** The values of a rule set that the clauses they cite should show. */
import { clockText } from '../../rulebook/calendar.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { type Claim, numberClaim } from './claim.ts';
import { dayOf, isDate, isDay } from './days.ts';
import { momentClaims, textClaims } from './deadline-claims.ts';
import { type Reading, readingsIn, sameForm } from './readings.ts';

export const claimsOf = (ruleSet: RuleSet): Claim[] => [
  ...[...ruleSet.deadlines.values()].flatMap((deadline) => [
    ...textClaims(deadline),
    ...momentClaims(deadline, ruleSet.timeZone),
  ]),
  ...[...ruleSet.values].map(([id, { value, label, clauses }]) =>
    numberClaim('number', ['values', id, 'value'], value, clauses, valueName(label, value)),
  ),
  ...ruleSet.sites.map(({ id, url, label, clauses }) =>
    addressClaim('url', ['sites', id, 'url'], url, clauses, {
      ja: `サイト「${label}」の URL（${url}）`,
      en: `the URL of the site "${id}" (${url})`,
    }),
  ),
  ...ruleSet.senders.map(({ id, address, label, clauses }) =>
    addressClaim(
      address.includes('@') ? 'mailAddress' : 'telephone',
      ['senders', id, 'address'],
      address,
      clauses,
      {
        ja: `送信元「${label}」（${address}）`,
        en: `the address of the sender "${id}" (${address})`,
      },
    ),
  ),
  ...listClaims(ruleSet),
  ...contactClaims(ruleSet),
];

const valueName = (label: string, value: number): LocalizedText => ({
  ja: `数「${label}」（${value.toLocaleString('ja-JP')}）`,
  en: `the value "${label}" (${value})`,
});

function addressClaim(
  kind: 'telephone' | 'mailAddress' | 'url',
  path: Path,
  address: string,
  clauses: readonly string[],
  name: LocalizedText,
): Claim {
  const wanted = sameForm(kind, address);
  const fits = (reading: Reading): boolean => reading.kind === kind && reading.address === wanted;
  // A short number, or the name that a carrier shows.
  const literally = readingsIn(address).some((reading) => reading.kind === kind) ? null : address;
  return { about: aboutOf(path), path, name, clauses, kind, fits, isWanted: 'always', literally };
}

const aboutOf = (path: Path): string => (path[0] === 'contact' ? 'contact' : path.slice(0, 2).join('/'));

/** 下記3点. */
const listClaims = ({ lists }: RuleSet): Claim[] =>
  [...lists.values()].map(({ id, path, label, clauses, items }) => ({
    ...numberClaim('count', path, items.length, clauses, {
      ja: `一覧「${label ?? id}」の${items.length}件`,
      en: `the list "${id}" of ${items.length}`,
    }),
    isWanted: 'never',
  }));

function contactClaims({ contact, timeZone }: RuleSet): Claim[] {
  if (contact === null) return [];
  const { tel, hours, clauses } = contact;
  const phone = addressClaim('telephone', ['contact', 'tel'], tel, clauses, {
    ja: `お問い合わせ先の電話番号（${tel}）`,
    en: `the telephone number of the contact (${tel})`,
  });
  const ofHours = hours.flatMap(({ open, close, until }, i): Claim[] => {
    const path = ['contact', 'hours', i];
    const clock = (key: 'open' | 'close', minutes: number): Claim => ({
      ...{ about: 'contact', path: [...path, key], clauses, kind: 'clock', isWanted: 'ifKind' },
      name: { ja: `受付時間の ${clockText(minutes)}`, en: `${key} (${clockText(minutes)})` },
      fits: (reading) => reading.kind === 'clock' && reading.minutes === minutes,
      literally: null,
    });
    const last = until && dayOf(until.start, timeZone);
    const end: Claim[] = last
      ? [
          {
            ...{ about: 'contact', path: [...path, 'until'], clauses, kind: 'date', isWanted: 'never' },
            name: { ja: `受付期間の終わり（${last.text}）`, en: `until of the opening hours (${last.text})` },
            fits: (reading) => isDate(reading) && isDay(reading, last),
            literally: null,
          },
        ]
      : [];
    return [clock('open', open), clock('close', close), ...end];
  });
  return [phone, ...ofHours];
}
