/** A text that stands for all those which the rule set does not name. */
interface TextRequirements {
  /** What must be found in it, and what must not. */
  wanted: readonly string[];
  unwanted: readonly string[];
  taken: readonly string[];
  fits(text: string): boolean;
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const JOINTS = ['', ' ', '-', '・', '\u{10FFFD}'];
const MAX_NUMBER = 2000;

/** null where none was found: with a pattern there may be one that is not thought of here. */
export function unnamedText({ wanted, unwanted, taken, fits }: TextRequirements): string | null {
  const isOther = (text: string): boolean =>
    !taken.includes(text) &&
    wanted.every((part) => text.includes(part)) &&
    !unwanted.some((part) => text.includes(part)) &&
    fits(text);
  for (const text of candidates(wanted, taken)) if (isOther(text)) return text;
  return null;
}

function* candidates(wanted: readonly string[], taken: readonly string[]): Iterable<string> {
  if (wanted.length === 0) yield 'another';
  for (const joint of JOINTS) {
    yield ['another', ...wanted, 'example'].join(joint);
    for (const ending of ['', 'x', '1', joint]) yield [...wanted, ending].join(joint);
  }
  for (let i = 1; i <= MAX_NUMBER; i++) yield ['another', ...wanted, i].join('-');
  // Where there is a pattern, something like the texts that fit it.
  for (const text of taken) {
    for (const [i] of [...text].entries())
      for (const letter of LETTERS) yield text.slice(0, i) + letter + text.slice(i + 1);
  }
  for (let i = 0; i <= MAX_NUMBER; i++)
    for (let width = 1; width <= 8; width++) yield String(i).padStart(width, '0');
}
