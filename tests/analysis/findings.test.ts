/** One small rule set for each kind of finding, and the same one put right. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, FindingCode } from '../../src/analysis/findings/finding.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { ruleSetOf } from '../engine/small.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Written = Record<string, unknown>;
const equal = (fact: string, value: unknown) => ({ fact, operator: 'equal', value });
const flag = equal('case.flag', true);
const other = equal('case.other', true);
const asOf = (operator: string, deadline: string) => ({ fact: 'asOf', operator, value: { deadline } });
const category = (id: string, when: unknown) => ({ id, clause: 'C1', label: id, when });
const held = { fact: 'category', operator: 'isPresent', value: true };

/** Complete as far as the proofs ask: everyone with a remedy is told a step, a deadline and a contact. */
const SOUND: Written = {
  deadlines: { end: { until: '2023-04-28', label: '期限', clause: 'C1' } },
  contact: {
    ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '平日 10:00～18:00' },
    hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'closed', open: '10:00', close: '18:00' }],
  },
  eligibility: [category('A', flag)],
  claimState: [{ id: 'waiting', nextSteps: ['apply'], deadlines: ['end'] }],
};

/** Of every rule set here: who is left for the last rule, and that nobody is ever too late. Tried in offers.test.ts. */
const ELSEWHERE: readonly FindingCode[] = ['falls-to-last', 'unbound-deadline'];
const proved = async (written: Written): Promise<Finding[]> =>
  (await prove(ruleSetOf({ ...SOUND, ...written }), solver)).filter(({ code }) => !ELSEWHERE.includes(code));
const codes = async (written: Written): Promise<string[]> =>
  (await proved(written)).map(({ code, about }) => [code, ...about].join(' '));

