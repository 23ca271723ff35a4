/** Writes the conditions of a rule file in their short form. All else stays as it is, to the byte, and so do comments. */
import type { Node, Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import { type Operator, operatorCalled, signatureOf, WORDS } from './operators.ts';
import { type Section, sectionsIn } from './sections.ts';
import { comparisonOf, type Known } from './short-comparison.ts';
import { knownIn } from './short-form.ts';
import {
  type Comments,
  type Entry,
  inline,
  isWithout,
  NO_COMMENTS,
  type Short,
  underKey,
} from './short-layout.ts';
import type { Vocabulary } from './vocabulary.ts';

/** `vocabulary`: with the file's own words. */
export function shortened(text: string, vocabulary: Vocabulary): string {
  const document = parseDocument(text);
  const file = document.contents;
  if (!isMap(file)) return text;
  const data = Object(document.toJS());
  const sections = sectionsIn(data, vocabulary);
  const known = knownIn(data, sections, vocabulary);
  const splices = conditionsIn(file, sections).flatMap((written) => spliceOf(text, written, known) ?? []);
  return splices
    .sort((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: put }) => done.slice(0, start) + put + done.slice(end), text);
}

interface Written {
  pair: Pair;
  isNamed: boolean;
  /** It stands within { }, and has to stay on its line. */
  isInFlow: boolean;
}

/** Every `when:`, and every named condition. */
function conditionsIn(file: YAMLMap, sections: readonly Section[]): Written[] {
  const named = file.get('conditions');
  const of = isMap(named)
    ? named.items.map((pair) => ({ pair, isNamed: true, isInFlow: named.flow === true }))
    : [];
  const rules = sections.flatMap(({ path }) => {
    const list = file.getIn(path);
    return isSeq(list) ? list.items : [list];
  });
  const whens = rules.flatMap((rule) =>
    isMap(rule)
      ? rule.items
          .filter(({ key }) => isScalar(key) && key.value === 'when')
          .map((pair) => ({ pair, isNamed: false, isInFlow: rule.flow === true }))
      : [],
  );
  return [...of, ...whens];
}

/** Whether any part of a condition is in the long form; others stay as somebody has laid them out. */
function isLong(node: unknown): boolean {
  if (isSeq(node)) return node.items.some(isLong);
  if (!isMap(node)) return false;
  const keys = new Set(node.items.map(({ key }) => String(key)));
  const isPlain = !keys.has('label') && !keys.has('clause');
  if (keys.has('fact') || (isPlain && (keys.has('condition') || keys.has('all')))) return true;
  return node.items.some(({ key, value }) => FORMS.has(String(key)) && isLong(value));
}
const FORMS = new Set(['all', 'any', 'not']);

/** null where it is short already, or a comment would be lost. */
function spliceOf(text: string, { pair: { key, value }, isNamed, isInFlow }: Written, known: Known) {
  const [from, node] = [rangeOf(key), value as Node | null];
  const to = rangeOf(node);
  if (!from || !to || !node || !isLong(node)) return null;
  const read = shortOf(node, { text, known });
  if (!read) return null;
  const lineStart = text.lastIndexOf('\n', from[0]) + 1;
  const column = from[0] - lineStart;
  const name = text.slice(from[0], from[1]);
  const end = to[0] + text.slice(to[0], to[1]).trimEnd().length;
  const behind = /^[ \t]*#.*/.exec(text.slice(end))?.[0] ?? '';
  const short = behind === '' ? read : { ...read, behind: '' };
  if (isInFlow && !isWithout(short)) return null;
  const used = column + name.length + behind.length;
  const put = isInFlow ? ` ${inline(short)}` : underKey(short, { column, used, isNamed });
  const endOfLine = text.includes('\r\n') ? '\r\n' : '\n';
  const isKept = String(commentsIn(put)) === String(commentsIn(text.slice(from[1], end)));
  return isKept ? { start: from[1], end, text: `:${put.replaceAll('\n', endOfLine)}` } : null;
}

