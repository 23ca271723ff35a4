import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repeatedKey } from '../../src/engine/facts/repeated-key.ts';
import { parseJson } from '../../src/http/request/read-body.ts';
import { decider, decideText, loadedYamaguchi } from '../bulk/decider.ts';
import { runs } from '../fixtures/runs.ts';

const found = (text: string) => repeatedKey(text, JSON.parse(text));

describe('a key written twice', () => {
  test.each<[text: string, pointer: string, columns: [number, number]]>([
    ['{"a":1,"a":1}', '/a', [2, 8]],
    ['{"a":{"b":1,"c":2,"b":3}}', '/a/b', [7, 19]],
    ['[1,[2,{"x":[],"x" :{}}]]', '/1/1/x', [8, 15]],
    ['{"a":1,"\\u0061":2}', '/a', [2, 8]],
    ['{"a/b~":1,"a/b~":2}', '/a~1b~0', [2, 11]],
    ['{"__proto__":1,"__proto__":2}', '/__proto__', [2, 16]],
    ['{"\\\\":1,"\\"":":","\\\\":2}', '/\\', [2, 18]],
  ])('%s', (text, pointer, columns) => {
    const repeated = found(text);
    expect(repeated?.pointer).toBe(pointer);
    expect(repeated?.places.map(({ column }) => column)).toEqual(columns);
  });

  test('is told by line and column', () =>
    expect(found('{\n  "a": 1,\n  "b": { "c": "a:" },\n "a": 2\n}')?.places).toEqual([
      { line: 2, column: 3 },
      { line: 4, column: 2 },
    ]));

  test('is found in no text that was written from a value, and in each where one was added', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.string(), fc.integer({ min: 0, max: 3 }), (text, key, gap) => {
        expect(found(text)).toBeNull();
        const name = JSON.stringify(key);
        const twice = `[${text},{${name}:${text},${' '.repeat(gap)}${name} :0}]`;
        expect(found(twice)).toMatchObject({ pointer: expect.stringMatching(/^\/1\//) });
      }),
      { numRuns: runs(200) },
    ));

  test('is found beside brackets without end', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(found(deep)).toBeNull();
    expect(found(`{"a":${deep},"a":1}`)?.pointer).toBe('/a');
  });

  test('is refused of a body and of each line of a batch, which are read alike', () => {
    const body = Buffer.from('{"facts":{"voucher":{"medium":"paper",\n"medium":"electronic"}}}');
    expect(parseJson(body)).toMatchObject({
      problem: {
        name: 'invalid-request',
        errors: [{ pointer: '/facts/voucher/medium', code: 'repeated-key' }],
      },
    });
  });

  test('is refused of a line of a file, and of that line alone', async () => {
    const decide = decider(loadedYamaguchi(), {});
    const lines = [
      '{"facts":{"voucher":{"received":true,"received":false}}}',
      '{"voucher":{"received":true},"voucher":{}}',
      '{"reference":"a","reference":"a","facts":{}}',
      '{"facts":{"voucher":{"received":true}}}',
    ];
    const { decisions } = await decideText(decide, lines.join('\n'));
    const answers = Buffer.from(decisions).toString().trim().split('\n');
    expect(answers.map((line) => /"pointer":"([^"]*)","code":"repeated-key"/.exec(line)?.[1])).toEqual([
      ...['/facts/voucher/received', '/facts/voucher', '/reference'],
      undefined,
    ]);
  });
});