/** What is written, and what is found; `right` is the same put right, in which nothing is found. */
const FOUND: [FindingCode, { wrong: Written; right: Written; about: string[] }][] = [
  [
    'negative-amount',
    {
      wrong: { amount: [{ id: 'less', yen: { difference: [{ fact: 'case.paidYen' }, 340] }, final: true }] },
      right: {
        amount: [
          {
            id: 'less',
            yen: { of: { difference: [{ fact: 'case.paidYen' }, 340] }, atLeast: 0 },
            final: true,
          },
        ],
      },
      about: ['amount/less'],
    },
  ],
  [
    'no-amount',
    {
      wrong: { amount: [{ id: 'some', when: other, yen: 1, final: true }] },
      right: {
        amount: [
          { id: 'some', when: other, yen: 1, final: true },
          { id: 'open', yen: null, final: false },
        ],
      },
      about: ['remedies/refund'],
    },
  ],
  [
    'no-worklist',
    {
      wrong: {
        vocabulary: {
          claimStates: { automatic: '手続き不要' },
          worklists: { payment: { outcomes: ['granted'] } },
        },
        outcome: [{ id: 'granted' }],
        claimState: [
          { id: 'automatic', when: other, nextSteps: ['apply'], deadlines: ['end'] },
          { id: 'also', concludes: 'automatic', nextSteps: ['apply'], deadlines: ['end'] },
        ],
      },
      right: {
        vocabulary: {
          claimStates: { automatic: '手続き不要' },
          worklists: { payment: { outcomes: ['granted'], claimStates: ['automatic'] } },
        },
        outcome: [{ id: 'granted' }],
        claimState: [
          { id: 'automatic', when: other, nextSteps: ['apply'], deadlines: ['end'] },
          { id: 'also', concludes: 'automatic', nextSteps: ['apply'], deadlines: ['end'] },
        ],
      },
      about: ['claimState/automatic'],
    },
  ],
  [
    'never-holds',
    {
      wrong: { eligibility: [category('A', flag), category('B', { all: [flag, { not: flag }] })] },
      right: {},
      about: ['eligibility/B'],
    },
  ],
  [
    'shadowed',
    {
      wrong: {
        outcome: [
          { id: 'denied', when: { not: held } },
          { id: 'granted', when: flag },
          { id: 'review', when: { all: [flag, other] } },
          { id: 'denied-too', concludes: 'denied' },
        ],
      },
      right: {
        outcome: [
          { id: 'denied', when: { not: held } },
          { id: 'review', when: { all: [flag, other] } },
          { id: 'granted', when: flag },
          { id: 'denied-too', concludes: 'denied' },
        ],
      },
      about: ['outcome/review'],
    },
  ],
  [
    'always-true',
    {
      wrong: {
        conditions: { any: { label: 'どちらか', any: [flag, { not: flag }] } },
        eligibility: [category('A', { all: [flag, { condition: 'any' }] })],
      },
      right: {
        conditions: { any: { label: 'どちらか', any: [flag, other] } },
        eligibility: [category('A', { all: [flag, { condition: 'any' }] })],
      },
      about: ['conditions/any'],
    },
  ],
  [
    'always-false',
    {
      wrong: {
        conditions: { both: { label: '両方', all: [equal('case.kind', 'one'), equal('case.kind', 'two')] } },
        eligibility: [category('A', { any: [flag, { condition: 'both' }] })],
      },
      right: {
        conditions: { both: { label: '両方', all: [equal('case.kind', 'one'), other] } },
        eligibility: [category('A', { any: [flag, { condition: 'both' }] })],
      },
      about: ['conditions/both'],
    },
  ],
  [
    'missing-cell',
    {
      wrong: {
        tables: { pay: { label: '額', by: 'case.kind', cells: { one: 100, two: '2万円' } } },
        amount: [{ id: 'pay', clause: 'C1', when: held, table: 'pay', final: true }],
      },
      right: {
        tables: { pay: { label: '額', by: 'case.kind', cells: { one: 100, two: '2万円', three: 0 } } },
        amount: [{ id: 'pay', clause: 'C1', when: held, table: 'pay', final: true }],
      },
      about: ['tables/pay'],
    },
  ],
  [
    'overlapping-cells',
    {
      wrong: {
        tables: {
          pay: { label: '額', by: 'case.hours', cells: { '24以上48以下': 1, '48以上': 2, '24未満': 3 } },
        },
        amount: [{ id: 'pay', clause: 'C1', table: 'pay', final: true }],
      },
      right: {
        tables: {
          pay: { label: '額', by: 'case.hours', cells: { '24以上48未満': 1, '48以上': 2, '24未満': 3 } },
        },
        amount: [{ id: 'pay', clause: 'C1', table: 'pay', final: true }],
      },
      about: ['amount/pay.ge24-le48', 'amount/pay.ge48'],
    },
  ],
  [
    'no-label',
    {
      wrong: {
        conditions: { both: { all: [flag, other] }, own: { ...flag, label: '自分の' } },
        eligibility: [category('A', { any: [{ condition: 'both' }, { condition: 'own' }] })],
      },
      right: {
        conditions: { both: { label: '両方', all: [flag, other] }, own: { ...flag, label: '自分の' } },
        eligibility: [category('A', { any: [{ condition: 'both' }, { condition: 'own' }] })],
      },
      about: ['conditions/both'],
    },
  ],
  [
    'unreached',
    {
      wrong: {
        outcome: [
          { id: 'denied', when: { all: [{ not: held }, { not: equal('claimState', 'closed') }] } },
          { id: 'granted' },
        ],
      },
      right: {},
      about: ['claimState/closed'],
    },
  ],
  [
    'no-claim-state',
    {
      wrong: {
        claimState: [
          {
            id: 'lost',
            concludes: 'unknown',
            when: { all: [flag, other] },
            nextSteps: ['ask'],
            deadlines: ['end'],
          },
          { id: 'waiting', nextSteps: ['apply'], deadlines: ['end'] },
        ],
      },
      right: {
        claimState: [
          { id: 'lost', concludes: 'unknown', when: { not: flag }, nextSteps: ['ask'], deadlines: ['end'] },
          { id: 'waiting', nextSteps: ['apply'], deadlines: ['end'] },
        ],
      },
      about: ['claimState/lost'],
    },
  ],
  [
    'no-next-step',
    {
      wrong: { claimState: [{ id: 'waiting', deadlines: ['end'] }] },
      right: {},
      about: ['claimState/waiting'],
    },
  ],
  [
    'no-deadline',
    {
      wrong: { claimState: [{ id: 'waiting', nextSteps: ['apply'] }] },
      right: {},
      about: ['claimState/waiting'],
    },
  ],
  ['no-contact', { wrong: { contact: undefined }, right: {}, about: ['contact'] }],
  [
    'closed-on-deadline',
    {
      // A Sunday.
      wrong: { deadlines: { end: { until: '2023-04-30', label: '期限', clause: 'C1' } } },
      right: {},
      about: ['deadlines/end'],
    },
  ],
  [
    'deadline-without-effect',
    {
      wrong: {
        deadlines: {
          old: { until: '2023-04-01', label: '古い期限', clause: 'C1' },
          ...(SOUND.deadlines as Written),
        },
        eligibility: [
          category('A', { all: [flag, { any: [asOf('after', 'old'), asOf('onOrBefore', 'old')] }] }),
        ],
      },
      right: {
        deadlines: {
          old: { until: '2023-04-01', label: '古い期限', clause: 'C1' },
          ...(SOUND.deadlines as Written),
        },
        eligibility: [category('A', { all: [flag, asOf('after', 'old')] })],
      },
      about: ['deadlines/old'],
    },
  ],
];

