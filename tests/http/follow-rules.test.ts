import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { type DecisionStore, StoreUnavailable } from '../../src/decisions/store.ts';
import { followRules, NoRuleSets } from '../../src/service/follow-rules.ts';
import { freshPlace } from '../support/stores.ts';
import { copyRules, memoryLogger, post, sound, startOn } from './harness.ts';
import { until } from './until.ts';

test('rules that change while the store is away are served once their version is kept', async () => {
  const { directory, file } = await copyRules();
  const real = await openStore(await freshPlace('postgres'));
  let isAway = false;
  const store: DecisionStore = {
    ...real,
    saveVersions: (...of) =>
      isAway ? Promise.reject(new StoreUnavailable({ ja: '不在', en: 'away' })) : real.saveVersions(...of),
  };
  const { logger, lines } = memoryLogger();
  const registry = await followRules(directory, { store, now: Date.now }, logger);
  const version = () => registry.find('yamaguchi', '2023-02-24')?.version ?? '';
  const before = version();

  isAway = true;
  await writeFile(file, `${await readFile(file, 'utf8')}# changed\n`);
  await until(() => lines().find(({ msg }) => msg.includes('version is not kept')));
  expect(version()).toBe(before);
  isAway = false;
  await until(() => (version() === before ? undefined : true));
  expect(await real.findVersion('yamaguchi', '2023-02-24', version())).toMatchObject({ version: version() });

  isAway = true;
  await writeFile(file, `${await readFile(file, 'utf8')}# and again\n`);
  await until(() => (lines().filter(({ level }) => level === 50).length > 1 ? true : undefined));
  // Does not wait for a store that may never come back.
  await registry.close();
  await real.close();
});

test('without a sound rule set there is nothing to follow', async () => {
  const { directory, file } = await copyRules();
  await writeFile(file, 'prefecture: yamaguchi\n');
  const store = await openStore(await freshPlace('postgres'));
  const following = followRules(directory, { store, now: Date.now }, memoryLogger().logger);
  await expect(following).rejects.toThrow(NoRuleSets);
  await expect(following).rejects.toThrow(/yamaguchi\/2023-02-24\.yaml:1:1 missing-key/);
  await store.close();
});

test('what is wrong is told once, and when it is right again', async () => {
  const { directory, file } = await copyRules();
  const store = await openStore(await freshPlace('postgres'));
  const { logger, lines } = memoryLogger();
  const registry = await followRules(directory, { store, now: Date.now }, logger);
  const text = await readFile(file, 'utf8');

  await writeFile(file, `${text}oops: 1\n`);
  for (let round = 0; round < 3; round += 1) await registry.reload();
  await writeFile(file, text);
  await registry.reload();

  expect(lines()).toMatchObject([
    { level: 50, msg: expect.stringMatching(/yamaguchi\/2023-02-24\.yaml:\d+:1 unknown-key /) },
    { level: 30, msg: 'the rule files are sound again' },
  ]);
  await registry.close();
  await store.close();
});

test('a rule set whose file is gone: since when is told, also of what went while nothing ran', async () => {
  const { directory, file } = await copyRules();
  const other = file.replace('2023-02-24', '2024-01-01');
  const text = (await readFile(file, 'utf8')).replace(/^incident: .*$/m, 'incident: 2024-01-01');
  await writeFile(other, text);
  const place = await freshPlace('postgres');
  const store = await openStore(place);
  let now = Date.parse('2024-02-01T09:00:00+09:00');
  const follow = () => followRules(directory, { store, now: () => now }, memoryLogger().logger);
  const untilOf = async () =>
    (await store.versionsOf('yamaguchi', '2024-01-01')).map(({ current }) => current.at(-1)?.until);

  const first = await follow();
  expect(first.noLongerSince('yamaguchi', '2024-01-01')).toBeNull();
  await first.close();
  expect(await untilOf(), 'stopped, but not gone').toEqual([null]);

  await rm(other);
  now += 1_000;
  const gone = new Date(now);
  const second = await follow();
  expect(second.noLongerSince('yamaguchi', '2024-01-01')).toEqual(gone);
  expect(second.noLongerSince('yamaguchi', '2023-02-24')).toBeNull();
  expect(await untilOf()).toEqual([gone]);

  now += 1_000;
  await writeFile(other, text);
  await until(() => second.find('yamaguchi', '2024-01-01'));
  expect(second.noLongerSince('yamaguchi', '2024-01-01')).toBeNull();
  await rm(other);
  now += 1_000;
  await until(() => second.noLongerSince('yamaguchi', '2024-01-01') ?? undefined);
  expect(await untilOf()).toEqual([new Date(now)]);
  await second.close();
  now += 1_000;
  const third = await follow();
  expect(third.noLongerSince('yamaguchi', '2024-01-01')).toEqual(new Date(now - 1_000));
  await third.close();

  const { service } = await startOn(place, directory);
  const response = await fetch(`${service.url}/evaluate`, post({ ...sound, incident: '2024-01-01' }));
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({
    type: 'urn:hosho:problem:unknown-rule-set',
    noLongerServedSince: '2024-02-01T09:00:03+09:00',
    errors: [{ detailJa: expect.stringContaining('2024-02-01T09:00:03+09:00 から使われていません') }],
  });
  await service.close();
  await store.close();
});
