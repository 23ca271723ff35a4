/** Answers that refuse and offer, deadlines that bind nobody and what says too little: the smallest rule set of each, and it put right. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { ruleSetOf } from '../engine/small.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Written = Record<string, unknown>;
const flag = { fact: 'case.flag', operator: 'equal', value: true };
const other = { fact: 'case.other', operator: 'equal', value: true };
const held = { fact: 'category', operator: 'isPresent', value: true };
const asOf = (operator: string) => ({ fact: 'asOf', operator, value: { deadline: 'end' } });
const remedy = (when: unknown) => [{ id: 'refund', clause: 'C1', label: '返金', when }];
const category = (id: string, when: unknown) => ({ id, clause: 'C1', label: id, when });
const told = { nextSteps: ['apply'], deadlines: ['end'] };

/** `denied` is not paid, `granted` is. */
const words = (more: Written = {}): Written => ({
  claimStates: { automatic: '手続き不要' },
  worklists: {
    payment: { outcomes: ['granted'], claimStates: ['automatic'] },
    none: { outcomes: ['denied'] },
  },
  ...more,
});
const BASE: Written = {
  vocabulary: words(),
  deadlines: { end: { until: '2023-04-28', label: '期限', clause: 'C1' } },
  contact: {
    ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '毎日' },
    hours: [{ days: ['fri'], holidays: 'open', open: '10:00', close: '18:00' }],
  },
  claimState: [
    { id: 'closed', when: { any: [{ not: held }, asOf('after')] }, ...told },
    { id: 'waiting', ...told },
  ],
  outcome: [
    {
      id: 'denied',
      when: { any: [{ not: held }, { fact: 'claimState', operator: 'equal', value: 'closed' }] },
    },
    { id: 'granted' },
  ],
  remedies: remedy({ all: [held, { fact: 'claimState', operator: 'notEqual', value: 'closed' }] }),
};

const ASKED = [
  ...['refused-but-offered', 'done-but-steps', 'nothing-offered', 'no-amount', 'unbound-deadline'],
  ...['open-after-deadline', 'said-to-all', 'contained', 'could-be-one', 'overlap'],
];
const codes = async (written: Written): Promise<string[]> => {
  const findings = await prove(ruleSetOf({ ...BASE, ...written }), solver);
  return findings.flatMap(({ code, about }) => (ASKED.includes(code) ? [[code, ...about].join(' ')] : []));
};

