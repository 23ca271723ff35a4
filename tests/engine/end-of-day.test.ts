/** A fact that is the end of a day: a plain date is that day, and a midnight is no day. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cellValue } from '../../src/bulk/cell-value.ts';
import { csvCases } from '../../src/bulk/csv-cases.ts';
import { decide } from '../../src/engine/decide.ts';
import { readFacts, readLoggedFacts } from '../../src/engine/facts/read-facts.ts';
import { UNKNOWN } from '../../src/engine/facts/values.ts';
import { lastMinuteOf } from '../../src/rulebook/calendar.ts';
import { readVocabulary } from '../../src/rulebook/vocabulary.ts';
import { yamaguchi, yamaguchiProgram } from './yamaguchi.ts';

const program = yamaguchiProgram();
const { vocabulary } = program.ruleSet;
const AS_OF = Date.parse('2023-04-15T12:00:00+09:00');
const NAME = 'voucher.originalExpiry';

const factsWith = (originalExpiry: unknown) => ({
  programme: { used: true, destinationPrefecture: '35' },
  voucher: {
    ...{ platform: 'regionpay', medium: 'paper', received: true, originalExpiry },
    ...{ balanceAfterGraceYen: 2000, balanceAtFinalExpiryYen: 1500 },
  },
  app: { charged: false, account: 'never' },
});

async function answerWith(originalExpiry: unknown) {
  const { facts, problems } = readFacts(vocabulary, factsWith(originalExpiry), AS_OF);
  if (facts === null) throw new Error(JSON.stringify(problems));
  return decide(program, facts, { explanation: false });
}

const unclearIn = (assumptions: readonly { fact?: string | undefined }[]) =>
  assumptions.some(({ fact }) => fact === NAME);

const MIDNIGHTS = [
  '2023-02-24T00:00:00+09:00',
  '2023-02-25T00:00:00+09:00',
  '2023-02-23T15:00:00Z',
  '2023-02-24T15:00:00.000Z',
  '2023-02-24T00:00:00Z',
  '2023-02-24 00:00-05:00',
];

describe('the end of a day', () => {
  it('is what a plain date says', async () => {
    const [asDate, asMinute] = await Promise.all(['2023-02-24', '2023-02-24T23:59:00+09:00'].map(answerWith));
    expect(asDate).toEqual(asMinute);
    expect(asDate?.amount?.yen).toBe(1500);
    expect(unclearIn(asDate?.assumptions ?? [])).toBe(false);
    expect((await answerWith('2023-02-25')).outcome).toBe('not-eligible');
  });

  it.each(MIDNIGHTS)('is not known of a midnight: %s', async (midnight) => {
    const { outcome, amount, assumptions, missingFacts, worklist } = await answerWith(midnight);
    expect({ outcome, amount: amount?.yen ?? null, worklist: worklist?.id }).toEqual({
      ...{ outcome: 'insufficient-information', amount: null, worklist: 'review' },
    });
    expect(unclearIn(assumptions)).toBe(true);
    expect(missingFacts.map(({ fact }) => fact)).toContain(NAME);
  });

  it.each(['2023-02-24T00:00:01+09:00', '2023-02-24T23:59:00+09:00', '2023-02-24T23:59:59.999+09:00'])(
    'is known of %s',
    async (instant) => expect(unclearIn((await answerWith(instant)).assumptions)).toBe(false),
  );

  it.each(['2023-02-30', '2023-2-24', '2023-02-24T23:59', '', '24 Feb 2023'])('is refused: %j', (text) =>
    expect(readFacts(vocabulary, factsWith(text), AS_OF).problems).toMatchObject([
      { code: 'no-offset', pointer: '/voucher/originalExpiry' },
    ]),
  );

  it('is not asked of who cannot tell and sent a midnight', () =>
    expect(
      readFacts(vocabulary, factsWith(MIDNIGHTS[0]), AS_OF, { cannotTell: [NAME] }).problems,
    ).toMatchObject([{ list: 'cannotTell', code: 'not-allowed' }]));

  it('is said of a midnight whichever was asked before, and of a fact left out never', async () => {
    const fresh = yamaguchiProgram();
    const read = (value: unknown) => readFacts(vocabulary, factsWith(value), AS_OF).facts;
    for (const value of [null, MIDNIGHTS[0], null, MIDNIGHTS[1]]) {
      const facts = read(value);
      const again = facts && (await decide(fresh, facts, { explanation: false }));
      expect(unclearIn(again?.assumptions ?? [])).toBe(value !== null);
    }
  });

  it('is read again from the log as it was', () => {
    const logged: unknown = JSON.parse(JSON.stringify(factsWith(MIDNIGHTS[0])));
    const { facts } = readLoggedFacts(vocabulary, logged, AS_OF);
    expect(facts?.isUnclear(NAME)).toBe(true);
    expect(facts?.isAssumed(NAME)).toBe(false);
    expect(facts?.values.get(NAME)).toBe(UNKNOWN);
  });

  it.each([
    ['2023-02-24', '2023-02-24'],
    ['2023/2/24', '2023-02-24'],
    ['２０２３／０２／２４', '2023-02-24'],
    ['2023/2/24 0:00', '2023-02-24T00:00:00+09:00'],
  ])('in a cell: %s', (cell, json) => {
    const definition = vocabulary.facts.get(NAME);
    expect(definition && cellValue(definition, cell, 'Asia/Tokyo')).toBe(json);
  });

  it('is known or not in each row, whatever stands in the row before', () => {
    const rows = ['2023/2/24', '2023/2/24 0:00', '', '2023/2/25 0:00', '2023-02-24'];
    const reader = csvCases(vocabulary, {
      ...{ columns: [NAME], asOf: AS_OF, encoding: 'utf-8', timeZone: 'Asia/Tokyo' },
      ...{ recordBytes: 1000, referencesOnly: false },
    });
    const bytes = Buffer.from(rows.map((row) => `"${row}"\n`).join(''));
    const seen = Array.from(reader.read({ bytes, line: 1 }), (row) => row?.facts.isUnclear(NAME) ?? null);
    // A row without anything is none.
    expect(seen).toEqual([false, true, null, true, false]);
  });

  it('is the last minute by the clocks of the zone, also where a day is shorter', () => {
    expect(lastMinuteOf('2023-02-24', 'Asia/Tokyo')).toBe(Date.parse('2023-02-24T23:59:00+09:00'));
    expect(lastMinuteOf('2023-03-26', 'Europe/Berlin')).toBe(Date.parse('2023-03-26T23:59:00+02:00'));
    expect(yamaguchi().vocabulary.timeZone).toBe('Asia/Tokyo');
  });

  it('is declared of instants alone', () => {
    const text = readFileSync('tests/fixtures/vocabulary.yaml', 'utf8');
    const wrong = text.replace('type: boolean', 'type: boolean, dateMeans: endOfDay');
    expect(wrong).not.toBe(text);
    const { problems } = readVocabulary('vocabulary.yaml', wrong);
    expect(problems).toMatchObject([{ code: 'value-type' }]);
  });
});
