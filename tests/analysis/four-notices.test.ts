/**
 * Four notices that count, each with cases on both sides of its last minute or day: relief within so many months with the first day
 * counted, a refund until days before departure and until its minute, an arrival two hours late, and a year to claim.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { deadlineWords } from '../../src/engine/answer/wording.ts';
import { decideCase, programOf } from '../engine/small.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

type Written = Record<string, unknown>;
const instant = (label: string) => ({ type: 'instant', label, question: `${label}はいつですか。` });
const vocabulary = vocabularyOf(
  stringify({
    facts: {
      'disaster.at': instant('災害が起きた日'),
      'trip.departsAt': instant('列車の出発日時'),
      'trip.plannedArrivalAt': instant('到着予定の日時'),
      'trip.arrivedAt': { ...instant('到着した日時'), absent: 'none' },
      'trip.rode': { type: 'boolean', label: '乗車した', question: '乗車しましたか。' },
    },
    outcomes: { eligible: '対象', denied: '対象外', open: '情報不足', odd: '矛盾' },
    voucherStates: { none: 'なし', unknown: 'わからない' },
    claimStates: { open: '受付中', closed: '受付終了', unknown: 'わからない' },
    nextSteps: { provide: 'お知らせください', apply: '申請してください', wait: 'お待ちください' },
    nothingLeftToDo: ['closed'],
    whenUnknown: { outcome: 'open', state: 'unknown', nextStep: 'provide' },
    whenContradictory: { outcome: 'odd', state: 'unknown', nextStep: 'provide' },
  }),
);

const contact = {
  ...{ id: 'desk', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '毎日' },
  hours: [
    {
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      holidays: 'open',
      open: '9:00',
      close: '24:00',
    },
  ],
};
const category = (id: string, label: string, when: unknown) => ({ id, clause: 'C1', label, when });
const remedy = (id: string, of: string) => ({
  ...{ id, clause: 'C1', label: `補償${id}`, when: [{ category: { contains: of } }] },
});
/** Somebody may apply as long as a category applies. */
const rules = (deadlines: string[]) => ({
  contact,
  claimState: [
    { id: 'open', when: { category: { isPresent: true } }, nextSteps: ['apply'], deadlines },
    { id: 'closed', nextSteps: [], deadlines },
  ],
  outcome: [{ id: 'eligible', when: { category: { isPresent: true } } }, { id: 'denied' }],
});

const deadline = (until: unknown, label: string) => ({ until, label, clause: 'C1' });
const NOTICES: Record<string, Written> = {
  relief: {
    deadlines: {
      basic: deadline(
        { after: { fact: 'disaster.at' }, months: 13, counting: '当日から' },
        '基礎支援金の申請期限',
      ),
      more: deadline(
        { after: { fact: 'disaster.at' }, months: 37, counting: '当日から' },
        '加算支援金の申請期限',
      ),
    },
    eligibility: [
      category('basic', '基礎支援金を申請できる方', { asOf: 'basic まで' }),
      category('more', '加算支援金を申請できる方', { asOf: 'more まで' }),
    ],
    remedies: [remedy('B', 'basic'), remedy('M', 'more')],
    ...rules(['basic', 'more']),
  },
  departure: {
    deadlines: {
      early: deadline({ after: { fact: 'trip.departsAt' }, days: -2 }, '手数料340円の期限'),
      late: deadline({ at: { fact: 'trip.departsAt' } }, '払いもどしの期限'),
    },
    eligibility: [
      category('fixed', '出発日の2日前まで', { asOf: 'early まで' }),
      category('share', 'そのあと出発時刻まで', { all: [{ asOf: 'early より後' }, { asOf: 'late まで' }] }),
    ],
    remedies: [remedy('F', 'fixed'), remedy('S', 'share')],
    ...rules(['early', 'late']),
  },
  lateness: {
    deadlines: {
      claim: deadline(
        { after: { fact: 'trip.plannedArrivalAt' }, years: 1, counting: '翌日から' },
        '払いもどしの請求期限',
      ),
    },
    conditions: {
      'two-hours': {
        label: '到着予定から2時間以上遅れて着いた',
        'trip.arrivedAt': { から: { at: { fact: 'trip.plannedArrivalAt' }, hours: 2 } },
      },
    },
    eligibility: [category('late', '2時間以上遅れた方', ['two-hours', { asOf: 'claim まで' }])],
    remedies: [remedy('L', 'late')],
    ...rules(['claim']),
  },
  year: {
    deadlines: {
      claim: deadline({ after: { fact: 'trip.departsAt' }, years: 1, counting: '翌日から' }, '請求の期限'),
    },
    eligibility: [
      category('claim', '乗車しなかった方', { all: [{ 'trip.rode': false }, { asOf: 'claim まで' }] }),
    ],
    remedies: [remedy('C', 'claim')],
    ...rules(['claim']),
  },
};
const program = (name: string) => programOf({ ...NOTICES[name] }, vocabulary);

