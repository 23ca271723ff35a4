/** What is said of a text that YAML cannot read, where no change of a line would mend it. */
import type { LocalizedText } from '../lang.ts';
import { unclosed } from './left-out.ts';
import { openQuotes } from './mend.ts';
import { TAB, UNEVEN } from './wide-signs.ts';
import type { YamlFault } from './yaml-faults.ts';

const COLON: LocalizedText = {
  ja: 'コロン（:）の後の値の書き方が正しくありません。「: 」を含む文は、引用符（"…"）で囲んでください。',
  en: 'The value after the colon is not written correctly. Put a text that has ": " into quotes.',
};
const MISSING: LocalizedText = {
  ja: '閉じる記号（引用符・かっこ・カンマなど）が足りません。',
  en: 'A closing mark (a quote, a bracket, a comma …) is missing.',
};
const UNEXPECTED: LocalizedText = {
  ja: 'ここに書けない文字があります。',
  en: 'There is a character that cannot stand here.',
};

/** By the codes of the library. */
const WORDS: Partial<Record<YamlFault['code'], LocalizedText>> = {
  TAB_AS_INDENT: TAB,
  BAD_INDENT: UNEVEN,
  BLOCK_AS_IMPLICIT_KEY: COLON,
  BLOCK_IN_FLOW: COLON,
  MULTILINE_IMPLICIT_KEY: {
    ja: '項目名とコロン（:）の書き方が正しくありません。「項目名: 値」の形で、コロンの後に空白を一つ書いてください。',
    en: 'The key and its colon are not written correctly. Write "key: value" with a space after the colon.',
  },
  MISSING_CHAR: MISSING,
  UNEXPECTED_TOKEN: UNEXPECTED,
  BAD_SCALAR_START: {
    ja: '文の初めに、そのままでは書けない記号があります。文を引用符（"…"）で囲んでください。',
    en: 'The text begins with a sign that has a meaning of its own. Put the text into quotes.',
  },
  BAD_DQ_ESCAPE: {
    ja: '引用符（"…"）の中の「\\」が読めません。「\\」を書くときは、\'…\' で囲んでください。',
    en: 'A backslash within double quotes cannot be read. Put a text that has one into single quotes.',
  },
  KEY_OVER_1024_CHARS: {
    ja: '項目名が長すぎます。コロン（:）を含む文は、引用符（"…"）で囲んでください。',
    en: 'The key is too long. Put a text that has a colon into quotes.',
  },
  BAD_DIRECTIVE: {
    ja: '「%」で始まる行は書けません。',
    en: 'A line cannot begin with "%".',
  },
};
const NOT_YAML: LocalizedText = {
  ja: 'この行は、項目と値として読めません。前後の行と見比べてください。',
  en: 'This line cannot be read as a key and its value. Compare it with the lines around it.',
};

/** Told where a quote was opened that ends nowhere; anything else where it was noticed. */
export function restText(text: string, { offset, code }: YamlFault): { offset: number; said: LocalizedText } {
  const [open] = code === 'MISSING_CHAR' ? openQuotes(text, text.length) : [];
  const isUnclosed = open !== undefined && offset >= text.trimEnd().length;
  if (!isUnclosed) return { offset, said: WORDS[code] ?? NOT_YAML };
  const lines = text.split('\n').slice(0, open.line);
  const start = lines.reduce((sum, line) => sum + line.length + 1, 0) + open.index;
  return { offset: start, said: unclosed(text[start] ?? '"') };
}
