/** What was answered, judged again. */
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Replay, replay as replayDecision } from '../../src/audit/replay.ts';
import { allDecisions } from '../../src/decisions/all-decisions.ts';
import type { StoredDecision, WholeDecision } from '../../src/decisions/store.ts';
import { storedDecision } from '../../src/decisions/stored-decision.ts';
import { storedRules } from '../../src/rule-files/stored-rules.ts';
import { type OpenApp, openApp, post, sound } from '../http/harness.ts';

const RULES = ['yamaguchi/2023-02-24', 'sample/card-terminal-2024', 'sample/network-outage-2024'];
const idSchema = z.looseObject({ id: z.string() });

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

async function decide(body: object): Promise<WholeDecision> {
  const { id } = idSchema.parse(await (await opened.evaluate(body)).json());
  const found = await opened.store.find(id);
  if (!found || 'missing' in found || found.answer === null) throw new Error('not logged');
  return found;
}
const replayer = () => {
  const rules = { store: opened.store, readStored: storedRules() };
  return { replay: (decision: StoredDecision) => replayDecision(rules, decision) };
};

test('every shipped case, with reasons and with all conditions, is answered the same', async () => {
  let cases = 0;
  for (const name of RULES) {
    const file = parse(readFileSync(`rules/${name}.cases.yaml`, 'utf8'));
    for (const [i, { asOf, facts }] of file.cases.entries()) {
      const [prefecture, incident] = name.split('/');
      const explain = i % 2 === 0 ? 'full' : 'reasons';
      await opened.evaluate({ prefecture, incident, asOf, facts, explain });
      cases += 1;
    }
  }
  const replaying = replayer();
  const results = new Map<string, number>();
  for await (const decision of allDecisions(opened.store, {})) {
    const { result } = await replaying.replay(decision);
    results.set(result, (results.get(result) ?? 0) + 1);
  }
  expect([...results]).toEqual([['same', cases]]);
});

describe('an answer that would be another now', () => {
  test('is told by JSON Pointer, with what is new and what is gone', async () => {
    const decision = await decide({ ...sound, explain: 'full' });
    const answer = JSON.parse(decision.answer);
    answer.outcome = 'lapsed';
    answer.categories.push({ id: 'Z' });
    delete answer.claimState.label;
    answer.explanation[0].conditions[0].seen = 'x/~';
    const replay = await replayer().replay({ ...decision, answer: JSON.stringify(answer) });
    expect(replay).toMatchObject({
      result: 'changed',
      replayed: { outcome: 'eligible' },
      differences: expect.arrayContaining([
        { pointer: '/outcome', logged: 'lapsed', replayed: 'eligible' },
        { pointer: '/categories/1', logged: { id: 'Z' } },
        { pointer: '/claimState/label', replayed: expect.any(String) },
        { pointer: '/explanation/0/conditions/0/seen', logged: 'x/~', replayed: expect.anything() },
      ]),
    });
    if (replay.result === 'changed') expect(replay.differences).toHaveLength(4);
  });

  test('is told wherever it stands in the text, and whatever its last bytes are', async () => {
    const decision = await decide(sound);
    const { id, ruleSet, asOf, decidedAt, ...rest } = JSON.parse(decision.answer);
    // The text ends as the true answer does, and says something else before.
    const members = JSON.stringify(rest).slice(1);
    const added = `{"id":"${id}","constructor":"x","asOf":"${asOf}",${members}`;
    const nested = `{"id":"${id}","asOf":"2000-01-01T00:00:00+09:00",${members}`;
    expect(await replayer().replay({ ...decision, answer: added })).toMatchObject({
      ...{ result: 'changed', differences: [{ pointer: '/constructor', logged: 'x' }] },
    });
    expect(await replayer().replay({ ...decision, answer: nested })).toMatchObject({
      result: 'changed',
      differences: [{ pointer: '/asOf', logged: '2000-01-01T00:00:00+09:00', replayed: asOf }],
    });
    for (const answer of ['{', '[]', 'null', '"x"'])
      expect(await replayer().replay({ ...decision, answer })).toMatchObject({
        ...{ result: 'changed', differences: [{ pointer: '', logged: null }] },
      });
  });

  test('another order and layout of the same answer is the same', async () => {
    const decision = await decide(sound);
    const members = Object.entries(z.looseObject({}).parse(JSON.parse(decision.answer)));
    const answer = JSON.stringify(Object.fromEntries(members.toReversed()));
    expect(await replayer().replay({ ...decision, answer })).toEqual({ result: 'same' });
  });

  test('another layout of the same answer is the same', async () => {
    const decision = await decide(sound);
    const answer = JSON.stringify(JSON.parse(decision.answer), null, 1);
    expect(await replayer().replay({ ...decision, answer })).toEqual({ result: 'same' });
  });
});

