import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/decisions/open.ts';
import { exitCode } from '../support/child.ts';
import { freshPlace, kinds } from '../support/stores.ts';
import { copyRules, post, sound, startOn } from './harness.ts';
import { spawnService } from './spawned.ts';
import { until } from './until.ts';

/** Ends with 1 and says why in a few words, without a stack. */
async function refusal({ child, stderr }: ReturnType<typeof spawnService>): Promise<string> {
  expect(await exitCode(child)).toBe(1);
  expect(stderr()).toMatch(/^hosho: /);
  expect(stderr()).not.toMatch(/^ +at /m);
  return stderr();
}

test('settings that are wrong', async () => {
  const said = await refusal(
    spawnService(await freshPlace('postgres'), { PORT: 'eighty', LOG_LEVEL: 'loud' }),
  );
  expect(said).toMatch(/PORT[\s\S]*LOG_LEVEL/);
});

test('a data folder in use', async () => {
  const place = await freshPlace('embedded');
  const { service } = await startOn(place);
  onTestFinished(() => service.close());
  expect(await refusal(spawnService(place))).toMatch(/DATA_DIR/);
  const response = await fetch(`${service.url}/evaluate`, post(sound));
  expect(response.status).toBe(200);
});

test('a port in use', async () => {
  const { service } = await startOn(await freshPlace('postgres'));
  onTestFinished(() => service.close());
  const { port } = new URL(service.url);
  const said = await refusal(spawnService(await freshPlace('postgres'), { PORT: port }));
  expect(said).toContain(port);
  expect(said).toMatch(/set PORT/);
});

test('no database there', async () => {
  const place = { ...(await freshPlace('postgres')), databaseUrl: 'postgres://user:secret@127.0.0.1:1/none' };
  const said = await refusal(spawnService(place));
  expect(said).toMatch(/DATABASE_URL/);
  expect(said).not.toContain('secret');
});

test('no rule set that can be used', async () => {
  const { directory, file } = await copyRules();
  await writeFile(file, 'prefecture: yamaguchi\n');
  const said = await refusal(spawnService(await freshPlace('postgres'), { RULES_DIR: directory }));
  expect(said).toMatch(/yamaguchi\/2023-02-24\.yaml:1:1 missing-key/);
});

test.each(kinds)('SIGTERM: what is under way is answered, then the service ends (%s)', async (kind) => {
  const place = await freshPlace(kind);
  const service = spawnService(place);
  const url = await service.listening();
  const body = JSON.stringify(sound);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const sending = request(`${url}/evaluate`, { method: 'POST', headers });
  await new Promise((sent) => sending.write(body.slice(0, 50), sent));
  // The service has begun to read the request once it has answered another that came after it.
  await fetch(`${url}/healthz`);

  const ended = exitCode(service.child);
  service.child.kill('SIGTERM');
  await until(() => service.logged('"stopping"'));
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  sending.end(body.slice(50));
  const [response]: IncomingMessage[] = await once(sending, 'response');
  const answer = z.object({ id: z.string() }).parse(response && (await json(response)));
  expect(await ended).toBe(0);
  expect(service.stderr()).toBe('');

  const store = await openStore(place);
  expect(await store.find(answer.id)).toMatchObject({ id: answer.id });
  await store.close();
});

test('SIGINT ends it too', async () => {
  const service = spawnService(await freshPlace('postgres'));
  await service.listening();
  const ended = exitCode(service.child);
  service.child.kill('SIGINT');
  expect(await ended).toBe(0);
});
