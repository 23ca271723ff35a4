/** CSV that Excel opens as it is: UTF-8 with a BOM, CRLF. */

export const BOM = '\ufeff';
export const END_OF_LINE = '\r\n';

const SPECIAL = /[",\r\n]/;

export const csvCell = (text: string): string =>
  SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const csvRow = (cells: readonly string[]): string => cells.map(csvCell).join() + END_OF_LINE;

/** A cell that came from the input: a spreadsheet must not take it for a formula. */
export const inputCell = (text: string): string =>
  PLAIN.test(text) ? text : csvCell(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const PLAIN = /^[0-9A-Za-z][\w-]*$/;
