import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openStore } from '../../src/decisions/open.ts';
import { DataDirInUse } from '../../src/decisions/store.ts';
import { exitCode, kill, killGroup, linesOf, startScript } from '../support/child.ts';
import { freshFolder, freshPlace } from '../support/stores.ts';

test('a folder that another process has open is refused, until that process is killed', async () => {
  const place = await freshPlace('embedded');
  const child = startScript('append-forever', place);
  await linesOf(child).reach(1);
  await expect(openStore(place)).rejects.toBeInstanceOf(DataDirInUse);
  await expect(openStore(place)).rejects.toThrow(/DATA_DIR.*DATABASE_URL/);
  await kill(child);
  await (await openStore(place)).close();
});

test('a second process is refused while this one has the folder open', async () => {
  const place = await freshPlace('embedded');
  const store = await openStore(place);
  const child = startScript('append-forever', place);
  const lines = linesOf(child);
  expect(await exitCode(child)).toBe(1);
  expect(lines.all()).toEqual(['refused DataDirInUse']);
  await store.ping();
  await store.close();
});

test('this process, too, opens a folder only once', async () => {
  const place = await freshPlace('embedded');
  const store = await openStore(place);
  await expect(openStore(place)).rejects.toBeInstanceOf(DataDirInUse);
  const alias = join(await freshFolder(), 'alias');
  await symlink(place.dataDir, alias);
  await expect(openStore({ dataDir: alias })).rejects.toBeInstanceOf(DataDirInUse);
  await store.ping();
  await store.close();
  await (await openStore(place)).close();
});

test('a store whose creation is interrupted is created anew, once nobody writes to it any more', async () => {
  const dataDir = join(await freshFolder(), 'not', 'there', 'yet');
  const child = startScript('open-once', { dataDir });
  await expect.poll(() => begun(dataDir)).toBe(true);
  // The process that does the work is started right after that, and takes seconds.
  await sleep(500);
  await kill(child);
  await expect(openStore({ dataDir })).rejects.toBeInstanceOf(DataDirInUse);
  killGroup(child);
  expect(await readdir(dataDir)).not.toContain('postgres');
  const open = () => openStore({ dataDir }).catch((error: unknown) => error instanceof DataDirInUse);
  await expect.poll(open).toMatchObject({ kind: 'embedded' });
  expect((await readdir(dataDir)).sort()).toEqual(['hosho.lock', 'postgres']);
});

async function begun(dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir).catch(() => []);
  return names.some((name) => name !== 'hosho.lock');
}

test('a folder that could not be opened is not kept locked', async () => {
  const dataDir = await freshFolder();
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '1\n');
  await expect(openStore({ dataDir })).rejects.toThrow();
  await expect(openStore({ dataDir })).rejects.not.toBeInstanceOf(DataDirInUse);
});
