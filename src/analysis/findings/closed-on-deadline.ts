/** A deadline whose last day is a day on which the contact is closed. */
import { compileOpening, lastStaffedBefore } from '../../engine/answer/opening-hours.ts';
import { instantText } from '../../engine/answer/wording.ts';
import type { Interval } from '../../rulebook/basics.ts';
import { dayInterval, japaneseMoment, localDate, toOffsetDateTime } from '../../rulebook/calendar.ts';
import type { Contact, Deadline, RuleSet } from '../../rulebook/rule-set.ts';
import { all, any } from '../search/properties.ts';
import { type Check, reportIfShown } from './finding.ts';

export const closedOnDeadline: Check = {
  code: 'closed-on-deadline',
  severity: 'warning',
  questions(context) {
    const { ruleSet, properties } = context;
    const { contact, timeZone } = ruleSet;
    if (contact === null) return [];
    return [...ruleSet.deadlines.values()].flatMap((deadline) => {
      const day = lastDay(deadline, ruleSet);
      if (day === null || !isClosed(contact, day, timeZone)) return [];
      const shown = ruleSet.rules.filter(({ deadlines }) => deadlines.includes(deadline.id));
      const property = properties.consistent(
        all([any(shown.map((rule) => properties.isTaken(rule))), properties.judgedWithin(day)]),
      );
      const last = lastStaffedBefore(contact, day.end, timeZone);
      return [
        {
          property,
          report: (answer) =>
            reportIfShown(context, property, answer, {
              // With `enquiries` the answer says until when the contact can be asked.
              severity: deadline.enquiries ? 'information' : 'warning',
              position: deadline.position,
              about: [`deadlines/${deadline.id}`],
              ja: `「${deadline.label}」の最後の日 ${japaneseMoment(day, timeZone)} は、窓口の受付がありません。${
                last === null ? '' : `最後に問い合わせられるのは ${instantText(last, timeZone)} までです。`
              }${deadline.enquiries ? '' : 'enquiries: true と書くと、回答でも知らせます。'}`,
              en: `The contact is closed on the last day of "${deadline.id}".${
                last === null ? '' : ` The last staffed moment is ${toOffsetDateTime(last, timeZone)}.`
              }${deadline.enquiries ? '' : ' With enquiries: true the answer says so.'}`,
            }),
        },
      ];
    });
  },
};

/** Only of deadlines with a date of their own: what is counted from a fact falls on any day. */
function lastDay({ until, approximate }: Deadline, { timeZone }: RuleSet): Interval | null {
  if (until?.kind !== 'fixed' || approximate) return null;
  return dayInterval(localDate(until.interval.end - 1, timeZone), timeZone);
}

/** Known not to be staffed at any moment of the day. */
function isClosed(contact: Contact, day: Interval, timeZone: string): boolean {
  const { openNow, nextOpenAt } = compileOpening(contact, timeZone)(day.start);
  return openNow === false && (nextOpenAt === null || nextOpenAt >= day.end);
}
