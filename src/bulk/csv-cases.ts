import { type CaseFacts, type FactReader, factReader, toCaseFacts } from '../engine/facts/read-facts.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import type { Vocabulary } from '../rulebook/vocabulary.ts';
import { type CaseReader, GOOD } from './case-reader.ts';
import type { Chunk } from './chunks.ts';
import type { Column } from './columns.ts';
import {
  AsOfColumn,
  type CellOptions,
  type ColumnReader,
  FactColumn,
  ignored,
  ReferenceColumn,
  type Row,
} from './csv-columns.ts';
import { CsvRecords, type RecordFault } from './csv-records.ts';
import { badQuotes, type LineProblem, type LineProblems, lineProblem, tooLong } from './line-problem.ts';

export interface CsvOptions extends CellOptions {
  columns: readonly Column[];
  /** For cases that name no instant; epoch milliseconds. */
  asOf: number;
  recordBytes: number;
  /** Whether everything but the reference is passed over. */
  referencesOnly?: boolean;
}

/** Rows go straight into the slots of a case, without an object for each. */
export class CsvCases implements CaseReader {
  line = 0;
  blank = 0;
  problems: LineProblems = GOOD;
  readonly facts: CaseFacts;

  private readonly reader: FactReader;
  private readonly recordBytes: number;
  private readonly row: Row;
  private readonly columns: readonly ColumnReader[];
  private readonly mostCells: number | undefined;
  private records = new CsvRecords(Buffer.alloc(0), 1, 0);

  constructor(vocabulary: Vocabulary, options: CsvOptions) {
    this.reader = factReader(vocabulary);
    this.recordBytes = options.recordBytes;
    const slots = this.reader.absent.slice();
    slots[0] = options.asOf;
    this.row = {
      slots,
      assumedBits: this.reader.absentBits.slice(),
      reference: null,
      problems: new BoundedList(),
    };
    this.facts = toCaseFacts(this.reader, this.row.slots, this.row.assumedBits);
    this.columns = columnsOf(options).map((column) => columnReader(column, this.reader, options));
    this.mostCells = options.referencesOnly ? this.columns.length : undefined;
  }

  get reference(): string | null {
    return this.row.reference;
  }

  begin({ bytes, line }: Chunk): void {
    this.records = new CsvRecords(bytes, line, this.recordBytes, this.mostCells);
    this.blank = 0;
  }

  next(): boolean {
    const { records, columns, row } = this;
    while (records.next()) {
      const { cells, fault } = records;
      this.line = records.line;
      row.reference = null;
      if (fault !== null) return this.broken(fault);
      if (row.problems.listed.length > 0) row.problems = new BoundedList();
      let isBlank = true;
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] ?? '';
        if (cell === '') columns[i]?.leaveOut(row);
        else {
          isBlank = false;
          columns[i]?.take(cell, row);
        }
      }
      if (isBlank) {
        this.blank += 1;
        continue;
      }
      this.problems =
        cells.length === columns.length ? row.problems : only(wrongCount(cells.length, columns.length));
      return true;
    }
    return false;
  }

  keptFacts(): CaseFacts {
    return toCaseFacts(this.reader, this.row.slots.slice(), this.row.assumedBits.slice());
  }

  factsText(): string {
    const groups = new Map<string, string[]>();
    for (const column of this.columns) {
      const json = column instanceof FactColumn ? column.lastJson() : undefined;
      if (json === undefined || !(column instanceof FactColumn)) continue;
      const [group = '', member] = column.name.split('.');
      const members = groups.get(group) ?? [];
      members.push(`${JSON.stringify(member)}:${JSON.stringify(json)}`);
      groups.set(group, members);
    }
    return `{${[...groups].map(([group, members]) => `${JSON.stringify(group)}:{${members.join()}}`).join()}}`;
  }

  private broken(fault: RecordFault): true {
    this.problems = only(fault === 'bad-quotes' ? badQuotes : tooLong(this.recordBytes));
    return true;
  }
}

/** Of which the reference is the last, where nothing else is read. */
function columnsOf({ columns, referencesOnly = false }: CsvOptions): readonly Column[] {
  if (!referencesOnly) return columns;
  const reference = columns.findIndex(({ kind }) => kind === 'reference');
  return columns
    .slice(0, reference + 1)
    .map((column) => (column.kind === 'reference' ? column : { kind: 'ignored' }));
}

function columnReader(column: Column, reader: FactReader, options: CsvOptions): ColumnReader {
  switch (column.kind) {
    case 'ignored':
      return ignored;
    case 'reference':
      return new ReferenceColumn(options);
    case 'asOf':
      return new AsOfColumn(options.asOf, options);
    case 'fact': {
      const [group = '', member = ''] = column.fact.split('.');
      const fact = reader.groups.get(group)?.get(member);
      if (!fact) throw new Error(`no fact ${column.fact}`);
      return new FactColumn(column.fact, fact, reader, options);
    }
  }
}

const only = (problem: LineProblem): LineProblems => ({ listed: [problem], more: 0 });

const wrongCount = (count: number, wanted: number): LineProblem =>
  lineProblem(
    'cell-count',
    `${count} cells where the header has ${wanted}`,
    `見出しは ${wanted} 列ですが、この行は ${count} 列です`,
  );
