import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { scanFolder } from '../../src/rule-files/scan.ts';

let folder: string;
const scan = async () => {
  const { files, unreachable } = await scanFolder(folder, (name) => name.endsWith('.yaml'));
  return {
    files: files.map(({ path }) => path.slice(folder.length + 1)),
    unreachable: unreachable.map(({ path }) => path),
  };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosho-scan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

test('links that lead to each other are followed once on each way', async () => {
  for (const name of ['a', 'b', 'c']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'x.yaml'), '');
    for (const other of ['a', 'b', 'c'])
      if (other !== name) symlinkSync(`../${other}`, join(folder, name, other));
  }
  const { files, unreachable } = await scan();
  expect(files).toEqual(expect.arrayContaining(['a/x.yaml', 'b/x.yaml', 'c/x.yaml', 'a/b/c/x.yaml']));
  expect(files).toHaveLength(15);
  expect(unreachable).toEqual([]);
});

test('of too many files the upper ones are seen, and the whole is said not to be known', async () => {
  mkdirSync(join(folder, 'near'));
  writeFileSync(join(folder, 'near/x.yaml'), '');
  mkdirSync(join(folder, 'far/off'), { recursive: true });
  for (let i = 0; i < 10_000; i += 1) writeFileSync(join(folder, `far/off/${i}.yaml`), '');
  expect(await scan()).toEqual({ files: ['near/x.yaml'], unreachable: [folder] });
});
