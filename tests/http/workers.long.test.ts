/** WORKERS: several processes that share the port. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/decisions/open.ts';
import { exitCode, kill } from '../support/child.ts';
import { freshPlace } from '../support/stores.ts';
import { copyRules, post, sound, startOn } from './harness.ts';
import { refusal, spawnService } from './spawned.ts';
import { until } from './until.ts';

const two = { WORKERS: '2' };
type Spawned = ReturnType<typeof spawnService>;

const served = z.object({ pid: z.number(), worker: z.number() });
/** The workers that have begun to serve, as soon as so many have. */
const workersOf = ({ allLogged }: Spawned, count: number): Promise<number[]> =>
  until(() => {
    const lines = allLogged('"a worker serves"').map((line) => served.parse(JSON.parse(line)));
    return lines.length >= count ? lines.map(({ worker }) => worker) : undefined;
  });

/** Each on a connection of its own, so that the next worker takes it. */
async function evaluate(url: string): Promise<string> {
  const response = await fetch(`${url}/evaluate`, post(sound, { Connection: 'close' }));
  expect(response.status).toBe(200);
  return z.looseObject({ id: z.string() }).parse(await response.json()).id;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('two workers share the port and the log; one that dies is replaced', async () => {
  const place = await freshPlace('postgres');
  const service = spawnService(place, two);
  const url = await service.listening();
  const [first, second] = await workersOf(service, 2);
  const ids = [await evaluate(url), await evaluate(url), await evaluate(url), await evaluate(url)];
  const takers = await until(() => {
    const lines = service
      .allLogged('"msg":"request"')
      .map((line) => z.object({ pid: z.number() }).parse(JSON.parse(line)));
    return lines.length === ids.length ? lines.map(({ pid }) => pid) : undefined;
  });
  expect(new Set(takers)).toEqual(new Set([first, second]));

  process.kill(first ?? 0, 'SIGKILL');
  const third = (await workersOf(service, 3))[2];
  expect(third).not.toBe(second);
  expect(service.logged('"a worker has ended"')).toContain(`"worker":${first}`);
  ids.push(await evaluate(url), await evaluate(url));

  const ended = exitCode(service.child);
  service.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(service.stderr()).toBe('');
  const store = await openStore(place);
  onTestFinished(() => store.close());
  for (const id of ids) expect(await store.find(id)).toMatchObject({ id });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: what is under way in any worker is answered',
  async (signal) => {
    const service = spawnService(await freshPlace('postgres'), two);
    const url = await service.listening();
    const workers = await workersOf(service, 2);
    const body = JSON.stringify(sound);
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
    const sending = workers.map(() => request(`${url}/evaluate`, { method: 'POST', headers, agent: false }));
    for (const one of sending) await new Promise((sent) => one.write(body.slice(0, 50), sent));
    // Both workers have begun to read once each has answered another request that came after.
    for (const _ of workers) await fetch(`${url}/healthz`, { headers: { Connection: 'close' } });

    const ended = exitCode(service.child);
    service.child.kill(signal);
    await until(() => (service.allLogged('"stopping"').length === 3 ? true : undefined));
    const answers = sending.map(async (one) => {
      const [response]: IncomingMessage[] = await once(one, 'response');
      return response && json(response);
    });
    for (const one of sending) one.end(body.slice(50));
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ outcome: 'eligible' });
    expect(await ended).toBe(0);
    expect(workers.filter(isAlive)).toEqual([]);
  },
);

test('a second signal ends them all at once', async () => {
  const service = spawnService(await freshPlace('postgres'), two);
  const url = await service.listening();
  const workers = await workersOf(service, 2);
  const stuck = request(`${url}/evaluate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
  });
  stuck.on('error', () => {});
  await new Promise((sent) => stuck.write('{', sent));
  await fetch(`${url}/healthz`, { headers: { Connection: 'close' } });
  service.child.kill('SIGTERM');
  await until(() => service.logged('"stopping"'));
  service.child.kill('SIGTERM');
  await until(() => (workers.some(isAlive) ? undefined : true));
});

test('none outlives the first process', async () => {
  const service = spawnService(await freshPlace('postgres'), two);
  await service.listening();
  const workers = await workersOf(service, 2);
  await kill(service.child);
  await until(() => (workers.some(isAlive) ? undefined : true));
});

/** LocalizedText by one worker, once. */
const reasons = (said: string): number => said.match(/^hosho: /gm)?.length ?? 0;

test('WORKERS without a server for the decisions', async () => {
  const said = await refusal(spawnService(await freshPlace('embedded'), two));
  expect(said).toMatch(/WORKERS: .*DATABASE_URL/);
});

test.each(['0', '1.5', 'many'])('WORKERS=%s', async (workers) => {
  expect(await refusal(spawnService(await freshPlace('postgres'), { WORKERS: workers }))).toMatch(/WORKERS/);
});

test('a port in use', async () => {
  const { service } = await startOn(await freshPlace('postgres'));
  onTestFinished(() => service.close());
  const { port } = new URL(service.url);
  const said = await refusal(spawnService(await freshPlace('postgres'), { ...two, PORT: port }));
  expect(said).toContain(`port ${port}`);
  expect(reasons(said)).toBe(1);
});

test('no database there', async () => {
  const place = { ...(await freshPlace('postgres')), databaseUrl: 'postgres://user:secret@127.0.0.1:1/none' };
  const said = await refusal(spawnService(place, two));
  expect(said).toMatch(/DATABASE_URL/);
  expect(reasons(said)).toBe(1);
});

test('no rule set that can be used', async () => {
  const { directory, file } = await copyRules();
  await writeFile(file, 'prefecture: yamaguchi\n');
  const said = await refusal(spawnService(await freshPlace('postgres'), { ...two, RULES_DIR: directory }));
  expect(said).toMatch(/missing-key/);
  expect(reasons(said)).toBe(1);
});
