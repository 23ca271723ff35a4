/** What a person is told to do: by when, with what, whom to ask, and what to tell. */
import { z } from 'zod';
import { toOffsetDateTime } from '../../../rulebook/calendar.ts';
import type { Deadline, InformationRequest, RuleSet } from '../../../rulebook/rule-set.ts';
import type { Section, SectionKind } from '../../../rulebook/sections.ts';
import { factsOfDeadline, resolveMoment, type Values } from '../../facts/values.ts';
import { asSet, textsByKey } from '../comparisons.ts';
import * as shapes from '../decision.ts';
import { AND, asParts, citing, expectedIds, field, idList, labelCell, labels, text } from '../field.ts';
import { deadlineText } from '../wording.ts';

/** Whose next steps, deadlines and information an answer shows. */
export const GUIDING: readonly SectionKind[] = ['outcome', 'state', 'claim', 'advice'];
const isGuiding = ({ kind }: Section): boolean => GUIDING.includes(kind);

const SENT_BY = { ja: '送信元：', en: 'sent by ' };

export const GUIDANCE = {
  nextSteps: field<shapes.NextStep[]>({
    schema: z.array(shapes.nextStep),
    // In the vocabulary's order.
    make: ({ conclusion: { nextSteps, ruleSet } }) =>
      [...ruleSet.vocabulary.nextSteps].flatMap(([id, label]) => {
        const clause = nextSteps.get(id);
        return clause === undefined ? [] : [{ id, label, clause, ...stepDetails(ruleSet, id) }];
      }),
    says: [
      {
        label: { ja: '次にすること', en: 'next steps' },
        ...{ items: labels, expect: expectedIds },
        compared: {
          ...{ level: [3, 1], one: 'next step', of: isGuiding },
          parts: ({ nextSteps }) => asParts(nextSteps),
          wordFor: ({ vocabulary }, id) => vocabulary.nextSteps.get(id),
        },
      },
    ],
    columns: [{ header: '次にすること', cell: labelCell }],
    terminal: {
      lines: (steps, pen) =>
        steps.flatMap(({ label, clause, url, senders = [] }) => [
          label + citing(pen, clause),
          ...(url ? [`  ${url}`] : []),
          ...senders.map((from) => `  ${SENT_BY[pen.lang]}${from.address}${pen.aside(from.label)}`),
        ]),
    },
  }),
  deadlines: field({
    schema: z.array(shapes.deadline),
    make: ({ conclusion: { deadlines, ruleSet }, facts }) =>
      deadlines.map((deadline) => answerDeadline(deadline, facts.values, ruleSet)),
    varies: ({ deadlines, ruleSet }) =>
      deadlines.some(({ id }) => factsOfDeadline(id, ruleSet.deadlines).length > 0),
    says: [
      {
        label: { ja: '期限', en: 'deadlines' },
        items: deadlineItems,
        expect: { ...expectedIds, mayInclude: true },
        compared: {
          ...{ level: [3, 2], one: 'deadline', of: isGuiding },
          parts: ({ deadlines }) => asParts(deadlines),
          wordFor: ({ deadlines }, id) => deadlines.get(id)?.label,
        },
      },
      {
        name: 'deadlineTexts',
        label: { ja: '期限の文', en: 'texts of deadlines' },
        expect: {
          schema: z.record(z.string(), text),
          description: '期限ごとの、見せる文',
          read: (deadlines) => Object.fromEntries(deadlines.map(({ id, text }) => [id, text])),
          ...{ comparison: textsByKey, described: 'unless-empty' },
        },
      },
    ],
    columns: [{ header: '期限', cell: (deadlines) => deadlineItems(deadlines).join(AND) }],
    terminal: { lines: (deadlines) => deadlines.map(({ label, text }) => `${label}  ${text}`) },
  }),
  requiredInformation: field({
    schema: z.array(shapes.labelled),
    make: ({ conclusion: { information, ruleSet }, facts }) =>
      requestedItems(ruleSet, facts.values, information),
    varies: ({ information }) => information.some(({ missingFrom }) => missingFrom !== null),
    says: [
      {
        label: { ja: '用意する情報', en: 'information to provide' },
        ...{ items: labels, expect: expectedIds },
        compared: {
          ...{ level: [3, 3], of: isGuiding, readsFacts: true },
          parts: ({ information }, { lists }) =>
            information.flatMap(({ list, missingFrom, only }) =>
              (lists.get(list)?.items ?? [])
                .filter(({ id }) => only === null || only.includes(id))
                .map(({ id }) => ({ id, missingFrom })),
            ),
          wordFor: ({ lists }, id) =>
            [...lists.values()].flatMap(({ items }) => items).find((item) => item.id === id)?.label,
        },
      },
    ],
    columns: [{ header: '用意する情報', cell: labelCell }],
  }),
  missingFacts: field({
    schema: z.array(shapes.missingFact),
    // In the order to ask: that of the vocabulary.
    make: ({ conclusion: { missing, ruleSet } }) =>
      [...ruleSet.vocabulary.facts.values()]
        .filter(({ name }) => missing.has(name))
        .map(({ name, label, question }) => ({ fact: name, label, question })),
    says: [
      {
        label: { ja: 'お知らせいただきたいこと', en: 'missing facts' },
        items: labels,
        expect: {
          schema: idList,
          read: (missing) => missing.map(({ fact }) => fact).sort(),
          ...{ comparison: asSet, mayInclude: true, described: 'unless-empty' },
        },
      },
    ],
    columns: [{ header: '足りない事実', cell: labelCell }],
    terminal: {
      label: { ja: 'お知らせいただきたいこと', en: 'Facts that are missing' },
      lines: (missing, { dim, aside }) =>
        missing.map(({ question, fact }) => `${question}${dim(aside(fact))}`),
    },
  }),
};

