import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Problem, ProblemCode } from './problems.ts';
import type { Position } from './rule-set.ts';

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

const SYNTAX_MESSAGES: Record<string, [ProblemCode, string]> = {
  DUPLICATE_KEY: ['duplicate-key', '同じ項目が二度書かれています。どちらか一つにしてください。'],
  TAB_AS_INDENT: ['yaml-syntax', '字下げにタブは使えません。半角の空白を使ってください。'],
  BAD_INDENT: ['yaml-syntax', '字下げがそろっていません。前後の行と桁をそろえてください。'],
  MULTILINE_IMPLICIT_KEY: ['yaml-syntax', 'コロン（:）の後の値の書き方が正しくありません。'],
  MISSING_CHAR: ['yaml-syntax', '閉じる記号（引用符・かっこ・カンマなど）が足りません。'],
  UNEXPECTED_TOKEN: ['yaml-syntax', 'ここに書けない文字があります。'],
};

/** YAML 1.2 core, one document, no anchors, aliases, merge keys or tags: what is written is what is meant. */
export function parseSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const [doc, second] = parseAllDocuments(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems: Problem[] = [];
  const problem = (code: ProblemCode, offset: number, message: string) =>
    problems.push({ code, position: position(offset), message, suggestion: null });

  if (doc === undefined) {
    problem('yaml-syntax', 0, 'ファイルが空です。');
    return { file, text, data: undefined, at: () => position(0), problems };
  }
  for (const error of doc.errors) {
    const [code, message] = SYNTAX_MESSAGES[error.code] ?? ['yaml-syntax', 'YAML として読めません。'];
    problem(code, error.pos[0], code === 'duplicate-key' ? message : `${message}（${error.message}）`);
  }
  if (second) problem('forbidden-yaml', second.range[0], '「---」で区切った二つ目の文書は書けません。');
  visit(doc, {
    Alias: (_, node) => {
      problem('forbidden-yaml', offsetOf(node), '「*」による参照は使えません。値をそのまま書いてください。');
    },
    Node: (_, node) => {
      if (isAlias(node)) return;
      if ('anchor' in node && node.anchor)
        problem('forbidden-yaml', offsetOf(node), '「&」による目印は使えません。');
      if (node.tag && !isScalar(node) && !node.tag.startsWith('tag:yaml.org,2002:'))
        problem('forbidden-yaml', offsetOf(node), '「!」によるタグは使えません。');
    },
    Scalar: (_, node) => {
      const source = text.slice(...(node.range?.slice(0, 2) ?? [0, 0]));
      if (source.startsWith('!')) problem('forbidden-yaml', offsetOf(node), '「!」によるタグは使えません。');
    },
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<')
        problem('forbidden-yaml', offsetOf(pair.key), '「<<」による取り込みは使えません。');
      if (isNode(pair.key) && !isScalar(pair.key))
        problem('forbidden-yaml', offsetOf(pair.key), '項目名は文字で書いてください。');
    },
  });

  const at = (path: Path, key = false): Position => {
    let node: Node | null = doc.contents;
    let found = offsetOf(node);
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1;
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(step));
        if (!pair || !isPair(pair)) return position(found);
        const value = isNode(pair.value) ? pair.value : null;
        const keyOffset = isNode(pair.key) ? offsetOf(pair.key) : found;
        found = (last && key) || value === null || isEmptyValue(value) ? keyOffset : offsetOf(value);
        node = value;
      } else if (node && 'items' in node) {
        const item: unknown = node.items[Number(step)];
        if (!isNode(item)) return position(found);
        found = offsetOf(item);
        node = item;
      } else return position(found);
    }
    return position(found);
  };
  const data: unknown = problems.length === 0 ? doc.toJS() : undefined;
  return { file, text, data, at, problems };
}

const offsetOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;
const isEmptyValue = (node: Node): boolean =>
  node.range !== null && node.range !== undefined && node.range[0] === node.range[1];
