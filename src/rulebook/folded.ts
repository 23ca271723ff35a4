/** Texts that go on on the next line: YAML puts a space there, and Japanese has none between its words. */
import { type Document, type Scalar, visit } from 'yaml';

/** Takes those spaces away that stand between two Japanese letters, or marks, in place of a line's end. */
export function joinFoldedLines(doc: Document.Parsed, text: string): void {
  visit(doc, {
    Scalar(_, scalar) {
      const lines = linesOf(scalar, text);
      if (lines.length < 2) return;
      const end = String(scalar.value).endsWith('\n') ? '\n' : '';
      // Whatever else is written in it, such as escapes, stays as YAML reads it.
      if (scalar.value === folded(lines, () => ' ') + end) scalar.value = folded(lines, spaceBetween) + end;
    },
  });
}

/** An empty line is a new line, as in YAML. */
const folded = (
  [first = '', ...others]: readonly string[],
  space: (a: string, b: string) => string,
): string => {
  let [done, empty] = [first, 0];
  for (const line of others) {
    if (line === '') empty += 1;
    else {
      done += (empty > 0 ? '\n'.repeat(empty) : space(done, line)) + line;
      empty = 0;
    }
  }
  return done;
};

const WIDE = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\u3000-\u303F\uFF01-\uFF60]`;
const WIDE_START = new RegExp(`^${WIDE}`, 'u');
const WIDE_END = new RegExp(`${WIDE}$`, 'u');
const spaceBetween = (a: string, b: string): string => (WIDE_END.test(a) && WIDE_START.test(b) ? '' : ' ');

/** Those of YAML: a wide space is a letter. */
const BLANKS = /^[ \t]+|[ \t\r]+$/g;
const ENDS = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** As they are written, without quotes, the head of a block and the spaces around. */
function linesOf({ type, range }: Scalar, text: string): string[] {
  const source = range ? text.slice(range[0], range[1]).replaceAll(ENDS, '') : '';
  if (!source.includes('\n')) return [];
  const lines = (of: string) => of.split('\n').map((line) => line.replaceAll(BLANKS, ''));
  switch (type) {
    case 'PLAIN':
      return lines(source);
    case 'QUOTE_SINGLE':
    case 'QUOTE_DOUBLE':
      return lines(source.slice(1, -1));
    case 'BLOCK_FOLDED':
      return lines(source).slice(1);
    default:
      return [];
  }
}
