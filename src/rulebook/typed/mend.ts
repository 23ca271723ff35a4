/**
 * What somebody meant who typed a text that YAML cannot read: changes of one line are tried in the part of the text around the
 * fault, and the one that lets it be read is what is told. The line that is shown has therefore been read.
 */
import { isScalar, Lexer } from 'yaml';
import {
  commasInTexts,
  missingBracket,
  missingColon,
  missingComma,
  missingQuote,
  missingSpaces,
  surplusBracket,
} from './left-out.ts';
import { type Mending, type Place, placeIn } from './mending.ts';
import { unquoted } from './to-quote.ts';
import { unevenIndents, wideIndents, wideSigns } from './wide-signs.ts';
import { compose, faultsIn, type YamlFault } from './yaml-faults.ts';

/** What most surely is no accident comes first; what nearly any line could be taken for, last. */
const MENDERS: readonly ((place: Place) => Mending[])[] = [
  ...[wideIndents, commasInTexts, missingComma, surplusBracket, missingSpaces, unquoted],
  missingColon,
];

/** Of what is tried, in characters: a broken file must not keep anybody waiting. */
const MOST_READ = 600_000;
const MOST_FAULTS = 20;
/** How far before the fault a bracket may have been left open. */
const LINES_BACK = 60;

/** `rest`: the first fault that no change mends; null where none is left but those of keys, which others tell. */
export function mend(
  text: string,
  tries = true,
): { faults: Mending[]; text: string; rest: YamlFault | null } {
  const faults: Mending[] = [];
  const budget = { left: MOST_READ };
  let mended = text;
  for (;;) {
    const { doc, lines: counter } = compose(mended);
    const [first] = doc === null ? [] : faultsIn(doc);
    if (first === undefined) return { faults, text: mended, rest: null };
    const lines = mended.split('\n');
    const at = counter.linePos(first.offset).line - 1;
    const found = tries && faults.length < MOST_FAULTS ? search(lines, at, mended, first, budget) : null;
    if (found === null) return { faults, text: mended, rest: isRead(first) ? null : first };
    faults.push(found);
    lines[found.line] = found.mended;
    mended = lines.join('\n');
  }
}

/** Read by the library, though nobody means it so. */
const isRead = ({ code }: YamlFault): boolean => code === 'odd-key' || code === 'cut-text';

interface Budget {
  left: number;
}

/** One after which nothing is wrong around it; else one after which what is wrong stands further down. */
function search(
  lines: readonly string[],
  at: number,
  text: string,
  fault: YamlFault,
  budget: Budget,
): Mending | null {
  let better: Mending | null = null;
  const known = new Map<number, FoundFault | null>();
  for (const candidate of candidatesFor(lines, at, text, fault)) {
    const { line, mended } = candidate;
    const [start, end] = sectionAround(lines, line);
    const section = lines.slice(start, end);
    const before = known.has(start) ? known.get(start) : firstFault(section.join('\n'), budget);
    known.set(start, before ?? null);
    if (!before) continue;
    const after = firstFault(section.with(line - start, mended).join('\n'), budget);
    if (budget.left < 0) break;
    if (after === null) return candidate;
    if (after.line > before.line || (after.isRead && !before.isRead)) better ??= candidate;
  }
  return better;
}

function* candidatesFor(
  lines: readonly string[],
  at: number,
  text: string,
  fault: YamlFault,
): Iterable<Mending> {
  const near = (isRead(fault) ? [at] : [at, at + 1, at - 1]).filter((line) => line in lines);
  for (const line of near) yield* wideSigns(placeIn(lines, line));
  for (let line = at - 2; line >= Math.max(0, at - LINES_BACK); line--)
    if (WIDE_START.test(lines[line] ?? '')) {
      const place = placeIn(lines, line);
      yield* [...wideIndents(place), ...wideSigns(place)];
    }
  if (!isRead(fault)) yield* openedBefore(lines, at, text, fault.offset);
  for (const mender of MENDERS) for (const line of near) yield* mender(placeIn(lines, line));
  // Mostly the line before: what follows it does not stand as it does.
  for (const line of near.toSorted((a, b) => a - b)) yield* unevenIndents(placeIn(lines, line));
}

/** Quotes and brackets that were opened before the fault, the nearest first. */
function* openedBefore(
  lines: readonly string[],
  at: number,
  text: string,
  offset: number,
): Iterable<Mending> {
  for (const { line, index } of openQuotes(text, offset)) yield* missingQuote(placeIn(lines, line), index);
  for (let line = at; line >= Math.max(0, at - LINES_BACK); line--)
    yield* missingBracket(placeIn(lines, line));
}

/** Which are not in the text. */
const SIGNS_OF_LEXER = ['\u0002', '\u0018', '\u001F'];

/** Where texts in quotes begin that do not end on their line. */
export function openQuotes(text: string, until: number): { line: number; index: number }[] {
  const found: { line: number; index: number }[] = [];
  let [offset, line, lineStart] = [0, 0, 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (offset > until) break;
    if (SIGNS_OF_LEXER.includes(lexeme)) continue;
    if (/^["']/.test(lexeme) && (lexeme.includes('\n') || !/^(["'])[\s\S]*\1$/.test(lexeme)))
      found.unshift({ line, index: offset - lineStart });
    for (const match of lexeme.matchAll(/\n/g)) [line, lineStart] = [line + 1, offset + match.index + 1];
    offset += lexeme.length;
  }
  return found;
}

/** Before YAML notices, other lines may be read as a part of what such a line begins. */
const WIDE_START = /^[ \t]*[\t\u3000\u00A0＃]/;

/** A key at the left edge, or an item of an outer list. */
const STARTS = /^(?:["']?[A-Za-z][\w.-]*["']?[ \u3000]*[:：]| {0,2}- )/;

/** From the line where the part of the file begins to the one before the next part. */
function sectionAround(lines: readonly string[], line: number): [start: number, end: number] {
  let start = line;
  while (start > 0 && !STARTS.test(lines[start] ?? '')) start -= 1;
  let end = line + 1;
  while (end < lines.length && !STARTS.test(lines[end] ?? '')) end += 1;
  return [start, end];
}

interface FoundFault {
  line: number;
  isRead: boolean;
}

/** A part of a file is keys with values, or a list; a mere text is a key without its colon. */
function firstFault(text: string, budget: Budget): FoundFault | null {
  budget.left -= text.length;
  if (budget.left < 0) return null;
  const { doc, deep, lines } = compose(text);
  if (deep !== null) return { line: 0, isRead: false };
  if (doc === null) return null;
  const [first] = faultsIn(doc);
  if (first !== undefined) return { line: lines.linePos(first.offset).line, isRead: isRead(first) };
  return isScalar(doc.contents) ? { line: 1, isRead: false } : null;
}
