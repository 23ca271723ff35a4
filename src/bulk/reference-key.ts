/** As references are compared: full width or half, with spaces around it or not, it is the same. null where there is none. */
export const referenceKey = (reference: string | null): string | null =>
  reference?.normalize('NFKC').trim() || null;
