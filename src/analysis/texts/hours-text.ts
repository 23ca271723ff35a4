/** The words for the opening hours, which people read, against the hours by which answers say open or closed. */

import { clockText } from '../../rulebook/calendar.ts';
import { WEEKDAYS } from '../../rulebook/open-days.ts';
import type { Finding } from '../findings/finding.ts';
import { isDate } from '../notice-text/days.ts';
import { readingsIn } from '../notice-text/readings.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

export function hoursTextFindings({ ruleSet: { contact }, at }: WrittenRuleSet): Finding[] {
  if (contact === null || contact.hours.length === 0) return [];
  const { hoursText, hours } = contact;
  return [...otherDays(hoursText, hours), ...otherTimes(hoursText, hours)]
    .slice(0, 1)
    .map((words) =>
      textFinding('odd-hours', { position: at(['contact', 'hoursText']), about: ['contact'] }, words),
    );
}

type Hours = NonNullable<WrittenRuleSet['ruleSet']['contact']>['hours'];

/** A text without times leaves them to the hours. */
function otherTimes(text: string, hours: Hours) {
  const told = readingsIn(text).flatMap((each) => {
    const minutes = each.kind === 'clock' ? each.minutes : isDate(each) ? each.clock : null;
    return minutes === null ? [] : [minutes];
  });
  const other = hours.flatMap(({ open, close }) => [open, close]).find((minutes) => !told.includes(minutes));
  if (told.length < 2 || other === undefined) return [];
  const time = clockText(other);
  return [
    {
      ja: `受付時間の文（${text}）に、hours の ${time} がありません。どちらかが違います。`,
      en: `The text of the opening hours (${text}) does not have ${time}, which is in hours. One of them is wrong.`,
    },
  ];
}

const MON_TO_FRI = [1, 2, 3, 4, 5];
/** Words beside 平日 by which other days may be meant. */
const OTHER_DAYS = /土|祝|毎日|年中|無休|日曜|[月火水木金]曜/;
const NO_WEEKENDS = /土日[祝日・、]*(?:を|は)?(?:除|休)/;

function otherDays(text: string, hours: Hours) {
  const days = [...new Set(hours.flatMap((each) => each.days))].sort();
  const isWrong =
    (/平日/.test(text) && !OTHER_DAYS.test(text) && days.join() !== MON_TO_FRI.join()) ||
    (NO_WEEKENDS.test(text) && days.some((day) => day > 5));
  if (!isWrong) return [];
  const names = days.map((day) => WEEKDAYS[day - 1]).join('・');
  return [
    {
      ja: `受付時間の文（${text}）と、hours の曜日（${names}）が食い違います。`,
      en: `The text of the opening hours (${text}) and the weekdays in hours (${days.join(', ')}, 1 is Monday) contradict each other.`,
    },
  ];
}
