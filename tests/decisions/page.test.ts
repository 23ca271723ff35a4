import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshPlace, kinds, sampleRecord, sampleVersion } from '../support/stores.ts';

const version = sampleVersion('a0');
const other = sampleVersion('b1', { incident: '2021-01-01' });

describe.each(kinds)('pages of the log (%s)', (kind) => {
  let store: DecisionStore;
  beforeAll(async () => {
    store = await openStore(await freshPlace(kind));
    await store.saveVersions([version, other]);
  });
  afterAll(() => store?.close());

  test('every decision of one rule set once, in the order of their ids', async () => {
    const ids = Array.from({ length: 7 }, () => v7());
    const { prefecture, incident } = version;
    // The ids count, and not when they were written.
    await store.appendAll(ids.toReversed().map((id) => sampleRecord(version, { id })));
    await store.appendAll([sampleRecord(other), sampleRecord(other)]);
    const seen: string[] = [];
    for (let after: string | null = null; ; after = seen.at(-1) ?? null) {
      const page = await store.page({ prefecture, incident, after, order: 'oldest', limit: 3 });
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(3);
      seen.push(...page.map(({ id }) => id));
    }
    expect(seen).toEqual(ids);
    expect(
      await store.page({ prefecture, incident: 'nothing', after: null, order: 'oldest', limit: 3 }),
    ).toEqual([]);
  });
});
