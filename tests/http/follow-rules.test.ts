import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { type DecisionStore, StoreUnavailable } from '../../src/decisions/store.ts';
import { followRules, NoRuleSets } from '../../src/service/follow-rules.ts';
import { freshPlace } from '../support/stores.ts';
import { copyRules, memoryLogger } from './harness.ts';
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
