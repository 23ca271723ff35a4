/** The whole example of the guide, with the notice that follows. */
import { test } from 'vitest';
import { EXAMPLE, workThrough } from './guide/example.ts';

test(`${EXAMPLE}: to the answer by the notice that follows`, () => workThrough());