const commentsIn = (text: string): string[] => text.match(/(?<=\s)#[^\r\n]*/g) ?? [];

interface Reading {
  text: string;
  known: Known;
}

const rangeOf = (node: unknown): readonly [start: number, valueEnd: number] | null => {
  const range = (node as Node | null)?.range;
  return range ? [range[0], range[1]] : null;
};

/** As it is written in the file; in quotes where it could not stand within [ ] or { }. */
function sourceOf(node: unknown, { text }: Reading): string {
  const range = rangeOf(node);
  const source = range ? text.slice(...range).trim() : '';
  if ((isMap(node) || isSeq(node)) && node.flow !== true)
    return stringify(node.toJS(parseDocument('')), { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return isScalar(node) && node.type === 'PLAIN' && /[,[\]{}]/.test(source) ? JSON.stringify(source) : source;
}

const commentsOf = (node: unknown): Comments => {
  const { commentBefore, comment } = (node ?? {}) as { commentBefore?: string; comment?: string };
  return { before: commentBefore ?? '', behind: comment ?? '' };
};

/** null where it is no condition that can be read. */
function shortOf(node: unknown, reading: Reading): Short | null {
  const comments = commentsOf(node);
  if (isScalar(node)) return { kind: 'text', text: sourceOf(node, reading), ...comments };
  if (isSeq(node)) return withItems(node.items, comments, reading);
  if (!isMap(node)) return null;
  const pairs = new Map(
    node.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]),
  );
  const first = commentsOf(node.items[0]?.key);
  const told = joined(comments, { ...first, behind: '' });
  const beside = ['label', 'clause'].flatMap((key) => {
    const pair = pairs.get(key);
    return pair ? [{ key, value: sourceOf(pair.value, reading) }] : [];
  });
  const plain = beside.length === 0;
  if (pairs.has('fact')) {
    const comparison = comparisonText(pairs, reading);
    return comparison && { kind: 'map', entries: [comparison, ...beside], ...told };
  }
  if (pairs.has('condition') && plain)
    return { kind: 'text', text: sourceOf(pairs.get('condition')?.value, reading), ...told };
  const form = ['all', 'any', 'not'].find((each) => pairs.has(each));
  if (form === undefined)
    return {
      kind: 'map',
      entries: [...pairs].map(([key, { value }]) => ({ key, value: sourceOf(value, reading) })),
      ...told,
    };
  const of = shortOf(pairs.get(form)?.value, reading);
  if (!of) return null;
  if (form === 'all' && plain) return { ...of, ...joined(told, of) };
  return { kind: 'map', entries: [...beside, { key: form, value: of }], ...told };
}

const joined = (a: Comments, b: Comments): Comments => ({
  before: [a.before, b.before].filter(Boolean).join('\n'),
  behind: [a.behind, b.behind].filter(Boolean).join(' '),
});

function withItems(nodes: readonly unknown[], comments: Comments, reading: Reading) {
  const items = nodes.map((item) => shortOf(item, reading));
  return items.every((item) => item !== null) ? ({ kind: 'list', items, ...comments } as const) : null;
}

/** The fact with what it is compared with, in a way that reads back as the same; null where there is none. */
function comparisonText(pairs: ReadonlyMap<string, Pair>, reading: Reading): Entry | null {
  const [fact, called, value] = ['fact', 'operator', 'value'].map(
    (key) => pairs.get(key)?.value as Node | undefined,
  );
  if (!isScalar(fact) || !isScalar(called) || !value) return null;
  const [name, operator] = [String(fact.value), String(called.value) as Operator];
  const left = reading.known.left(name);
  if (!left) return null;
  const meant = isScalar(value) ? value.value : JSON.parse(JSON.stringify(value));
  const text = ways(operator, meant, sourceOf(value, reading)).find((way) => {
    const said = comparisonOf(name, left, parseDocument(way).toJS(), reading.known);
    return (
      'operator' in said && said.operator === operator && JSON.stringify(said.value) === JSON.stringify(meant)
    );
  });
  if (text === undefined) return null;
  const [, key, rest] = /^\{ ([^:]+): (.+) \}$/.exec(text) ?? [];
  const isWorded = key !== undefined && rest !== undefined && operatorCalled(key, left.type) !== undefined;
  return {
    key: name,
    value: isWorded ? { kind: 'map', entries: [{ key, value: rest }], ...NO_COMMENTS } : text,
  };
}

/** How the right-hand side can be written, the best first. */
function ways(operator: Operator, meant: unknown, source: string): string[] {
  const [word = operator] = WORDS[operator];
  const name = nameIn(meant);
  const { right } = signatureOf(operator);
  const keyed = [`{ ${word}: ${name ?? source} }`, `{ ${word}: ${source} }`, `{ ${operator}: ${source} }`];
  if (operator === 'isPresent') return [meant === true ? 'ある' : 'ない', ...keyed];
  if (operator === 'equal' || operator === 'in' || operator === 'contains' || operator === 'containsAny')
    return [source, ...keyed];
  const worded =
    right === 'instant' || right === 'integer' || (operator === 'notEqual' && typeof meant === 'string');
  const plain = name ?? (typeof meant === 'number' ? String(meant) : source);
  return worded && !/[[{"']/.test(plain)
    ? [`${plain}${/\d$/.test(plain) && !name ? '' : ' '}${word}`, ...keyed]
    : keyed;
}

/** What a right-hand side of the long form names. */
function nameIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [[key, name] = [], ...others] = Object.entries(value);
  if (others.length > 0 || typeof name !== 'string') return null;
  return key === 'source' ? '公表日' : name;
}
