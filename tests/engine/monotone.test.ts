/** Knowing less opens conclusions and never moves them; knowing more settles them and never moves them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import type { Program } from '../../src/engine/program.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { runs } from '../fixtures/runs.ts';
import { asOf, facts, ruleFile, vocabulary } from './generated.ts';
import { factsOf, programOf } from './small.ts';
import { type Case, type Facts, yamaguchiCases, yamaguchiProgram } from './yamaguchi.ts';

const yamaguchi = yamaguchiProgram();
const cases = yamaguchiCases();

const decideFacts = (program: Program, given: unknown, at: string): Promise<Decision> =>
  decide(program, factsOf(program, given, at), { explanation: false });

/** What the decision settles, each by its name. An amount is none of them, but does not move either. */
function settled({ vocabulary: { whenUnknown } }: RuleSet, decision: Decision): string[] {
  const states: [name: string, id: string | undefined, open: string][] = [
    ['outcome', decision.outcome, whenUnknown.outcome],
    ['voucherState', decision.voucherState?.id, whenUnknown.state],
    ['claimState', decision.claimState?.id, whenUnknown.state],
  ];
  return [
    ...states.flatMap(([name, id, open]) => (id === undefined || id === open ? [] : [`${name}: ${id}`])),
    ...decision.categories.map(({ id }) => `category: ${id}`),
    ...decision.remedies.map(({ id }) => `remedy: ${id}`),
    ...(decision.amount?.yen == null ? [] : [`amount: ${JSON.stringify(decision.amount)}`]),
  ];
}

const names = (given: Facts): string[] =>
  Object.entries(given).flatMap(([group, members]) =>
    Object.keys(members).map((member) => `${group}.${member}`),
  );

const without = (given: Facts, left: readonly string[]): Facts =>
  Object.fromEntries(
    Object.entries(given).map(([group, members]) => [
      group,
      Object.fromEntries(Object.entries(members).filter(([member]) => !left.includes(`${group}.${member}`))),
    ]),
  );

const meansNothing = (name: string): boolean =>
  yamaguchi.ruleSet.vocabulary.facts.get(name)?.absent.kind === 'unknown';

interface Less {
  one: Case;
  left: string[];
}
/** A case, and some of its facts that a caller might leave out. */
const less = (of: Case[], among: (name: string) => boolean): fc.Arbitrary<Less> =>
  fc
    .constantFrom(...of)
    .chain((one) => fc.record({ one: fc.constant(one), left: fc.subarray(names(one.facts).filter(among)) }));

const decided = new Map<string, Promise<Decision>>();
function whole({ id, facts: given, asOf: at }: Case): Promise<Decision> {
  const key = `${id} ${at}`;
  const known = decided.get(key) ?? decideFacts(yamaguchi, given, at);
  decided.set(key, known);
  return known;
}

const [eligible, ineligible] = yamaguchi.ruleSet.vocabulary.outcomes.keys();
const consistent: Case[] = [];
const refused: Case[] = [];
for (const one of cases) {
  const { contradictions, outcome } = await whole(one);
  if (contradictions.length === 0) consistent.push(one);
  if (outcome === ineligible) refused.push(one);
}

it('there are cases of every kind', () => {
  expect([eligible, ineligible]).toEqual(['eligible', 'not-eligible']);
  expect(consistent.length).toBeGreaterThan(20);
  expect(refused.length).toBeGreaterThan(2);
});

it(
  'a fact less leaves each settled conclusion as it was or opens it',
  async () => {
    await fc.assert(
      fc.asyncProperty(less(consistent, meansNothing), async ({ one, left }) => {
        const fewer = await decideFacts(yamaguchi, without(one.facts, left), one.asOf);
        expect(fewer.contradictions).toEqual([]);
        expect(settled(yamaguchi.ruleSet, await whole(one))).toEqual(
          expect.arrayContaining(settled(yamaguchi.ruleSet, fewer)),
        );
      }),
      { numRuns: runs(60) },
    );
  },
  runs(60_000),
);

describe('a fact less, whatever its absence means, makes no ineligible case eligible', () => {
  it('alone', async () => {
    for (const one of refused) {
      for (const name of names(one.facts)) {
        const { outcome } = await decideFacts(yamaguchi, without(one.facts, [name]), one.asOf);
        expect(outcome, `${one.id} without ${name}`).not.toBe(eligible);
      }
    }
  });

  it(
    'and with others',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          less(refused, () => true),
          async ({ one, left }) => {
            const { outcome } = await decideFacts(yamaguchi, without(one.facts, left), one.asOf);
            expect(outcome).not.toBe(eligible);
          },
        ),
        { numRuns: runs(40) },
      );
    },
    runs(60_000),
  );
});

it(
  'a fact more never moves a settled conclusion',
  async () => {
    const known = fc.constantFrom<'all' | 'some'>('all', 'some');
    await fc.assert(
      fc.asyncProperty(
        ruleFile,
        facts(0, 0),
        facts(1, 5),
        known,
        asOf,
        async (written, all, some, how, at) => {
          const program = programOf(written, vocabulary);
          const few = Object.fromEntries(
            Object.entries(all.g).filter(
              ([name]) => Object.hasOwn(some.g, name) || vocabularyMeans(`g.${name}`),
            ),
          );
          const extra = Object.keys(all.g).filter((name) => !Object.hasOwn(few, name));
          const added = how === 'all' ? extra : extra.slice(0, Math.ceil(extra.length / 2));
          const many = { ...few, ...Object.fromEntries(added.map((name) => [name, all.g[name]])) };
          const before = await decideFacts(program, { g: few }, at);
          const after = await decideFacts(program, { g: many }, at);
          // Facts that contradict each other conclude nothing else.
          if (after.contradictions.length > 0) return;
          expect(before.contradictions).toEqual([]);
          expect(settled(program.ruleSet, after)).toEqual(
            expect.arrayContaining(settled(program.ruleSet, before)),
          );
        },
      ),
      { numRuns: runs(60) },
    );
  },
  runs(60_000),
);

const vocabularyMeans = (name: string): boolean => vocabulary.facts.get(name)?.absent.kind !== 'unknown';
