/** What is called settled, open, contradictory and missing is so: checked against trying every way of filling the unknown facts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../src/engine/decide.ts';
import { runs } from '../fixtures/runs.ts';
import { asOf, choices, facts, ruleFile, vocabulary } from './generated.ts';
import { byName, type Concluded, fillings, relevantFacts, unknownFacts } from './oracle.ts';
import { factsOf, programOf } from './small.ts';

const agreed = (all: readonly Concluded[], pick: (one: Concluded) => string, open: string): string => {
  const [only, ...others] = new Set(all.map(pick));
  return only === undefined || others.length > 0 ? open : only;
};
const inAll = (all: readonly Concluded[], pick: (one: Concluded) => string[]): string[] =>
  [...new Set(all.flatMap(pick))].filter((id) => all.every((one) => pick(one).includes(id))).sort();

/** n against the lesser of 1 and an unknown l: only at n = 1 does l decide. */
const LESSER_OF_LITERAL: [Record<string, unknown>, { g: Record<string, unknown> }, string] = [
  {
    deadlines: {
      first: { until: '2023-04-10 12:00', label: '一', clause: 'C1' },
      second: { until: '2023-04-12', label: '二', clause: 'C1' },
      third: { from: '2023-04-13', until: '2023-04-14', label: '三', clause: 'C1' },
      own: { until: { after: { fact: 'g.s' }, days: 2 }, label: '各自', clause: 'C1' },
    },
    conditions: { named: { fact: 'g.a', operator: 'equal', value: false } },
    contradictions: [],
    eligibility: [
      {
        ...{ id: 'A', clause: 'C1', label: 'A' },
        when: { fact: 'g.n', operator: 'greaterThan', value: { lesserOf: [{ fact: 'g.l' }, 1] } },
      },
    ],
    voucherState: [{ id: 'v9', concludes: 'up' }],
    claimState: [{ id: 'c9', concludes: 'in' }],
    outcome: [{ id: 'o9', concludes: 'yes' }],
    remedies: [
      {
        ...{ id: 'R', clause: 'C1', label: 'R' },
        when: { fact: 'category', operator: 'contains', value: 'A' },
      },
    ],
  },
  {
    g: {
      ...{ a: true, b: true, e: 'x', q: [], w: '-', m: 0 },
      ...{ s: '2023-04-05T15:00:00.000Z', t: '2023-04-05T15:00:00.000Z', u: '2023-04-05T15:00:00.000Z' },
    },
  },
  '2023-04-05T15:00:00.000Z',
];

it(
  'settled is what every way of filling the facts gives, missing what can still change it',
  async () => {
    await fc.assert(
      fc.asyncProperty(ruleFile, facts(1, 3), asOf, async (written, given, at) => {
        const program = programOf(written, vocabulary);
        const read = factsOf(program, given, at);
        const unknown = unknownFacts(byName(program, read));
        fc.pre(unknown.reduce((product, fact) => product * choices(fact).length, 1) <= 13_000);
        const found = fillings(program.ruleSet, byName(program, read), choices);
        const all = found.map(({ concluded }) => concluded);
        const decision = await decide(program, read, { explanation: false });

        if (all.length === 0) {
          expect(decision).toMatchObject({ outcome: 'odd', categories: [], remedies: [], missingFacts: [] });
          return;
        }
        expect({
          outcome: decision.outcome,
          voucherState: decision.voucherState?.id,
          claimState: decision.claimState?.id,
          categories: decision.categories.map(({ id }) => id).sort(),
          remedies: decision.remedies.map(({ id }) => id).sort(),
        }).toEqual({
          outcome: agreed(all, (one) => one.outcome, 'open'),
          voucherState: agreed(all, (one) => one.voucherState, 'unknown'),
          claimState: agreed(all, (one) => one.claimState, 'unknown'),
          categories: inAll(all, (one) => one.categories),
          remedies: inAll(all, (one) => one.remedies),
        });
        const missing = decision.missingFacts.map(({ fact }) => fact);
        const relevant = relevantFacts(unknown, found);
        const differ = new Set(all.map((one) => JSON.stringify(one))).size > 1;
        if (relevant.length > 0 || !differ) expect(missing).toEqual(relevant);
        // Facts that only change together: all that were tried are asked for.
        else expect(missing.length).toBeGreaterThan(1);
      }),
      { numRuns: runs(150), examples: [LESSER_OF_LITERAL] },
    );
  },
  runs(60_000),
);
