import type { HttpProblem } from '../problems.ts';

/** What the log takes for a key. */
const LONGEST = 255;
const VISIBLE = /^[\x21-\x7e]+$/;

/** A problem where there is a key that cannot be one. */
export function refuseKey(key: string | undefined, longest: number = LONGEST): HttpProblem | null {
  if (key === undefined || (VISIBLE.test(key) && key.length <= longest)) return null;
  return {
    name: 'invalid-idempotency-key',
    detail: `Idempotency-Key must be 1 to ${longest} visible ASCII characters, without spaces.`,
  };
}
