/** Lists of words (id: 日本語) in any file: two of one list that read the same, and words of yes, no, none at the wrong id. */
import { isMap, isPair, isScalar, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { LocalizedText } from '../../rulebook/lang.ts';

const LISTS = ['values', 'items', 'brands', 'outcomes', 'voucherStates', 'claimStates', 'nextSteps'];

export interface WordFault {
  code: 'same-words' | 'contradicts-itself';
  scalar: Scalar;
  words: LocalizedText;
}

export function wordFaults(pair: Pair): WordFault[] {
  const { key, value } = pair;
  if (!isScalar(key) || !LISTS.includes(String(key.value)) || !isMap(value)) return [];
  const words = wordsOf(value);
  // A list of rules or values is none of words.
  return words === null ? [] : [...repeated(words), ...swapped(words).slice(0, 1)];
}

interface Word {
  id: string;
  text: string;
  scalar: Scalar;
}

function wordsOf({ items }: YAMLMap): Word[] | null {
  const words = items.flatMap((item) =>
    isPair(item) && isScalar(item.key) && isScalar(item.value) && typeof item.value.value === 'string'
      ? { id: String(item.key.value), text: item.value.value, scalar: item.value }
      : [],
  );
  return words.length === items.length ? words : null;
}

function repeated(words: readonly Word[]): WordFault[] {
  return words.flatMap(({ id, text, scalar }, i) => {
    const other = words.slice(0, i).find((one) => one.text.trim() === text.trim());
    if (other === undefined) return [];
    return {
      code: 'same-words',
      scalar,
      words: {
        ja: `「${other.id}」と「${id}」の日本語が同じです（${text}）。写して直し忘れていませんか。`,
        en: `"${other.id}" and "${id}" read the same (${text}). Was one copied and not changed?`,
      },
    };
  });
}

/** What these ids say in any list, whatever it is about. */
const SAID: readonly { ids: RegExp; words: RegExp }[] = [
  { ids: /^(?:yes|true)$/i, words: /^(?:はい|ある|あり|有|有り)$/ },
  { ids: /^(?:no|false|none)$/i, words: /^(?:いいえ|ない|なし|無|無し)$/ },
  { ids: /^both$/i, words: /^(?:両方|どちらも)$/ },
  { ids: /^unknown$/i, words: /^(?:わからない|分からない|不明)$/ },
  { ids: /^other$/i, words: /^(?:その他|そのほか)$/ },
];

/** A yes that reads いいえ, a none that reads 両方; with the one that has its word. */
function swapped(words: readonly Word[]): WordFault[] {
  const meaning = ({ id }: Word) => SAID.find(({ ids }) => ids.test(id));
  return words.flatMap((word) => {
    const own = meaning(word);
    const said = SAID.find(({ words: said }) => said.test(word.text.trim()));
    if (said === undefined || said === own) return [];
    const owner = words.find((other) => other !== word && meaning(other) === said);
    if (owner === undefined || owner.text.trim() === word.text.trim()) return [];
    return {
      code: 'contradicts-itself',
      scalar: word.scalar,
      words: {
        ja: `「${word.id}」の日本語が「${word.text}」です。「${owner.id}」（${owner.text}）と逆になっていませんか。`,
        en: `"${word.id}" reads "${word.text}". Is it the wrong way round with "${owner.id}" (${owner.text})?`,
      },
    };
  });
}
