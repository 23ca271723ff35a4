import { type FactReader, factReader, toCaseFacts } from '../engine/facts/read-facts.ts';
import { AS_OF } from '../rulebook/basics.ts';
import { BoundedList } from '../rulebook/bounded-list.ts';
import type { Vocabulary } from '../rulebook/vocabulary.ts';
import { type CaseReader, only, type ReadOptions } from './case-reader.ts';
import { type Column, NAMELESS, REFERENCE } from './columns.ts';
import type { CellOptions, ColumnReader, Row } from './csv-columns.ts';
import { asOfColumn, blankCell, factColumn, namelessColumn, referenceColumn } from './csv-columns.ts';
import { csvRecords } from './csv-records.ts';
import { badQuotes, type LineProblem, type LineProblems, lineProblem, tooLong } from './line-problem.ts';

interface CsvOptions extends CellOptions, ReadOptions {
  columns: readonly Column[];
}

/** Rows go straight into the slots of a case, without an object for each. */
export function csvCases(vocabulary: Vocabulary, options: CsvOptions): CaseReader {
  const { recordBytes, referencesOnly } = options;
  const reader = factReader(vocabulary);
  const slots = reader.absent.slice();
  slots[0] = options.asOf;
  const assumedBits = reader.absentBits.slice();
  const row: Row = { slots, assumedBits, reference: null, problems: new BoundedList() };
  const facts = toCaseFacts(reader, slots, assumedBits);
  const isBlank = blankCell(options);
  const columns = columnsOf(options).map((column, i) => columnReader(column, i, reader, options));

  function factsText(): string {
    const groups: Record<string, Record<string, unknown>> = {};
    for (const [i, column] of options.columns.entries()) {
      const [group = '', member] = column?.split('.') ?? [];
      const json = columns[i]?.lastJson?.();
      // Only the names of facts have a dot.
      if (member !== undefined && json !== undefined) groups[group] = { ...groups[group], [member]: json };
    }
    return JSON.stringify(groups);
  }

  function take(cells: readonly string[]): LineProblems {
    if (row.problems.listed.length > 0) row.problems = new BoundedList();
    // Excel leaves out the last cells of a row where they are empty.
    for (let i = 0; i < columns.length; i++) columns[i]?.take(cells[i] ?? '', row);
    const isOver = cells.length > columns.length && !cells.slice(columns.length).every(isBlank);
    // A single cell is a total, a remark or the end of a file that was cut off, and no case.
    const isLone = cells.length === 1 && columns.length > 2 && !referencesOnly;
    return isOver || isLone ? only(wrongCount(cells.length, columns.length)) : row.problems;
  }

  return {
    *read({ bytes, line: from }) {
      const mostCells = referencesOnly ? columns.length : undefined;
      for (const { line, cells, fault } of csvRecords(bytes, from, recordBytes, mostCells)) {
        row.reference = null;
        let problems: LineProblems;
        if (fault !== null) problems = only(fault === 'bad-quotes' ? badQuotes : tooLong(recordBytes));
        else problems = take(cells);
        const isEmpty = fault === null && cells.every((cell) => cell === '');
        yield isEmpty ? null : { line, reference: row.reference, problems, facts, factsText };
      }
    },
  };
}

/** Of which the reference is the last, where nothing else is read. */
function columnsOf({ columns, referencesOnly }: CsvOptions): readonly Column[] {
  if (!referencesOnly) return columns;
  const reference = columns.indexOf(REFERENCE);
  return columns.slice(0, reference + 1).map((column) => (column === REFERENCE ? column : null));
}

function columnReader(column: Column, index: number, reader: FactReader, options: CsvOptions): ColumnReader {
  if (column === null) return { take() {} };
  if (column === NAMELESS) return namelessColumn(index + 1, options);
  if (column === REFERENCE) return referenceColumn(options);
  if (column === AS_OF) return asOfColumn(options.asOf, options);
  const [group = '', member = ''] = column.split('.');
  const fact = reader.groups.get(group)?.get(member);
  if (!fact) throw new Error(`no fact ${column}`);
  return factColumn(column, fact, reader, options);
}

const wrongCount = (count: number, wanted: number): LineProblem =>
  lineProblem(
    'cell-count',
    `${count} cells where the header has ${wanted}`,
    `見出しは ${wanted} 列ですが、この行は ${count} 列です`,
  );
