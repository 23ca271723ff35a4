import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Decided } from '../../src/bulk/decide-chunk.ts';
import type { Answer } from '../../src/engine/answer/answer-schema.ts';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { parseInstant, toOffsetDateTime } from '../../src/rulebook/calendar.ts';
import type { FactDefinition } from '../../src/rulebook/vocabulary.ts';
import { type Case, yamaguchiCases } from '../engine/yamaguchi.ts';
import { runs } from '../fixtures/runs.ts';
import { csvInput, decider, decideText, loadedYamaguchi } from './decider.ts';

const loaded = loadedYamaguchi();
const { vocabulary, timeZone, prefecture, incident, title } = loaded.ruleSet;
const DAY = 86_400_000;

/** The cases of the notice at other times, with other amounts, and with facts left out. */
const variedCase: fc.Arbitrary<Case> = fc
  .record({
    one: fc.constantFrom(...yamaguchiCases()),
    shift: fc.integer({ min: -3 * DAY, max: 3 * DAY }),
    yen: fc.infiniteStream(fc.integer({ min: 0, max: 3000 })),
    dropped: fc.infiniteStream(fc.integer({ min: 0, max: 15 })),
  })
  .map(({ one, shift, yen, dropped }) => {
    const groups = Object.entries(one.facts).map(([group, members]) => [
      group,
      Object.fromEntries(
        Object.entries(members)
          .filter(() => dropped.next().value !== 0)
          .map(([name, value]) => [name, typeof value === 'number' ? yen.next().value : value]),
      ),
    ]);
    const asOf = toOffsetDateTime(
      Math.floor((Number(parseInstant(one.asOf)) + shift) / 1000) * 1000,
      timeZone,
    );
    return { id: one.id, asOf, facts: Object.fromEntries(groups) };
  });
const someCases = fc.array(variedCase, { minLength: 1, maxLength: 30 });

/** Cells as people write them, in one of several ways. */
function cell(definition: FactDefinition, value: unknown, way: number): string {
  const label = (id: unknown): string =>
    way % 2 === 0 ? String(id) : (definition.values?.find((v) => v.id === id)?.label ?? String(id));
  if (typeof value === 'boolean')
    return (value ? ['true', 'はい', '1', 'TRUE'] : ['false', 'いいえ', '0', 'False'])[way] ?? '';
  if (typeof value === 'number') return way === 1 ? value.toLocaleString('en') : String(value);
  if (Array.isArray(value)) return value.length === 0 ? ';' : value.map(label).join(';');
  if (definition.type !== 'instant' || way === 0) return label(value);
  const instant = parseInstant(String(value));
  const local = instant === null ? '' : toOffsetDateTime(instant, timeZone);
  return way === 1
    ? local.slice(0, 19).replace('T', ' ')
    : way === 2
      ? local.slice(0, 19).replaceAll('-', '/').replace('T', ' ')
      : local;
}

const FACTS = [...vocabulary.facts.values()];
const HEADINGS = ['reference', 'asOf', ...FACTS.map(({ name, label }, i) => (i % 2 === 0 ? name : label))];

function csvOf(cases: readonly Case[], way: () => number): string {
  const rows = cases.map(({ id, asOf, facts }) => [
    id,
    asOf,
    ...FACTS.map((definition) => {
      const [group = '', member = ''] = definition.name.split('.');
      const value = facts[group]?.[member];
      return value === undefined ? '' : cell(definition, value, way());
    }),
  ]);
  return Papa.unparse(rows, { newline: '\r\n' });
}

const ndjsonOf = (cases: readonly Case[]): string =>
  cases.map(({ id, asOf, facts }) => JSON.stringify({ reference: id, asOf, facts })).join('\n');

