/**
 * A rule set for part (A) of the notice of 2023-02-24, written from the guide, in words of its own: it is sound, its cases
 * hold and are complete, it follows the notice, and it answers people as the shipped rule set does. Compared with that one,
 * four readings of it were mended: who used everything up is covered all the same; an address that never came is to be looked
 * into, not lapsed; an application before the opening contradicts itself; the balance of today is an amount, not final.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../src/engine/decide.ts';
import { readFacts } from '../src/engine/facts/read-facts.ts';
import { keyOf, loadLibrary } from '../src/rule-files/load.ts';
import { parseInstant } from '../src/rulebook/calendar.ts';
import { SEED, whyMissing } from './fixtures/beside.ts';
import { callHosho } from './support/command-line.ts';
import { copyWords } from './support/words.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-part-a-'));
const rules = join(folder, 'rules');
const FILE = 'rules/yamaguchi/2023-02-24.yaml';
beforeAll(() => {
  copyWords(rules);
  cpSync('tests/guide/part-a', rules, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const hosho = (...args: string[]) =>
  callHosho(args, { cwd: folder, env: { ...process.env, RULES_DIR: './rules' } });

describe('written from the guide', () => {
  test('is sound: on the last day to apply the desk is closed, and nothing else is found', async () => {
    const { status, stdout } = await hosho('check', FILE);
    const found = stdout.match(/(?<=^rules\S+ {2})\S+ {2}[a-z-]+/gm);
    // The notice says one thing of both ways twice, and the last rules have no condition.
    expect([status, found]).toEqual([
      0,
      [
        ...['情報  same-words', '情報  same-words', '情報  closed-on-deadline'],
        ...['情報  falls-to-last', '情報  falls-to-last'],
      ],
    ]);
  });

  test('has cases that hold, and show everything', async () => {
    const { status, stdout } = await hosho('test', '--coverage', FILE);
    expect([status, stdout]).toEqual([0, expect.stringContaining('（100%）')]);
    expect(stdout).toContain('52件のうち52件が期待どおり');
  });

  test('follows the notice, but for the lines about (B)', async ({ skip }) => {
    const why = whyMissing(SEED);
    if (why !== null) return skip(why);
    const [notice = ''] = readdirSync(SEED).filter((name) => name.endsWith('.txt'));
    const { status, stdout } = await hosho('check', FILE, '--notice', join(resolve(SEED), notice));
    expect(status, stdout).toBe(0);
    expect(stdout.match(/(?<=受け入れ済み {2}line-not-quoted（lines\/)\d+/g)).toHaveLength(12);
    expect(stdout).toContain('情報 5件、受け入れ済み 12件');
  });
});

interface Person {
  asOf: string;
  app?: 'active' | 'withdrawn' | 'never';
  supported?: boolean;
  expiry?: string;
  afterFirst?: number | null;
  atEnd?: number;
  appliedAt?: string;
  urlAt?: string;
  receivedAt?: string;
}

const OUTAGE_DAY = '2023-02-24T23:59:00+09:00';
/** The same person in the words of the two rule sets; what is undefined is not told. */
function told(person: Person): { own: unknown; shipped: unknown } {
  const { app = 'active', supported = true, expiry = OUTAGE_DAY, afterFirst = 2000, atEnd = 1500 } = person;
  const isOver = person.asOf >= '2023-04-01';
  const known = afterFirst !== null;
  return {
    own: {
      trip: { supported },
      coupon: {
        ...{ regionpay: true, expiry, balanceNowYen: 1800 },
        ...(known && { balanceAfterFirstYen: afterFirst }),
        ...(isOver && { balanceAtEndYen: atEnd }),
      },
      app: { charged: app !== 'never', left: app === 'withdrawn' },
      ...(person.appliedAt && { application: { submittedAt: person.appliedAt } }),
      points: {
        ...(person.urlAt && { urlReceivedAt: person.urlAt }),
        ...(person.receivedAt && { receivedAt: person.receivedAt }),
      },
    },
    shipped: {
      programme: { used: supported, destinationPrefecture: '35' },
      voucher: {
        ...{
          platform: 'regionpay',
          medium: 'paper',
          received: true,
          originalExpiry: expiry,
          balanceNowYen: 1800,
        },
        ...(known && { balanceAfterGraceYen: afterFirst }),
        ...(isOver && { balanceAtFinalExpiryYen: atEnd }),
      },
      app: { charged: app !== 'never', account: app },
      claim: {
        ...(person.appliedAt && { appliedAt: person.appliedAt }),
        ...(person.urlAt && {
          urlReceivedAt: person.urlAt,
          urlSender: '03-5244-9370',
          chosenBrands: ['paypay-points'],
        }),
        ...(person.receivedAt && { completedAt: person.receivedAt }),
      },
    },
  };
}

