/** Deadlines that make no difference to anybody, or end on a day on which nobody can be asked. */
import { lastStaffedBefore, periodOf } from '../../engine/answer/opening-hours.ts';
import { instantText } from '../../engine/answer/wording.ts';
import { dayInterval, japaneseMoment, localDate, toOffsetDateTime } from '../../rulebook/calendar.ts';
import { deadlineBefore, deadlinesBefore } from '../../rulebook/references.ts';
import type { Deadline, RuleSet } from '../../rulebook/rule-set.ts';
import { changes } from '../diff/changes.ts';
import { comparisons } from '../rule-set-parts.ts';
import { all, any } from '../search/properties.ts';
import { type Check, type Checks, foundIfShown, unlessShown } from './finding.ts';

/** A deadline that could be moved anywhere without anybody's answer changing. */
const deadlineWithoutEffect: Check = ({ analysis, ruleSet, properties: { consistent, isTaken } }) =>
  [...ruleSet.deadlines.values()]
    // Reading the file already reports those that nothing refers to; those without dates cannot be moved.
    .filter((deadline) => (deadline.from ?? deadline.until) !== null && isReferredTo(deadline, ruleSet))
    .map(({ id, label, position }) => ({
      // Where it is shown, moving it changes the answer.
      property: consistent(any(ruleSet.rules.filter(({ deadlines }) => deadlines.includes(id)).map(isTaken))),
      about: [`deadlines/${id}`],
      async report(answer) {
        if (answer.kind !== 'none') return [];
        const possible = changes([analysis.only(), analysis.withMoved(id)]);
        const found = await analysis.find(possible.map(([, { term }]) => term));
        return unlessShown(found, {
          position,
          about: [`deadlines/${id}`],
          ja: `期限「${label}」（${id}）をどの日に動かしても、だれの回答も変わりません。`,
          en: `Wherever the deadline "${id}" is moved, nobody's answer changes.`,
        });
      },
    }));

function isReferredTo({ id }: Deadline, ruleSet: RuleSet): boolean {
  return (
    ruleSet.rules.some(({ deadlines }) => deadlines.includes(id)) ||
    comparisons(ruleSet).some(
      ({ operand }) =>
        (operand.kind === 'deadline' && operand.deadline === id) ||
        (operand.kind === 'moment' && deadlineBefore(operand.moment).includes(id)),
    ) ||
    [...ruleSet.deadlines.values()].some((other) => deadlinesBefore(other).includes(id))
  );
}

/** A deadline whose last day is a day on which the contact is closed. */
const closedOnDeadline: Check = (context) => {
  const { contact, timeZone, deadlines, rules } = context.ruleSet;
  const { consistent, isTaken, judgedWithin } = context.properties;
  if (contact === null) return [];
  return [...deadlines.values()].flatMap(({ id, label, until, approximate, enquiries, position }) => {
    // Only deadlines with a date of their own: what is counted from a fact falls on any day.
    if (until?.kind !== 'fixed' || approximate) return [];
    const date = localDate(until.interval.end - 1, timeZone);
    if (periodOf(contact, date, timeZone) !== null) return [];
    const day = dayInterval(date, timeZone);
    const isShown = any(rules.filter((rule) => rule.deadlines.includes(id)).map(isTaken));
    const last = lastStaffedBefore(contact, day.end, timeZone);
    const [lastJa, lastEn] =
      last === null
        ? ['', '']
        : [
            `最後に問い合わせられるのは ${instantText(last, timeZone)} までです。`,
            ` The last staffed moment is ${toOffsetDateTime(last, timeZone)}.`,
          ];
    const [adviceJa, adviceEn] = enquiries
      ? ['', '']
      : ['enquiries: true と書くと、回答でも知らせます。', ' With enquiries: true the answer says so.'];
    return foundIfShown(context, consistent(all([isShown, judgedWithin(day)])), {
      // With `enquiries` the answer says until when the contact can be asked.
      severity: enquiries ? 'information' : 'warning',
      position,
      about: [`deadlines/${id}`],
      ja: `「${label}」の最後の日 ${japaneseMoment(day, timeZone)} は、窓口の受付がありません。${lastJa}${adviceJa}`,
      en: `The contact is closed on the last day of "${id}".${lastEn}${adviceEn}`,
    });
  });
};

export const DEADLINES: Checks = [
  ['deadline-without-effect', deadlineWithoutEffect],
  ['closed-on-deadline', closedOnDeadline],
];
