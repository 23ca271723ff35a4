/** A rule file that is edited, committed and loaded again and again, as the versions over HTTP tell it. */
import { execFileSync } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/decisions/open.ts';
import { versionOf } from '../../src/rule-files/load.ts';
import { exitCode } from '../support/child.ts';
import { freshFolder, freshPlace, sampleVersion } from '../support/stores.ts';
import { wordsOf } from '../support/words.ts';
import { copyRules, post, sound } from './harness.ts';
import { spawnService } from './spawned.ts';
import { until } from './until.ts';
import { listSchema } from './version-list.ts';

const path = '/rule-sets/yamaguchi/2023-02-24';
const answerSchema = z.looseObject({
  ruleSet: z.looseObject({ version: z.string(), commit: z.string().nullable() }),
  deadlines: z.array(z.looseObject({ id: z.string(), endsAt: z.string().optional() })),
});
const shift = (at: string | null | undefined, milliseconds: number): string =>
  new Date(Date.parse(at ?? '') + milliseconds).toISOString();

/** Ten days on which the application may end, each a version of its own. */
const days = Array.from({ length: 10 }, (_, i) => `2023-05-${String(i + 1).padStart(2, '0')}`);

/** Paper, expired, to be applied for: the answer names the day. */
const applying = {
  ...{ ...sound, asOf: '2023-04-15T12:00:00+09:00' },
  facts: { ...sound.facts, voucher: { ...sound.facts.voucher, balanceAtFinalExpiryYen: 1 } },
};

