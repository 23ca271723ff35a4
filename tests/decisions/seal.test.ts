import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowHash } from '../../src/decisions/seal.ts';

const text = fc.string({ unit: 'binary' });
const day = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
const row = fc.record({
  ...{ id: text, prefecture: text, incident: text, version: text, outcome: text, engineVersion: text },
  ...{ reference: fc.option(text), categories: fc.array(text), asOf: day, decidedAt: day },
  ...{ chain: text, seq: fc.maxSafeNat(), factsHash: text, answerHash: text, previous: text },
});

// A member out of its order, left out or written otherwise: every log ever written would be called altered.
test('a row is hashed as the canonical JSON of RFC 8785 of its columns', () => {
  fc.assert(
    fc.property(row, (one) => {
      const content = canonicalize({
        ...one,
        asOf: one.asOf.toISOString(),
        decidedAt: one.decidedAt.toISOString(),
      });
      expect(rowHash(one)).toBe(
        createHash('sha256')
          .update(content ?? '')
          .digest('hex'),
      );
    }),
  );
});
