import { describe, expect, it } from 'vitest';
import { type FactProblem, readFacts } from '../../src/engine/facts/read-facts.ts';
import { NONE, UNKNOWN, type Value } from '../../src/engine/facts/values.ts';
import { smallVocabulary } from '../rulebook/fixtures.ts';

const vocabulary = smallVocabulary();
const AS_OF = Date.parse('2023-04-15T12:00:00+09:00');
const read = (facts: unknown) => readFacts(vocabulary, facts, AS_OF);
type Refusal = Pick<FactProblem, 'pointer' | 'code'> & { suggestion?: string | null };

describe('facts that are refused', () => {
  const at = (member: string, code: FactProblem['code'], suggestion?: string): Refusal[] => [
    { pointer: `/case/${member}`, code, ...(suggestion === undefined ? {} : { suggestion }) },
  ];
  const one = (member: string, value: unknown) => ({ case: { [member]: value } });
  const refused: [name: string, facts: unknown, problems: Refusal[]][] = [
    ['no object', null, [{ pointer: '', code: 'wrong-type' }]],
    ['a list', [], [{ pointer: '', code: 'wrong-type' }]],
    ['a text', 'facts', [{ pointer: '', code: 'wrong-type' }]],
    ['a group that is no object', { case: [] }, [{ pointer: '/case', code: 'wrong-type' }]],
    ['an unknown group', { cas: {} }, [{ pointer: '/cas', code: 'unknown-fact', suggestion: 'case' }]],
    [
      'a fact without its group',
      { hours: 3 },
      [{ pointer: '/hours', code: 'unknown-fact', suggestion: 'case.hours' }],
    ],
    [
      'a flattened name',
      { 'case.hours': 3 },
      // The name is right: what is wrong is told, and the same name not suggested.
      [{ pointer: '/case.hours', code: 'unknown-fact', suggestion: null }],
    ],
    ['an unknown name', one('hour', 3), at('hour', 'unknown-fact', 'case.hours')],
    ['a name to be escaped', { case: { 'a/b~c': 1 } }, [{ pointer: '/case/a~1b~0c', code: 'unknown-fact' }]],
    ['a group to be escaped', { 'a/b~c': {} }, [{ pointer: '/a~1b~0c', code: 'unknown-fact' }]],
    [
      '__proto__ as a group',
      JSON.parse('{"__proto__":{"hours":1}}'),
      [{ pointer: '/__proto__', code: 'unknown-fact' }],
    ],
    [
      '__proto__ as a name',
      JSON.parse('{"case":{"__proto__":1}}'),
      [{ pointer: '/case/__proto__', code: 'unknown-fact' }],
    ],
    [
      'constructor',
      { constructor: {}, case: { toString: 1 } },
      [
        { pointer: '/constructor', code: 'unknown-fact' },
        { pointer: '/case/toString', code: 'unknown-fact' },
      ],
    ],
    ['a truth value as a text', one('flag', 'true'), at('flag', 'wrong-type')],
    ['a truth value as a number', one('flag', 1), at('flag', 'wrong-type')],
    ['a number as a text', one('paidYen', '1000'), at('paidYen', 'wrong-type')],
    ['negative yen', one('paidYen', -1), at('paidYen', 'wrong-type')],
    ['half a yen', one('paidYen', 0.5), at('paidYen', 'wrong-type')],
    ['2^53', one('paidYen', 2 ** 53), at('paidYen', 'wrong-type')],
    ['no number', one('paidYen', Number.NaN), at('paidYen', 'wrong-type')],
    ['endless yen', one('paidYen', JSON.parse('1e999')), at('paidYen', 'wrong-type')],
    ['a date for an instant', one('startedAt', '2023-04-15'), at('startedAt', 'no-offset')],
    ['an instant without its offset', one('startedAt', '2023-04-15T12:00:00'), at('startedAt', 'no-offset')],
    [
      'an instant that does not exist',
      one('startedAt', '2023-02-30T12:00:00+09:00'),
      at('startedAt', 'no-offset'),
    ],
    ['an instant as a number', one('startedAt', 1681527600000), at('startedAt', 'no-offset')],
    ['a wrong choice', one('kind', 'thre'), at('kind', 'not-allowed', 'three')],
    ['a choice in capitals', one('kind', 'THREE'), at('kind', 'not-allowed', 'three')],
    ['a choice as a number', one('kind', 1), at('kind', 'wrong-type')],
    ['a text out of its pattern', one('code', '035'), at('code', 'not-allowed')],
    ['a text out of its pattern by an end of line', one('code', '35\n5'), at('code', 'not-allowed')],
    ['a number for a text', one('code', 35), at('code', 'wrong-type')],
    ['U+0000', one('note', 'a\u0000b'), at('note', 'not-allowed')],
    ['a lone surrogate', one('note', '\uD800'), at('note', 'not-allowed')],
    ['a text too long', one('note', 'x'.repeat(1001)), at('note', 'not-allowed')],
    ['a set as a text', one('items', 'a'), at('items', 'wrong-type')],
    ['a set of numbers', one('items', [1]), at('items', 'wrong-type')],
    ['a set with null', one('items', ['a', null]), at('items', 'wrong-type')],
    ['a set with an unknown item', one('items', ['a', 'd']), at('items', 'not-allowed')],
    ['U+0000 in a set', one('brands', ['\u0000']), at('brands', 'not-allowed')],
  ];
  it.each(refused)('%s', (_, facts, problems) => {
    const result = read(facts);
    expect(result.facts).toBeNull();
    expect(result.problems).toMatchObject(problems);
    expect(result.problems).toHaveLength(problems.length);
    for (const { detail, detailJa } of result.problems) {
      expect(detail).not.toBe('');
      expect(detailJa).toMatch(/\p{Script=Hiragana}/u);
    }
  });

  it('all at once', () => {
    const { problems } = read({ case: { flag: 1, kind: 'no', hour: 1 }, cas: {} });
    expect(problems.map(({ pointer }) => pointer).sort()).toEqual([
      '/cas',
      '/case/flag',
      '/case/hour',
      '/case/kind',
    ]);
  });

  it('without a prototype of anything being changed', () => {
    read(JSON.parse('{"__proto__":{"flag":true},"case":{"__proto__":{"flag":true}}}'));
    expect(Object.hasOwn(Object.prototype, 'flag')).toBe(false);
  });
});

