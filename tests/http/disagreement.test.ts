/** Where json-rules-engine and the walk over the conditions disagree, json-rules-engine's word stands, and it is told. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { decide, EngineDisagreement } from '../../src/engine/decide.ts';
import { ofSection } from '../../src/engine/judge/rules.ts';
import { createApp } from '../../src/http/app.ts';
import { openComparer } from '../../src/operations/comparer.ts';
import { factsOf } from '../engine/small.ts';
import { NOW, type OpenApp, openApp, post, sound } from './harness.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('embedded');
});
afterAll(() => opened?.close());

/** The rule set, with a json-rules-engine that says of no rule of eligibility that it holds. */
function disagreeing() {
  const served = opened.registry.find('yamaguchi', '2023-02-24');
  if (!served) throw new Error('not served');
  const { engine } = ofSection(served.program.sections, 'eligibility');
  const { run } = engine;
  engine.run = async (places, fact) =>
    (await run(places, fact)).map((truth) => (truth === 'true' ? 'false' : truth));
  return served;
}

const decided = async (): Promise<{ id: string; categories: unknown[] }> =>
  JSON.parse(await (await opened.evaluate(sound)).text());

test('the service answers, logs once and counts; replay and explanation say why not', async () => {
  const before = await decided();
  expect(before.categories).not.toEqual([]);
  const served = disagreeing();
  served.program.memory.clear();
  served.program.remembered.clear();

  const answer = await decided();
  expect(answer.categories).toEqual([]);
  await decided();
  const disagreements = [{ rule: 'eligibility/A', jsonRulesEngine: 'false', walk: 'true' }];
  const warnings = opened.log.lines().filter(({ level }) => level === 40);
  expect(warnings).toMatchObject([
    { prefecture: 'yamaguchi', incident: '2023-02-24', version: served.version, disagreements },
  ]);
  const metrics = await (await opened.app.request('/metrics')).text();
  expect(metrics).toMatch(/^hosho_engine_disagreements_total\{prefecture="yamaguchi",.*\} 2$/m);

  const { store, registry, log } = opened;
  const never = (): never => {
    throw new Error('not in this test');
  };
  const app = createApp({
    ...{ store, registry, ...log, comparer: openComparer(), readStored: () => ({ served }) },
    ...{ now: () => NOW, newId: never, newRequestId: () => 'x', engineVersion: '0' },
    ...{ auditKey: undefined, allowedHosts: [] },
  });
  const replayed = await app.request(`/decisions/${answer.id}/replay`, post({}));
  expect(await replayed.json()).toMatchObject({
    ...{ result: 'not-replayable', reason: 'disagreement', disagreements },
  });
  const explained = await app.request(`/decisions/${answer.id}/explanation`);
  expect([explained.status, await explained.json()]).toMatchObject([
    500,
    { type: 'urn:hosho:problem:internal-error', disagreements },
  ]);

  const facts = factsOf(served.program, sound.facts, sound.asOf);
  await expect(decide(served.program, facts, { explanation: false })).rejects.toThrow(EngineDisagreement);
});
