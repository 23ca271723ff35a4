/** The parts of a rule set that can be edited, each with what can be changed of it, in the words of staff. */
import { deadlineWords, factLabel, valueText } from '../../engine/answer/wording.ts';
import type { Position } from '../../rulebook/basics.ts';
import { japaneseMoment } from '../../rulebook/calendar.ts';
import { shortExpressionText } from '../../rulebook/expression-text.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { OpeningHours } from '../../rulebook/open-days.ts';
import {
  type Condition,
  type Deadline,
  type Expression,
  type InformationRequest,
  type ItemList,
  type Named,
  type Rule,
  type RuleSet,
  YEN,
} from '../../rulebook/rule-set.ts';
import { type Section, sectionsOfKind } from '../../rulebook/sections.ts';
import type { Path } from '../../rulebook/source.ts';
import type { FactDefinition } from '../../rulebook/vocabulary.ts';
import type { Worklists } from '../../rulebook/worklists.ts';
import { leavesIn, rulesOf } from '../rule-set-parts.ts';

export const PARTS = {
  title: { ja: 'ルール', en: 'rule set' },
  source: { ja: '告知', en: 'notice' },
  clauses: { ja: '告知の条項', en: 'clause' },
  deadlines: { ja: '期限', en: 'deadline' },
  brands: { ja: '交換先', en: 'brand' },
  lists: { ja: '一覧の項目', en: 'list item' },
  listHeads: { ja: '一覧', en: 'list' },
  senders: { ja: '送信元', en: 'sender' },
  sites: { ja: 'サイト', en: 'site' },
  contact: { ja: 'お問い合わせ先', en: 'contact' },
  values: { ja: '数', en: 'value' },
  tables: { ja: '金額の表', en: 'table' },
  numbers: { ja: '計算した数', en: 'derived number' },
  conditions: { ja: '条件', en: 'condition' },
  states: { ja: '状態', en: 'state' },
  claims: { ja: '請求', en: 'claim' },
  facts: { ja: '事実', en: 'fact' },
  words: { ja: '言葉', en: 'word' },
  fallbacks: { ja: '決まらないときの答え方', en: 'fallback' },
  nothingLeftToDo: { ja: 'もう何もすることのない状態', en: 'state with nothing left to do' },
  worklists: { ja: '一括判定の一覧', en: 'worklist' },
  accepted: { ja: 'このままでよい指摘', en: 'accepted finding' },
} satisfies Record<string, LocalizedText>;

/** Parts, and fields of them, that no answer is made from: checks and people read them. */
export const NOT_ANSWERED: ReadonlySet<string> = new Set([
  ...['accepted', 'nothingLeftToDo', 'listHeads.label'],
  ...['source.textHash', 'source.nothingToDecide', 'title.status'],
]);

/** A part of a rule file: what it is called, and what can be changed of it, as text. */
export interface Entry {
  label: string;
  path: Path;
  position: Position | null;
  fields: Record<string, Field>;
  when: Condition | null;
}
/** What is compared, and how it reads: what is called otherwise is still the same. */
interface Field {
  is: string;
  words: string;
}
/** In the order of the file. */
export type Entries = ReadonlyMap<string, Entry>;

