/** The program knows no prefecture, date, brand, phone number, fact or state: what a rule file says, `src` does not. */
import { describe, expect, it } from 'vitest';
import { ruleSetJsonSchema, vocabularyJsonSchema, wordsJsonSchema } from '../../src/rulebook/json-schema.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { filesUnder, sourceFiles } from '../fixtures/source-files.ts';
import { allWords } from '../support/words.ts';
import { vocabularyOf } from './fixtures.ts';

/**
 * Words of the rules that `src` says, too, as texts of their own, because they are words of the file format beside its
 * keys, of HTTP or of the answer.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  // What the absence of a fact can mean, and a truth that cannot be told; a choice of some facts, too.
  'unknown',
  // Truth values and those two, as a person reads them; labels of some choices, too.
  'はい',
  'いいえ',
  'なし',
  'わからない',
  // How a time-zone name is left out of a datetime, and that nothing is to be retried.
  'never',
  // A kind of name in the file format; an item to be told, too.
  'brand',
  // What a proof is that ran out of time; a rule of the outcomes, too.
  'undecided',
]);

const texts = filesUnder('rules', /\.ya?ml$/);
const shared = vocabularyOf(allWords());
const ruleSets = texts
  .filter(({ path }) => !/vocabulary|[/]words[/]|\.cases\./.test(path))
  .map(({ path, text }): RuleSet => {
    const { ruleSet, problems } = readRuleSet(path, text, shared);
    if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
    return ruleSet;
  });

/** Every name and text of a rule set and its vocabulary. */
function* wordsOf(ruleSet: RuleSet): Iterable<string | null> {
  const { prefecture, incident, title, source, contact, vocabulary } = ruleSet;
  yield* [prefecture, incident, title, source.issuer, source.title, source.url];
  for (const { id, text } of ruleSet.clauses.values()) yield* [id, text];
  for (const { id, label, text } of ruleSet.deadlines.values()) yield* [id, label, text];
  for (const { id, address, label } of ruleSet.senders) yield* [id, address, label];
  for (const { id, url, label } of ruleSet.sites) yield* [id, url, label];
  for (const { id, label, items } of [...ruleSet.lists.values()]) {
    // The two lists that the format itself names.
    if (id !== 'brands' && id !== 'senders') yield* [id, label];
    for (const item of items) yield* [item.id, item.label];
  }
  if (contact) yield* [contact.id, contact.name, contact.tel, contact.hoursText];
  for (const { name, label } of ruleSet.conditions.values()) yield* [name, label];
  for (const { id, concludes, label } of ruleSet.rules) yield* [id, concludes, label];
  for (const { name, label, question, values } of vocabulary.facts.values()) {
    const [, member = ''] = name.split('.');
    // "used" is English; "balanceNowYen" is a name.
    yield* [name, /[A-Z]/.test(member) ? member : null, label, question];
    for (const value of values ?? []) yield* [value.id, value.label];
  }
  for (const group of ['outcomes', 'voucherStates', 'claimStates', 'nextSteps'] as const)
    for (const [id, label] of vocabulary[group]) yield* [id, label];
}

/** 2023-02-24 as people and programs write it. */
const dateForms = (text: string): string[] =>
  [...text.matchAll(/(\d{4})-(\d{2})-(\d{2})/g)].flatMap(([iso, year, month, day]) => [
    iso,
    `${year}/${month}/${day}`,
    `${year}${month}${day}`,
    `${year}年${Number(month)}月${Number(day)}日`,
    `${Number(month)}月${Number(day)}日`,
  ]);
const addresses = (text: string): string[] =>
  text.match(/https?:[^\s」]+|[\w.]+@[\w.]+|\d{2,4}-\d{2,4}-\d{3,4}/g) ?? [];

/** The names of the members of what a JSON Schema describes. */
function* keysOf(schema: unknown): Iterable<string> {
  if (typeof schema !== 'object' || schema === null) return;
  if ('properties' in schema) yield* Object.keys(Object(schema.properties));
  for (const part of Object.values(schema)) yield* keysOf(part);
}
/** Keys of rule files and vocabularies: the program's own words, even where some rule has an id like them. */
const noFacts = { ...shared, facts: new Map(), wordFiles: new Map() };
const FORMAT_KEYS = new Set(
  keysOf([ruleSetJsonSchema(noFacts), vocabularyJsonSchema(), wordsJsonSchema(noFacts)]),
);

const words = new Set(
  [
    ...ruleSets.flatMap((one) => [...wordsOf(one)]),
    ...texts.flatMap(({ text }) => [...dateForms(text), ...addresses(text)]),
  ].filter((word): word is string => word !== null && word.length > 1 && !FORMAT_KEYS.has(word)),
);

const prefectures = ruleSets.map(({ prefecture }) => prefecture);

/** A plain word counts where it is a text of its own, everything else wherever it stands. */
function says(text: string, word: string): boolean {
  if (!text.includes(word)) return false;
  const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const isPlain = prefectures.includes(word)
    ? false
    : /^[A-Za-z]+$/.test(word)
      ? !/[a-z][A-Z]/.test(word)
      : /\P{ASCII}/u.test(word) && word.length < 5;
  // A date may have a time behind it.
  const end = /\d$/.test(word) ? '(?![\\d-])' : '(?![\\w-])';
  return new RegExp(isPlain ? `['"\`>]${escaped}['"\`<]` : `(?<![\\w年-])${escaped}${end}`).test(text);
}

describe('what the rules say, the program does not', () => {
  it('the words looked for are the ones meant', () => {
    const some = [
      'yamaguchi',
      'voucher.medium',
      'balanceNowYen',
      'paypay-points',
      'PayPay ポイント',
      '0120-479-249',
    ];
    const more = ['2023-02-24', '2023年2月24日', '20230224', 'claimable', 'apply-web', 'G01', 'app-delivery'];
    for (const word of [...some, ...more]) expect(words).toContain(word);
    expect(ruleSets.length).toBeGreaterThan(2);
    for (const key of ['payment', 'review', 'none', 'name']) expect(FORMAT_KEYS).toContain(key);
    // A fact or a state among the keys would hide it from the search.
    const { facts, outcomes, voucherStates, claimStates, nextSteps } = shared;
    for (const group of [facts, outcomes, voucherStates, claimStates, nextSteps])
      expect([...group.keys()].filter((id) => FORMAT_KEYS.has(id) && id !== 'none')).toEqual([]);
  });

  it.each(sourceFiles())('$path', ({ text }) => {
    expect([...words].filter((word) => !ALLOWED.has(word) && says(text, word))).toEqual([]);
  });

  it('every word allowed is needed', () => {
    const all = sourceFiles().map(({ text }) => text);
    const idle = [...ALLOWED].filter((word) => !words.has(word) || !all.some((text) => says(text, word)));
    expect(idle).toEqual([]);
  });
});