describe('what cannot be judged again says why', () => {
  const reasonOf = (replay: Replay) => (replay.result === 'not-replayable' ? replay : null);

  test('there only in part; facts that are no JSON', async () => {
    const decision = await decide(sound);
    const partial = storedDecision({ ...decision, salt: null });
    expect(reasonOf(await replayer().replay(partial))).toMatchObject({
      ...{ reason: 'partial', missing: ['salt'] },
    });
    expect(reasonOf(await replayer().replay({ ...decision, facts: '{' }))?.reason).toBe('unreadable-facts');
  });

  test('erased; no version', async () => {
    const decision = await decide(sound);
    const erased = { ...decision, facts: null, answer: null, salt: null };
    expect(reasonOf(await replayer().replay(erased))?.reason).toBe('erased');
    const unknown = { ...decision, version: 'f'.repeat(64) };
    expect(reasonOf(await replayer().replay(unknown))?.reason).toBe('no-version');
  });

  test.each([
    ['rule_text', "rule_text || 'oops: 1'", 'unknown-key'],
    ['vocabulary_text', "vocabulary_text || 'oops: 1'", 'unknown-key'],
  ])('a version that this program cannot read: %s', async (column, text, code) => {
    const decision = await decide(sound);
    const sql = postgres(opened.place.databaseUrl ?? '', { max: 1 });
    await sql`set session_replication_role = replica`;
    const version = '0'.repeat(63) + column.length.toString(16);
    await sql.unsafe(`
      insert into rule_set_versions (version, prefecture, incident, rule_text, vocabulary_text)
      select '${version}', prefecture, incident,
        ${column === 'rule_text' ? text : 'rule_text'}, ${column === 'rule_text' ? 'vocabulary_text' : text}
      from rule_set_versions where version = '${decision.version}'`);
    await sql.end();
    const replay = reasonOf(await replayer().replay({ ...decision, version }));
    expect(replay).toMatchObject({ reason: 'unreadable-version', problems: [{ code }] });
    // Asked to judge by it, the service says so too.
    const asked = await opened.evaluate({ ...sound, version });
    expect([asked.status, await asked.json()]).toMatchObject([
      422,
      { type: 'urn:hosho:problem:unreadable-version', problems: [{ code }] },
    ]);
  });

  test('facts that the vocabulary does not know', async () => {
    const decision = await decide(sound);
    const facts = '{"nothing":{}}';
    expect(reasonOf(await replayer().replay({ ...decision, facts }))).toMatchObject({
      ...{ reason: 'unreadable-facts', problems: [{ code: 'unknown-fact', pointer: '/nothing' }] },
    });
  });
});

test('POST /decisions/:id/replay', async () => {
  const { id, version } = await decide(sound);
  const response = await opened.app.request(`/decisions/${id}/replay`, post(''));
  expect(await response.json()).toEqual({
    ...{ id, version, engineVersion: { logged: '0.0.0-test', now: '0.0.0-test' }, result: 'same' },
  });
  expect((await opened.app.request('/decisions/1/replay', post(''))).status).toBe(400);
  const count = await opened.store.count({});
  await opened.app.request(`/decisions/${id}/replay`, post(''));
  expect(await opened.store.count({})).toBe(count);
});
