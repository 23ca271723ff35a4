/** Lines of a notice as a rule file writes them: 29, 42-44, or several of these. */

/** One of the parts between commas. */
export const LINE_RANGE = /^(\d+)(?:[-~](\d+))?$/;

export const lineParts = (written: string): string[] =>
  written.split(/[,、]/).map((part) => part.trim().replace(/[～〜]/, '~'));

/** What can be read, whatever lines they are. */
export const LINES = /^ *\d+(?:[-~～〜]\d+)? *(?:[,、] *\d+(?:[-~～〜]\d+)? *)*$/;
