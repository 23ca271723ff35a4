/** What each column of a CSV file puts into a case. What a cell means is remembered by its bytes. */
import { TextDecoder } from 'node:util';
import { type FactProblem, type FactReader, type KnownFact, readValue } from '../engine/facts/read-facts.ts';
import { UNKNOWN, type Value } from '../engine/facts/values.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import { isReference, REFERENCE_LIMIT, readAsOf } from './case-fields.ts';
import { GOOD } from './case-reader.ts';
import { CellMemory } from './cell-memory.ts';
import { cellValue, instantText } from './cell-value.ts';
import type { Cells } from './cells.ts';
import {
  badAsOf,
  badReference,
  type LineProblem,
  type LineProblems,
  notText,
  ofFact,
} from './line-problem.ts';
import { quickInstant } from './quick-instant.ts';

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
  take(cells: Cells, row: Row): void;
  /** For a cell in which nothing is written. */
  leaveOut(row: Row): void;
}

export const ignored: ColumnReader = { take() {}, leaveOut() {} };

interface Meaning {
  /** null: the cell says nothing. */
  value: Value | null;
  json: unknown;
  problems: LineProblems;
}

const NOTHING: Meaning = { value: null, json: undefined, problems: GOOD };
const wrong = (problem: LineProblem): Meaning => ({ ...NOTHING, problems: { listed: [problem], more: 0 } });

/** Cells that are read by their text, each text once. */
abstract class Remembering implements ColumnReader {
  private readonly memory = new CellMemory<Meaning>();
  private readonly decoder: TextDecoder;
  protected readonly options: CellOptions;
  private readonly pointer: string;

  constructor(options: CellOptions, pointer: string) {
    this.decoder = new TextDecoder(options.encoding, { fatal: true, ignoreBOM: true });
    this.options = options;
    this.pointer = pointer;
  }

  abstract take(cells: Cells, row: Row): void;
  abstract leaveOut(row: Row): void;
  /** `text` is neither empty nor has it spaces around it. */
  protected abstract read(text: string): Meaning;

  protected meaningOf({ source, start, end, hash }: Cells): Meaning {
    const known = this.memory.find(source, start, end, hash);
    if (known !== undefined) return known;
    const meaning = this.decode(source.subarray(start, end));
    this.memory.add(source, start, end, hash, meaning);
    return meaning;
  }

  private decode(bytes: Uint8Array): Meaning {
    let text: string;
    try {
      text = this.decoder.decode(bytes).trim();
    } catch {
      return wrong(notText(this.options.encoding, this.pointer));
    }
    return text === '' ? NOTHING : this.read(text);
  }
}

/** What can be told from the bytes alone; NaN where it cannot. */
type Quick = (source: Uint8Array, start: number, end: number) => number;
const neverQuick: Quick = () => Number.NaN;

export class FactColumn extends Remembering {
  readonly name: string;
  private readonly fact: KnownFact;
  private readonly quick: Quick;
  private readonly absent: Value;
  private readonly slot: number;
  private readonly word: number;
  private readonly bit: number;
  private readonly absentBit: number;
  /** Of the cell read last; null where it was told from its bytes. */
  private meaning: Meaning | null = NOTHING;
  private source: Buffer = Buffer.alloc(0);
  private start = 0;
  private end = 0;

  constructor(name: string, fact: KnownFact, reader: FactReader, options: CellOptions) {
    super(options, `/facts/${name.replace('.', '/')}`);
    this.name = name;
    this.fact = fact;
    const { type } = fact.definition;
    this.quick = type === 'integer' ? quickCount : type === 'instant' ? quickInstant : neverQuick;
    this.absent = reader.absent[fact.slot] ?? UNKNOWN;
    this.slot = fact.slot;
    this.word = fact.slot >> 5;
    this.bit = 1 << (fact.slot & 31);
    this.absentBit = (reader.absentBits[this.word] ?? 0) & this.bit;
  }