export function entriesOf(ruleSet: RuleSet): Map<string, Entries> {
  const { isDraft, title, timeZone, source, lists, brands, contact, vocabulary } = ruleSet;
  const { prefecture, incident } = ruleSet;
  const status = isDraft ? '下書き' : '使用中';
  const { issuer, published, revised, url, textHash, nothingToDecide } = source;
  const notice = { issuer, title: source.title, published, revised, url, textHash, nothingToDecide };
  const { outcomes, voucherStates, claimStates, nextSteps } = vocabulary;
  // Brands and senders can be referred to like lists; they are parts of their own here.
  const ownLists = [...lists.values()].filter(({ id }) => id !== brands.id && id !== 'senders');
  const words = Object.entries({ outcomes, voucherStates, claimStates, nextSteps });
  return new Map<string, Entries>([
    ['title', one('title', entry('', ['status'], { status, title, timeZone, prefecture, incident }))],
    ['source', one('source', entry('', ['source'], notice))],
    ['clauses', each(ruleSet.clauses, ({ text, lines }, id) => entry('', ['clauses', id], { text, lines }))],
    ['deadlines', each(ruleSet.deadlines, (deadline, id) => ofDeadline(deadline, id, ruleSet))],
    ['brands', ofItems(brands, '')],
    [
      'listHeads',
      new Map(
        ownLists.map(({ id, label, clauses, path }) => [
          id,
          entry(label ?? '', path.slice(0, -1), { label, clause: clauses }),
        ]),
      ),
    ],
    ['lists', new Map(ownLists.flatMap((list) => [...ofItems(list, `${list.id}/`)]))],
    ['senders', ofNamed(ruleSet, ruleSet.senders, 'senders', ({ address }) => ({ address }))],
    ['sites', ofNamed(ruleSet, ruleSet.sites, 'sites', ({ url }) => ({ url }))],
    ['contact', contact ? one('contact', ofContact(ruleSet, contact)) : new Map()],
    [
      'values',
      each(ruleSet.values, ({ label, value, unit, clauses }, id) =>
        entry(label, ['values', id], { label, value, unit, clause: clauses }),
      ),
    ],
    [
      'tables',
      each(ruleSet.tables, ({ label, clauses, by }, id) =>
        entry(label, ['tables', id], {
          label,
          clause: clauses,
          by: factsNamed(by, ruleSet),
        }),
      ),
    ],
    [
      'numbers',
      each(ruleSet.numbers, ({ label, unit, clauses, expression }, id) =>
        entry(label, ['numbers', id], {
          ...{ label, unit, clause: clauses },
          is: wordsFor(expression, ruleSet, unit ?? ''),
        }),
      ),
    ],
    [
      'conditions',
      each(ruleSet.conditions, ({ label, clauses, condition }, name) =>
        entry(
          label ?? '',
          ['conditions', name],
          { label, clause: clauses, wording: wordingOf(condition) },
          { when: condition },
        ),
      ),
    ],
    ['facts', each(vocabulary.facts, (fact) => ofFact(fact, ruleSet))],
    [
      'words',
      new Map(
        words.flatMap(([group, labels]) =>
          [...labels].map(([id, label]) => [`${group}/${id}`, entry(label, [], { label })]),
        ),
      ),
    ],
    ['fallbacks', ofFallbacks(ruleSet)],
    [
      'nothingLeftToDo',
      new Map([...vocabulary.nothingLeftToDo].map((id) => [id, entry(claimStates.get(id) ?? '', [], {})])),
    ],
    ['worklists', ofWorklists(vocabulary.worklists, ruleSet)],
    ['states', new Map(sectionsOfKind(ruleSet, 'state').flatMap(ofState))],
    [
      'claims',
      new Map(
        ruleSet.claims.flatMap(({ id, label, clauses, remedies, section }): [string, Entry][] => {
          const fields = { label, clause: clauses, remedies: named(remedies, remedyLabels(ruleSet)) };
          return section === id ? [] : [[id, entry(label, ['claims', id], fields)]];
        }),
      ),
    ],
    ...ruleSet.sections.map((section): [string, Entries] => {
      const rules = rulesOf(ruleSet, section.name);
      const ofEach = (rule: Rule, i: number): [string, Entry] => [
        rule.id,
        ofRule(rule, section, [...section.path, i], ruleSet),
      ];
      return [section.name, new Map(rules.map(ofEach))];
    }),
    [
      'accepted',
      new Map(
        ruleSet.accepted.map(({ finding, about, reason, position }) => [
          `${finding} ${about.join('、')}`,
          entry('', [], { reason }, { position }),
        ]),
      ),
    ],
  ]);
}

const one = (id: string, only: Entry): Entries => new Map([[id, only]]);

/** Lists in one line, nothing for what is not there. */
function entry(
  label: string,
  path: Path,
  written: Record<string, Written>,
  more: Partial<Entry> = {},
): Entry {
  const fields = Object.entries(written).map(([key, value]) => [key, fieldText(value)]);
  return { label, path, position: null, when: null, fields: Object.fromEntries(fields), ...more };
}

interface Referred {
  ids: unknown;
  words: readonly string[];
}
type Written = string | number | boolean | null | undefined | readonly string[] | Referred;

function fieldText(value: Written): Field {
  if (value !== null && typeof value === 'object' && 'ids' in value)
    return { is: JSON.stringify(value.ids), words: value.words.join('、') };
  const words = wordsOf(value);
  return { is: words, words };
}

function wordsOf(value: Exclude<Written, Referred>): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (typeof value === 'number') return value.toLocaleString('ja-JP');
  return typeof value === 'object' && value !== null ? value.join('、') : String(value ?? '');
}

type Labels = ReadonlyMap<string, string>;

/** What ids are called. Two that are called the same are told apart by their ids. */
function named(ids: readonly string[], labels: Labels): Referred {
  const all = [...labels.values()];
  const words = ids.map((id) => {
    const label = labels.get(id);
    if (label === undefined) return id;
    return all.filter((other) => other === label).length > 1 ? `${label}（${id}）` : label;
  });
  return { ids, words };
}

