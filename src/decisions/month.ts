const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** The month of an instant in Japan (JST), as 2030-01: by these the log is partitioned and archived. */
export const monthOf = (instant: Date): string =>
  new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, 7);