describe('facts that are taken', () => {
  const taken: [member: string, given: unknown, value: Value][] = [
    ['flag', false, false],
    ['kind', 'two', 'two'],
    ['code', '07', '07'],
    ['note', '', ''],
    ['paidYen', 0, 0],
    ['paidYen', 2 ** 53 - 1, 2 ** 53 - 1],
    ['startedAt', '2023-04-15T12:00:00+09:00', Date.parse('2023-04-15T03:00:00Z')],
    ['startedAt', '2023-04-14T23:00:00-04:00', Date.parse('2023-04-15T03:00:00Z')],
    ['items', ['b', 'a', 'b'], new Set(['a', 'b'])],
    ['items', [], new Set()],
    ['stage', 'none', 'none'],
  ];
  it.each(taken)('%s: %j', (member, given, value) => {
    const { facts, problems } = read({ case: { [member]: given } });
    expect(problems).toEqual([]);
    expect(facts?.values.get(`case.${member}`)).toEqual(value);
    expect(facts?.isAssumed(`case.${member}`)).toBe(false);
  });
});

describe('facts that are absent', () => {
  const absent: [member: string, value: Value, assumed: boolean][] = [
    ['flag', UNKNOWN, false],
    ['items', UNKNOWN, false],
    ['other', false, true],
    ['stage', 'none', true],
    ['note', NONE, true],
    ['held', new Set(['a', 'b', 'c']), true],
    ['brands', NONE, true],
    ['endedAt', NONE, true],
    ['refundedYen', NONE, true],
  ];
  it.each(absent)('%s', (member, value, assumed) => {
    for (const facts of [read({}).facts, read({ case: {} }).facts]) {
      expect(facts?.values.get(`case.${member}`)).toEqual(value);
      expect(facts?.isAssumed(`case.${member}`)).toBe(assumed);
    }
  });

  it('are all there, with the instant judged', () => {
    const { facts } = read({});
    expect(facts?.slots.length).toBe(1 + vocabulary.facts.size);
    expect(facts?.values.get('asOf')).toBe(AS_OF);
  });
});
