import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternFault, textPattern } from '../../src/rulebook/text-pattern.ts';

/** Signs that regular expressions of different kinds understand differently, among others that they do not. */
const CHARACTERS = [
  ...['a', 'b', 'k', 'A', 'Z', '0', '9', '_', '-', '/', '.', ' ', '^', '$', ']', '[', '{', '&', ':', ','],
  ...['\t', '\n', '\v', '\f', '\r', '\0', '\b', '\u0001', '\u00a0', '\u1680', '\u2003', '\u2028', '\u2029'],
  ...[
    '\u202f',
    '\u3000',
    '\ufeff',
    'é',
    'ß',
    'ſ',
    'K',
    'あ',
    'ン',
    'ー',
    '漢',
    '々',
    '٣',
    '０',
    '😀',
    '𠮷',
    '\u{10ffff}',
  ],
];
const character = fc.constantFrom(...CHARACTERS);
const text = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));

const escaped = (one: string, signs: RegExp): string => (signs.test(one) ? `\\${one}` : one);
const literal = fc.oneof(
  character.map((one) => escaped(one, /[\^$\\.*+?()[\]{}|/]/)),
  character.map((one) => `\\u{${one.codePointAt(0)?.toString(16)}}`),
);
const classEscape = fc.constantFrom(
  '\\d',
  '\\D',
  '\\w',
  '\\W',
  '\\s',
  '\\S',
  '\\p{L}',
  '\\P{Lu}',
  '\\p{sc=Han}',
);
const otherEscape = fc.constantFrom(
  '\\t',
  '\\n',
  '\\v',
  '\\f',
  '\\r',
  '\\0',
  '\\cA',
  '\\x41',
  '\\u0061',
  '\\ud83d\\ude00',
);
const inClass = fc.oneof(
  character.map((one) => escaped(one, /[\^$\\.*+?()[\]{}|/-]/)),
  classEscape,
  otherEscape,
  fc.constantFrom('a-k', '0-9', 'ぁ-ん', '\\x00-\\x1f', '\\b', '\\-'),
);
const characterClass = fc
  .tuple(fc.constantFrom('', '^'), fc.array(inClass, { maxLength: 4 }), fc.constantFrom('', '', '-'))
  .map(([not, members, minus]) => `[${not}${members.join('')}${minus}]`);
const quantifier = fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{0,2}', '{1,3}?');

const { pattern } = fc.letrec<{ pattern: string; term: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    literal,
    fc.constant('.'),
    classEscape,
    otherEscape,
    characterClass,
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:${inner})`),
    tie('pattern').map((inner) => `(?<name>${inner.replaceAll('?<name>', '?:')})`),
  ),
  term: fc.oneof(
    { weight: 8, arbitrary: fc.tuple(tie('atom'), quantifier).map(([atom, times]) => atom + times) },
    { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
  ),
  pattern: fc
    .array(fc.array(tie('term'), { maxLength: 3 }), { minLength: 1, maxLength: 2 })
    .map((branches) => branches.map((terms) => terms.join('')).join('|')),
}));

const unique = (source: string): string => source.replaceAll('?<name>', '?:').replace('(?:', '(?<name>');

describe('a pattern that is taken', () => {
  it('means what it means to JavaScript', () => {
    fc.assert(
      fc.property(pattern.map(unique), fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        fc.pre(patternFault(source) === null);
        const native = new RegExp(source, 'u');
        const ours = textPattern(source);
        for (const one of texts)
          expect([source, one, ours.test(one)]).toEqual([source, one, native.test(one)]);
      }),
      { numRuns: 300 },
    );
  });

  it('is nearly every one without looks', () => {
    const taken = fc
      .sample(pattern.map(unique), { numRuns: 500, seed: 1 })
      .filter((one) => patternFault(one) === null);
    expect(taken.length).toBeGreaterThan(450);
  });

  it.each([
    ['a', 'xxaxx', true],
    ['^a$', 'a\n', false],
    ['^(0[1-9]|[1-3][0-9]|4[0-7])$', '35', true],
    ['^(0[1-9]|[1-3][0-9]|4[0-7])$', '48', false],
    ['^\\S+$', 'a\u3000b', false],
    ['^.$', '\u2028', false],
    ['^.$', '😀', true],
    ['[]', 'a', false],
    ['[^]', '\n', true],
    ['\\p{Script=Hiragana}', 'あ', true],
    ['\\p{Script=Hiragana}', 'ア', false],
    ['https?://', 'https://example.jp/', true],
  ])('%s in %j: %s', (source, one, expected) => {
    expect(patternFault(source)).toBeNull();
    expect(textPattern(source).test(one)).toBe(expected);
  });

  it('is looked for in no longer than the text is long', () => {
    // To a backtracking engine each takes longer than the universe is old.
    for (const source of [
      '^([0-9]+-?)+$',
      '^(a|a)*$',
      '^(a?){30}a{30}$',
      '(x+x+)+y',
      '^(([a-z])+.)+[A-Z]([a-z])+$',
    ])
      expect(textPattern(source).test(`${'0ax'.repeat(333)}!`)).toBe(false);
  });
});

describe('a pattern that is refused', () => {
  it.each([
    ['[', 'not-valid'],
    ['(?P<name>a)', 'not-valid'],
    ['\\Aa', 'not-valid'],
    ['a(?=b)', 'not-linear'],
    ['a(?!b)', 'not-linear'],
    ['(?<=a)b', 'not-linear'],
    ['(?<!a)b', 'not-linear'],
    ['(a)\\1', 'not-linear'],
    ['(?<name>a)\\k<name>', 'not-linear'],
    ['a{1001}', 'not-supported'],
    ['(?:a{30}){30}', 'not-supported'],
    ['\\p{Script_Extensions=Han}', 'not-supported'],
    ['a'.repeat(1001), 'not-supported'],
  ])('%s: %s', (source, fault) => expect(patternFault(source)).toBe(fault));

  /** As stored versions may have them. */
  it.each([
    '^(?=[a0]+$)(a|0|b)+$',
    '^(?!b)[ab]+$',
    '(?<=a)b',
    '(?<!a)b',
    '^(a|b)-?\\1$',
    '(?<x>a+)b\\k<x>',
    '\\p{scx=Han}',
  ])('still takes every text that it took: %s', (source) => {
    const native = new RegExp(source, 'u');
    const ours = textPattern(source);
    const few = fc
      .array(fc.constantFrom('a', 'b', '0', '-', '漢'), { maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(fc.property(few, (one) => !native.test(one) || ours.test(one)));
  });
});
