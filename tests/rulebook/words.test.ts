/** The words of one file: new ones, others for what is known already, and on which list they belong. */
import { expect, it } from 'vitest';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { placeIn } from '../../src/rulebook/worklists.ts';
import { ruleSetOf, ruleTextOf } from '../engine/small.ts';
import { fixture, RULE_FILE, smallVocabulary, summary, vocabularyOf } from './fixtures.ts';

const LISTED = `${fixture('vocabulary.yaml')}
worklists:
  payment: { outcomes: [granted], claimStates: [waiting] }
  review: { outcomes: [review], claimStates: [closed] }
`;
const vocabularyWith = (vocabulary: object) => ruleSetOf({ vocabulary }, vocabularyOf(LISTED)).vocabulary;

it('words a shared fact anew without repeating what it is', () => {
  const shared = smallVocabulary().facts.get('case.kind');
  const facts = { 'case.kind': { label: '区分', question: '区分は何ですか。', values: { two: 'ふたつ' } } };
  const { ruleSet } = readRuleSet(RULE_FILE, ruleTextOf({ vocabulary: { facts } }), smallVocabulary());
  expect(ruleSet?.vocabulary.facts.get('case.kind')).toEqual({
    ...shared,
    ...{ label: '区分', question: '区分は何ですか。' },
    values: [
      { id: 'one', label: '一' },
      { id: 'two', label: 'ふたつ' },
      { id: 'three', label: '三' },
    ],
    position: expect.objectContaining({ file: RULE_FILE }),
  });
  expect(smallVocabulary().facts.get('case.kind')).toEqual(shared);
});

it.each<[name: string, fact: object]>([
  ['its type', { type: 'integer' }],
  ['its type and unit', { type: 'integer', unit: '円', absent: 'none' }],
  ['money', { type: 'yen' }],
])('may repeat %s', (_, fact) => {
  const facts = { 'case.refundedYen': { label: '戻った額', ...fact } };
  const read = ruleSetOf({ vocabulary: { facts } }).vocabulary.facts.get('case.refundedYen');
  expect(read).toMatchObject({ type: 'integer', unit: '円', label: '戻った額', absent: { kind: 'none' } });
});

it('words states, outcomes and steps anew, and shows steps in the order in which the file has them', () => {
  const { claimStates, outcomes, nextSteps } = vocabularyWith({
    claimStates: { waiting: '審査中' },
    outcomes: { granted: '交付' },
    nextSteps: { visit: '窓口へお越しください', apply: '役所に申請してください' },
  });
  expect([claimStates.get('waiting'), outcomes.get('granted')]).toEqual(['審査中', '交付']);
  expect([...nextSteps]).toEqual([
    ['provide', '情報をお知らせください'],
    ['correct', 'ご確認ください'],
    ['ask', 'お問い合わせください'],
    ['visit', '窓口へお越しください'],
    ['apply', '役所に申請してください'],
  ]);
});

it('places its own words, and shared ones anew', () => {
  const { worklists } = vocabularyWith({
    claimStates: { automatic: '手続き不要' },
    worklists: { payment: { claimStates: ['automatic', 'closed'] }, none: { claimStates: ['waiting'] } },
  });
  const listOf = (state: string) => worklists && placeIn(worklists, 'granted', [state]).list;
  expect([listOf('automatic'), listOf('closed'), listOf('waiting')]).toEqual(['payment', 'payment', 'none']);
});

it('has lists of its own where the shared words say nothing of them', () => {
  const worklists = { payment: { outcomes: ['granted'], claimStates: ['waiting'] } };
  expect(ruleSetOf({ vocabulary: { worklists } }).vocabulary.worklists).toMatchObject(worklists);
});

it.each<[name: string, vocabulary: object, expected: object]>([
  [
    'one word in two lists',
    { worklists: { payment: { claimStates: ['closed'] }, review: { claimStates: ['closed'] } } },
    { code: 'duplicate-id', suggestion: null },
  ],
  [
    'a word that is not there',
    { worklists: { review: { claimStates: ['wating'] } } },
    { code: 'unknown-word', suggestion: 'waiting' },
  ],
  [
    'a shared fact whose name is misspelt',
    { facts: { 'case.knid': { label: '区分' } } },
    { code: 'missing-key', suggestion: 'case.kind' },
  ],
  [
    'a fact named like a conclusion',
    { facts: { 'outcome.rule': { type: 'text', label: '結論', question: '結論は。' } } },
    { code: 'duplicate-id', suggestion: null },
  ],
])('refuses %s', (_, vocabulary, expected) => {
  const { ruleSet, problems } = readRuleSet(RULE_FILE, ruleTextOf({ vocabulary }), vocabularyOf(LISTED));
  expect(ruleSet).toBeNull();
  expect(summary(problems)).toContainEqual(expect.objectContaining(expected));
});
