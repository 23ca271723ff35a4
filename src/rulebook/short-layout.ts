/** Conditions in the short form as lines of YAML: on one line where they fit, comments where they were. */

const WIDTH = 100;

export interface Comments {
  /** On lines before it; and behind it, on its line. */
  before: string;
  behind: string;
}
export const NO_COMMENTS: Comments = { before: '', behind: '' };

/** A condition in the short form, as text. */
export type Short = (
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: Short[] }
  | { kind: 'map'; entries: Entry[] }
) &
  Comments;

/** `value`: a text as it is written, or conditions. */
export interface Entry {
  key: string;
  value: string | Short;
}

const isBare = ({ before, behind }: Short): boolean => before === '' && behind === '';
/** Whether there are no comments in it. */
export const isWithout = (short: Short): boolean =>
  isBare(short) &&
  (short.kind === 'text' ||
    (short.kind === 'list'
      ? short.items.every(isWithout)
      : short.entries.every(({ value }) => typeof value === 'string' || isWithout(value))));

/** On one line. `inList`: a single key needs no braces there. */
export function inline(short: Short, inList = false): string {
  if (short.kind === 'text') return short.text;
  if (short.kind === 'list') return `[${short.items.map((item) => inline(item, true)).join(', ')}]`;
  const entries = short.entries.map(
    ({ key, value }) => `${key}: ${typeof value === 'string' ? value : inline(value)}`,
  );
  return inList && entries.length === 1 ? entries.join() : `{ ${entries.join(', ')} }`;
}

/** What stands behind `key:`. `column`: of the key; `used`: what the line has already. */
export function underKey(
  short: Short,
  { column, used, isNamed }: { column: number; used: number; isNamed: boolean },
): string {
  const line = inline(short);
  const isSimple = short.kind !== 'list' || short.items.every(({ kind }) => kind === 'text');
  const fits = used + 2 + widthOf(line) <= WIDTH;
  if (fits && isWithout(short) && (isSimple || !isNamed)) return ` ${line}`;
  const indent = ' '.repeat(column + 2);
  return `\n${block(short, indent).join('\n')}`;
}

/** Wide characters take two columns. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\uffe6]/.test(char) ? 2 : 1), 0);

const linesBefore = ({ before }: Comments, indent: string): string[] =>
  before === '' ? [] : before.split('\n').map((line) => `${indent}#${line}`);
const endOf = ({ behind }: Comments): string => (behind === '' ? '' : ` #${behind}`);

/** On lines of their own. */
const block = (short: Short, indent: string): string[] => [
  ...linesBefore(short, indent),
  ...lines(short, indent),
];

/** Without the comments before it. */
function lines(short: Short, indent: string): string[] {
  if (short.kind === 'text') return [`${indent}${short.text}${endOf(short)}`];
  if (short.kind === 'list')
    return short.items.flatMap((item) => {
      const told = linesBefore(item, indent);
      const own = inline(item, true);
      if (isWithout({ ...item, ...NO_COMMENTS }) && indent.length + 2 + widthOf(own) <= WIDTH)
        return [...told, `${indent}- ${own}${endOf(item)}`];
      const [first = '', ...others] = lines(item, `${indent}  `);
      return [...told, `${indent}- ${first.trimStart()}`, ...others];
    });
  return short.entries.flatMap(({ key, value }) => {
    if (typeof value === 'string') return [`${indent}${key}: ${value}`];
    const line = inline(value);
    if (isWithout(value) && indent.length + key.length + 2 + widthOf(line) <= WIDTH)
      return [`${indent}${key}: ${line}`];
    return [`${indent}${key}:`, ...block(value, `${indent}  `)];
  });
}