const CASES: [of: string, wrong: Written, found: string[]][] = [
  ['nothing', {}, []],
  ['a remedy of some who are refused', { remedies: remedy(held) }, ['refused-but-offered outcome/denied']],
  [
    'a state of those with a remedy, and of some who are refused',
    {
      outcome: [{ id: 'denied', when: { any: [{ not: held }, other] } }, { id: 'granted' }],
      remedies: remedy({ all: [held, { not: other }] }),
    },
    [
      'refused-but-offered claimState/closed',
      'open-after-deadline claimState/closed deadlines/end',
      'refused-but-offered claimState/waiting',
    ],
  ],
  [
    'an outcome that is not paid, and always has a remedy: an extension',
    { outcome: [{ id: 'granted', when: { not: held } }, { id: 'denied' }], remedies: remedy(held) },
    [],
  ],
  [
    'nothing left to do, and a step',
    { vocabulary: words({ nothingLeftToDo: ['waiting'] }) },
    ['done-but-steps claimState/waiting'],
  ],
  [
    'a category without a remedy',
    {
      eligibility: [category('A', flag), category('B', { all: [other, { not: flag }] })],
      claimState: [
        { id: 'closed', when: { not: held } },
        { id: 'automatic', when: asOf('onOrBefore'), ...told },
        { id: 'waiting', ...told },
      ],
      remedies: remedy({ all: [{ fact: 'category', operator: 'contains', value: 'A' }, asOf('onOrBefore')] }),
      outcome: [
        { id: 'denied', when: { not: held } },
        { id: 'granted', when: asOf('onOrBefore') },
        { id: 'late', concludes: 'denied' },
      ],
    },
    ['nothing-offered eligibility/B'],
  ],
  [
    'somebody who falls to the last rule, though nothing is left to do',
    {
      vocabulary: words({ nothingLeftToDo: ['automatic'] }),
      eligibility: [category('A', { all: [flag, asOf('onOrBefore')] })],
      claimState: [
        { id: 'waiting', when: { all: [held, other] }, ...told },
        { id: 'last', concludes: 'automatic' },
      ],
      remedies: remedy({ all: [held, other] }),
      outcome: [{ id: 'denied', when: { not: held } }, { id: 'granted' }],
    },
    ['nothing-offered claimState/last'],
  ],
  [
    'who would be paid, with a remedy that has no amount where another one has',
    {
      claimState: [
        { id: 'automatic', when: { all: [held, asOf('onOrBefore')] }, ...told },
        { id: 'closed', ...told },
      ],
      remedies: [
        { ...remedy({ all: [held, flag, asOf('onOrBefore')] })[0], amount: { yen: 100, final: true } },
        { id: 'gift', clause: 'C1', label: '品物', when: { all: [held, other, asOf('onOrBefore')] } },
      ],
      eligibility: [category('A', { any: [flag, other] })],
      outcome: [{ id: 'denied', when: { any: [{ not: held }, asOf('after')] } }, { id: 'granted' }],
    },
    ['no-amount remedies/gift'],
  ],
  [
    'a deadline that is shown and ends nothing',
    {
      claimState: [
        { id: 'closed', when: { not: held } },
        { id: 'waiting', ...told },
      ],
      outcome: [{ id: 'denied', when: { not: held } }, { id: 'granted' }],
      remedies: remedy(held),
    },
    ['unbound-deadline deadlines/end'],
  ],
  [
    'a state that is open after its deadline',
    {
      claimState: [
        { id: 'closed', when: { any: [{ not: held }, asOf('onOrBefore')] }, ...told },
        { id: 'waiting', ...told },
      ],
    },
    ['open-after-deadline claimState/waiting deadlines/end'],
  ],
  [
    'an assumption that is said to everybody',
    {
      assumptions: [
        { id: 'one', text: 'みなし', clause: 'C1' },
        { id: 'two', text: '別', when: flag },
      ],
    },
    ['said-to-all assumptions/one'],
  ],
  [
    'a category inside another',
    { eligibility: [category('A', flag), category('B', { all: [flag, other] })] },
    ['contained eligibility/B eligibility/A'],
  ],
  [
    'neighbours that say the same',
    {
      claimState: [
        { id: 'closed', when: { not: held }, ...told },
        { id: 'late', concludes: 'closed', when: asOf('after'), ...told },
        { id: 'waiting', ...told },
      ],
    },
    ['could-be-one claimState/closed claimState/late'],
  ],
  [
    'neighbours that say the same, one of which a condition names',
    {
      claimState: [
        { id: 'closed', when: { not: held }, ...told },
        { id: 'late', concludes: 'closed', when: asOf('after'), ...told },
        { id: 'waiting', ...told },
      ],
      assumptions: [
        { id: 'two', text: '別', when: { fact: 'claimState.rule', operator: 'equal', value: 'late' } },
      ],
    },
    [],
  ],
];

it.each(CASES)('%s', async (_, written, found) => {
  expect(await codes(written)).toEqual(found);
});

it('shows who is left for the last rule', async () => {
  const findings = await prove(ruleSetOf(BASE), solver);
  const last = findings.filter(({ code }) => code === 'falls-to-last');
  expect(last.map(({ about, severity }) => [...about, severity].join(' '))).toEqual([
    'claimState/waiting information',
    'outcome/granted information',
  ]);
  expect(last[0]?.example?.decisions[0]?.claimState?.id).toBe('waiting');
});
