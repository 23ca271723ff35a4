/**
 * What a check came to. `broken`: something is not as it was written. `not-checked`: nothing of what could be checked is wrong, but
 * not everything could be.
 */
export type Verdict = 'sound' | 'not-checked' | 'broken';
