/** What the service answers is what its JSON Schema says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caseFiles } from './case-files.ts';
import { type OpenApp, openApp, sound } from './harness.ts';

let opened: OpenApp;
let schema: Record<string, unknown>;
beforeAll(async () => {
  opened = await openApp('postgres');
  const response = await opened.app.request('/schemas/answer');
  expect(response.headers.get('content-type')).toBe('application/schema+json');
  schema = z.record(z.string(), z.unknown()).parse(await response.json());
});
afterAll(() => opened?.close());

const validator = () => z.fromJSONSchema(z.record(z.string(), z.any()).parse(schema));

async function answerTo(body: object): Promise<Record<string, unknown>> {
  const response = await opened.app.request('/evaluate', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return z.record(z.string(), z.unknown()).parse(await response.json());
}

describe.each(caseFiles)('the answers to $name', ({ prefecture, incident, cases }) => {
  test('fit, whole and with every member named', async () => {
    const answer = validator();
    const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(schema);
    for (const { id, asOf, facts } of cases) {
      const said = await answerTo({ prefecture, incident, asOf, facts, explain: 'full' });
      expect(answer.safeParse(said).error, id).toBeUndefined();
      for (const member of Object.keys(said)) expect(Object.keys(properties), id).toContain(member);
    }
  });
});

test('it is open to further members, and to no other ones in place of those that are there', async () => {
  const said = await answerTo(sound);
  expect(validator().safeParse({ ...said, later: { added: true } }).success).toBe(true);
  expect(validator().safeParse({ ...said, amount: 5000 }).success).toBe(false);
  expect(validator().safeParse({ ...said, outcome: undefined }).success).toBe(false);
  expect(JSON.stringify(schema)).not.toContain('additionalProperties');
});

test('it is not sent again while it stands', async () => {
  const etag = (await opened.app.request('/schemas/answer')).headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  const again = await opened.app.request('/schemas/answer', { headers: { 'If-None-Match': etag } });
  expect(again.status).toBe(304);
});