const factsNamed = (facts: readonly string[], ruleSet: RuleSet): Referred => ({
  ids: facts,
  words: facts.map((fact) => factLabel(fact, ruleSet)),
});

const each = <T>(all: ReadonlyMap<string, T>, entryOf: (one: T, id: string) => Entry): Entries =>
  new Map([...all].map(([id, item]) => [id, entryOf(item, id)]));
const ofItems = ({ items, path }: ItemList, prefix: string): Entries =>
  new Map(items.map(({ id, label }) => [prefix + id, entry(label, [...path, id], { label })]));
const ofNamed = <T extends Named>(
  { vocabulary }: RuleSet,
  all: readonly T[],
  group: string,
  more: (one: T) => Record<string, Written>,
): Entries =>
  new Map(
    all.map((item) => {
      const { id, label, clauses } = item;
      const nextSteps = named(item.nextSteps, vocabulary.nextSteps);
      return [id, entry(label, [group, id], { label, clause: clauses, nextSteps, ...more(item) })];
    }),
  );
const remedyLabels = (ruleSet: RuleSet): Labels =>
  new Map(rulesOf(ruleSet, 'remedies').map(({ concludes, label }) => [concludes, label]));

const wordsFor = (expression: Expression, ruleSet: RuleSet, unit: string): string =>
  shortExpressionText(expression, {
    unit,
    factLabel: (fact) => factLabel(fact, ruleSet),
    factUnit: (fact) => ruleSet.vocabulary.facts.get(fact)?.unit,
  });

/** Each flag by itself: the words that it adds to a date may be the same without it. */
function ofDeadline(deadline: Deadline, id: string, ruleSet: RuleSet): Entry {
  const { label, clauses, text, approximate, postmark, enquiries } = deadline;
  const bare = { ...deadline, text: null, postmark: false, enquiries: false };
  const dates = deadlineWords(bare, { get: () => undefined }, ruleSet);
  return entry(label, ['deadlines', id], {
    ...{ label, clause: clauses, dates, text, approximate, postmark, enquiries },
    ifClosed: IF_CLOSED[ifClosedOf(deadline) ?? 'stays'],
  });
}

const IF_CLOSED = { stays: '', nextOpenDay: '翌営業日まで', previousOpenDay: '前営業日まで' };

function ifClosedOf({ from, until }: Deadline): keyof typeof IF_CLOSED | null {
  for (const moment of [until, from]) {
    if (moment?.kind === 'relative' && moment.day.ifClosed) return moment.day.ifClosed.to;
    if (moment?.kind === 'fixed' && moment.writtenInterval)
      return moment.writtenInterval.start < moment.interval.start ? 'nextOpenDay' : 'previousOpenDay';
  }
  return null;
}

function ofContact({ timeZone }: RuleSet, contact: NonNullable<RuleSet['contact']>): Entry {
  const { id, name, tel, hoursText, hours, clauses } = contact;
  return entry(name, ['contact'], {
    ...{ name, tel, hoursText, clause: clauses, id },
    hours: hours.map((one) => hoursWords(one, timeZone)).join('／'),
  });
}

const WEEKDAYS = '月火水木金土日';

/** 2030年1月31日(木)から 月火水木金 10:00～18:00（祝日は休み） */
function hoursWords({ from, until, days, open, close, holidays }: OpeningHours, timeZone: string): string {
  const period = [
    from ? `${japaneseMoment(from, timeZone)}から` : '',
    until ? `${japaneseMoment(until, timeZone)}まで` : '',
  ].join('');
  const onDays = days.map((day) => WEEKDAYS[day - 1]).join('');
  const onHolidays = holidays === 'closed' ? '祝日は休み' : '祝日も受け付け';
  return `${period} ${onDays} ${clock(open)}～${clock(close)}（${onHolidays}）`.trim();
}

const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

function ofRule(rule: Rule, section: Section, path: Path, ruleSet: RuleSet): Entry {
  const { id, label, when, concludes, clauses, nextSteps, deadlines, brands, facts, excludes } = rule;
  const { vocabulary } = ruleSet;
  const words = amountWords(rule.amount, ruleSet);
  const quantity = rule.amount && rule.amount.unit !== YEN ? { quantity: words } : { amount: words };
  const word = concludes === id ? concludes : (section.words?.get(concludes) ?? concludes);
  const concluded = { ids: concludes, words: [word] };
  const labelsOf = (all: ReadonlyMap<string, { label: string }>): Labels =>
    new Map([...all].map(([key, one]) => [key, one.label]));
  const written = {
    ...{ label, concludes: concluded, clause: clauses },
    nextSteps: named(nextSteps, vocabulary.nextSteps),
    deadlines: named(deadlines, labelsOf(ruleSet.deadlines)),
    requiredInformation: {
      ids: rule.information,
      words: rule.information.map((request) => requestWords(request, ruleSet)),
    },
    brands: named(brands, new Map(ruleSet.brands.items.map((item) => [item.id, item.label]))),
    ...quantity,
    facts: factsNamed(facts, ruleSet),
    ...{ excludes: named(excludes, remedyLabels(ruleSet)), wording: wordingOf(when) },
  };
  return entry(label, path, written, { when });
}

