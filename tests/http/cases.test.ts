import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Service } from '../../src/service/service.ts';
import { freshPlace, kinds } from '../support/stores.ts';
import { caseFiles, compared, summary } from './case-files.ts';
import { post, startOn } from './harness.ts';

test('there are cases', () => {
  expect(caseFiles.filter(({ name }) => name.startsWith('rules/')).length).toBeGreaterThan(0);
  for (const { cases } of caseFiles) expect(cases.length).toBeGreaterThan(0);
});

describe.each(kinds)('every case holds over HTTP (%s)', (kind) => {
  let service: Service;
  beforeAll(async () => {
    ({ service } = await startOn(await freshPlace(kind)));
  });
  afterAll(() => service?.close());

  describe.each(caseFiles)('$name', ({ prefecture, incident, cases }) => {
    test.each(cases)('$id', async ({ asOf, facts, expect: expected }) => {
      const response = await fetch(`${service.url}/evaluate`, post({ prefecture, incident, asOf, facts }));
      const answer = await response.json();
      expect([response.status, answer]).toMatchObject([200, { asOf: expect.any(String) }]);
      const { wanted, got } = compared(expected, summary(answer));
      expect(got).toEqual(wanted);
    });
  });
});
