/** Days that are counted, moved to an open day, and times of facts, for rule sets at random. */
import fc from 'fast-check';

const one = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

export const COUNTED_DEADLINES = {
  // A Tuesday, on which the contact rests.
  moved: { until: '2023-04-11 24:00', ifClosed: 'nextOpenDay', label: '翌', clause: 'C1' },
  opened: {
    until: { after: { fact: 'g.s' }, days: 2, counting: 'fromSameDay' },
    ...{ ifClosed: 'nextOpenDay', label: '前', clause: 'C1' },
  },
  timed: { until: { at: { fact: 'g.s' }, hours: 6 }, label: '時', clause: 'C1' },
  behind: { until: { after: { deadline: 'timed' }, days: 1 }, label: '続', clause: 'C1' },
};
/** Each counted in another way. */
const OTHERWISE = {
  moved: { ...COUNTED_DEADLINES.moved, ifClosed: 'previousOpenDay' },
  opened: { ...COUNTED_DEADLINES.opened, ifClosed: 'previousOpenDay' },
  timed: { until: { at: { fact: 'g.s' } }, label: '時', clause: 'C1' },
  behind: { until: { after: { deadline: 'timed' }, days: -1 }, label: '続', clause: 'C1' },
};
/** Those that follow from facts which are tried. */
export const countedOtherwise = (pool: readonly string[]) =>
  pool.includes('g.s') ? OTHERWISE : { ...COUNTED_DEADLINES, moved: OTHERWISE.moved };

/** Of those that are counted from it. */
const FROM_S = ['own', 'opened', 'timed', 'behind'];
export const SHOWN = ['first', 'second', 'own', 'opened', 'timed'];

export const CONTACT = {
  ...{ id: 'desk', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '平日' },
  // Of the days tried, one that is open and one that is not lie on each side of every date: no holidays, which lie elsewhere.
  hours: [{ days: ['mon', 'wed', 'thu', 'fri', 'sat'], holidays: 'open', open: '9:00', close: '17:00' }],
};

/** What instants are compared with. */
export function countedMoments(pool: readonly string[]): fc.Arbitrary<unknown> {
  const given = pool.filter((name) => name === 'g.s' || name === 'g.u').map((name) => ({ fact: name }));
  return fc.oneof(
    fc.record({ deadline: one('first', 'second', 'moved', ...(pool.includes('g.s') ? FROM_S : [])) }),
    fc.record({
      after: one(...given, { fact: 'asOf' }),
      days: one(-1, 1, 2),
      counting: one('fromNextDay', 'fromSameDay'),
    }),
    fc.record({ after: fc.constant({ deadline: 'second' }), days: one(-2, -1, 0) }),
    ...(given.length > 0 ? [fc.record({ at: one(...given), hours: one(-24, 0, 6) })] : []),
  );
}