function requestWords({ list, missingFrom, only }: InformationRequest, ruleSet: RuleSet): string {
  const requested = ruleSet.lists.get(list);
  const items = new Map(requested?.items.map(({ id, label }) => [id, label]));
  const remarks = [
    missingFrom === null ? '' : `「${factLabel(missingFrom, ruleSet)}」にまだ無いもの`,
    only === null ? '' : `${named(only, items).words.join('、')}だけ`,
  ].filter(Boolean);
  const label = requested?.label ?? list;
  return remarks.length > 0 ? `${label}（${remarks.join('、')}）` : label;
}

/** Of a state that the rule file names; others are words of the vocabulary. */
function ofState({ name, path, label, words }: Section): [string, Entry][] {
  if (path[0] !== 'states') return [];
  const values = [...(words ?? [])].map(([id, word]) => `${word}（${id}）`);
  return [[name, entry(label.ja, path.slice(0, 2), { label: label.ja, values })]];
}

const TYPES: Record<FactDefinition['type'], string> = {
  boolean: 'はい・いいえ',
  enum: '選択肢から一つ',
  set: '選択肢からいくつか',
  text: '文字',
  instant: '日時',
  integer: '整数',
};

function ofFact(fact: FactDefinition, ruleSet: RuleSet): Entry {
  const { label, question, type, unit, values, pattern, position } = fact;
  const choices = values?.map((value) => `${value.label}（${value.id}）`);
  const written = {
    ...{ label, question, type: TYPES[type], unit, pattern, values: choices },
    absent: absentWords(fact, ruleSet),
  };
  return entry(label, [], written, { position });
}

export function absentWords({ name, absent }: FactDefinition, ruleSet: RuleSet): string {
  if (absent.kind === 'unknown') return 'わからない';
  if (absent.kind === 'none') return 'そういうことはない';
  const { value } = absent;
  return valueText(name, typeof value === 'object' ? new Set(value) : value, ruleSet);
}

function ofFallbacks({ vocabulary }: RuleSet): Entries {
  const { whenUnknown, whenContradictory, outcomes, claimStates, nextSteps } = vocabulary;
  const of = ({ outcome, state, nextStep }: typeof whenUnknown, label: string): Entry =>
    entry(label, [], {
      outcome: named([outcome], outcomes),
      state: named([state], claimStates),
      nextStep: named([nextStep], nextSteps),
    });
  return new Map([
    ['whenUnknown', of(whenUnknown, '事実が足りず決まらないとき')],
    ['whenContradictory', of(whenContradictory, '事実が矛盾しているとき')],
  ]);
}

const WORKLISTS = { payment: '支払一覧', review: '確認一覧', none: 'どちらにも載せない' };

function ofWorklists(worklists: Worklists | null, { vocabulary }: RuleSet): Entries {
  if (worklists === null) return new Map();
  const of = ({ outcomes, claimStates }: Worklists['review'], label: string): Entry =>
    entry(label, [], {
      outcomes: named(outcomes, vocabulary.outcomes),
      claimStates: named(claimStates, vocabulary.claimStates),
    });
  return new Map([
    ['payment', of(worklists.payment, WORKLISTS.payment)],
    ['review', of(worklists.review, WORKLISTS.review)],
    ['none', of(worklists.none, WORKLISTS.none)],
  ]);
}

/** 運賃の30%（10円未満は切り捨て）、確定 */
function amountWords(amount: Rule['amount'], ruleSet: RuleSet): string {
  if (amount === null) return '';
  const { value, unit } = amount;
  const of = unit === YEN ? '円' : unit;
  const much = value === null ? '決まらない' : wordsFor(value, ruleSet, of);
  return `${much}、${amount.final ? '確定' : '見込み'}`;
}

/** How its comparisons are worded, and what they cite. */
const wordingOf = (condition: Condition | null): string =>
  leavesIn(condition)
    .map(({ label, clauses }) => [label ?? '', ...clauses].filter(Boolean).join(' '))
    .filter(Boolean)
    .join('、');
