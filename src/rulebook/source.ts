import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import { isAlias, isMap, isNode, isScalar, visit } from 'yaml';
import type { Position } from './basics.ts';
import { joinFoldedLines } from './folded.ts';
import type { LocalizedText } from './lang.ts';
import { type Problem, ProblemList } from './problems.ts';
import { replacing } from './typed/meant.ts';
import { mend } from './typed/mend.ts';
import { inQuotes } from './typed/mending.ts';
import { restText } from './typed/rest.ts';
import { compose, DEEPEST } from './typed/yaml-faults.ts';

export type Path = readonly (string | number)[];

/** A YAML text with its data and the position of everything in it. */
export interface Source {
  file: string;
  text: string;
  data: unknown;
  /** Where the value at `path` was written; of the key, where `key` is true. The nearest parent if it is absent. */
  at(path: Path, key?: boolean): Position;
  problems: Problem[];
}

/** Where a text comes from. One of the log or of git's past, which earlier programs took, is read whatever is refused today. */
export type Origin = 'file' | 'past';

/** Where a part of a file is written, and what is wrong with the file. */
export interface Written {
  source: Source;
  origin: Origin;
  path: Path;
  problems: ProblemList<Path>;
}

const FORBIDDEN = {
  alias: {
    ja: '「*」による参照は使えません。値をそのまま書いてください。',
    en: 'Aliases with "*" cannot be used. Write the value itself.',
  },
  anchor: { ja: '「&」による目印は使えません。', en: 'Anchors with "&" cannot be used.' },
  tag: { ja: '「!」によるタグは使えません。', en: 'Tags with "!" cannot be used.' },
  merge: { ja: '「<<」による取り込みは使えません。', en: 'Merging with "<<" cannot be used.' },
  prototype: { ja: '「__proto__」という名前は使えません。', en: 'The name "__proto__" cannot be used.' },
  keyOfParts: { ja: '項目名は文字で書いてください。', en: 'Write keys as text.' },
  secondDocument: {
    ja: '「---」で区切った二つ目の文書は書けません。',
    en: 'There cannot be a second document after "---".',
  },
};

/** What a file holds that is no text, or not UTF-8. */
const UNREADABLE = /(?![\t\n\r])[\p{Cc}\uFFFD]/u;
/** A text that is put into quotes by a word processor, or an input method. */
const TYPOGRAPHIC = /^(?:[“”„＂][^“”„＂]*[“”„＂]|[‘’＇][^‘’＇]*[‘’＇])$/;
const DUPLICATE_KEY: LocalizedText = {
  ja: '同じ項目が二度書かれています。どちらか一つにしてください。',
  en: 'The same key is written twice. Keep one of them.',
};

/**
 * YAML 1.2 core, one document, no anchors, aliases, merge keys or tags: what is written is what is meant. `mends`: whether what
 * cannot be read is looked into, which takes up to a second.
 */
