/** What a change of the Yamaguchi file does, or that it does nothing. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diff, diff } from '../../src/analysis/diff/diff.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { ruleSetOf } from '../engine/small.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';
import { provablySame } from './small-cases.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const vocabulary = vocabularyOf(allWords());
const TEXT = readFileSync(YAMAGUCHI, 'utf8');

function edited(...edits: [from: string, to: string][]): RuleSet {
  const text = edits.reduce((before, [from, to]) => {
    expect(before).toContain(from);
    return before.replaceAll(from, to);
  }, TEXT);
  const { ruleSet, problems } = readRuleSet(YAMAGUCHI, text, vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}

const compared = (...edits: [from: string, to: string][]): Promise<Diff> =>
  diff(edited(), edited(...edits), solver);

describe('nothing changes', () => {
  it.each<[string, [string, string][]]>([
    ['between a rule set and itself', []],
    ['where a condition has another name', [['B-comes-first', 'B-goes-first']]],
    [
      'where parts of a condition change places',
      [
        [
          'outage.otherSettlementTrouble: true, outage.settledTwice: true',
          'outage.settledTwice: true, outage.otherSettlementTrouble: true',
        ],
      ],
    ],
    [
      'where a threshold is written otherwise',
      [['balanceAfterGraceYen: 1以上', 'balanceAfterGraceYen: 0より大きい']],
    ],
    [
      'where two states that cannot meet change places',
      [
        [
          '  - { id: not-in-programme, concludes: none,',
          '  - { id: not-in-programme, concludes: none, label: 利用なし,',
        ],
      ],
    ],
  ])('%s', async (_, edits) => {
    expect(await compared(...edits)).toMatchObject({
      differences: [],
      isProved: true,
      incomparable: [],
      absentOtherwise: [],
    });
    expect(await provablySame(edited(), edited(...edits), solver)).toBe(true);
  });
});

describe('what changes, with a case', () => {
  it('a deadline moved: who may still apply, and who sees another date', async () => {
    const { differences: found, isProved } = await compared([
      'application: { until: 2023-04-30',
      'application: { until: 2023-05-07',
    ]);
    expect(isProved).toBe(true);
    expect(found.map(({ kind }) => kind)).not.toContain('newly-covered');
    const late = found.find(
      (one) => one.kind === 'changed' && one.from === 'lapsed' && one.to === 'eligible',
    );
    const [before, after] = late?.example?.decisions ?? [];
    expect([before?.claimState?.id, after?.claimState?.id]).toEqual([
      'application-closed',
      'application-open',
    ]);
    const moved = found.find(({ kind }) => kind === 'deadline-moved');
    const ends = moved?.example?.decisions.map(
      ({ deadlines }) => deadlines.find(({ id }) => id === 'application')?.endsAt,
    );
    expect(ends).toEqual(['2023-05-01T00:00:00+09:00', '2023-05-08T00:00:00+09:00']);
  });

  it('a threshold raised by one yen: the person with exactly that much', async () => {
    const { differences: found } = await compared([
      'balanceAfterGraceYen: 1以上',
      'balanceAfterGraceYen: 1より大きい',
    ]);
    const lost = found.find(({ kind }) => kind === 'no-longer-covered');
    expect(lost?.example?.facts.voucher?.balanceAfterGraceYen).toBe(1);
    expect(lost?.example?.decisions.map(({ categories }) => categories.length)).toEqual([1, 0]);
    expect(found.map(({ kind }) => kind)).not.toContain('newly-covered');
  });

  it('a brand dropped', async () => {
    const { differences: found } = await compared(['  edy-gift: Edy ギフト ID\n', '']);
    const gone = found.find((one) => one.kind === 'removed' && one.field === 'brands');
    expect(gone).toMatchObject({ what: 'cashless-points/edy-gift', verdict: 'refuted' });
  });

  it('an amount halved', async () => {
    const { differences: found, isProved } = await compared([
      'yen: { fact: outage.wronglyDeductedYen }',
      'yen: { percent: 50, of: { fact: outage.wronglyDeductedYen } }',
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(['amount-lowered']);
    expect(isProved).toBe(true);
    const [before, after] = found[0]?.example?.decisions.map(({ amount }) => amount?.yen ?? 0) ?? [];
    expect(after).toBeLessThan(before ?? 0);
  });

  it('facts that contradict each other no longer', async () => {
    const { differences: found } = await compared([
      'facts: [app.charged, app.account]\n    when: [',
      'facts: [app.charged, app.account]\n    when: [programme.used: true, ',
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(['no-longer-contradictory']);
    const [before, after] = found[0]?.example?.decisions ?? [];
    expect(before?.contradictions).toHaveLength(1);
    expect(after?.contradictions).toHaveLength(0);
  });
});

describe('two rule sets that no case fits', () => {
  it('are said to be incomparable, and nothing is claimed', async () => {
    const small = (type: string) =>
      ruleSetOf({
        vocabulary: { facts: { 'case.extra': { type, label: '追加', question: '追加はありますか。' } } },
        eligibility: [
          {
            id: 'A',
            clause: 'C1',
            label: 'A',
            when: { fact: 'case.extra', operator: 'isPresent', value: true },
          },
        ],
      });
    const [a, b] = [small('boolean'), small('text')];
    expect(await diff(a, b, solver)).toMatchObject({
      differences: [],
      isProved: false,
      incomparable: ['case.extra'],
    });
    expect(await provablySame(a, b, solver)).toBe(false);
  });

  it('are not called the same where leaving a fact out means something else', async () => {
    const small = (absent: boolean) =>
      ruleSetOf({
        vocabulary: {
          facts: { 'case.extra': { type: 'boolean', absent, label: '追加', question: '追加はありますか。' } },
        },
        eligibility: [
          {
            ...{ id: 'A', clause: 'C1', label: 'A' },
            when: { fact: 'case.extra', operator: 'equal', value: true },
          },
        ],
      });
    const [a, b] = [small(true), small(false)];
    expect(await diff(a, b, solver)).toMatchObject({
      differences: [],
      isProved: false,
      incomparable: [],
      absentOtherwise: ['case.extra'],
    });
    expect(await provablySame(a, b, solver)).toBe(false);
    expect(await provablySame(a, a, solver)).toBe(true);
  });

  it('a fact that only one of them knows is given to that one', async () => {
    const plain = ruleSetOf({});
    const withExtra = ruleSetOf({
      vocabulary: {
        facts: { 'case.extra': { type: 'boolean', label: '追加', question: '追加はありますか。' } },
      },
      eligibility: [
        {
          id: 'A',
          clause: 'C1',
          label: 'A',
          when: {
            all: [
              { fact: 'case.flag', operator: 'equal', value: true },
              { fact: 'case.extra', operator: 'equal', value: true },
            ],
          },
        },
      ],
    });
    const { differences: found } = await diff(plain, withExtra, solver);
    const lost = found.find(({ kind }) => kind === 'no-longer-covered');
    expect(lost?.example?.facts).toEqual({ case: { flag: true, extra: false } });
  });
});
