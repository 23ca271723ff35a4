/** What is said while conclusions are open, settled in spite of unknown facts, or contradictory. */
import { describe, expect, it } from 'vitest';
import { decideCase, programOf } from './small.ts';

const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
const DEADLINES = {
  early: { until: '2023-04-30', label: '早い', clause: 'C1' },
  late: { until: '2023-05-31', label: '遅い', clause: 'C1' },
  never: { until: '2023-06-30', label: 'ほか', clause: 'C1' },
};
const states = programOf({
  deadlines: DEADLINES,
  claimState: [
    { id: 'closed', when: leaf('case.kind', 'equal', 'one'), nextSteps: ['ask'], deadlines: ['early'] },
    {
      id: 'review',
      concludes: 'waiting',
      when: leaf('case.kind', 'equal', 'two'),
      nextSteps: ['ask'],
      deadlines: ['never'],
    },
    { id: 'waiting', nextSteps: ['apply'], deadlines: ['late'] },
  ],
});
const ids = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id);

describe('an open state', () => {
  it('is unknown, asks for facts, and gives the deadlines of every state that is possible', async () => {
    const decision = await decideCase(states, { case: { flag: true } });
    expect(decision).toMatchObject({ outcome: 'granted', claimState: { id: 'unknown' } });
    expect(ids(decision.nextSteps)).toEqual(['provide']);
    expect(ids(decision.deadlines)).toEqual(['early', 'late', 'never']);
    expect(decision.missingFacts).toEqual([
      { fact: 'case.kind', label: '種別', question: '種別はどれですか。' },
    ]);
  });

  it('is settled once known, with what it carries and no more', async () => {
    const decision = await decideCase(states, { case: { flag: true, kind: 'one' } });
    expect(decision.claimState).toEqual({ id: 'closed', label: '終わり' });
    expect(ids(decision.nextSteps)).toEqual(['ask']);
    expect(ids(decision.deadlines)).toEqual(['early']);
    expect(decision.missingFacts).toEqual([]);
  });
});

describe('settled in spite of unknown facts', () => {
  const settled: [name: string, when: unknown, facts: Record<string, unknown>, outcome: string][] = [
    [
      'either way',
      { any: [leaf('case.flag', 'equal', true), leaf('case.flag', 'equal', false)] },
      {},
      'granted',
    ],
    [
      'neither way',
      { all: [leaf('case.flag', 'equal', true), leaf('case.flag', 'equal', false)] },
      {},
      'denied',
    ],
    [
      'every choice',
      { not: { all: [leaf('case.kind', 'notIn', ['one', 'two']), leaf('case.kind', 'notEqual', 'three')] } },
      {},
      'granted',
    ],
    [
      'no number between',
      { all: [leaf('case.hours', 'greaterThan', 3), leaf('case.hours', 'lessThan', 4)] },
      {},
      'denied',
    ],
    [
      'one number between',
      { all: [leaf('case.hours', 'greaterThan', 3), leaf('case.hours', 'lessThan', 5)] },
      {},
      'open',
    ],
    ['no yen below nothing', leaf('case.paidYen', 'lessThan', 0), {}, 'denied'],
    ['compared with itself', leaf('case.hours', 'greaterThan', { fact: 'case.hours' }), {}, 'denied'],
    [
      'a half of itself',
      leaf('case.hours', 'greaterThan', { percent: 50, of: { fact: 'case.hours' } }),
      {},
      'open',
    ],
    [
      'both orders',
      {
        all: [
          leaf('case.hours', 'lessThan', { fact: 'case.tally' }),
          leaf('case.tally', 'lessThan', { fact: 'case.hours' }),
        ],
      },
      {},
      'denied',
    ],
    [
      'met only at a bound',
      {
        all: [
          leaf('case.tally', 'equal', 10),
          leaf('case.tally', 'equal', { sum: [{ fact: 'case.hours' }, 3] }),
        ],
      },
      {},
      'open',
    ],
    [
      'a share of another',
      {
        all: [
          leaf('case.tally', 'lessThan', { percent: 1, of: { fact: 'case.hours' } }),
          leaf('case.tally', 'greaterThan', 50),
        ],
      },
      {},
      'open',
    ],
    ['at the very instant', leaf('case.startedAt', 'sameInstant', { fact: 'asOf' }), {}, 'open'],
    ['the other way round', leaf('asOf', 'sameInstant', { fact: 'case.startedAt' }), {}, 'open'],
    [
      'many of few',
      {
        all: [leaf('case.items', 'countGreaterThan', 1), { not: leaf('case.items', 'countGreaterThan', 2) }],
      },
      {},
      'open',
    ],
    [
      'every item allowed',
      { any: [leaf('case.items', 'subsetOf', ['a', 'b', 'c']), leaf('case.items', 'isPresent', false)] },
      {},
      'granted',
    ],
    ['more than there are', leaf('case.items', 'countGreaterThan', 3), {}, 'denied'],
    [
      'parts of a text',
      { all: ['x', 'y', 'z'].map((part) => leaf('case.code', 'includesText', part)) },
      {},
      'open',
    ],
  ];
  it.each(settled)('%s', async (_, when, facts, outcome) => {
    const program = programOf({ eligibility: [{ id: 'A', clause: 'C1', label: '対象', when }] });
    expect((await decideCase(program, { case: facts })).outcome).toBe(outcome);
  });
});

