/** The parts of a rule set that can be edited, each with what can be changed of it, in the words of staff. */
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { Named, Rule, RuleSet } from '../../rulebook/rule-set.ts';
import { sectionsOfKind } from '../../rulebook/sections.ts';
import { rulesOf } from '../rule-set-parts.ts';
import { ofRule, wordingOf } from './entries-of-rules.ts';
import { ofContact, ofDeadline } from './entries-of-times.ts';
import { ofFact, ofFallbacks, ofState, ofWorklists } from './entries-of-words.ts';
import {
  type Entries,
  type Entry,
  each,
  entry,
  factsNamed,
  named,
  ofItems,
  remedyLabels,
  type Written,
  wordsFor,
} from './entry.ts';

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
  outcomes: { ja: '結論の言葉', en: 'word for an outcome' },
  voucherStates: { ja: 'クーポンの状態の言葉', en: 'word for a voucher state' },
  claimStates: { ja: '請求の状態の言葉', en: 'word for a claim state' },
  nextSteps: { ja: '次にすることの言葉', en: 'word for a next step' },
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
    ...words.map(([group, labels]): [string, Entries] => [
      group,
      each(labels, (label) => entry(label, [], { label })),
    ]),
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
