/** `hosho evaluate --facts` with a whole request: all of it is honoured, or refused. */

import { describe, expect, test } from 'vitest';
import { JAPANESE } from '../fixtures/japanese.ts';
import { sound } from '../http/harness.ts';
import { callHosho } from '../support/command-line.ts';

const which = ['evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24', '--facts', '-'];

const hosho = (input: unknown, ...options: string[]) =>
  callHosho([...which, ...options], { input: JSON.stringify(input) });

describe('a whole request', () => {
  test('is refused where a key is written twice, which is named with both places', async () => {
    const input = '{"voucher": {"received": true, "received": false}}';
    const { status, stderr } = await callHosho(which, { input });
    expect(status).toBe(2);
    expect(stderr).toContain('/voucher/received');
    expect(stderr).toMatch(/14.*32/);
  });

  test('is honoured: its instant, and its explain', async () => {
    const { status, stdout, stderr } = await hosho(
      { ...sound, explain: 'full', reference: 'case-1' },
      '--json',
    );
    expect(status, stderr).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ id: null, asOf: sound.asOf, decidedAt: null, logged: false });
    expect(answer.explanation.length).toBeGreaterThan(10);
  });

  test('may say what an option says, and write the same instant otherwise', async () => {
    const { status, stdout } = await hosho(sound, '--as-of', '2023-03-05T03:00:00Z', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).asOf).toBe(sound.asOf);
  });

  test('may leave out what the options say', async () => {
    const { status, stdout } = await hosho({ facts: sound.facts }, '--as-of', sound.asOf, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).asOf).toBe(sound.asOf);
  });

  test.each([
    [
      'a misspelt as_of',
      { ...sound, as_of: sound.asOf },
      '/as_of: a request has no "as_of". Did you mean: asOf',
    ],
    [
      'a wrong explain',
      { ...sound, explain: 'ful' },
      '/explain: explain must be reasons or full. Did you mean: full',
    ],
    [
      'an instant without an offset',
      { ...sound, asOf: '2023-03-05' },
      '/asOf: asOf must be an RFC 3339 datetime',
    ],
    ['a reference that is none', { ...sound, reference: 1 }, '/reference: reference must be a string'],
    ['facts under another name', { ...sound, facts: undefined, fact: {} }, '/fact: a request has no "fact"'],
    [
      'two versions',
      { ...sound, version: 'abcdef', knownAt: sound.asOf },
      '/knownAt: knownAt cannot stand beside version',
    ],
  ])('is refused in the words of the service: %s', async (_, request, said) => {
    const { status, stdout, stderr } = await hosho(request, '--lang', 'en');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(JAPANESE);
  });

  test.each([
    [
      'another prefecture',
      { ...sound, prefecture: 'example' },
      [],
      ['--prefecture yamaguchi', '/prefecture "example"'],
    ],
    [
      'another incident',
      { ...sound, incident: '2030-01-31' },
      [],
      ['--incident 2023-02-24', '/incident "2030-01-31"'],
    ],
    [
      'another instant',
      sound,
      ['--as-of', '2023-03-06T12:00:00+09:00'],
      ['--as-of 2023-03-06', '/asOf "2023-03-05'],
    ],
    ['another explain', { ...sound, explain: 'reasons' }, ['--explain'], ['--explain', '/explain "reasons"']],
    [
      'a version beside an instant',
      { ...sound, knownAt: sound.asOf },
      ['--version', 'abcdef'],
      ['--version abcdef', '/knownAt "2023'],
    ],
  ])('that contradicts an option is refused, naming both: %s', async (_, request, options, said) => {
    const { status, stderr } = await hosho(request, ...options);
    expect(status).toBe(2);
    for (const part of said) expect(stderr).toContain(part);
  });
});