  take(cells: Cells, row: Row): void {
    const { source, start, end } = cells;
    if (start === end) {
      this.leaveOut(row);
      return;
    }
    const value = this.quick(source, start, end);
    if (value >= 0 || value < 0) {
      if (this.meaning !== null) this.isGiven(row, true);
      this.meaning = null;
      this.source = source;
      this.start = start;
      this.end = end;
      row.slots[this.slot] = value;
      return;
    }
    const meaning = this.meaningOf(cells);
    if (meaning.problems.listed.length > 0) row.problems.addAll(meaning.problems);
    // Lines repeat each other: what stands in the slot is often what belongs there.
    if (meaning === this.meaning) return;
    this.meaning = meaning;
    row.slots[this.slot] = meaning.value ?? this.absent;
    this.isGiven(row, meaning.value !== null);
  }

  leaveOut(row: Row): void {
    if (this.meaning === NOTHING) return;
    this.meaning = NOTHING;
    row.slots[this.slot] = this.absent;
    this.isGiven(row, false);
  }

  private isGiven({ assumedBits }: Row, isGiven: boolean): void {
    const others = (assumedBits[this.word] ?? 0) & ~this.bit;
    assumedBits[this.word] = isGiven ? others : others | this.absentBit;
  }

  /** What the cell read last says, as the API takes it; undefined where it says nothing. */
  lastJson(): unknown {
    if (this.meaning) return this.meaning.json;
    const text = this.source.toString('latin1', this.start, this.end);
    return this.fact.definition.type === 'integer' ? Number(text) : text;
  }

  protected read(text: string): Meaning {
    const json = cellValue(this.fact.definition, text, this.options.timeZone);
    const problems = new BoundedList<FactProblem>();
    const value = readValue(this.fact, json, problems);
    if (value !== null) return { value, json, problems: GOOD };
    return { ...NOTHING, problems: { listed: problems.listed.map(ofFact), more: problems.more } };
  }
}

export class AsOfColumn extends Remembering {
  private readonly byDefault: number;

  /** `byDefault`: epoch milliseconds, for cells that say nothing. */
  constructor(byDefault: number, options: CellOptions) {
    super(options, '/asOf');
    this.byDefault = byDefault;
  }

  take(cells: Cells, row: Row): void {
    const instant = quickInstant(cells.source, cells.start, cells.end);
    if (instant >= 0) {
      row.slots[0] = instant;
      return;
    }
    if (cells.end === cells.start) {
      this.leaveOut(row);
      return;
    }
    const { value, problems } = this.meaningOf(cells);
    row.slots[0] = value ?? this.byDefault;
    if (problems.listed.length > 0) row.problems.addAll(problems);
  }

  leaveOut(row: Row): void {
    row.slots[0] = this.byDefault;
  }

  protected read(text: string): Meaning {
    const json = instantText(text, this.options.timeZone);
    const value = readAsOf(json);
    return value === null ? wrong(badAsOf) : { value, json, problems: GOOD };
  }
}

export class ReferenceColumn implements ColumnReader {
  private readonly decoder: TextDecoder;
  private readonly encoding: string;

  constructor({ encoding }: CellOptions) {
    this.decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    this.encoding = encoding;
  }

  leaveOut(row: Row): void {
    row.reference = null;
  }

  take({ source, start, end }: Cells, row: Row): void {
    if (end === start) return;
    if (end - start <= REFERENCE_LIMIT && isVisible(source, start, end)) {
      row.reference = source.toString('latin1', start, end);
      return;
    }
    try {
      const text = this.decoder.decode(source.subarray(start, end));
      if (isReference(text)) row.reference = text;
      else row.problems.add(() => badReference);
    } catch {
      row.problems.add(() => notText(this.encoding, '/reference'));
    }
  }
}

/** Visible ASCII is the same in all encodings that are read. */
function isVisible(source: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = source[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}

/** A whole number written in digits alone. */
function quickCount(source: Uint8Array, start: number, end: number): number {
  if (end - start > 15) return Number.NaN;
  let number = 0;
  for (let i = start; i < end; i++) {
    const digit = (source[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

const ZERO = 0x30;
