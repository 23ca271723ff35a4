/** Every deadline a day or a minute off. */
import { shiftWritten } from '../../rulebook/calendar.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path } from '../../rulebook/source.ts';
import { type FileChange, isGroup, valueAt } from './edit.ts';

const SIDES = { from: { ja: '始まり', en: 'start' }, until: { ja: '終わり', en: 'end' } } as const;

export function momentMutants(data: unknown, { deadlines }: RuleSet): FileChange[] {
  return [...deadlines.values()].flatMap(({ id, label }) =>
    (['from', 'until'] as const).flatMap((side) => {
      const what = { ja: `期限「${label}」の${SIDES[side].ja}`, en: `the ${SIDES[side].en} of "${id}"` };
      return shifts(data, ['deadlines', id, side], what);
    }),
  );
}

/** Of a date, a minute, or a number of days. */
export function shifts(data: unknown, path: Path, what: { ja: string; en: string }): FileChange[] {
  const written = valueAt(data, path);
  if (isGroup(written)) {
    if (!('after' in written)) return [];
    const days = Number(written.days ?? 0);
    return [
      { path, value: { ...written, days: days - 1 }, ...shift('earlier', '1日', 'a day', what) },
      { path, value: { ...written, days: days + 1 }, ...shift('later', '1日', 'a day', what) },
    ];
  }
  if (typeof written !== 'string') return [];
  const [unit, unitEn] = written.includes(':') ? ['1分', 'a minute'] : ['1日', 'a day'];
  return (['earlier', 'later'] as const).flatMap((kind): FileChange[] => {
    const value = shiftWritten(written, kind === 'earlier' ? -1 : 1);
    return value === null ? [] : [{ path, value, ...shift(kind, unit, unitEn, what) }];
  });
}

const shift = (
  kind: 'earlier' | 'later',
  unit: string,
  unitEn: string,
  what: { ja: string; en: string },
) => ({
  kind,
  ja: `${what.ja}を${unit}${kind === 'earlier' ? '早める' : '遅らせる'}`,
  en: `move ${what.en} ${unitEn} ${kind}`,
});