/** The states of the shipped rule set, in the words of the other. */
const SAME: Record<string, string> = {
  'not-yet-due': 'use-coupon',
  'awaiting-delivery': 'automatic',
  claimable: 'receivable',
  'claim-closed': 'receipt-closed',
};

const MOMENTS = [
  ...['2023-02-24T15:00:00', '2023-02-26T23:59:59', '2023-02-27T00:00:00', '2023-03-10T12:00:00'],
  ...['2023-03-24T13:59:59', '2023-03-24T14:00:00', '2023-03-31T23:59:59', '2023-04-01T00:00:00'],
  ...['2023-04-30T23:59:59', '2023-05-01T00:00:00', '2023-05-30T23:59:59', '2023-05-31T00:00:00'],
  '2023-06-01T00:00:00',
].map((moment) => `${moment}+09:00`);
const noon = (day: string): string => `${day}T12:00:00+09:00`;
const [applied, url, received] = [noon('2023-04-10'), noon('2023-05-10'), noon('2023-05-20')];
const PEOPLE: Person[] = [
  ...MOMENTS.flatMap((asOf) => (['active', 'withdrawn', 'never'] as const).map((app) => ({ asOf, app }))),
  ...MOMENTS.slice(-5).map((asOf): Person => ({ asOf, app: 'never', appliedAt: applied })),
  ...MOMENTS.slice(-5).map((asOf): Person => ({ asOf, urlAt: url })),
  ...MOMENTS.slice(-5).map(
    (asOf): Person => ({ asOf, app: 'never', appliedAt: applied, urlAt: url, receivedAt: received }),
  ),
  { asOf: '2023-03-31T12:00:00+09:00', app: 'never', appliedAt: '2023-03-24T14:00:00+09:00' },
  { asOf: '2023-04-10T12:00:00+09:00', app: 'never', appliedAt: '2023-03-24T13:59:59+09:00' },
  ...['2023-03-10', '2023-04-10', '2023-06-10'].flatMap((day): Person[] => {
    const asOf = noon(day);
    return [
      { asOf, supported: false },
      { asOf, expiry: '2023-02-25T23:59:00+09:00' },
      { asOf, expiry: '2023-02-23T23:59:00+09:00' },
      { asOf, afterFirst: 0, atEnd: 0 },
      { asOf, afterFirst: 1, atEnd: 1 },
      { asOf, atEnd: 0 },
    ];
  }),
  { asOf: noon('2023-03-10'), afterFirst: null },
];
/** Where the notice says nothing, the two read it each in its way. */
const READ_OTHERWISE: [why: string, Person, own: string, shipped: string][] = [
  [
    'the shipped one takes a balance that grew for a contradiction, and so knows that there was one before',
    { asOf: noon('2023-04-10'), afterFirst: null },
    'insufficient-information unknown',
    'eligible automatic',
  ],
  [
    'the shipped one does not ask when an application was sent that the site took',
    { asOf: noon('2023-05-10'), app: 'never', appliedAt: '2023-05-01T00:00:00+09:00' },
    'lapsed application-closed',
    'eligible applied',
  ],
  [
    'the shipped one takes the evening of the outage to begin at 15:00',
    { asOf: '2023-02-24T14:59:59+09:00' },
    'pending none',
    'not-applicable none',
  ],
];

describe('answers as the shipped rule set does', () => {
  async function answersOf(folder: string, which: 'own' | 'shipped', people: readonly Person[]) {
    const found = (await loadLibrary(folder)).ruleSets.get(keyOf('yamaguchi', '2023-02-24'));
    if (!found) throw new Error(folder);
    return Promise.all(
      people.map(async (person) => {
        const { facts, problems } = readFacts(
          found.ruleSet.vocabulary,
          told(person)[which],
          parseInstant(person.asOf) ?? 0,
        );
        if (!facts) throw new Error(JSON.stringify(problems));
        const { outcome, claimState, amount } = await decide(found.program, facts, { explanation: false });
        const state = claimState?.id ?? '';
        return { person, outcome, claimState: SAME[state] ?? state, amount };
      }),
    );
  }

  test(`${PEOPLE.length} people of (A) and next to it`, async () => {
    const own = await answersOf(rules, 'own', PEOPLE);
    expect(own).toEqual(await answersOf('rules', 'shipped', PEOPLE));
    expect(new Set(own.map(({ claimState }) => claimState)).size).toBeGreaterThan(9);
  });

  test.each(READ_OTHERWISE)('but that %s', async (_, person, ...readings) => {
    const answers = [
      ...(await answersOf(rules, 'own', [person])),
      ...(await answersOf('rules', 'shipped', [person])),
    ];
    expect(answers.map(({ outcome, claimState }) => `${outcome} ${claimState}`)).toEqual(readings);
  });
});