export function parseSource(file: string, content: string, { mends = true } = {}): Source {
  // A byte order mark is no character of the first line.
  const text = content.replace(/^\uFEFF/, '');
  const mended = mend(text, mends);
  // Of a text that was mended, to find what else is wrong in it: its lines are those of the text.
  const { lines, deep, doc, second } = compose(mended.text);
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const found = new ProblemList(position);
  const forbid = (offset: number, what: keyof typeof FORBIDDEN) =>
    found.add('forbidden-yaml', offset, FORBIDDEN[what]);
  const tellQuotes = (scalar: Scalar) => {
    const written = scalar.source ?? '';
    found.add('typographic-quotes', offsetOf(scalar), {
      ja: `「${written.slice(0, 1)}」は引用符として読まれず、文の一部になります。引用符なら半角の「"」で書いてください。文の一部なら、文全体を '…' で囲んでください。`,
      en: `The typographic quotes are taken for a part of the text. Write plain quotes ("…"); put the whole into '…' if they belong to the text.`,
      corrected: replacing(text, written, inQuotes(written.slice(1, -1))),
    });
  };

  const unreadable = UNREADABLE.exec(text);
  if (unreadable)
    found.add('yaml-syntax', unreadable.index, {
      ja: '読めない文字があります。文字コードを UTF-8 にして保存してください。',
      en: 'There is an unreadable character. Save the file as UTF-8.',
    });
  if (deep !== null)
    found.add('yaml-syntax', deep, {
      ja: `入れ子が深すぎます（${DEEPEST} 段まで）。`,
      en: `This is nested too deeply (${DEEPEST} levels at most).`,
    });
  if (doc === null) {
    if (found.isEmpty) found.add('yaml-syntax', 0, { ja: 'ファイルが空です。', en: 'The file is empty.' });
    return { file, text, data: undefined, at: () => position(0), problems: found.all() };
  }
  for (const { at, said, line, mended: corrected } of mended.faults) {
    const place = { file, line: at.line + 1, column: at.index + 1 };
    // What is shown is the line of the place.
    const isThere = at.line === line;
    found.addAt('yaml-syntax', () => place, { ...said, ...(isThere && { corrected: () => corrected }) });
  }
  if (mended.rest) {
    const { offset, said } = restText(mended.text, mended.rest);
    found.add('yaml-syntax', offset, said);
    return { file, text, data: undefined, at: () => position(0), problems: found.all() };
  }
  joinFoldedLines(doc, mended.text);
  if (second) forbid(second.range[0], 'secondDocument');
  visit(doc, {
    Node: (_, node) => {
      if (isAlias(node)) return void forbid(offsetOf(node), 'alias');
      if (isMap(node))
        for (const key of repeatedKeys(node)) found.add('duplicate-key', offsetOf(key), DUPLICATE_KEY);
      if ('anchor' in node && node.anchor) forbid(offsetOf(node), 'anchor');
      // Set only where one is written.
      if (node.tag) forbid(offsetOf(node), 'tag');
      if (isScalar(node) && node.type === 'PLAIN' && TYPOGRAPHIC.test(node.source ?? '')) tellQuotes(node);
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<') forbid(offsetOf(key), 'merge');
      if (isScalar(key) && key.value === '__proto__') forbid(offsetOf(key), 'prototype');
      if (isNode(key) && !isScalar(key)) forbid(offsetOf(key), 'keyOfParts');
    },
  });

  /** By their keys: a map may have a great many, and each of them be asked for. */
  const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = pairs.get(map);
    if (known) return known;
    const byKey = new Map<string, Pair>();
    for (const pair of map.items)
      if (isScalar(pair.key) && !byKey.has(String(pair.key.value))) byKey.set(String(pair.key.value), pair);
    pairs.set(map, byKey);
    return byKey;
  }
  const at = (path: Path, key = false): Position => {
    let node: Node | null = doc.contents;
    let offset = offsetOf(node);
    for (const [depth, step] of path.entries()) {
      if (isMap(node)) {
        const pair = pairsOf(node).get(String(step));
        if (!pair) break;
        const value = isNode(pair.value) ? pair.value : null;
        const ofKey = value === null || isEmptyValue(value) || (key && depth === path.length - 1);
        if (!ofKey) offset = offsetOf(value);
        else if (isNode(pair.key)) offset = offsetOf(pair.key);
        node = value;
      } else {
        const item: unknown = node && 'items' in node ? node.items[Number(step)] : null;
        if (!isNode(item)) break;
        offset = offsetOf(item);
        node = item;
      }
    }
    return position(offset);
  };
  const data: unknown = found.hasErrors ? undefined : doc.toJS();
  return { file, text, data, at, problems: found.all() };
}

/** 35 and "35" would be one name in the end. */
function repeatedKeys({ items }: YAMLMap): Scalar[] {
  const names = new Set<string>();
  const keys = items.map(({ key }) => key).filter((key) => isScalar(key));
  return keys.filter(({ value }) => {
    const name = String(value ?? '');
    const isRepeated = names.has(name);
    names.add(name);
    return isRepeated;
  });
}

const offsetOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;
const isEmptyValue = (node: Node): boolean =>
  node.range !== null && node.range !== undefined && node.range[0] === node.range[1];
