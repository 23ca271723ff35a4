import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { kill, linesOf, startScript } from '../support/child.ts';
import { freshPlace, kinds } from '../support/stores.ts';

const rounds = 4;

test.each(kinds)('every acknowledged decision outlives SIGKILL (%s)', async (kind) => {
  const place = await freshPlace(kind);
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = startScript('append-forever', place);
    const lines = linesOf(child);
    await lines.reach(1 + Math.floor(Math.random() * 100));
    await sleep(Math.random() * 100);
    await kill(child);
    acknowledged.push(...lines.all());
  }
  const store = await openStore(place);
  const found = await Promise.all(acknowledged.map((id) => store.find(id)));
  await store.close();
  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);
  expect(found.map((record) => record?.id)).toEqual(acknowledged);
});