describe('each finding is found, and only where it is', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await codes({})).toEqual([]);
  });

  it.each(FOUND)('%s', async (code, { wrong, right, about }) => {
    const found = await codes(wrong);
    expect(found).toContain([code, ...about].join(' '));
    expect(found).toHaveLength(1);
    expect(await codes(right)).toEqual([]);
  });
});

describe('findings of several rules together', () => {
  it('a category that means the same as another, and what that entails', async () => {
    expect(
      await codes({ eligibility: [category('A', flag), category('B', { not: { not: flag } })] }),
    ).toEqual(['same-meaning eligibility/A eligibility/B', 'overlap eligibility/A eligibility/B']);
  });

  it('remedies or assumptions with the same condition are usual, unless they say the same', async () => {
    const remedy = (id: string, label: string) => ({ id, clause: 'C1', label, when: held });
    expect(await codes({ remedies: [remedy('a', '返金'), remedy('b', '延長')] })).toEqual([]);
    expect(await codes({ remedies: [remedy('a', '返金'), remedy('b', '返金')] })).toEqual([
      'same-meaning remedies/a remedies/b',
    ]);
  });

  it('remedies that exclude each other must not meet', async () => {
    const remedies = [
      { id: 'refund', clause: 'C1', label: '返金', when: held, excludes: ['extension'] },
      { id: 'extension', clause: 'C1', label: '延長', when: { all: [held, other] } },
    ];
    const [found] = await proved({ remedies });
    expect(found).toMatchObject({ code: 'excluded-remedies', severity: 'error', verdict: 'refuted' });
    expect(found?.example?.decisions[0]?.remedies.map(({ id }) => id)).toEqual(['refund', 'extension']);
  });

  it('contradictions that hold of everybody', async () => {
    const contradictions = [
      { id: 'a', clause: 'C1', label: '甲', facts: ['case.flag'], when: flag },
      { id: 'b', clause: 'C1', label: '乙', facts: ['case.flag'], when: { not: flag } },
    ];
    expect(await codes({ contradictions })).toContain(
      'always-contradictory contradictions/a contradictions/b',
    );
  });

  it('a condition of contradictions may be false of everyone else', async () => {
    const contradictions = [
      { id: 'a', clause: 'C1', label: '甲', facts: ['case.flag'], when: { condition: 'both' } },
    ];
    expect(
      await codes({ conditions: { both: { label: '両方', all: [flag, other] } }, contradictions }),
    ).toEqual([]);
  });
});

