/** Whatever is said in both languages is said in each of them. */
import { expect, test } from 'vitest';
import { JAPANESE } from './fixtures/japanese.ts';
import { sourceFiles } from './fixtures/source-files.ts';

/** `en: '…'` with what stands between its quotes; a text that a function makes begins after the arrow. */
const TEXTS = /\b(en|ja):\s*(?:\([^()]*\)\s*=>\s*)?(['`])([\s\S]*?)\2/g;
/** Nothing is said, in either. */
const NOTHING = "{ ja: '', en: '' }";
const texts = sourceFiles().flatMap(({ path, text }) =>
  [...text.replaceAll(NOTHING, '').matchAll(TEXTS)].map(([, lang = '', , said = '']) => ({
    path,
    lang,
    said,
  })),
);

test('no text is empty in one of the languages', () => {
  expect(texts.filter(({ said }) => said.trim() === '')).toEqual([]);
  const counted = (wanted: string): number => texts.filter(({ lang }) => lang === wanted).length;
  expect(counted('en')).toBeGreaterThan(100);
  expect(counted('ja')).toBeGreaterThan(100);
});

test('no English text has Japanese outside of quotes', () => {
  const english = texts.filter(({ lang }) => lang === 'en');
  expect(english.filter(({ said }) => JAPANESE.test(said.replaceAll(/"[^"]*"/g, '')))).toEqual([]);
});
