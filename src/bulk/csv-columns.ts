/** What each column of a CSV file puts into a case. What a cell means is remembered by its text. */
import { TextDecoder } from 'node:util';
import { type FactProblem, type FactReader, type KnownFact, readValue } from '../engine/facts/read-facts.ts';
import { UNKNOWN, type Value } from '../engine/facts/values.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import { isReference, readAsOf } from './case-fields.ts';
import { GOOD } from './case-reader.ts';
import { cellValue, instantText } from './cell-value.ts';
import {
  badAsOf,
  badReference,
  type LineProblem,
  type LineProblems,
  notText,
  ofFact,
} from './line-problem.ts';

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
  /** `cell` in Latin-1, not empty. */
  take(cell: string, row: Row): void;
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

/** The longest cell that is remembered, and how many of a column are; then all are forgotten and learnt again. */
const LONGEST = 256;
const KEPT = 4096;

/** Cells that are read by their text, each text once. */
abstract class Remembering implements ColumnReader {
  private readonly memory = new Map<string, Meaning>();
  private readonly decoder: TextDecoder;
  protected readonly options: CellOptions;
  private readonly pointer: string;

  constructor(options: CellOptions, pointer: string) {
    this.decoder = new TextDecoder(options.encoding, { fatal: true, ignoreBOM: true });
    this.options = options;
    this.pointer = pointer;
  }

  abstract take(cell: string, row: Row): void;
  abstract leaveOut(row: Row): void;
  /** `text` is neither empty nor has it spaces around it. */
  protected abstract read(text: string): Meaning;

  protected meaningOf(cell: string): Meaning {
    const known = this.memory.get(cell);
    if (known !== undefined) return known;
    const bytes = Buffer.from(cell, 'latin1');
    const meaning = this.decode(bytes);
    if (this.memory.size === KEPT) this.memory.clear();
    // A copy: `cell` itself holds on to the text of its whole chunk.
    if (bytes.length <= LONGEST) this.memory.set(bytes.toString('latin1'), meaning);
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

/** A whole number in digits alone: seldom seen before, and read as quickly as found again. */
const COUNT = /^\d{1,15}$/;
const countOf = (cell: string): Meaning => ({ value: Number(cell), json: Number(cell), problems: GOOD });

export class FactColumn extends Remembering {
  readonly name: string;
  private readonly fact: KnownFact;
  private readonly isCount: boolean;
  private readonly absent: Value;
  private readonly slot: number;
  private readonly word: number;
  private readonly bit: number;
  private readonly absentBit: number;
  /** Of the cell read last. */
  private meaning: Meaning = NOTHING;

  constructor(name: string, fact: KnownFact, reader: FactReader, options: CellOptions) {
    super(options, `/facts/${name.replace('.', '/')}`);
    this.name = name;
    this.fact = fact;
    this.isCount = fact.definition.type === 'integer';
    this.absent = reader.absent[fact.slot] ?? UNKNOWN;
    this.slot = fact.slot;
    this.word = fact.slot >> 5;
    this.bit = 1 << (fact.slot & 31);
    this.absentBit = (reader.absentBits[this.word] ?? 0) & this.bit;
  }

  take(cell: string, row: Row): void {
    const meaning = this.isCount && COUNT.test(cell) ? countOf(cell) : this.meaningOf(cell);
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
    return this.meaning.json;
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

  take(cell: string, row: Row): void {
    // Each line has another, so that remembering does not help.
    const instant = readAsOf(cell);
    if (instant !== null) {
      row.slots[0] = instant;
      return;
    }
    const { value, problems } = this.meaningOf(cell);
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

/** Visible ASCII is the same in all encodings that are read. */
const VISIBLE = /^[ -~]*$/;

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

  take(cell: string, row: Row): void {
    try {
      const text = VISIBLE.test(cell) ? cell : this.decoder.decode(Buffer.from(cell, 'latin1'));
      if (isReference(text)) row.reference = text;
      else row.problems.add(() => badReference);
    } catch {
      row.problems.add(() => notText(this.encoding, '/reference'));
    }
  }
}
