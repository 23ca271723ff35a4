/** The lines of a rule file that hold a part of it. */
import { isCollection, isMap, isNode, parseDocument, visit } from 'yaml';
import type { Position } from '../rulebook/basics.ts';

/** A part of the rule file: the line that its position names, and the whole of it. Lines count from 1. */
export interface Excerpt {
  line: number;
  lines: { number: number; text: string }[];
}

export interface RuleLines {
  /** The whole of the condition or rule that a position lies in. */
  blockAt(position: Position): Excerpt;
  /** The whole of an entry `name: …` whose name begins at a position. */
  entryAt(position: Position): Excerpt;
}

/** `text` is a rule file that was read without problems; the positions are those that reading it gave. */
export function linesOf(text: string): RuleLines {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const { blocks, entries } = partsOf(text);

  const written = ({ line }: Position, start: number, end: number): Excerpt => {
    const first = starts.findLastIndex((at) => at <= start);
    const count = text.slice(start, end).trimEnd().split('\n').length;
    const part = lines.slice(first, first + count);
    return { line, lines: part.map((each, i) => ({ number: first + 1 + i, text: each })) };
  };
  const offsetOf = ({ line, column }: Position): number => (starts[line - 1] ?? 0) + column - 1;
  return {
    blockAt(position) {
      const offset = offsetOf(position);
      // From the outside in: the last that holds it is the innermost.
      const [start, end] = blocks.findLast(([from, to]) => from <= offset && offset < to) ?? [offset, offset];
      return written(position, start, end);
    },
    entryAt(position) {
      const offset = offsetOf(position);
      return written(position, offset, entries.get(offset) ?? offset);
    },
  };
}

/**
 * Where maps begin and end, from the outside in; where entries end, by where they begin. A map within brackets is the whole of what
 * the outermost of them hold: its lines alone may begin or end in the middle.
 */
function partsOf(text: string): { blocks: [from: number, to: number][]; entries: Map<number, number> } {
  const blocks: [number, number][] = [];
  const entries = new Map<number, number>();
  visit(parseDocument(text, { version: '1.2', schema: 'core', merge: false }), (_, node, ancestors) => {
    if (!isMap(node)) return;
    const whole = ancestors.find((each) => isCollection(each) && each.flow) ?? node;
    if (isNode(whole) && whole.range) blocks.push([whole.range[0], whole.range[1]]);
    for (const { key, value } of node.items)
      if (isNode(key) && key.range)
        entries.set(key.range[0], isNode(value) && value.range ? value.range[1] : key.range[1]);
  });
  return { blocks, entries };
}
