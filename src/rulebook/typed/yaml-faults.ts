/** What the YAML library cannot read in a text, and what it reads as nobody means it. */
import type { CST, Document } from 'yaml';
import { Composer, isPair, isScalar, LineCounter, Parser, visit, type YAMLMap } from 'yaml';

type Yaml = NonNullable<ReturnType<typeof compose>['doc']>;

export interface YamlFault {
  offset: number;
  /** The library's; or a key that is none, or a text that ends too early. */
  code: Document['errors'][number]['code'] | 'odd-key' | 'cut-text';
}

const OPTIONS: ConstructorParameters<typeof Composer>[0] = {
  version: '1.2',
  schema: 'core',
  merge: false,
  // Looked for elsewhere: the library compares each key with all before it.
  uniqueKeys: false,
};

/** Nested deeper than anyone writes; whatever walks through it would run out of stack. */
export const DEEPEST = 100;

/** `doc` is null where the text is empty, or nested too deeply: `deep` says where. */
export function compose(text: string) {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = firstTooDeep(tokens);
  const [doc = null, second = null] = deep === null ? new Composer(OPTIONS).compose(tokens) : [];
  return { lines, deep, doc, second };
}

/** In the order of the text. Of keys and numbers only where there is nothing that cannot be read. */
export function faultsIn(doc: Yaml): YamlFault[] {
  const errors = doc.errors.map(({ code, pos: [offset] }) => ({ code, offset }));
  return (errors.length > 0 ? errors : misread(doc)).sort((a, b) => a.offset - b.offset);
}

/** Signs of Japanese, or a colon or a dash without its space, that YAML takes for letters of a key. */
const ODD_KEY = /[\u3000：]|^[-－−‐・]|^[A-Za-z][\w.-]*:[^\s/]/;

/** A group or a list, and no text. */
const IN_WIDE_BRACKETS = /^｛.*[：:]|^［[\w\s.,，、-]*］$/;

function misread(doc: Yaml): YamlFault[] {
  const faults: YamlFault[] = [];
  visit(doc, {
    Scalar(_, { type, source = '', range }) {
      if (type === 'PLAIN' && range && IN_WIDE_BRACKETS.test(source))
        faults.push({ code: 'odd-key', offset: range[0] });
    },
    Map(_, map, path) {
      const inTable = path.some((node) => isPair(node) && isScalar(node.key) && node.key.value === 'cells');
      for (const [i, { key }] of map.items.entries()) {
        if (!isScalar(key) || key.type !== 'PLAIN' || !key.range) continue;
        const [offset] = key.range;
        if (ODD_KEY.test(key.source ?? '')) faults.push({ code: 'odd-key', offset });
        else if (isCut(map, i, inTable)) faults.push({ code: 'cut-text', offset });
      }
    },
  });
  return faults;
}

/**
 * { value: 1,000 } is read as { value: 1, 000: null }, and { text: 百円、又は, 千円 } as a text and a name without a value. In a table
 * null is what the notice does not say, whatever stands before its colon.
 */
function isCut({ flow, items }: YAMLMap, i: number, inTable: boolean): boolean {
  const [before, cut] = [items[i - 1]?.value, items[i]];
  if (!flow || cut?.value !== null || !isScalar(cut.key) || !isScalar(before)) return false;
  const [text, rest] = [before.source ?? '', cut.key.source ?? ''];
  const isNumber = /\d$/.test(text) && /^\d{3}(?!\d)/.test(rest);
  const isBeside = before.range?.[1] === (cut.key.range?.[0] ?? 0) - 1;
  if (isNumber && isBeside) return before.type === 'PLAIN';
  return !inTable && before.type === 'PLAIN' && JAPANESE.test(text + rest);
}
const JAPANESE = /[^\p{ASCII}]/u;

/** Where brackets or indentation go deeper than allowed; null if nowhere. Without recursion, to survive any text. */
function firstTooDeep(tokens: readonly CST.Token[]): number | null {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return level[0]?.offset ?? 0;
    level = level.flatMap(tokensIn);
  }
  return null;
}

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  const items: readonly { key?: CST.Token | null; value?: CST.Token }[] = 'items' in token ? token.items : [];
  return items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