test('a rule file edited, committed and loaded ten times', { timeout: 180_000 }, async () => {
  const repository = await freshFolder();
  const directory = join(repository, 'rules');
  const file = join(directory, 'yamaguchi/2023-02-24.yaml');
  await rename((await copyRules()).directory, directory);
  const original = await readFile(file, 'utf8');
  const vocabulary = wordsOf(original, directory);
  const textOf = (day: string): string =>
    original.replace('application: { until: 2023-04-30,', `application: { until: ${day},`);
  const texts = days.map(textOf);
  const names = texts.map((text) => versionOf(text, vocabulary));
  expect(new Set(names).size).toBe(10);
  const git = (args: string[], env: Record<string, string> = {}): string => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.test'];
    const options = { cwd: repository, encoding: 'utf8' as const, env: { ...process.env, ...env } };
    return execFileSync('git', [...identity, ...args], options).trim();
  };
  const authored = (i: number): string => `2023-03-${10 + i}T09:00:00+09:00`;
  const commit = (i: number): string => {
    git(['commit', '--quiet', '--all', '--message', `${i}`], { GIT_AUTHOR_DATE: authored(i) });
    return git(['rev-parse', 'HEAD']);
  };

  git(['init', '--quiet']);
  git(['add', '.']);
  await writeFile(file, texts[0] ?? '');
  const commits = [commit(0)];
  const place = await freshPlace('postgres');
  const service = spawnService(place, { RULES_DIR: directory });
  const url = await service.listening();
  const list = async () => listSchema.parse(await (await fetch(`${url}${path}/versions`)).json()).versions;
  const get = (to: string, accept = '*/*') => fetch(`${url}${path}${to}`, { headers: { Accept: accept } });
  async function evaluate(chosen: object = {}) {
    const response = await fetch(`${url}/evaluate`, post({ ...applying, ...chosen }));
    const body: unknown = await response.json();
    if (response.status !== 200) return { status: response.status, body };
    const { ruleSet, deadlines } = answerSchema.parse(body);
    return { ruleSet, endsAt: deadlines.find(({ id }) => id === 'application')?.endsAt };
  }

  /** Decided while the third was current. */
  let decided = '';
  // Every other one is loaded before it is committed, as somebody does who tries it first.
  for (const [i, text] of texts.entries()) {
    if (i === 0) continue;
    await writeFile(file, text);
    if (i % 2 === 0) commits.push(commit(i));
    const loaded = await until(async () => {
      const [newest] = await list();
      return newest?.version === names[i] ? newest : undefined;
    });
    if (i % 2 === 1) {
      expect(loaded.commit).toBeNull();
      commits.push(commit(i));
    }
    await until(async () => ((await list())[0]?.commit === commits[i] ? true : undefined));
    if (i !== 2) continue;
    // It is kept a moment before it is answered by.
    await until(async () => ((await evaluate()).ruleSet?.version === names[2] ? true : undefined));
    const answered: unknown = await (await fetch(`${url}/evaluate`, post(applying))).json();
    decided = z.looseObject({ id: z.string() }).parse(answered).id;
  }

  const versions = await list();
  const newestFirst = [...names].reverse();
  expect(versions.map(({ version }) => version)).toEqual(newestFirst);
  expect(versions.map((one) => one.commit)).toEqual([...commits].reverse());
  expect(versions.map((one) => one.authoredAt)).toEqual(days.map((_, i) => authored(i)).reverse());
  expect(versions.map((one) => one.isCurrent)).toEqual(days.map((_, i) => i === 0));
  for (const [i, { current, firstCurrentAt, lastCurrentAt, href }] of versions.entries()) {
    expect(current).toEqual([{ since: firstCurrentAt, until: lastCurrentAt }]);
    expect(lastCurrentAt).toBe(i === 0 ? null : versions[i - 1]?.firstCurrentAt);
    expect(href).toBe(`${path}/versions/${newestFirst[i]}`);
  }

  /** All that an auditor asks. */
  async function answersAreRight(): Promise<void> {
    expect(await list()).toEqual(versions);
    for (const [i, name] of names.entries()) {
      expect(await (await get(`/versions/${name}`)).text()).toBe(texts[i]);
      expect(await (await get(`/versions/${name.slice(0, 12)}/vocabulary`)).text()).toBe(vocabulary);
    }
    const third = versions.find(({ version }) => version === names[2]);
    const answer = { endsAt: '2023-05-04T00:00:00+09:00' };
    const ruleSet = { version: names[2], commit: commits[2] };
    expect(await evaluate({ version: names[2] })).toMatchObject({
      ...{ ...answer, ruleSet: { ...ruleSet, chosenBy: 'version' } },
    });
    for (const knownAt of [third?.firstCurrentAt, shift(third?.lastCurrentAt, -1)]) {
      const chosen = await evaluate({ knownAt });
      expect(chosen).toMatchObject({ ...answer, ruleSet: { ...ruleSet, chosenBy: 'knownAt' } });
      expect(Date.parse(String(chosen.ruleSet?.knownAt))).toBe(Date.parse(String(knownAt)));
    }
    expect(await evaluate({ knownAt: third?.lastCurrentAt })).toMatchObject({
      ruleSet: { version: names[3], chosenBy: 'knownAt' },
    });
    expect(await evaluate()).toMatchObject({
      ...{ endsAt: '2023-05-11T00:00:00+09:00', ruleSet: { version: names[9], chosenBy: 'current' } },
    });
    expect(await evaluate({ knownAt: shift(versions.at(-1)?.firstCurrentAt, -1) })).toMatchObject({
      ...{ status: 404, body: { type: 'urn:hosho:problem:unknown-version' } },
    });
    expect(await evaluate({ knownAt: third?.firstCurrentAt, version: names[2] })).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/knownAt', code: 'not-allowed' }] } },
    });
  }
  await answersAreRight();

  // Nobody waits for a comparison: a decision that is asked for after it is answered before it.
  const finished: string[] = [];
  const comparing = get(`/diff?from=${names[2]}&to=${names[3]?.slice(0, 6)}`).then(async (response) => {
    finished.push('diff');
    return response.json();
  });
  await evaluate();
  finished.push('decision');
  const compared = await comparing;
  expect(finished).toEqual(['decision', 'diff']);
  expect(compared).toMatchObject({
    ...{ from: names[2], to: names[3], file: 'rules/yamaguchi/2023-02-24.yaml', kind: 'changed' },
    ...{ problems: [], isProved: true },
    edits: [{ part: 'deadlines', id: 'application', kind: 'changed' }],
    differences: expect.arrayContaining([
      expect.objectContaining({ kind: 'deadline-moved', deadline: 'application', verdict: 'refuted' }),
    ]),
  });

  const third = versions.find(({ version }) => version === names[2]);
  // As people write it: the + of the offset as it is.
  const byInstant = `/diff?from=${third?.firstCurrentAt?.replace('Z', '+00:00')}`;
  expect(await (await get(byInstant)).json()).toMatchObject({ from: names[2], to: names[9] });
  const markdown = await get(byInstant, 'text/markdown');
  expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  const said = await markdown.text();
  expect(said).toMatch(/^## ルールの変更\n\n### `rules\/yamaguchi\/2023-02-24\.yaml`/);
  const line = (texts[9] ?? '').split('\n').findIndex((one) => one.includes('application: {')) + 1;
  expect(said).toContain(`\`${names[9]?.slice(0, 12)}:rules/yamaguchi/2023-02-24.yaml:${line}:`);
  expect(said).toContain('証明：ここに挙げたほかに、回答の次の点が変わる方はいません');

  // More than may wait, each pair another; nobody waits for what was compared before.
  const flood = Promise.all(names.map((name) => get(`/diff?from=${names[0]}&to=${name}`)));
  expect((await get(`/diff?from=${names[2]}&to=${names[3]}`)).status).toBe(200);
  const answers = await flood;
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused[0]?.headers.get('retry-after')).toBe('5');
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken.length).toBeGreaterThanOrEqual(5);
  expect(taken.length + refused.length).toBe(names.length);

  const store = await openStore(place);
  const old = sampleVersion('0ddba11', {
    ...{ prefecture: 'yamaguchi', incident: '2023-02-24', ruleText: 'a: [', vocabularyText: vocabulary },
  });
  await store.saveVersions([old]);
  await store.close();
  const unreadable = await get('/diff?from=0ddba11');
  expect(unreadable.status).toBe(422);
  expect(await unreadable.json()).toMatchObject({
    ...{ type: 'urn:hosho:problem:unreadable-version', detail: expect.stringContaining(old.version) },
    problems: expect.arrayContaining([
      expect.objectContaining({ file: '0ddba1100000:rules/yamaguchi/2023-02-24.yaml', line: 1 }),
    ]),
  });
  expect(await (await get('/versions/0ddba11')).text()).toBe('a: [');
  versions.unshift(...(await list()).filter(({ version }) => version === old.version));

  await rm(join(repository, '.git'), { recursive: true });
  await answersAreRight();
  const replayed = await fetch(`${url}/decisions/${decided}/replay`, { method: 'POST' });
  expect(await replayed.json()).toMatchObject({ version: names[2], result: 'same' });
  const explained = await fetch(`${url}/decisions/${decided}/explanation`);
  expect(await explained.text()).toContain(names[2]);

  // What is being compared when the service is to stop is answered first.
  const last = get(`/diff?from=${names[5]}&to=${names[7]}`);
  await evaluate();
  const ended = exitCode(service.child);
  service.child.kill('SIGTERM');
  expect((await last).status).toBe(200);
  expect(await ended).toBe(0);
  expect(service.stderr()).toBe('');
});