describe('missing facts', () => {
  const program = programOf({
    eligibility: [
      {
        id: 'A',
        clause: 'C1',
        label: '対象',
        when: {
          all: [
            leaf('case.hours', 'greaterThan', 3),
            leaf('case.flag', 'equal', true),
            leaf('case.kind', 'equal', 'one'),
          ],
        },
      },
    ],
  });
  const missing: [facts: Record<string, unknown>, missing: string[]][] = [
    // In the order to ask, which is that of the vocabulary.
    [{}, ['case.flag', 'case.kind', 'case.hours']],
    [{ flag: true }, ['case.kind', 'case.hours']],
    [{ hours: 3 }, []],
    [{ flag: true, kind: 'one' }, ['case.hours']],
  ];
  it.each(missing)('of %j are %j', async (facts, expected) => {
    const decision = await decideCase(program, { case: facts });
    expect(decision.missingFacts.map(({ fact }) => fact)).toEqual(expected);
  });
});

describe('facts that contradict each other', () => {
  const contradictions = [
    {
      id: 'odd',
      label: '終わりが始まりより前です',
      clause: 'C1',
      facts: ['case.startedAt', 'case.endedAt'],
      when: leaf('case.endedAt', 'before', { fact: 'case.startedAt' }),
    },
  ];
  const program = programOf({
    contradictions,
    eligibility: [
      {
        id: 'A',
        clause: 'C1',
        label: '対象',
        when: { any: [leaf('case.flag', 'equal', true), leaf('case.startedAt', 'after', { fact: 'asOf' })] },
      },
    ],
  });
  const odd = { flag: true, startedAt: '2023-04-02T00:00:00Z', endedAt: '2023-04-01T00:00:00Z' };

  it('conclude nothing else', async () => {
    expect(await decideCase(program, { case: odd })).toMatchObject({
      outcome: 'contradictory',
      categories: [],
      remedies: [],
      amount: null,
      claimState: { id: 'unknown' },
      nextSteps: [{ id: 'correct' }],
      deadlines: [],
      missingFacts: [],
      contradictions: [
        { label: '終わりが始まりより前です', clause: 'C1', facts: ['case.startedAt', 'case.endedAt'] },
      ],
    });
  });

  it('however the unknown facts are filled: all are told', async () => {
    const always = programOf({
      contradictions: ['one', 'two', 'three'].map((kind) => ({
        id: kind,
        label: kind,
        clause: 'C1',
        facts: ['case.kind'],
        when: leaf('case.kind', 'equal', kind),
      })),
    });
    const decision = await decideCase(always, { case: { flag: true } });
    expect(decision.outcome).toBe('contradictory');
    expect(decision.contradictions).toHaveLength(3);
  });

  it('rule values out: what only those could change is settled', async () => {
    // Ended before asOf, so begun before it, too.
    const decision = await decideCase(program, { case: { flag: false, endedAt: '2023-04-01T00:00:00Z' } });
    expect(decision).toMatchObject({ outcome: 'denied', missingFacts: [] });
    const open = await decideCase(program, { case: { flag: false } });
    expect(open).toMatchObject({ outcome: 'open', missingFacts: [{ fact: 'case.startedAt' }] });
  });
});
