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
import { refusal, spawnService } from './spawned.ts';
import { until } from './until.ts';

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

test('the log: whole lines, all of them, a request as pino would write it', async () => {
  const service = spawnService(await freshPlace('postgres'));
  const url = await service.listening();
  for (const path of ['/healthz', '/a%22%5Cb', '/%E8%A3%9C']) await fetch(`${url}${path}?secret`);
  const batch = { ...post(''), headers: { 'Content-Type': 'application/x-ndjson' } };
  await (await fetch(`${url}/evaluate/batch`, batch)).text();
  const ended = exitCode(service.child);
  service.child.kill('SIGTERM');
  await ended;
  const lines = service
    .allLogged('')
    .map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line)));
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/healthz', 200],
    ['GET', '/a"\\b', 404],
    ['GET', '/補', 404],
    ['POST', '/evaluate/batch', 200],
  ]);
  const [first, , , written] = requests;
  const members = Object.keys(written ?? {}).filter((name) => name !== 'lines' && name !== 'problems');
  expect(Object.keys(first ?? {})).toEqual(members);
  const about = ['level', 'pid', 'hostname'] as const;
  for (const member of about) expect(first?.[member]).toBe(written?.[member]);
  expect(lines.at(-1)).toMatchObject({ msg: 'stopping' });
});
