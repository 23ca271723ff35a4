import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import type { DecisionStore } from '../../src/decisions/store.ts';
import { freshPlace, kinds, sampleVersion } from '../support/stores.ts';

const first = sampleVersion('abc1', { ruleText: 'title: 補償（第三報）\r\n# 〜\n', commit: '759c2ad' });
const second = sampleVersion('abc2');
const elsewhere = sampleVersion('abd', { incident: '2021-01-01' });

describe.each(kinds)('versions of rule sets (%s)', (kind) => {
  let store: DecisionStore;
  const find = (prefix: string, incident = first.incident) => store.findVersion('sample', incident, prefix);

  beforeAll(async () => {
    store = await openStore(await freshPlace(kind));
    await store.saveVersions([second, elsewhere, first]);
  });
  afterAll(() => store?.close());

  test('a version is found whole, by all of its name or its beginning', async () => {
    expect(await find(first.version)).toEqual(first);
    expect(await find('abc1')).toEqual(first);
    expect(await find('abc2')).toEqual(second);
  });

  test('a beginning that fits several finds none', async () => {
    expect(await find('abc')).toBeNull();
    expect(await find('')).toBeNull();
  });

  test('a beginning that fits none finds none', async () => {
    for (const prefix of ['abc3', 'bc1', `${first.version}0`, 'abc1%', 'abc_', '%', "'", 'ABC1']) {
      expect(await find(prefix)).toBeNull();
    }
  });

  test('only versions of that rule set are looked at', async () => {
    expect(await find('ab', elsewhere.incident)).toEqual(elsewhere);
    expect(await find('abd')).toBeNull();
    expect(await store.findVersion('another', first.incident, 'abc1')).toBeNull();
  });

  test('saving a version again leaves the first as it is, and keeps those beside it', async () => {
    const fresh = sampleVersion('f0');
    await store.saveVersions([{ ...first, ruleText: 'changed', commit: 'changed' }, fresh]);
    expect(await find('abc1')).toEqual(first);
    expect(await find('f0')).toEqual(fresh);
    await store.saveVersions([]);
  });

  test('several may save the same versions at once', async () => {
    const versions = Array.from({ length: 50 }, (_, i) => sampleVersion(`e${i}f`));
    await Promise.all(Array.from({ length: 10 }, () => store.saveVersions(versions)));
    for (const version of versions) expect(await find(version.version)).toEqual(version);
  });
});

describe('since when a version is current', () => {
  const at = (hour: number) => new Date(Date.UTC(2022, 0, 1, hour));

  test.each(kinds)('until the next, and again when it comes back (%s)', async (kind) => {
    const store = await openStore(await freshPlace(kind));
    const current = async () =>
      (await store.versionsOf('sample', first.incident)).map(({ version, current }) => [version, current]);
    await store.saveVersions([first], at(1));
    await store.saveVersions([second], at(2));
    await store.saveVersions([sampleVersion('draft')]);
    await store.saveVersions([first], at(3));
    expect(new Map((await current()).map(([version, spans]) => [version, spans]))).toEqual(
      new Map([
        [second.version, [{ since: at(2), until: at(3) }]],
        [
          first.version,
          [
            { since: at(1), until: at(2) },
            { since: at(3), until: null },
          ],
        ],
        [sampleVersion('draft').version, []],
      ]),
    );
    const known = async (hour: number) =>
      (await store.findVersionAt('sample', first.incident, at(hour)))?.version;
    expect([await known(0), await known(1), await known(2), await known(9)]).toEqual([
      ...[undefined, first.version, second.version, first.version],
    ]);
    await store.close();
  });

  test.each(kinds)('until it is no longer served (%s)', async (kind) => {
    const store = await openStore(await freshPlace(kind));
    const name = { prefecture: 'sample', incident: first.incident };
    await store.endServing([name], at(0));
    expect(await store.servingOf(), 'never served').toEqual([]);
    await store.saveVersions([first, elsewhere], at(1));
    await store.endServing([name], at(2));
    await store.endServing([name], at(3));
    const ofAll = async () =>
      new Map((await store.servingOf()).map((one) => [one.incident, one.noLongerSince]));
    expect(await ofAll()).toEqual(
      new Map([
        [first.incident, at(2)],
        [elsewhere.incident, null],
      ]),
    );
    const spans = async () =>
      (await store.versionsOf('sample', first.incident)).map(({ current }) => current);
    expect(await spans()).toEqual([[{ since: at(1), until: at(2) }]]);
    const known = async (hour: number) => await store.findVersionAt('sample', first.incident, at(hour));
    expect([(await known(1))?.version, await known(2), await known(9)]).toEqual([first.version, null, null]);
    await store.saveVersions([first], at(4));
    expect(await spans()).toEqual([
      [
        { since: at(1), until: at(2) },
        { since: at(4), until: null },
      ],
    ]);
    expect((await ofAll()).get(first.incident)).toBeNull();
    await store.close();
  });

  test('instances that load it too add nothing, and a clock that is behind changes no order', async () => {
    const place = await freshPlace('postgres');
    const store = await openStore(place);
    for (const hour of [5, 6, 7]) await store.saveVersions([first], at(hour));
    await store.saveVersions([second], at(4));
    const sql = postgres(place.databaseUrl ?? '', { max: 1 });
    const rows = await sql`select version, since from current_versions order by id`;
    await sql.end();
    expect([...rows]).toEqual([
      { version: first.version, since: at(5) },
      { version: second.version, since: at(5) },
    ]);
    expect((await store.findVersionAt('sample', first.incident, at(5)))?.version).toBe(second.version);
    await store.close();
  });
});
