/** What ajv says of facts by the schema is what the service says of them. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { caseFiles } from './case-files.ts';
import { NOW, type OpenApp, openApp } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('embedded');
});
afterAll(() => opened?.close());

async function validatorOf(prefecture: string, incident: string): Promise<(facts: unknown) => boolean> {
  const response = await opened.app.request(`/rule-sets/${prefecture}/${incident}/facts`);
  const validate = new Ajv2020({ strict: true }).compile(
    z.record(z.string(), z.any()).parse(await response.json()),
  );
  return (facts) => validate(facts) === true;
}

const serviceOf = (prefecture: string, incident: string) => {
  const vocabulary = opened.registry.find(prefecture, incident)?.ruleSet.vocabulary;
  if (!vocabulary) throw new Error('not served');
  return (facts: unknown): boolean => readFacts(vocabulary, facts, NOW).facts !== null;
};

const instants = [
  ...['2023-02-24T23:59+09:00', '2023-02-24T23:59:60+09:00', '2023-02-24T23:59:61+09:00'],
  ...['2023-02-24T23:59:00.1+09:00', '2023-02-24T23:59:00.123456789Z', '2023-02-24T23:59:00.1234567890Z'],
  ...['2023-02-24T23:59:00', '2023-02-24', '2023-02-24T24:00:00Z', '2023-02-24T23:60:00Z', 'now', ''],
  ...[
    '2023-02-24t23:59:00z',
    '2023-02-24 23:59:00Z',
    '2023-02-24T23:59:00+24:00',
    '2023-02-24T23:59:00+0900',
  ],
  ...[
    '2023-02-24T23:59:00+09',
    '2023-02-24T23:59:00-00:00',
    ' 2023-02-24T23:59:00Z',
    '2023-02-24T23:59:00Z\n',
  ],
  ...['2023-02-29T00:00:00Z', '2024-02-29T00:00:00Z', '1900-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
  ...['2023-02-30T00:00:00Z', '2023-04-31T00:00:00Z', '2023-12-31T00:00:00Z', '2023-13-01T00:00:00Z'],
  ...['2023-00-10T00:00:00Z', '2023-01-00T00:00:00Z', '0000-01-01T00:00:00Z', '0000-02-29T00:00:00Z'],
  ...['9999-12-31T23:59:59Z', '12023-01-01T00:00:00Z', '-2023-01-01T00:00:00Z', '２０２３-01-01T00:00:00Z'],
].map((originalExpiry) => ({ voucher: { originalExpiry } }));

const texts = [
  ...['', ' ', 'x'.repeat(1000), 'x'.repeat(1001), '😀'.repeat(500), '😀'.repeat(501), '😀'.repeat(1000)],
  ...[
    '😀'.repeat(1001),
    'a\u0000b',
    '\u0000',
    '\ud800',
    'a\udc00b',
    '\udc00\ud800',
    'é',
    '改\n行',
    '\u{10ffff}',
  ],
].flatMap((text) => [{ claim: { urlSender: text } }, { claim: { chosenBrands: [text] } }]);

const numbers = [0, -0, 1, -1, 0.5, 1e3, 2 ** 53 - 1, 2 ** 53, 1e21, '1', true, [1], {}].map(
  (balanceNowYen) => ({ voucher: { balanceNowYen } }),
);

// Blanks around a text with a pattern are the one difference, which docs/api.md tells: the service leaves them away.
const others = [
  ...[{}, { voucher: {} }, { voucher: null }, { voucher: { medium: null } }, { voucher: [] }, { voucher: 1 }],
  ...[{ vouchr: {} }, { vouchr: null }, { voucher: { medum: null } }, { 'voucher.medium': 'paper' }],
  ...[{ voucher: { medium: 'paper' } }, { voucher: { medium: 'Paper' } }, { voucher: { medium: ' paper' } }],
  ...[{ programme: { used: 'true' } }, { programme: { used: 1 } }, { programme: { used: [] } }],
  ...[{ programme: { destinationPrefecture: '35' } }, { programme: { destinationPrefecture: '48' } }],
  ...[{ programme: { destinationPrefecture: '35\u0000' } }],
  ...[{ claim: { applicationItems: [] } }, { claim: { applicationItems: ['name', 'name'] } }],
  ...[{ claim: { applicationItems: ['nam'] } }, { claim: { applicationItems: 'name' } }],
  ...[{ claim: { applicationItems: [null] } }, { claim: { applicationItems: null } }],
  ...[
    JSON.parse('{"__proto__":{}}'),
    { constructor: {} },
    { voucher: { toString: 1 } },
    [],
    null,
    'facts',
    1,
  ],
  ...[{ '(cannotTell)': ['voucher.medium'] }, { cannotTell: ['voucher.medium'] }],
];

const bodies: [string, unknown][] = [...instants, ...texts, ...numbers, ...others].map((facts) => [
  JSON.stringify(facts).slice(0, 80),
  facts,
]);

test(`${bodies.length} bodies are judged alike`, async () => {
  expect(bodies.length).toBeGreaterThan(60);
  const [byAjv, byService] = [
    await validatorOf('yamaguchi', '2023-02-24'),
    serviceOf('yamaguchi', '2023-02-24'),
  ];
  const differing = bodies.filter(([, facts]) => byAjv(facts) !== byService(facts)).map(([shown]) => shown);
  expect(differing).toEqual([]);
  const taken = bodies.filter(([, facts]) => byService(facts)).length;
  expect(taken).toBeGreaterThan(30);
  expect(bodies.length - taken).toBeGreaterThan(30);
});

describe.each(caseFiles)('$name', ({ prefecture, incident, cases }) => {
  test('the schema is strictly valid, and takes the facts of every case', async () => {
    const byAjv = await validatorOf(prefecture, incident);
    expect(cases.filter(({ facts }) => !byAjv(facts)).map(({ id }) => id)).toEqual([]);
  });
});