const answers = ({ decisions }: Decided): (Decision & { line: number; reference: string })[] =>
  decisions
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('however a case comes', () => {
  const fromCsv = decider(loaded, { input: csvInput(loaded, HEADINGS, true) });
  const fromJson = decider(loaded, {});
  /** Less what to ask next: a line of a file has no such member. */
  const straight = async (one: Case): Promise<Omit<Decision, 'openQuestions'>> => {
    const { facts } = readFacts(vocabulary, one.facts, Number(parseInstant(one.asOf)));
    if (!facts) throw new Error('bad facts');
    const { openQuestions: _, ...rest } = await decide(loaded.program, facts, { explanation: false });
    return rest;
  };

  it(
    'as cells in any spelling, as JSON, or by itself: the decision is the same',
    () =>
      fc.assert(
        fc.asyncProperty(someCases, fc.infiniteStream(fc.nat(3)), async (cases, ways) => {
          const csv = await decideText(
            fromCsv,
            csvOf(cases, () => ways.next().value),
          );
          const json = await decideText(fromJson, ndjsonOf(cases));
          expect(csv.tally).toEqual(json.tally);
          expect(csv.decisions.toString()).toBe(json.decisions.toString());
          for (const [i, answer] of answers(json).entries()) {
            const one = cases[i];
            if (!one) throw new Error('more answers than cases');
            const { line, reference, ruleSet, ...decision } = Object(answer);
            expect([line, reference]).toEqual([i + 1, one.id]);
            expect(decision).toEqual(await straight(one));
          }
        }),
        { numRuns: runs(20) },
      ),
    60_000,
  );

  it('as CSV lines, it says what the decision says', async () => {
    const cases = yamaguchiCases();
    const toCsv = decider(loaded, { output: 'csv' });
    const { data } = Papa.parse<string[]>((await decideText(toCsv, ndjsonOf(cases))).decisions.toString(), {
      newline: '\r\n',
    });
    const labels = (items: readonly { label: string }[]): string =>
      items.map(({ label }) => label).join('／');
    for (const [i, one] of cases.entries()) {
      const d = await straight(one);
      const { yen = null, final = false } = d.amount ?? {};
      expect(data[i]).toEqual([
        ...[String(i + 1), one.id, d.outcomeLabel, labels(d.categories), labels(d.remedies)],
        yen === null ? '' : String(yen),
        d.amount === null ? '' : yen === null ? '告知からは決まらない' : final ? '確定' : '見込み',
        ...[d.voucherState?.label ?? '', d.claimState?.label, labels(d.nextSteps)],
        d.deadlines.map(({ label, text }) => `${label} ${text}`).join('／'),
        ...[labels(d.requiredInformation), labels(d.missingFacts), labels(d.contradictions)],
        d.reasons.map(({ rule }) => rule).join('、'),
        ...['', ''],
      ]);
    }
  });

  it('its answer is the one of the API, byte for byte but for what to ask next, with what was logged of it', async () => {
    const log = { startedAt: Date.UTC(2023, 3, 1), random: '00'.repeat(16), decidedAt: Date.UTC(2023, 3, 2) };
    const cases = yamaguchiCases().slice(0, 40);
    const { decisions, records } = await decideText(decider(loaded, { log }), ndjsonOf(cases));
    const lines = decisions.toString().split('\n');
    const ids = new Set<string>();
    for (const [i, one] of cases.entries()) {
      const record = records[i];
      if (!record) throw new Error('nothing logged');
      ids.add(record.id);
      const { asOf, ...rest } = await straight(one);
      const expected: Omit<Answer, 'openQuestions'> = {
        id: record.id,
        ruleSet: { prefecture, incident, title, version: loaded.version, commit: null, chosenBy: 'current' },
        asOf,
        decidedAt: '2023-04-02T09:00:00+09:00',
        logged: true,
        reference: one.id,
        links: {
          decision: `/decisions/${record.id}`,
          explanation: `/decisions/${record.id}/explanation`,
        },
        ...rest,
      };
      const answer = JSON.stringify(expected);
      expect(record.answer).toBe(answer);
      expect(lines[i]).toBe(`{"line":${i + 1},${answer.slice(1)}`);
      expect(JSON.parse(record.facts)).toEqual(one.facts);
      expect([record.asOf, record.reference]).toEqual([parseInstant(one.asOf), one.id]);
    }
    expect([...ids].sort()).toEqual([...ids]);
    expect(ids.size).toBe(cases.length);
  });

  it('the explanation is that of its own facts, also where the pattern was seen before', async () => {
    const [one] = yamaguchiCases();
    if (!one) throw new Error('no cases');
    const twice = [one, { ...one, asOf: toOffsetDateTime(Number(parseInstant(one.asOf)) + 1000, timeZone) }];
    const [first, second] = answers(await decideText(decider(loaded, { explain: true }), ndjsonOf(twice)));
    const { facts } = readFacts(vocabulary, one.facts, Number(parseInstant(one.asOf)) + 1000);
    if (!facts) throw new Error('bad facts');
    expect(first?.explanation?.length).toBeGreaterThan(10);
    expect(second?.explanation).toEqual(
      (await decide(loaded.program, facts, { explanation: true })).explanation,
    );
  });
});

it('answers that are in the log already are taken as they are', async () => {
  const log = { startedAt: 0, random: '00'.repeat(16), decidedAt: 0 };
  const text = ndjsonOf(yamaguchiCases().slice(0, 3));
  for (const output of ['csv', 'ndjson'] as const) {
    const fresh = await decideText(decider(loaded, { log, output }), text);
    const logged = new Map(fresh.records.map(({ answer }, i) => [i + 1, answer]));
    logged.delete(2);
    const again = await decideText(decider(loaded, { log, output }), text, { logged });
    expect(again.records).toEqual([fresh.records[1]]);
    const { records, ...same } = fresh;
    expect(again).toMatchObject(same);
  }
});
