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
  ['a day for an instant', { claim: { appliedAt: '2023-02-24' } }, false],
  ['a day for the end of a day', { voucher: { originalExpiry: '2023-02-24' } }, true],
  ['no day for the end of a day', { voucher: { originalExpiry: '2023-02-30' } }, false],
  ['text for a boolean', { programme: { used: 'true' } }, false],
  ['a negative sum', { voucher: { balanceNowYen: -1 } }, false],
  ['half a yen', { voucher: { balanceNowYen: 0.5 } }, false],
  ['a pattern not met', { programme: { destinationPrefecture: '48' } }, false],
  ['null', { voucher: { medium: null } }, true],
  ['null for a group', { voucher: null }, true],
])('%s: the schema and the service agree', async (_, facts, isFit) => {
  const schema = await validatorOf('yamaguchi', '2023-02-24');
  expect(schema.safeParse(facts).success).toBe(isFit);
  const vocabulary = opened.registry.find('yamaguchi', '2023-02-24')?.ruleSet.vocabulary;
  expect(vocabulary && readFacts(vocabulary, facts, NOW).facts !== null).toBe(isFit);
});

test('each fact has its label, its question, what its absence means, and its choices in Japanese', async () => {
  const { $defs } = await schemaOf('yamaguchi', '2023-02-24');
  expect($defs).toMatchObject({
    Voucher_medium: {
      title: 'Voucher_medium',
      description: expect.stringMatching(/^クーポンの形態\nクーポンは紙ですか、電子ですか。\n.*わからない/),
      oneOf: [
        { const: 'paper', description: '紙' },
        { const: 'electronic', description: '電子' },
      ],
    },
    Voucher_numberKnown: { description: expect.stringContaining('「はい」') },
    Voucher_balanceNowYen: { type: 'integer', minimum: 0, description: expect.stringContaining('円') },
  });
  // Whoever fills in what a schema calls the default makes an assumption the customer's word.
  expect(JSON.stringify($defs)).not.toContain('"default"');
});

test('its names are identifiers, whatever the Japanese words are', async () => {
  const { title, $defs, properties } = await schemaOf('yamaguchi', '2023-02-24');
  expect(title).toBe('Facts');
  for (const [name, definition] of Object.entries($defs ?? {})) {
    expect(name).toMatch(/^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)?$/);
    expect(definition).toMatchObject({ title: name });
  }
  expect(properties?.voucher).toEqual({ anyOf: [{ $ref: '#/$defs/VoucherFacts' }, { type: 'null' }] });
});

describe('of a version', () => {
  const at = '/rule-sets/yamaguchi/2023-02-24/facts';
  test('that is named, or was in use at an instant', async () => {
    const current = opened.registry.find('yamaguchi', '2023-02-24');
    const response = await opened.app.request(`${at}?version=${current?.version.slice(0, 8)}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe(`"${current?.version}"`);
  });

  test.each([
    ['version=abcdef', 404, 'version'],
    ['knownAt=1999-01-01T00:00:00Z', 404, 'knownAt'],
    ['version=xyz', 400, 'version'],
    ['verson=abcdef', 400, 'verson'],
    ['version=abcdef&knownAt=2030-01-01T00:00:00Z', 400, 'knownAt'],
  ])('?%s is refused', async (query, status, parameter) => {
    const response = await opened.app.request(`${at}?${query}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ parameter }] });
  });
});