describe('what a finding says', () => {
  it('who is covered and offered nothing, and from when to when', async () => {
    const [found] = await proved({
      deadlines: {
        first: { until: '2023-04-10', label: '一次', clause: 'C1' },
        reopening: { from: '2023-04-20 10:00', label: '再開', clause: 'C1' },
      },
      claimState: [
        {
          id: 'before',
          concludes: 'waiting',
          when: asOf('onOrBefore', 'first'),
          nextSteps: ['apply'],
          deadlines: ['first'],
        },
        {
          id: 'after',
          concludes: 'waiting',
          when: asOf('onOrAfter', 'reopening'),
          nextSteps: ['apply'],
          deadlines: ['reopening'],
        },
        { id: 'between', concludes: 'closed' },
      ],
      remedies: [
        { id: 'refund', clause: 'C1', label: '返金', when: { all: [held, equal('claimState', 'waiting')] } },
      ],
    });
    expect(found).toMatchObject({
      code: 'nothing-offered',
      severity: 'error',
      about: ['claimState/between'],
    });
    expect(found?.ja).toContain('2023年4月11日(火) 00:00から2023年4月20日(木) 10:00の前まで');
    expect(found?.en).toContain('from 2023-04-11T00:00:00+09:00 until 2023-04-20T10:00:00+09:00');
  });

  it('until when the contact can be asked, on a deadline when nobody is there', async () => {
    const deadlines = (enquiries: boolean) => ({
      end: { until: '2023-04-30', label: '期限', clause: 'C1', enquiries },
    });
    const [found] = await proved({ deadlines: deadlines(false) });
    expect(found).toMatchObject({ code: 'closed-on-deadline', severity: 'warning', verdict: 'refuted' });
    expect(found?.ja).toContain('2023年4月28日(金) 18:00');
    expect(found?.example?.asOf).toBe('2023-04-30T12:00:00+09:00');
    expect(found?.example?.decisions[0]?.contact?.openNow).toBe(false);
    // Already said in the answer.
    const [told] = await proved({ deadlines: deadlines(true) });
    expect(told).toMatchObject({ code: 'closed-on-deadline', severity: 'information' });
  });

  it('stands at the line of the rule, in the order of the file', async () => {
    const findings = await proved({
      eligibility: [category('A', flag), category('B', { all: [flag, { not: flag }] })],
      claimState: [{ id: 'waiting' }],
    });
    expect(findings.map(({ code }) => code)).toEqual(['never-holds', 'no-next-step', 'no-deadline']);
    const lines = findings.map(({ position }) => position.line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(findings[0]?.position.file).toBe('rules/somewhere/outage.yaml');
  });

  it('both languages, for every finding', async () => {
    for (const [, { wrong }] of FOUND) {
      for (const { ja, en } of await proved(wrong)) {
        expect(ja).toMatch(/[ぁ-ん].*。$/);
        expect(en).toMatch(/^[A-Z"][^ぁ-んァ-ン]*\.$/);
      }
    }
  });
});

describe('findings that the rule file accepts', () => {
  const eligibility = [category('A', flag), category('B', other)];
  const accepting = (finding: string, about: string[]): Written => ({
    accepted: [{ finding, about, reason: '重なってよい' }],
  });

  it('carry the reason, whether the rules are named in full or by their ids', async () => {
    for (const about of [
      ['eligibility/B', 'eligibility/A'],
      ['A', 'B'],
    ]) {
      const findings = await proved({ eligibility, ...accepting('overlap', about) });
      expect(findings.map(({ code, accepted }) => [code, accepted])).toEqual([['overlap', '重なってよい']]);
    }
  });

  it('not where they name more than the finding is about', async () => {
    const findings = await proved({ eligibility, ...accepting('overlap', ['A', 'B', 'C']) });
    expect(findings.map(({ code, accepted }) => [code, accepted])).toEqual([
      ['overlap', null],
      ['needless-acceptance', null],
    ]);
  });

  it('one for several findings accepts none of them, and says to write one for each', async () => {
    const never = { all: [flag, { not: flag }] };
    const written = { eligibility: [category('A', flag), category('B', never), category('C', never)] };
    const findings = await proved({ ...written, ...accepting('never-holds', ['B', 'C']) });
    expect(findings.map(({ code, accepted }) => [code, accepted])).toEqual([
      ['never-holds', null],
      ['never-holds', null],
      ['needless-acceptance', null],
    ]);
    expect(findings.at(-1)?.ja).toContain('一つずつ');
  });

  it('an acceptance of nothing is a finding itself', async () => {
    const findings = await proved(accepting('overlap', ['A', 'B']));
    expect(findings).toMatchObject([{ code: 'needless-acceptance', about: ['overlap', 'A', 'B'] }]);
    expect(findings[0]?.position.line).toBeGreaterThan(1);
  });

  it('an error cannot be accepted', async () => {
    const claimState = [{ id: 'closed' }];
    const remedies = [{ id: 'refund', clause: 'C1', label: '返金', when: { all: [held, other] } }];
    const findings = await proved({ claimState, remedies, ...accepting('nothing-offered', ['closed']) });
    expect(findings.find(({ code }) => code === 'nothing-offered')?.accepted).toBeNull();
  });
});

describe('what a rule file may say for the checks', () => {
  it('a claim state in which nothing is left to do wants no step and no deadline', async () => {
    const claimState = [{ id: 'over' }];
    const words = (nothingLeftToDo: string[]) => ({ claimStates: { over: '終了' }, nothingLeftToDo });
    expect(await codes({ claimState, vocabulary: words([]) })).toHaveLength(2);
    expect(await codes({ claimState, vocabulary: words(['over']) })).toEqual([]);
  });
});
