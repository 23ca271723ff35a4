/** What a case can expect of an answer, each thing by itself. */
import { expect, it } from 'vitest';
import type { Expectation } from '../../src/analysis/cases/cases-file.ts';
import {
  distinguishingExpectation,
  expectationOf,
  summaryOf,
  unmetExpectations,
} from '../../src/analysis/cases/decide-case.ts';
import { reachable } from '../../src/engine/answer/comparisons.ts';
import { decideCase, programOf } from '../engine/small.ts';
import { category, flag, other } from './small-cases.ts';

const program = programOf({
  deadlines: { day: { until: '2023-04-28', label: '期限', clause: 'C1' } },
  brands: { x: 'エックス', y: 'ワイ' },
  contact: {
    ...{ id: 'centre', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '平日 10:00～18:00' },
    hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'closed', open: '10:00', close: '18:00' }],
  },
  eligibility: category(flag),
  claimState: [{ id: 'waiting', nextSteps: ['apply'], deadlines: ['day'] }],
  remedies: [{ id: 'points', clause: 'C1', label: 'ポイント', when: flag, brands: 'all' }],
  assumptions: [
    { id: 'G1', text: 'みなし', when: flag },
    { id: 'G2', text: '別のみなし', when: other },
  ],
});
const said = summaryOf(await decideCase(program, { case: { flag: true } }), program.ruleSet);
const fieldsOf = (expected: Expectation): string[] =>
  unmetExpectations(expected, said).map(({ field }) => field);

it.each<[Expectation, Expectation, string]>([
  [{ brands: { points: ['y', 'x'] } }, { brands: { points: ['x'] } }, 'brands.points'],
  [
    { deadlineTexts: { day: '2023年4月28日(金)まで' } },
    { deadlineTexts: { day: '2023年4月29日(土)まで' } },
    'deadlineTexts.day',
  ],
  [{ contact: { tel: '0120-000-000' } }, { contact: { tel: '0120-000-001' } }, 'contact.tel'],
  [{ contact: { hours: '平日 10:00～18:00' } }, { contact: { hours: '毎日' } }, 'contact.hours'],
  [{ contact: { openNow: false } }, { contact: { openNow: true } }, 'contact.openNow'],
  [{ contact: {} }, { contact: null }, 'contact'],
  [{ assumptions: ['G1'] }, { assumptions: [] }, 'assumptions'],
])('%j holds, and %j does not', (right, wrong, field) => {
  expect(fieldsOf(right)).toEqual([]);
  expect(fieldsOf(wrong)).toEqual([field]);
});

it('says nothing of a contact that is not there', () => {
  const without = { ...said, contact: null };
  expect(unmetExpectations({ contact: null }, without)).toEqual([]);
  expect(unmetExpectations({ contact: { tel: '0120-000-000' } }, without).map(({ field }) => field)).toEqual([
    'contact',
  ]);
  expect(unmetExpectations({}, without)).toEqual([]);
});

it('knows a contact that is open now, and so opens at no later time', () => {
  const open = { ...said, contact: { openNow: true, nextOpenAt: null, tel: '0120-000-000', hours: '平日' } };
  expect(unmetExpectations({ contact: { nextOpenAt: null } }, open)).toEqual([]);
  expect(unmetExpectations({ contact: { nextOpenAt: '2023-04-03T10:00:00+09:00' } }, open)).toEqual([
    {
      field: 'contact.nextOpenAt',
      expected: { ja: '2023-04-03T10:00:00+09:00', en: '2023-04-03T10:00:00+09:00' },
      actual: { ja: 'なし', en: 'none' },
    },
  ]);
});

it('expects of an answer what it says, and tells it from any other', () => {
  expect(unmetExpectations(expectationOf(said), said)).toEqual([]);
  const other = { ...said, assumptions: [], brands: { points: ['x'] }, contact: null };
  const telling = distinguishingExpectation(said, other);
  expect(telling).toEqual({
    brands: { points: ['x', 'y'] },
    assumptions: ['G1'],
    contact: reachable(said.contact),
  });
  expect(unmetExpectations(telling, said)).toEqual([]);
  expect(unmetExpectations(telling, other)).toHaveLength(3);
});
