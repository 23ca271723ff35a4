/** The mutants of a rule file: the file with one small mistake in it, each as somebody might make it. */

import { isObject, type Position } from '../../rulebook/basics.ts';
import { paddedClock, parseClock } from '../../rulebook/calendar.ts';
import { valueAt } from '../../rulebook/data.ts';
import { isError } from '../../rulebook/problems.ts';
import { readSource } from '../../rulebook/read-rule-set.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import type { Path, Source } from '../../rulebook/source.ts';
import type { Vocabulary } from '../../rulebook/vocabulary.ts';
import { aboutRule, byPosition, rulesOf } from '../rule-set-parts.ts';
import { conditionMutants } from './conditions.ts';
import {
  dropped,
  edited,
  type FileChange,
  flags,
  groupAt,
  months,
  moved,
  numbersIn,
  shifts,
} from './edit.ts';
import { structureMutants } from './structure.ts';

export interface Mutant extends Omit<FileChange, 'kind'> {
  /** Where and what, such as deadlines/application/until:earlier; `accepted` in the rule file names it so. */
  id: string;
  position: Position;
}

export function mutantsOf({ data, at }: Source, ruleSet: RuleSet): Mutant[] {
  const changes = [
    ...momentMutants(data, ruleSet),
    ...contactMutants(data, ruleSet),
    ...conditionMutants(data, ruleSet),
    ...structureMutants(data, ruleSet),
    ...flagMutants(data, ruleSet),
    ...numberMutants(data, ruleSet),
    ...droppedParts(data, ruleSet),
  ];
  const mutants = changes.map(({ kind, ...change }) => ({
    ...change,
    id: `${nameOf(data, change.path)}:${kind}`,
    position: at(change.path),
  }));
  return mutants.sort(byPosition);
}

/** null where the file with the mutant in it is no sound rule file. */
export function readMutant(source: Source, mutant: Mutant, vocabulary: Vocabulary): RuleSet | null {
  const read = readSource({ ...source, data: edited(source.data, mutant) }, vocabulary);
  return read.problems.some(isError) ? null : read.ruleSet;
}

/** Rules by their id and not by their number, texts in a list by themselves: a name that other lines do not change. */
function nameOf(data: unknown, path: Path): string {
  const names = path.map((step, i) => {
    const value = valueAt(data, path.slice(0, i + 1));
    if (typeof step !== 'number') return step;
    if (typeof value === 'string') return value;
    const id = isObject(value) && typeof value.id === 'string' ? value.id : null;
    return id ?? step;
  });
  return names.join('/');
}

const SIDES = [
  ['from', '始まり', 'start'],
  ['until', '終わり', 'end'],
] as const;

/** Every deadline a day or a minute off, or without being moved to a day on which the contact is open. */
const momentMutants = (data: unknown, { deadlines }: RuleSet): FileChange[] =>
  [...deadlines.values()].flatMap(({ id, label }) => [
    ...SIDES.flatMap(([side, ja, en]) =>
      shifts(data, ['deadlines', id, side], { ja: `期限「${label}」の${ja}`, en: `the ${en} of "${id}"` }),
    ),
    ...(valueAt(data, ['deadlines', id, 'ifClosed']) === undefined
      ? []
      : [
          dropped(
            ['deadlines', id, 'ifClosed'],
            `期限「${label}」を、窓口が休みの日でも動かさない`,
            `leave "${id}" on a day on which the contact is closed`,
          ),
        ]),
  ]);

/** Flags and months of deadlines; flags of rules. */
const flagMutants = (data: unknown, ruleSet: RuleSet): FileChange[] => [
  ...groupAt(data, ['deadlines']).flatMap(([id, deadline]) => {
    const what = { ja: `期限「${ruleSet.deadlines.get(id)?.label ?? id}」`, en: `"${id}"` };
    const path = ['deadlines', id];
    return [...flags(deadline, path, what), ...months(deadline, path, what)];
  }),
  ...ruleSet.sections.flatMap(({ name, path }) =>
    rulesOf(ruleSet, name).flatMap(({ id, cell }, i) =>
      cell ? [] : flags(valueAt(data, [...path, i]), [...path, i], { ja: `規則「${name}/${id}」`, en: id }),
    ),
  ),
];

const DAYS: Record<string, string> = {
  ...{ mon: '月', tue: '火', wed: '水', thu: '木', fri: '金', sat: '土', sun: '日' },
};
const CLOCKS = [
  ['open', '受付開始', 'opening'],
  ['close', '受付終了', 'closing'],
] as const;

const CONTACT_DATA = [
  ['name', 'お問い合わせ先の名前', 'the name of the contact'],
  ['tel', 'お問い合わせ先の電話番号', 'the number of the contact'],
  ['hoursText', 'お問い合わせ先の受付時間の文', 'the words for the hours of the contact'],
] as const;

/** A number with another last digit, a text without its last letter. */
function miswritten(data: unknown, path: Path, ja: string, en: string): FileChange[] {
  const written = valueAt(data, path);
  if (typeof written !== 'string' || written.length < 2) return [];
  const [start, last] = [written.slice(0, -1), written.slice(-1)];
  const value = /\d/.test(last) ? start + ((Number(last) + 1) % 10) : start;
  return [{ path, value, kind: 'miswritten', ja: `${ja}を書き違える`, en: `miswrite ${en}` }];
}