function deadlineItems(deadlines: readonly shapes.DeadlineAnswer[]): string[] {
  return deadlines.map(({ label, text }) => `${label} ${text}`);
}

/** Each once, less what a fact of the case holds already. */
export function requestedItems(
  ruleSet: RuleSet,
  values: Values,
  requests: readonly InformationRequest[],
): shapes.Labelled[] {
  const items = new Map<string, shapes.Labelled>();
  for (const { list, missingFrom, only } of requests) {
    const held = missingFrom === null ? undefined : values.get(missingFrom);
    for (const item of ruleSet.lists.get(list)?.items ?? []) {
      const wanted = only === null || only.includes(item.id);
      if (wanted && !(held instanceof Set && held.has(item.id)) && !items.has(item.id))
        items.set(item.id, item);
    }
  }
  return [...items.values()];
}

/** The site and the senders that belong to a step. */
export function stepDetails(
  { sites, senders }: RuleSet,
  step: string,
): Pick<shapes.NextStep, 'url' | 'senders'> {
  const site = sites.find(({ nextSteps }) => nextSteps.includes(step));
  const from = senders.filter(({ nextSteps }) => nextSteps.includes(step));
  return {
    ...(site && { url: site.url }),
    ...(from.length > 0 && { senders: from.map(({ address, label }) => ({ address, label })) }),
  };
}

const fixed = new WeakMap<Deadline, shapes.DeadlineAnswer>();

/** A deadline as it is answered; one that is counted from no fact is the same for every case. */
export function answerDeadline(deadline: Deadline, values: Values, ruleSet: RuleSet): shapes.DeadlineAnswer {
  const known = fixed.get(deadline);
  if (known) return known;
  const answer = inWords(deadline, values, ruleSet);
  if (factsOfDeadline(deadline.id, ruleSet.deadlines).length === 0) fixed.set(deadline, answer);
  return answer;
}

function inWords(deadline: Deadline, values: Values, ruleSet: RuleSet): shapes.DeadlineAnswer {
  const { id, label } = deadline;
  const answer: shapes.DeadlineAnswer = { id, label, text: deadlineText(deadline, values, ruleSet) };
  if (deadline.approximate) return { ...answer, approximate: true };
  const from = deadline.from && resolveMoment(deadline.from, values, ruleSet);
  const until = deadline.until && resolveMoment(deadline.until, values, ruleSet);
  if (from && typeof from === 'object') answer.startsAt = toOffsetDateTime(from.start, ruleSet.timeZone);
  if (until && typeof until === 'object') answer.endsAt = toOffsetDateTime(until.end, ruleSet.timeZone);
  return answer;
}
