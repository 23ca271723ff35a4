import type { EarlierPayment } from '../decisions/store.ts';
import { toOffsetDateTime } from '../rulebook/calendar.ts';
import type { Repeat } from './repeats.ts';

/** Both lines are named: who looks at one of them has to look at the other. */
export function repeatReason(line: number, { otherLine, sameFacts }: Repeat): string {
  const [first, second] = [Math.min(line, otherLine), Math.max(line, otherLine)];
  return sameFacts
    ? `照会番号も内容も同じ行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, same facts）`
    : `照会番号が同じで内容の違う行：${first}行目と${second}行目（lines ${first} and ${second}: same reference, other facts）`;
}

/** The earlier list is named by its run, and the line as it stands on that list. */
export function paidReason(
  { run, line, input, startedAt, isFinished }: EarlierPayment,
  timeZone: string,
): string {
  const at = toOffsetDateTime(startedAt.getTime(), timeZone);
  const [ja, en] = isFinished ? ['', ''] : ['終わっていない', 'unfinished '];
  return `${ja}前の支払一覧にある照会番号：実行 ${run}（${at}、${input}）の ${line}行目（on the list of the ${en}run ${run}, line ${line}）`;
}
