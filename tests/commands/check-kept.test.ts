/** What `hosho check` found is told again for as long as everything that it was found from is the same. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { callHosho } from '../support/command-line.ts';
import { freshFolder } from '../support/stores.ts';
import { copyWords } from '../support/words.ts';

const NAME = 'mobile-outage-2024';
let folder: string;
let rules: string;
let kept: string;

beforeEach(async () => {
  folder = await freshFolder();
  rules = join(folder, 'rules');
  kept = join(folder, 'cache', 'check');
  copyWords(rules);
  for (const ending of ['yaml', 'cases.yaml', 'notice.txt']) {
    const file = `sample/${NAME}.${ending}`;
    cpSync(join('rules', file), join(rules, file));
  }
});

const check = (...args: string[]) =>
  callHosho(['check', ...args], {
    cwd: folder,
    env: { ...process.env, RULES_DIR: rules, CACHE_DIR: join(folder, 'cache') },
  });
const isKept = (stdout: string): boolean => stdout.includes('前に調べたときと変わらない 1 件');
const withoutNote = (stdout: string): string => stdout.replace(/^前に調べたとき.*\n/m, '');
const edit = (file: string, from: RegExp, to: string): void => {
  const path = join(rules, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
};

test('of files that have not changed the same is told, and that it is from before', async () => {
  const first = await check();
  expect(isKept(first.stdout)).toBe(false);
  const second = await check();
  expect(isKept(second.stdout)).toBe(true);
  expect(withoutNote(second.stdout)).toBe(first.stdout);
  expect(second.status).toBe(first.status);
  // It is what was kept that is told.
  for (const name of readdirSync(kept)) {
    const path = join(kept, name);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll('"severity":"information"', '"severity":"warning"'),
    );
  }
  expect((await check()).status).toBe(1);
  expect((await check('--no-cache')).stdout).toBe(first.stdout);
});

const CHANGES: [of: string, change: () => void, args: string[]][] = [
  ['the rule file', () => edit(`sample/${NAME}.yaml`, /$/, '\n# x\n'), []],
  ['its cases', () => edit(`sample/${NAME}.cases.yaml`, /$/, '\n# x\n'), []],
  ['the text of its notice', () => edit(`sample/${NAME}.notice.txt`, /$/, '\nx'), []],
  ['the shared words', () => edit('vocabulary.yaml', /$/, '\n# x\n'), []],
  ['how long a question may take', () => undefined, ['--seconds', '4']],
];

test('where anything that it was found from is another, it is found anew', async () => {
  await check();
  for (const [of, change, args] of CHANGES) {
    change();
    expect([of, isKept((await check(...args)).stdout)]).toEqual([of, false]);
  }
  expect(isKept((await check('--seconds', '4')).stdout)).toBe(true);
});

test('of a word file only those who use it are checked anew', async () => {
  edit(`sample/${NAME}.yaml`, /^incident: .*$/m, '$&\nuses: [added]');
  writeFileSync(join(rules, 'words', 'added.yaml'), 'nextSteps: { added: 追加の手続き }\n');
  await check();
  writeFileSync(join(rules, 'words', 'other.yaml'), 'nextSteps: { other: 別の手続き }\n');
  expect(isKept((await check()).stdout)).toBe(true);
  writeFileSync(join(rules, 'words', 'added.yaml'), 'nextSteps: { added: 新しい手続き }\n');
  expect(isKept((await check()).stdout)).toBe(false);
});

test('what was cut short is found again, and nothing is lost where nothing can be kept', async () => {
  const { stdout } = await check();
  for (const name of readdirSync(kept)) writeFileSync(join(kept, name), '{"read":');
  expect((await check()).stdout).toBe(stdout);
  rmSync(kept, { recursive: true });
  writeFileSync(kept, 'no folder');
  expect((await check()).stdout).toBe(stdout);
  expect((await check()).stdout).toBe(stdout);
});

test('a broken file is told of each time', async () => {
  edit(`sample/${NAME}.yaml`, /^deadlines:/m, 'deadline:');
  const first = await check();
  expect(first.stdout).toContain('unknown-key');
  expect(await check()).toEqual(first);
});
