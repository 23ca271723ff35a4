/** A decision remembered by its key is the one that a program with no memory makes, explanation and all. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import type { CaseFacts } from '../../src/engine/facts/read-facts.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { parseInstant } from '../../src/rulebook/calendar.ts';
import { runs } from '../fixtures/runs.ts';
import { asOf, facts, ruleFile, vocabulary } from './generated.ts';
import { factsOf, programOf } from './small.ts';
import { type Facts, yamaguchi, yamaguchiCases } from './yamaguchi.ts';

/** Was it remembered? Compared with a program compiled for this case alone: neither decisions nor sections are known. */
async function same(remembering: Program, read: CaseFacts): Promise<boolean> {
  const before = remembering.memory.size;
  const options = { explanation: true };
  const fresh = compile(remembering.ruleSet);
  expect(await decide(remembering, read, options)).toEqual(await decide(fresh, read, options));
  return remembering.memory.size === before;
}

it('over generated rule sets and cases, with facts unknown', async () => {
  let remembered = 0;
  await fc.assert(
    fc.asyncProperty(
      ruleFile,
      fc.array(fc.tuple(facts(1, 3), asOf), { minLength: 12, maxLength: 12 }),
      async (written, cases) => {
        const remembering = programOf(written, vocabulary);
        for (const [given, at] of cases) {
          if (await same(remembering, factsOf(remembering, given, at))) remembered++;
        }
      },
    ),
    { numRuns: runs(40) },
  );
  expect(remembered).toBeGreaterThan(0);
}, 300_000);

const yen = fc.constantFrom(0, 1, 2, 3, 500, 1999, 2000, 2001);
const days = fc.integer({ min: -40, max: 70 });

it('over the Yamaguchi cases at other times, with other amounts and facts left out', async () => {
  const cases = yamaguchiCases();
  const remembering = compile(yamaguchi());
  let remembered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      days,
      fc.array(fc.tuple(fc.nat(), fc.option(yen)), { maxLength: 4 }),
      async (one, moved, changes) => {
        const given: Facts = structuredClone(one.facts);
        for (const [place, amount] of changes) {
          const names = Object.entries(given).flatMap(([group, members]) =>
            Object.keys(members).map((name): [string, string] => [group, name]),
          );
          const [group = '', name = ''] = names[place % Math.max(names.length, 1)] ?? [];
          const members = given[group];
          if (!members) continue;
          if (amount === null) delete members[name];
          else if (name.endsWith('Yen')) members[name] = amount;
        }
        const at = new Date(Number(parseInstant(one.asOf)) + moved * 86_400_000).toISOString();
        if (await same(remembering, factsOf(remembering, given, at))) remembered++;
      },
    ),
    { numRuns: runs(400) },
  );
  expect(remembered).toBeGreaterThan(50);
}, 300_000);

it('what a known amount leaves possible for an unknown one is part of the key', async () => {
  const program = compile(yamaguchi());
  const restored = (restoredYen: number) => ({
    programme: { used: true, destinationPrefecture: '35' },
    voucher: {
      ...{ platform: 'regionpay', medium: 'paper', received: true },
      ...{ originalExpiry: '2023-02-24T23:59:00+09:00', balanceAfterGraceYen: 0 },
    },
    app: { charged: true, account: 'active' },
    outage: { paidOtherwiseAndDeducted: true, withinOutageHours: 'yes' },
    support: {
      contactedAt: '2023-03-05T12:00:00+09:00',
      verification: 'confirmed',
      restoredAt: '2023-03-15T12:00:00+09:00',
      restoredYen,
    },
  });
  const voucherState = async (restoredYen: number) => {
    const read = factsOf(program, restored(restoredYen), '2023-04-05T12:00:00+09:00');
    return (await decide(program, read, { explanation: false })).voucherState?.id;
  };
  // 1,500 yen may be left or used up; where nothing was restored, nothing can be left.
  expect(await voucherState(1500)).toBe('unknown');
  expect(await voucherState(0)).toBe('exhausted');
  expect(await voucherState(2000)).toBe('unknown');
  expect(program.memory.size).toBe(2);
});
