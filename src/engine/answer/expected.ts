/** What cases usually expect of a field. */
import { z } from 'zod';
import { asSet, exactly } from './comparisons.ts';
import type { Expected } from './field.ts';

export const text = z.string().min(1);
export const idList = z.array(text);

export const sortedIds = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort();

/** The ids of what is listed, whatever their order. */
export const expectedIds = {
  ...{ schema: idList, read: sortedIds, comparison: asSet, described: 'always' },
} as const satisfies Expected<readonly { id: string }[]>;

/** One word, or the id of one. */
export function expectedWord<Value>(schema: z.ZodType, read: (value: Value) => unknown): Expected<Value> {
  return { schema, read, comparison: exactly, described: 'always' };
}
