/** What each column of a CSV file puts into a case. What a cell means is remembered by its text. */
import { TextDecoder } from 'node:util';
import { type FactProblem, type FactReader, type KnownFact, readValue } from '../engine/facts/read-facts.ts';
import { UNKNOWN, type Value } from '../engine/facts/values.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import { readInstant } from '../rulebook/calendar.ts';
import { GOOD, isReference, only } from './case-reader.ts';
import { cellValue, instantText } from './cell-value.ts';
import type { LineProblem, LineProblems } from './line-problem.ts';
import { badAsOf, badReference, nameless, notText, ofFact } from './line-problem.ts';

export interface CellOptions {
  /** A label of TextDecoder. */
  encoding: string;
  /** Of datetimes without an offset; null where they are not taken. */
  timeZone: string | null;
}

/** The case that is being read. */
export interface Row {
  slots: Value[];
  assumedBits: number[];
  reference: string | null;
  problems: BoundedList<LineProblem>;
}

export interface ColumnReader {
  /** `cell` in Latin-1; empty where nothing is written. */
  take(cell: string, row: Row): void;
  /** What the cell read last says, as the API takes it; undefined where it says nothing. */
  lastJson?(): unknown;
}

interface Meaning {
  /** null: the cell says nothing. */
  value: Value | null;
  json: unknown;
  problems: LineProblems;
}

const NOTHING: Meaning = { value: null, json: undefined, problems: GOOD };
const wrong = (problems: LineProblems): Meaning => ({ ...NOTHING, problems });

/** Visible ASCII is the same in all encodings that are read. */
const VISIBLE = /^[ -~]*$/;

/** From Latin-1, a character a byte, to text; null where it is none. */
export function cellDecoder(encoding: string): (cell: string) => string | null {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (cell) => {
    if (VISIBLE.test(cell)) return cell;
    try {
      return decoder.decode(Buffer.from(cell, 'latin1'));
    } catch {
      return null;
    }
  };
}

/** The longest cell that is remembered, and how many of a column are; then all are forgotten and learnt again. */
const LONGEST = 256;
const KEPT = 4096;

/** `read` is given texts that are neither empty nor have spaces around them, each once. */
function remembering({ encoding }: CellOptions, pointer: string, read: (text: string) => Meaning) {
  const memory = new Map<string, Meaning>();
  const decode = cellDecoder(encoding);
  return (cell: string): Meaning => {
    const known = memory.get(cell);
    if (known !== undefined) return known;
    // `cell` itself holds on to the text of its whole chunk.
    const copy = Buffer.from(cell, 'latin1').toString('latin1');
    const text = decode(copy)?.trim();
    let meaning = NOTHING;
    if (text === undefined) meaning = wrong(only(notText(encoding, pointer)));
    else if (text !== '') meaning = read(text);
    if (memory.size === KEPT) memory.clear();
    if (copy.length <= LONGEST) memory.set(copy, meaning);
    return meaning;
  };
}

interface Slot {
  slot: number;
  /** What stands in it where the cell says nothing, and its bit among those of assumed facts. */
  absent: Value;
  absentBit: number;
  meaningOf(cell: string): Meaning;
}

function slotColumn({ slot, absent, absentBit, meaningOf }: Slot): ColumnReader {
  const [word, bit] = [slot >> 5, 1 << (slot & 31)];
  let [lastCell, last] = ['', NOTHING];
  return {
    take(cell, row) {
      // Lines repeat each other: what stands in the slot is often what belongs there.
      if (cell === lastCell && last.problems === GOOD) return;
      const meaning = cell === '' ? NOTHING : meaningOf(cell);
      if (meaning.problems.listed.length > 0) row.problems.addAll(meaning.problems);
      [lastCell, last] = [cell, meaning];
      row.slots[slot] = meaning.value ?? absent;
      const others = (row.assumedBits[word] ?? 0) & ~bit;
      const isUnclear = meaning.value === UNKNOWN;
      row.assumedBits[word] = others | (meaning.value === null ? absentBit : isUnclear ? bit : 0);
    },
    lastJson: () => last.json,
  };
}

/** A whole number in digits alone: seldom seen before, and read as quickly as found again. */
const COUNT = /^\d{1,15}$/;

export function factColumn(
  name: string,
  fact: KnownFact,
  { absent, absentBits }: FactReader,
  options: CellOptions,
): ColumnReader {
  const { slot, definition } = fact;
  const recall = remembering(options, `/facts/${name.replace('.', '/')}`, (text) => {
    const json = cellValue(definition, text, options.timeZone);
    const problems = new BoundedList<FactProblem>();
    const value = readValue(fact, json, problems);
    if (value !== null) return { value, json, problems: GOOD };
    return wrong({ listed: problems.listed.map(ofFact), more: problems.more });
  });
  const readCount = (cell: string): Meaning => {
    if (!COUNT.test(cell)) return recall(cell);
    const value = Number(cell);
    return { value, json: value, problems: GOOD };
  };
  return slotColumn({
    slot,
    absent: absent[slot] ?? UNKNOWN,
    absentBit: (absentBits[slot >> 5] ?? 0) & (1 << (slot & 31)),
    meaningOf: definition.type === 'integer' ? readCount : recall,
  });
}

/** `byDefault`: epoch milliseconds, for cells that say nothing. */
export function asOfColumn(byDefault: number, options: CellOptions): ColumnReader {
  const meaning = (json: string): Meaning | null => {
    const value = readInstant(json);
    return value === null ? null : { value, json, problems: GOOD };
  };
  const recall = remembering(
    options,
    '/asOf',
    (text) => meaning(instantText(text, options.timeZone)) ?? wrong(only(badAsOf)),
  );
  // Each line has another, so that remembering does not help.
  return slotColumn({ slot: 0, absent: byDefault, absentBit: 0, meaningOf: (c) => meaning(c) ?? recall(c) });
}

export function referenceColumn({ encoding }: CellOptions): ColumnReader {
  const decode = cellDecoder(encoding);
  return {
    take(cell, row) {
      if (cell === '') return;
      const text = decode(cell);
      if (text === null) row.problems.add(() => notText(encoding, '/reference'));
      else if (isReference(text)) row.reference = text;
      else row.problems.add(() => badReference);
    },
  };
}

/** Whether nothing is written in a cell; in Latin-1. */
export function blankCell({ encoding }: Pick<CellOptions, 'encoding'>): (cell: string) => boolean {
  const decode = cellDecoder(encoding);
  return (cell) => cell === '' || decode(cell)?.trim() === '';
}

/** `column`, from 1, has no heading, so that nobody can say what a cell of it means. */
export function namelessColumn(column: number, options: CellOptions): ColumnReader {
  const isBlank = blankCell(options);
  return {
    take(cell, row) {
      if (!isBlank(cell)) row.problems.add(() => nameless(column));
    },
  };
}
