/** Letters that look like others, or like nothing: what was typed is not what is read. */
import type { LocalizedText } from '../../rulebook/lang.ts';

export interface OddLetter {
  /** Where in the text. */
  index: number;
  /** As it stands, with what is around it. */
  written: string;
  /** The same as it was meant; null where that cannot be told. */
  meant: string | null;
  what: LocalizedText;
}

interface Kind {
  pattern: RegExp;
  /** The letter in place of the one found; none where it is to be taken out. */
  meant: ((letter: string) => string) | null;
  what: LocalizedText;
}

const KATAKANA = 'ァ-ヴヶヵ';
/** Before and after a letter of a word, but not before one of イロハ as laws are numbered: 第2号ロ又はヘに. */
const BEFORE = '(?<![号項条第]|又は|及び|若しくは|並びに)(?<=[ぁ-ん\\p{sc=Han}])';
const AFTER = '(?=(?![又及若並])\\p{sc=Han})';
/** Phonetic signs, Greek, Cyrillic, Armenian, Cherokee: most Latin letters have a double there. */
const OTHER_SCRIPTS = '\\u0250-\\u02AF\\u0370-\\u058F\\u13A0-\\u13FF';
/** What nobody sees, and spaces that are not the usual one. */
const INVISIBLE = '\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF\\u00AD\\u180E';
const OTHER_SPACES = '\\u00A0\\u2000-\\u200A\\u202F\\u205F';
const plain = (letters: string): string => letters.normalize('NFKC');
const DIGIT: LocalizedText = {
  ja: '全角と半角の数字が混ざっています',
  en: 'full-width and plain digits are mixed',
};

/** The first that fits a letter is told. */
const KINDS: readonly Kind[] = [
  {
    pattern: new RegExp(`[${INVISIBLE}]`, 'gu'),
    meant: () => '',
    what: { ja: '目に見えない文字があります', en: 'there is an invisible character' },
  },
  {
    pattern: new RegExp(`[${OTHER_SPACES}]`, 'gu'),
    meant: () => ' ',
    what: { ja: '普通の空白でない空白があります', en: 'there is a space that is not the usual one' },
  },
  {
    pattern: /[\u3099\u309A]/gu,
    meant: null,
    what: {
      ja: '濁点・半濁点が、かなと別の文字になっています（Unicode の NFD）。NFC に直してください',
      en: 'marks of kana are characters of their own (Unicode NFD): use NFC',
    },
  },
  {
    pattern: /[\uFF66-\uFF9F]+/gu,
    meant: plain,
    what: { ja: '半角のカタカナがあります', en: 'there is half-width katakana' },
  },
  {
    pattern: /･/gu,
    meant: () => '・',
    what: { ja: '半角の中点があります', en: 'there is a half-width middle dot' },
  },
  {
    pattern: new RegExp(`(?<=[${KATAKANA}])[-‐‑‒–—―−－](?![A-Za-z0-9０-９ ])`, 'gu'),
    meant: () => 'ー',
    what: {
      ja: '長音「ー」のところに、形の似た横棒があります',
      en: 'there is another dash in place of the long vowel "ー"',
    },
  },
  {
    pattern: new RegExp(
      `[力口二工卜八夕](?=ー)|(?<=[${KATAKANA}ー])[力口二工卜八夕](?=[${KATAKANA}ー])`,
      'gu',
    ),
    meant: (letter) => KANA['力口二工卜八夕'.indexOf(letter)] ?? letter,
    what: {
      ja: 'カタカナのところに、形の似た漢字があります',
      en: 'there is a kanji in place of the katakana that looks like it',
    },
  },
  {
    pattern: new RegExp(`${BEFORE}(?:[ロニエタ]${AFTER}|(?<=\\p{sc=Han})ロ(?=[ぁ-ん]))`, 'gu'),
    meant: (letter) => '口二工夕'['ロニエタ'.indexOf(letter)] ?? letter,
    what: {
      ja: '漢字のところに、形の似たカタカナがあります',
      en: 'there is katakana in place of the kanji that looks like it',
    },
  },
  {
    pattern: new RegExp(`${BEFORE}[ヘベペ](?=[ぁ-ん\\p{sc=Han}])`, 'gu'),
    meant: (letter) => 'へべぺ'['ヘベペ'.indexOf(letter)] ?? letter,
    what: {
      ja: 'ひらがなのところに、形の同じカタカナがあります',
      en: 'there is katakana in place of the hiragana that looks the same',
    },
  },
  {
    pattern: /[\u2E80-\u2FDF]/gu,
    meant: plain,
    what: {
      ja: '漢字のところに、形の同じ部首の文字があります',
      en: 'there is a radical in place of the kanji that looks the same',
    },
  },
  {
    pattern: new RegExp(`(?<=[A-Za-z])[${OTHER_SCRIPTS}]+|[${OTHER_SCRIPTS}]+(?=[A-Za-z])`, 'gu'),
    meant: null,
    what: {
      ja: '英字のところに、形の似たほかの文字（キリル文字など）があります',
      en: 'there is a letter of another script among Latin ones',
    },
  },
  {
    pattern: /(?<=[A-Za-z])[Ａ-Ｚａ-ｚ]+|[Ａ-Ｚａ-ｚ]+(?=[A-Za-z])/gu,
    meant: plain,
    what: { ja: '全角と半角の英字が混ざっています', en: 'full-width and plain Latin letters are mixed' },
  },
  {
    pattern: /^["']?\u3000|\u3000["']?$/gu,
    meant: null,
    what: {
      ja: '文の初めか終わりに全角の空白があります。取ってください',
      en: 'there is a wide space at the beginning or the end: take it out',
    },
  },
  { pattern: /(?<=[0-9])[０-９]+/gu, meant: plain, what: DIGIT },
  { pattern: /[０-９]+(?=[0-9])/gu, meant: plain, what: DIGIT },
];
const KANA = ['カ', 'ロ', 'ニ', 'エ', 'ト', 'ハ', 'タ'];

const AROUND = 8;

const UNSEEN = new RegExp(`[${INVISIBLE}${OTHER_SPACES}]`, 'gu');

/** With what is not seen by its code point. */
export const visible = (text: string): string =>
  text.replace(
    UNSEEN,
    (letter) => `〔U+${letter.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}〕`,
  );

/** Of each kind the first. */
export function oddLettersIn(text: string): OddLetter[] {
  const found: OddLetter[] = [];
  for (const { pattern, meant, what } of KINDS) {
    const [first] = text.matchAll(pattern);
    if (first === undefined || found.some((other) => other.index === first.index)) continue;
    const start = Math.max(0, first.index - AROUND);
    const end = first.index + first[0].length + AROUND;
    const corrected = meant && text.slice(start, end).replace(pattern, (letter) => meant(letter));
    found.push({ index: first.index, written: text.slice(start, end), meant: corrected, what });
  }
  return found;
}