const disaster = { disaster: { at: '2024-01-01T16:10:00+09:00' } };
const trip = { trip: { departsAt: '2024-02-29T10:05:30+09:00', rode: false } };
const planned = '2024-02-29T12:00:00+09:00';
const arrived = (arrivedAt?: string) => ({
  trip: { plannedArrivalAt: planned, ...(arrivedAt !== undefined && { arrivedAt }) },
});

describe('on both sides of the last minute', () => {
  const cases: [notice: string, facts: Written, asOf: string, categories: string[]][] = [
    // 13 months from 1 January 2024, that day counted: 31 January 2025; 37 months: 31 January 2027.
    ['relief', disaster, '2025-01-31T23:59:59+09:00', ['basic', 'more']],
    ['relief', disaster, '2025-02-01T00:00:00+09:00', ['more']],
    ['relief', disaster, '2027-01-31T23:59:59+09:00', ['more']],
    ['relief', disaster, '2027-02-01T00:00:00+09:00', []],
    ['departure', trip, '2024-02-27T23:59:59+09:00', ['fixed']],
    ['departure', trip, '2024-02-28T00:00:00+09:00', ['share']],
    // The whole minute of departure, and not the rest of the day.
    ['departure', trip, '2024-02-29T10:05:59+09:00', ['share']],
    ['departure', trip, '2024-02-29T10:06:00+09:00', []],
    ['departure', trip, '2024-02-29T23:00:00+09:00', []],
    ['lateness', arrived('2024-02-29T13:59:59+09:00'), '2024-03-10T12:00:00+09:00', []],
    ['lateness', arrived('2024-02-29T14:00:00+09:00'), '2024-03-10T12:00:00+09:00', ['late']],
    ['lateness', arrived(), '2024-03-10T12:00:00+09:00', []],
    // A year from 1 March ends with February.
    ['year', trip, '2025-02-28T23:59:59+09:00', ['claim']],
    ['year', trip, '2025-03-01T00:00:00+09:00', []],
  ];
  it.each(cases)('%s: %j at %s', async (notice, facts, asOf, categories) => {
    const decision = await decideCase(program(notice), facts, asOf);
    expect(decision.categories.map(({ id }) => id)).toEqual(categories);
    expect(decision.outcome).toBe(categories.length > 0 ? 'eligible' : 'denied');
  });
});

it.each(Object.keys(NOTICES))('%s: nothing is undecided, and nothing is wrong with it', async (notice) => {
  const found = await prove(program(notice).ruleSet, solver);
  expect(found.map(({ verdict }) => verdict)).not.toContain('undecided');
  expect(found.filter(({ severity }) => severity !== 'information').map(({ code }) => code)).toEqual([]);
});

it('reads as the notice says it', () => {
  const words = Object.keys(NOTICES).flatMap((name) => {
    const { ruleSet } = program(name);
    return [...ruleSet.deadlines.values()].map((one) =>
      deadlineWords(one, { get: () => undefined }, ruleSet),
    );
  });
  expect(words).toEqual([
    '災害が起きた日から13か月以内（初日を含みます）',
    '災害が起きた日から37か月以内（初日を含みます）',
    '列車の出発日の2日前まで',
    '列車の出発日時まで',
    '到着予定の日から1年以内（翌日から数えます）',
    '列車の出発日から1年以内（翌日から数えます）',
  ]);
});