/** No contact, another one, other hours, other days. */
const contactMutants = (data: unknown, { contact }: RuleSet): FileChange[] =>
  contact === null
    ? []
    : [
        dropped(['contact'], 'お問い合わせ先をなくす', 'drop the contact'),
        ...CONTACT_DATA.flatMap(([key, ja, en]) => miswritten(data, ['contact', key], ja, en)),
        ...contact.hours.flatMap((_, i) => hoursMutants(data, i)),
      ];

function hoursMutants(data: unknown, index: number): FileChange[] {
  const path = ['contact', 'hours', index];
  const written = valueAt(data, path);
  if (!isObject(written)) return [];
  const [which, whichEn] = [`${index + 1}番目の受付時間`, `opening hours ${index + 1}`];
  const days = Array.isArray(written.days) ? written.days.map(String) : [];
  const holidays = written.holidays === 'open' ? 'closed' : 'open';
  return [
    ...SIDES.flatMap(([side, ja]) =>
      shifts(data, [...path, side], { ja: `${which}の期間の${ja}`, en: `the ${side} of ${whichEn}` }),
    ),
    ...days.map((day, i) =>
      dropped(
        [...path, 'days', i],
        `${which}から${DAYS[day] ?? day}曜日を外す`,
        `drop ${day} from ${whichEn}`,
      ),
    ),
    {
      path: [...path, 'holidays'],
      value: holidays,
      kind: holidays,
      ja: `${which}で、祝日を${holidays === 'open' ? '受け付ける' : '休みにする'}`,
      en: `holidays ${holidays} in ${whichEn}`,
    },
    ...CLOCKS.flatMap(([key, ja, en]) =>
      ([-1, 1] as const).flatMap((by) => {
        const minutes = parseClock(String(written[key]));
        if (minutes === null || minutes + by < 0) return [];
        const what = { ja: `${which}の${ja}`, en: `the ${en} in ${whichEn}` };
        return [
          { path: [...path, key], value: paddedClock(minutes + by), ...moved(by, what, '1分', 'a minute') },
        ];
      }),
    ),
  ];
}

/** Numbers that have a name, and those in amounts; `conditionMutants` takes those of comparisons. */
const numberMutants = (data: unknown, ruleSet: RuleSet): FileChange[] => [
  ...groupAt(data, ['values']).flatMap(([id, value]) =>
    numbersIn(valueAt(value, ['value']), ['values', id, 'value'], {
      ja: `「${valueAt(value, ['label'])}」`,
      en: `"${id}"`,
    }),
  ),
  ...groupAt(data, ['numbers']).flatMap(([id, number]) =>
    numbersIn(valueAt(number, ['is']), ['numbers', id, 'is'], {
      ja: `「${valueAt(number, ['label'])}」の計算の数`,
      en: `a number in "${id}"`,
    }),
  ),
  ...ruleSet.sections.flatMap(({ name, path }) =>
    rulesOf(ruleSet, name).flatMap(({ id }, i) =>
      ['yen', 'value'].flatMap((key) => {
        const of = [...path, i, key];
        const what = { ja: `補償額「${id}」の数`, en: `a number of amount "${id}"` };
        return numbersIn(valueAt(data, of), of, what);
      }),
    ),
  ),
];

/** One brand, step, deadline or item less. */
const droppedParts = (data: unknown, ruleSet: RuleSet): FileChange[] => [
  ...entries(data, ['brands'], (label) => `交換先「${label}」をなくす`),
  ...listItems(data, 'information', (list, label) => `「${list}」から「${label}」を外す`),
  ...listItems(data, 'lists', (list, label) => `一覧「${list}」から「${label}」を外す`),
  ...ruleSet.sections.flatMap(({ name, path }) =>
    rulesOf(ruleSet, name).flatMap((rule, i) =>
      partsOfRule(data, [...path, i], `規則「${aboutRule(rule)}」`, ruleSet),
    ),
  ),
];

function partsOfRule(
  data: unknown,
  path: Path,
  rule: string,
  { vocabulary, deadlines }: RuleSet,
): FileChange[] {
  const list = (key: string, ja: (id: string) => string): FileChange[] => {
    const at = [...path, ...key.split('.')];
    const written = valueAt(data, at);
    const ids = Array.isArray(written) ? written.map(String) : [];
    return ids.map((id, i) => dropped([...at, i], `${rule}で、${ja(id)}`));
  };
  const information = [...path, 'requiredInformation'];
  return [
    ...list('nextSteps', (id) => `次にすること「${vocabulary.nextSteps.get(id) ?? id}」を示さない`),
    ...list('deadlines', (id) => `期限「${deadlines.get(id)?.label ?? id}」を示さない`),
    ...list('brands', (id) => `交換先「${id}」をなくす`),
    ...list('requiredInformation.only', (id) => `用意する情報「${id}」を示さない`),
    ...(valueAt(data, information) === undefined
      ? []
      : [dropped(information, `${rule}で、用意する情報を示さない`)]),
  ];
}

const listItems = (data: unknown, group: string, ja: (list: string, label: string) => string): FileChange[] =>
  groupAt(data, [group]).flatMap(([id, list]) => {
    const label = String(valueAt(list, ['label']) ?? id);
    return entries(data, [group, id, 'items'], (item) => ja(label, item));
  });

const entries = (data: unknown, path: Path, ja: (label: string) => string): FileChange[] =>
  groupAt(data, path).map(([id, label]) => dropped([...path, id], ja(String(label))));
