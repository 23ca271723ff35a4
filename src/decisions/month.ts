const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Its first instant and the first instant after it; null where the text is no month. */
export function monthBounds(month: string): { from: Date; until: Date } | null {
  if (!MONTH.test(month)) return null;
  const [year = 0, number = 0] = month.split('-').map(Number);
  const first = (index: number): Date => new Date(Date.UTC(year, index) - JST_OFFSET_MS);
  return { from: first(number - 1), until: first(number) };
}

/** The month of an instant in Japan (JST), as 2030-01: by these the log is partitioned and archived. */
export const monthOf = (instant: Date): string =>
  new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, 7);
