/** What may happen to the rules folder of a running service: what was served stays served, and later changes are seen. */
import { spawnSync } from 'node:child_process';
import {
  chmod,
  chown,
  cp,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { freshFolder, freshPlace, type Place } from '../support/stores.ts';
import { ordinaryUser } from '../support/unprivileged.ts';
import { copyWords } from '../support/words.ts';
import { copyRules, post, sound, startOn } from './harness.ts';
import { spawnService } from './spawned.ts';
import { until } from './until.ts';

const NAME = 'yamaguchi/2023-02-24';
/** Held against a copy of the rules in which the extension is longer. */
const asked = { ...sound, asOf: '2023-05-03T12:00:00+09:00' };
const older = (text: string): string => text.replace('until: 2023-04-30', 'until: 2023-05-07');
const readyzSchema = z.looseObject({
  status: z.string(),
  problems: z.array(z.looseObject({ code: z.string(), file: z.string() })).default([]),
});

async function serve(directory: string, place?: Place) {
  const { service, log } = await startOn(place ?? (await freshPlace('postgres')), directory);
  onTestFinished(() => service.close());
  const version = async (): Promise<string> => {
    const response = await fetch(`${service.url}/evaluate`, post(asked));
    expect(response.status).toBe(200);
    return z.object({ ruleSet: z.object({ version: z.string() }) }).parse(await response.json()).ruleSet
      .version;
  };
  async function readyz() {
    const response = await fetch(`${service.url}/readyz`);
    expect(response.status).toBe(200);
    return readyzSchema.parse(await response.json());
  }
  /** Where the problems are, once there are some (or none any more); every answer meanwhile is by one version. */
  async function untilProblems(code: string | null): Promise<string[]> {
    const before = await version();
    return until(async () => {
      const { problems } = await readyz();
      expect(await version()).toBe(before);
      const found = problems.filter((problem) => problem.code === code).map(({ file }) => file);
      const isDone = code === null ? problems.length === 0 : found.length > 0;
      return isDone ? found : undefined;
    });
  }
  /** A change of the file is seen, so changes are seen. */
  async function seesChanges(file: string): Promise<void> {
    const before = await version();
    await writeFile(file, `${await readFile(file, 'utf8')}# changed\n`);
    await until(async () => ((await version()) === before ? undefined : true));
  }
  return { service, log, version, readyz, untilProblems, seesChanges };
}

async function copyTo(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

test.each(['旧/yamaguchi/2023-02-24.yaml', 'backup/old/yamaguchi/2023-02-24.yaml', `${NAME}.yml`])(
  'a second file for a rule set, %s, is not served, and both are named',
  async (name) => {
    const { directory, file } = await copyRules();
    const running = await serve(directory);
    const version = await running.version();
    const copy = await copyTo(join(directory, name), older(await readFile(file, 'utf8')));

    const files = await running.untilProblems('duplicate-rule-set');
    expect(files).toHaveLength(2);
    for (const each of [`${NAME}.yaml`, name]) {
      expect(files).toContainEqual(expect.stringMatching(new RegExp(`${each}$`)));
      expect(running.log.text()).toMatch(new RegExp(`${each}:\\d+:1 duplicate-rule-set`));
    }
    // Nor while the one that is served is broken.
    await writeFile(file, (await readFile(file, 'utf8')).replace('until:', 'untill:'));
    await running.untilProblems('unknown-key');
    await writeFile(file, (await readFile(file, 'utf8')).replace('untill:', 'until:'));

    await rm(copy);
    await running.untilProblems(null);
    expect(await running.version()).toBe(version);
    await running.seesChanges(file);
  },
);

test('at a start the version that was current is served, else <prefecture>/<incident>.yaml, else none', async () => {
  const { directory, file } = await copyRules();
  const text = await readFile(file, 'utf8');
  const place = await freshPlace('postgres');
  const copy = join(directory, '旧', `${NAME}.yaml`);
  await copyTo(copy, older(text));

  const first = await serve(directory, place);
  const own = await first.version();
  await first.service.close();
  await rm(copy);
  // The text that was current goes to another file: the log knows it.
  await rename(file, join(dirname(file), '2023-02-24.yml'));
  await copyTo(file, older(text));
  const second = await serve(directory, place);
  expect(await second.version()).toBe(own);
  await second.service.close();

  // A log that knows neither.
  const third = await serve(directory);
  expect(await third.version()).not.toBe(own);
  await third.service.close();

  await rename(file, copy);
  const { service: _, ...refusal } = await startOn(await freshPlace('postgres'), directory).then(
    ({ service }) => ({ service, message: '' }),
    (error: Error) => ({ service: null, message: error.message }),
  );
  expect(refusal.message).toMatch(/旧\/yamaguchi\/2023-02-24\.yaml:\d+:1 duplicate-rule-set/);
  expect(refusal.message).toMatch(/yamaguchi\/2023-02-24\.yml:\d+:1 duplicate-rule-set/);
});

test('what begins with a dot or cannot be a rule file is left alone', async () => {
  const { directory, file } = await copyRules();
  const text = await readFile(file, 'utf8');
  await copyTo(join(directory, '.git', 'yamaguchi', '2023-02-24.yaml'), older(text));
  await copyTo(join(directory, 'yamaguchi', '.2023-02-24.yaml'), 'x');
  await symlink('nobody@nowhere', join(directory, 'yamaguchi', '.#2023-02-24.yaml'));
  await copyTo(join(directory, 'yamaguchi', '2023-02-24.yaml~'), 'x');
  await mkdir(join(directory, 'yamaguchi', 'folder.yaml'));
  await cp(join(directory, 'vocabulary.yaml'), join(directory, 'yamaguchi', 'vocabulary.yaml'));
  expect(spawnSync('mkfifo', [join(directory, 'yamaguchi', 'fifo.yaml')]).status).toBe(0);
  // One file under two names is one file.
  await mkdir(join(directory, 'also', 'yamaguchi'), { recursive: true });
  await link(file, join(directory, 'also', `${NAME}.yaml`));

  const running = await serve(directory);
  expect(await running.readyz()).toMatchObject({ status: 'ready', ruleSets: 1 });
  await rm(join(directory, 'also'), { recursive: true });
  expect(spawnSync('mkfifo', [join(directory, 'yamaguchi', 'another.yml')]).status).toBe(0);
  await running.seesChanges(file);
  expect(await running.readyz()).toMatchObject({ status: 'ready' });
});

test('a rule file that is called x.yaml.txt is told of in the log', async () => {
  const { directory } = await copyRules();
  const name = 'yamaguchi/2024-01-01.yaml.txt';
  await copyTo(join(directory, name), 'x');
  const running = await serve(directory);
  expect(await running.readyz()).toMatchObject({ status: 'ready' });
  expect(running.log.text()).toContain(`${name}:1:1 misnamed-file`);
});

test('loops of links, and links to nowhere', async () => {
  const { directory, file } = await copyRules();
  const running = await serve(directory);
  await symlink('.', join(directory, 'yamaguchi', 'loop'));
  await symlink('..', join(directory, 'yamaguchi', 'up'));
  await symlink('b', join(directory, 'a'));
  await symlink('a', join(directory, 'b'));
  await symlink('2024-01-01.yaml', join(directory, 'yamaguchi', '2024-01-01.yaml'));
  const files = await running.untilProblems('cannot-read');
  expect(files.map((each) => each.split('/').slice(-1)[0])).toEqual(['a', 'b', '2024-01-01.yaml']);
  await running.seesChanges(file);
  for (const each of ['a', 'b', 'yamaguchi/2024-01-01.yaml']) await rm(join(directory, each));
  await running.untilProblems(null);
});

test('a link to the root of the disk', async () => {
  const { directory, file } = await copyRules();
  const running = await serve(directory);
  await symlink('/', join(directory, 'disk'));
  await running.seesChanges(file);
  expect(await running.readyz()).toMatchObject({ status: 'ready' });
});

test('a ConfigMap of Kubernetes is served, and its swap is seen', async () => {
  const { directory, file } = await copyRules();
  const text = await readFile(file, 'utf8');
  const volume = await freshFolder();
  const fill = async (folder: string, rules: string): Promise<void> => {
    await copyTo(join(volume, folder, `${NAME}.yaml`), rules);
    copyWords(join(volume, folder), directory);
  };
  await fill('..2026_11_29_01', text);
  await symlink('..2026_11_29_01', join(volume, '..data'));
  for (const name of ['yamaguchi', 'words', 'vocabulary.yaml'])
    await symlink(`..data/${name}`, join(volume, name));
  const running = await serve(volume);
  expect(await running.readyz()).toMatchObject({ status: 'ready', ruleSets: 1 });

  for (const [folder, rules] of [
    ['..2026_11_29_02', older(text)],
    ['..2026_11_29_03', text],
  ] as const) {
    const before = await running.version();
    await fill(folder, rules);
    await symlink(folder, join(volume, '..data_tmp'));
    await rename(join(volume, '..data_tmp'), join(volume, '..data'));
    await until(async () => ((await running.version()) === before ? undefined : true));
    expect(await running.readyz()).toMatchObject({ status: 'ready' });
  }
});

test('files that are removed and written again are served all the time', async () => {
  const { directory, file } = await copyRules();
  const text = await readFile(file, 'utf8');
  const running = await serve(directory);
  const before = await running.version();
  await rm(file);
  let isBack = false;
  const asking = (async () => {
    while (!isBack) expect(await running.version()).toBe(before);
  })();
  // Long enough that the service notices that it is gone.
  await sleep(1_000);
  isBack = true;
  await asking;
  await copyTo(file, older(text));
  await until(async () => ((await running.version()) === before ? undefined : true));
});

test('a folder or a FIFO in the place of a rule file takes nothing away, and is told of', async () => {
  const { directory, file } = await copyRules();
  const text = await readFile(file, 'utf8');
  const running = await serve(directory);
  const before = await running.version();
  await rm(file);
  await mkdir(file);
  await until(async () => running.log.text().includes(`${NAME}.yaml:1:1 misnamed-file`) || undefined);
  // Longer than a file that is gone is served.
  await sleep(4_000);
  expect(await running.version()).toBe(before);
  await rm(file, { recursive: true });
  expect(spawnSync('mkfifo', [file]).status).toBe(0);
  await sleep(4_000);
  expect(await running.version()).toBe(before);
  await rm(file);
  await copyTo(file, older(text));
  await until(async () => ((await running.version()) === before ? undefined : true));
});

test('the folder goes and comes back, removed or moved away', async () => {
  const { directory, file } = await copyRules();
  const away = `${directory}-away`;
  onTestFinished(() => rm(away, { recursive: true, force: true }));
  const running = await serve(directory);
  await cp(directory, away, { recursive: true });
  await rm(directory, { recursive: true });
  await running.untilProblems('cannot-read');
  await cp(away, directory, { recursive: true });
  await running.untilProblems(null);
  await running.seesChanges(file);

  await rm(away, { recursive: true });
  await rename(directory, away);
  await running.untilProblems('cannot-read');
  await rename(away, directory);
  await running.untilProblems(null);
  await running.seesChanges(file);
});

test('a folder that may not be read: the others are served, it is named, and read when it may be', async () => {
  const { directory, file } = await copyRules();
  const hidden = join(directory, 'lost+found');
  await mkdir(hidden, { mode: 0 });
  const { command, user } = ordinaryUser();
  if (user) for (const each of await entriesOf(directory)) await chown(each, user.uid, user.gid);
  const running = spawnService(await freshPlace('postgres'), { RULES_DIR: directory }, command);
  const url = await running.listening();
  const problems = async () =>
    readyzSchema.parse(await (await fetch(`${url}/readyz`)).json()).problems.map(({ file: at }) => at);
  const decides = async () => (await fetch(`${url}/evaluate`, post(asked))).status;

  expect(await decides()).toBe(200);
  expect(await problems()).toEqual([expect.stringMatching(/lost\+found$/)]);
  expect(running.allLogged('lost+found')).toHaveLength(1);
  // The folder of the rules themselves, and all of it.
  for (const folder of [dirname(file), directory]) {
    await chmod(folder, 0);
    const name = folder === directory ? /[^/]+$/.exec(directory)?.[0] : 'yamaguchi';
    await until(async () => (await problems()).find((at) => at.endsWith(`${name}`)));
    expect(await decides()).toBe(200);
    await chmod(folder, 0o755);
    await until(async () => ((await problems()).length === 1 ? true : undefined));
  }
  await chmod(hidden, 0o755);
  await until(async () => ((await problems()).length === 0 ? true : undefined));
  expect(await decides()).toBe(200);
  expect(running.child.exitCode).toBe(null);
});

async function entriesOf(directory: string): Promise<string[]> {
  const below = await readdir(directory, { recursive: true });
  return [directory, ...below.map((name) => join(directory, name))];
}
