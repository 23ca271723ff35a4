/** Of many findings with one cause, which is told and which follow from it. */
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
const equal = (fact: string, value: unknown) => ({ fact, operator: 'equal', value });
const flag = equal('case.flag', true);
const other = equal('case.other', true);
const never = { all: [flag, { not: flag }] };
const category = (id: string, when: unknown) => ({ id, clause: 'C1', label: id, when });
const named = (name: string) => ({ condition: name });
const both = { label: '両方', ...never };

const BASE: Written = {
  contact: {
    ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '毎日' },
    hours: [{ days: ['mon'], holidays: 'open', open: '10:00', close: '18:00' }],
  },
  claimState: [{ id: 'waiting', nextSteps: ['apply'], deadlines: ['end'] }],
  deadlines: { end: { text: '未定', approximate: true, label: '期限', clause: 'C1' } },
};

/** What is found, and because of what. */
const found = async (written: Written): Promise<Record<string, string | null>> => {
  const findings = await prove(ruleSetOf({ ...BASE, ...written }), solver);
  return Object.fromEntries(
    findings
      .filter(({ severity }) => severity !== 'information')
      .map(({ code, about, cause }) => [
        [code, ...about].join(' '),
        cause ? [cause.code, ...cause.about].join(' ') : null,
      ]),
  );
};

const FALSE = 'always-false conditions/both';
const CASES: [of: string, written: Written, found: Record<string, string | null>][] = [
  [
    'a condition that never holds, and what rests on it alone',
    {
      conditions: { outer: { label: '外', all: [named('both'), other] }, both },
      eligibility: [category('A', flag), category('B', named('outer'))],
    },
    { [FALSE]: null, 'always-false conditions/outer': FALSE, 'never-holds eligibility/B': FALSE },
  ],
  [
    'what would be found all the same is told by itself',
    {
      conditions: { both },
      eligibility: [
        category('A', flag),
        category('B', named('both')),
        category('C', { all: [named('both'), other, { not: other }] }),
      ],
    },
    { [FALSE]: null, 'never-holds eligibility/B': FALSE, 'never-holds eligibility/C': null },
  ],
  [
    'two causes, and what both of them keep from holding',
    {
      conditions: { both, neither: { label: '他', all: [other, { not: other }] } },
      eligibility: [
        category('A', flag),
        category('B', named('both')),
        category('C', { all: [named('both'), named('neither')] }),
      ],
    },
    {
      [FALSE]: null,
      'always-false conditions/neither': null,
      'never-holds eligibility/B': FALSE,
      'never-holds eligibility/C': 'always-false conditions/neither',
    },
  ],
  [
    'a category that nobody is in, and what is said of it',
    {
      eligibility: [category('A', flag), category('B', never)],
      outcome: [
        { id: 'review', when: { fact: 'category', operator: 'contains', value: 'B' } },
        { id: 'granted' },
      ],
    },
    { 'never-holds eligibility/B': null, 'never-holds outcome/review': 'never-holds eligibility/B' },
  ],
  [
    'a state that another one always takes, and what asks for it',
    {
      claimState: [
        { id: 'waiting', when: { not: never }, nextSteps: ['apply'], deadlines: ['end'] },
        { id: 'closed', when: other, nextSteps: ['apply'], deadlines: ['end'] },
        { id: 'last', concludes: 'waiting', nextSteps: ['apply'], deadlines: ['end'] },
      ],
      assumptions: [{ id: 'told', text: 'みなし', when: equal('claimState', 'closed') }],
    },
    { 'shadowed claimState/closed': null, 'never-holds assumptions/told': 'shadowed claimState/closed' },
  ],
  [
    'contradictions that everybody has',
    {
      contradictions: [
        { id: 'a', clause: 'C1', label: '甲', facts: ['case.flag'], when: flag },
        { id: 'b', clause: 'C1', label: '乙', facts: ['case.flag'], when: { not: flag } },
      ],
    },
    {
      'always-contradictory contradictions/a contradictions/b': null,
      'never-holds eligibility/A': 'always-contradictory contradictions/a contradictions/b',
      'never-holds outcome/denied': 'always-contradictory contradictions/a contradictions/b',
      'never-holds remedies/refund': 'always-contradictory contradictions/a contradictions/b',
    },
  ],
  [
    'of an accepted one nothing follows',
    {
      conditions: { both },
      eligibility: [category('A', flag), category('B', named('both'))],
      accepted: [{ finding: 'always-false', about: ['both'], reason: 'まだ始まっていない' }],
    },
    { [FALSE]: null, 'never-holds eligibility/B': null },
  ],
];

it.each(CASES)('%s', async (_, written, expected) => {
  expect(await found(written)).toEqual(expected);
});
