/** What it costs to look whether a rules folder has changed. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { fingerprintOfFolder } from '../src/rule-files/load.ts';

const FOLDERS = 47;
const FILES = 3;
const ROUNDS = 200;

test('one look at 141 rule sets', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hosho-folder-'));
  for (let prefecture = 0; prefecture < FOLDERS; prefecture += 1) {
    await mkdir(join(folder, `p${prefecture}`));
    for (let incident = 0; incident < FILES; incident += 1)
      for (const ending of ['yaml', 'cases.yaml'])
        await writeFile(join(folder, `p${prefecture}`, `${incident}.${ending}`), 'x');
  }
  for (let round = 0; round < ROUNDS / 4; round += 1) await fingerprintOfFolder(folder);
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  for (let round = 0; round < ROUNDS; round += 1) await fingerprintOfFolder(folder);
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000 / ROUNDS;
  console.log(`${((performance.now() - wall) / ROUNDS).toFixed(1)} ms, ${cpuMs.toFixed(1)} ms of CPU`);
  await rm(folder, { recursive: true });
});
