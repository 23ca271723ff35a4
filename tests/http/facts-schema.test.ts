import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { caseFiles } from './case-files.ts';
import { NOW, type OpenApp, openApp, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

async function schemaOf(prefecture: string, incident: string): Promise<z.core.JSONSchema.JSONSchema> {
  const response = await opened.app.request(`/rule-sets/${prefecture}/${incident}/facts`);
  return z.record(z.string(), z.any()).parse(await response.json());
}
const validatorOf = async (prefecture: string, incident: string) =>
  z.fromJSONSchema(await schemaOf(prefecture, incident));

describe.each(caseFiles)('the schema of $name', ({ prefecture, incident, cases }) => {
  test('takes the facts of every case', async () => {
    const schema = await validatorOf(prefecture, incident);
    const refused = cases.filter(({ facts }) => !schema.safeParse(facts).success).map(({ id }) => id);
    expect(refused).toEqual([]);
  });
});

const { voucher } = sound.facts;
test.each<[string, unknown, boolean]>([
  ['no facts', {}, true],
  ['no fact of a group', { voucher: {} }, true],
  ['an instant in UTC', { voucher: { originalExpiry: '2023-02-24T14:59:00Z' } }, true],
  ['a set', { claim: { applicationItems: ['name', 'email'] } }, true],
  ['the longest text', { claim: { urlSender: 'x'.repeat(1000) } }, true],
  ['a longer text', { claim: { urlSender: 'x'.repeat(1001) } }, false],
  ['a misspelt fact', { voucher: { medum: 'paper' } }, false],
  ['a misspelt group', { vouchr: voucher }, false],
  ['an unknown choice', { voucher: { medium: 'papr' } }, false],
  ['an unknown item', { claim: { applicationItems: ['nam'] } }, false],
  ['an instant without an offset', { voucher: { originalExpiry: '2023-02-24T23:59:00' } }, false],
  ['a day for an instant', { voucher: { originalExpiry: '2023-02-24' } }, false],
  ['text for a boolean', { programme: { used: 'true' } }, false],
  ['a negative sum', { voucher: { balanceNowYen: -1 } }, false],
  ['half a yen', { voucher: { balanceNowYen: 0.5 } }, false],
  ['a pattern not met', { programme: { destinationPrefecture: '48' } }, false],
  ['null', { voucher: { medium: null } }, false],
])('%s: the schema and the service agree', async (_, facts, isFit) => {
  const schema = await validatorOf('yamaguchi', '2023-02-24');
  expect(schema.safeParse(facts).success).toBe(isFit);
  const vocabulary = opened.registry.find('yamaguchi', '2023-02-24')?.ruleSet.vocabulary;
  expect(vocabulary && readFacts(vocabulary, facts, NOW).facts !== null).toBe(isFit);
});

test('each fact has its label, its question, what its absence means, and its choices in Japanese', async () => {
  const { properties } = await schemaOf('yamaguchi', '2023-02-24');
  expect(properties?.voucher).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: {
      medium: {
        title: 'クーポンの形態',
        description: expect.stringMatching(/^クーポンは紙ですか、電子ですか。\n.*わからない/),
        oneOf: [
          { const: 'paper', title: '紙' },
          { const: 'electronic', title: '電子' },
        ],
      },
      numberKnown: { default: true, description: expect.stringContaining('「はい」') },
      // Not every validator looks at `format`.
      originalExpiry: { type: 'string', format: 'date-time', pattern: '([Zz]|[+-][0-9]{2}:[0-9]{2})$' },
      balanceNowYen: { type: 'integer', minimum: 0, description: expect.stringContaining('円') },
    },
  });
});
