/** What is counted, in the words of a notice and of an answer. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deadlineText, deadlineWords } from '../../src/engine/answer/wording.ts';
import { ruleSetOf } from './small.ts';

const after = { after: { fact: 'case.startedAt' } };
const NOBODY = { get: () => undefined };
function words(until: unknown): { notice: string; answer: string } {
  const when = { fact: 'asOf', operator: 'onOrBefore', value: { deadline: 'it' } };
  const ruleSet = ruleSetOf({
    deadlines: { it: { until, label: '期限', clause: 'C1' } },
    eligibility: [{ id: 'A', clause: 'C1', label: '対象', when }],
  });
  const deadline = ruleSet.deadlines.get('it');
  if (!deadline) throw new Error('no deadline');
  return {
    notice: deadlineWords(deadline, NOBODY, ruleSet),
    answer: deadlineText(deadline, NOBODY, ruleSet),
  };
}

it.each<[until: unknown, notice: string, answer: string]>([
  // Answers to files that do not say which day is the first are as they always were.
  [{ ...after, days: 60 }, '始まりから60日以内（翌日から数えます）', '始まりの60日後まで'],
  [{ ...after, months: 1 }, '始まりの1か月後まで', '始まりの1か月後まで'],
  [
    { ...after, months: 1, counting: '翌日から' },
    '始まりから1か月以内（翌日から数えます）',
    '始まりから1か月以内（翌日から数えます）',
  ],
  [
    { ...after, years: 1, days: 3, counting: '当日から' },
    '始まりから1年3日以内（初日を含みます）',
    '始まりから1年3日以内（初日を含みます）',
  ],
  [{ ...after, days: -2 }, '始まりの2日前まで', '始まりの2日前まで'],
  [{ ...after, months: 1, endOfMonth: true }, '始まりの翌月末まで', '始まりの1か月後の月末まで'],
  [{ at: { fact: 'case.startedAt' }, minutes: 90 }, '始まりから1時間30分以内', '始まりから1時間30分以内'],
])('%j', (until, notice, answer) => {
  expect(words(until)).toEqual({ notice, answer });
});

it('never has a number below nothing', () => {
  const back = fc.integer({ min: -400, max: -1 });
  const counts = fc.oneof(
    fc.record({ days: back, counting: fc.constantFrom('翌日から', '当日から') }),
    fc.record({ months: back, days: fc.integer({ min: -40, max: 0 }) }),
    fc.record({ years: fc.integer({ min: -150, max: -1 }), endOfFiscalYear: fc.boolean() }),
  );
  fc.assert(
    fc.property(counts, (count) => {
      const { notice, answer } = words({ ...after, ...count });
      expect(notice + answer).not.toMatch(/-\d|後まで|以内/);
    }),
    { numRuns: 100 },
  );
});
