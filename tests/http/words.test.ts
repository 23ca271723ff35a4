/** Words beside a running service: of each rule file alone, and of the word files that several share. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { replay } from '../../src/audit/replay.ts';
import { allDecisions } from '../../src/decisions/all-decisions.ts';
import { openStore } from '../../src/decisions/open.ts';
import { storedRules } from '../../src/rule-files/stored-rules.ts';
import { callHosho } from '../support/command-line.ts';
import { freshFolder, freshPlace } from '../support/stores.ts';
import { copyWords } from '../support/words.ts';
import { post, rulesDir, startOn } from './harness.ts';
import { until } from './until.ts';

const labelled = z.looseObject({ id: z.string(), label: z.string() });
const answerSchema = z.looseObject({
  ruleSet: z.looseObject({ version: z.string() }),
  outcomeLabel: z.string(),
  claimState: labelled,
  nextSteps: z.array(labelled),
  missingFacts: z.array(z.looseObject({ fact: z.string(), label: z.string(), question: z.string() })),
});
const readyz = z.looseObject({
  status: z.string(),
  problems: z
    .array(
      z.looseObject({ code: z.string(), file: z.string(), line: z.int(), suggestion: z.string().nullish() }),
    )
    .default([]),
});

const PLATFORM = `# 二つの告知が共有する言葉
facts:
  pass.held: { type: boolean, label: パスの有無, question: パスをお持ちですか。 }
nextSteps:
  show-pass: パスをお見せください
`;

/** A notice whose holders of a pass are paid without doing anything, in its own words. */
const notice = (prefecture: string, more: object): string =>
  stringify({
    ...{ prefecture, incident: '2026-11-02', title: `${prefecture}の告知`, timeZone: 'Asia/Tokyo' },
    source: { issuer: '事務局', title: 'お知らせ', published: '2026-11-02' },
    clauses: { C1: { lines: 1, text: '対象の方' } },
    deadlines: { end: { until: '2026-12-25', label: 'お支払いの期限', clause: 'C1' } },
    contact: {
      ...{ id: 'desk', name: '窓口', tel: '0120-000-000', clause: 'C1', hoursText: '10:00～18:00' },
      hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: 'open', open: '10:00', close: '18:00' }],
    },
    uses: ['platform'],
    eligibility: [
      {
        id: 'A',
        clause: 'C1',
        label: '対象の方',
        when: { fact: 'pass.held', operator: 'equal', value: true },
      },
    ],
    claimState: [
      { id: 'none', when: { fact: 'category', operator: 'isPresent', value: false } },
      { id: 'automatic', nextSteps: ['show-pass', 'expect'], deadlines: ['end'] },
    ],
    outcome: [
      { id: 'not-eligible', when: { fact: 'category', operator: 'isPresent', value: false } },
      { id: 'eligible' },
    ],
    remedies: [
      {
        id: 'refund',
        clause: 'C1',
        label: '返金',
        when: { fact: 'category', operator: 'isPresent', value: true },
      },
    ],
    ...more,
  });
const NORTH = notice('north', {
  vocabulary: {
    facts: { 'pass.held': { label: '北パス', question: '北パスをお持ちですか。' } },
    outcomes: { eligible: '交付' },
    claimStates: { automatic: '手続き不要' },
    nextSteps: { expect: '振込をお待ちください' },
    worklists: { payment: { claimStates: ['automatic'] } },
  },
});
const SOUTH = notice('south', {
  accepted: [{ finding: 'unbound-deadline', about: ['deadlines/end'], reason: 'この日までに振り込まれる' }],
  vocabulary: {
    facts: { 'pass.held': { question: '南フリーきっぷはありますか。' } },
    claimStates: { automatic: '自動で返金' },
    nextSteps: { expect: '返金は来月です', 'show-pass': 'きっぷを駅でお見せください' },
    worklists: { none: { claimStates: ['automatic'] } },
  },
});

async function folder() {
  const directory = await freshFolder();
  copyWords(directory, rulesDir);
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  };
  await write('words/platform.yaml', PLATFORM);
  await write('north/2026-11-02.yaml', NORTH);
  await write('south/2026-11-02.yaml', SOUTH);
  const hosho = (...args: string[]) => callHosho(args, { env: { ...process.env, RULES_DIR: directory } });
  return { directory, write, hosho };
}

async function serve() {
  const made = await folder();
  const place = await freshPlace('postgres');
  const { service } = await startOn(place, made.directory);
  onTestFinished(() => service.close());
  const evaluate = async (prefecture: string, facts: object) => {
    const request = { prefecture, incident: '2026-11-02', asOf: '2026-11-03T12:00:00+09:00', facts };
    const response = await fetch(`${service.url}/evaluate`, post(request));
    return answerSchema.parse(await response.json());
  };
  const ready = async () => readyz.parse(await (await fetch(`${service.url}/readyz`)).json());
  return { ...made, place, service, evaluate, ready };
}

test('two rule files with the same words for different things answer each in its own', async () => {
  const { directory, evaluate, hosho, write } = await serve();
  // No rule file of these uses it, which check would tell.
  await rm(join(directory, 'words', 'regionpay.yaml'));
  const held = { pass: { held: true } };
  expect(await evaluate('north', held)).toMatchObject({
    outcomeLabel: '交付',
    claimState: { id: 'automatic', label: '手続き不要' },
    nextSteps: [{ label: 'パスをお見せください' }, { label: '振込をお待ちください' }],
  });
  expect(await evaluate('south', held)).toMatchObject({
    outcomeLabel: '対象',
    claimState: { id: 'automatic', label: '自動で返金' },
    // In the order of its own words.
    nextSteps: [{ label: '返金は来月です' }, { label: 'きっぷを駅でお見せください' }],
  });
  const asked = async (prefecture: string) => (await evaluate(prefecture, {})).missingFacts;
  expect(await asked('north')).toMatchObject([{ label: '北パス', question: '北パスをお持ちですか。' }]);
  expect(await asked('south')).toMatchObject([
    { label: 'パスの有無', question: '南フリーきっぷはありますか。' },
  ]);
  const { status, stdout } = await hosho('check');
  expect(status, stdout).toBe(0);
  expect(stdout).not.toContain('no-worklist');
  const unlisted = SOUTH.slice(0, SOUTH.indexOf('  worklists:'));
  await write('south/2026-11-02.yaml', unlisted);
  const line = unlisted.split('\n').findIndex((text) => text.includes('- id: automatic')) + 1;
  expect((await hosho('check')).stdout).toMatch(
    new RegExp(`south/2026-11-02\\.yaml:${line}:\\d+ .*no-worklist（claimState/automatic）`),
  );
});

test('a changed word file is seen by those that use it; a broken one is told once, at its line', async () => {
  const { directory, write, evaluate, ready } = await serve();
  const before = await evaluate('north', {});
  const steps = async (prefecture: string) =>
    (await evaluate(prefecture, { pass: { held: true } })).nextSteps.map(({ label }) => label);
  const changedAt = performance.now();
  await write('words/platform.yaml', PLATFORM.replace('パスをお見せ', 'パスをご提示'));
  await until(async () => ((await steps('north')).includes('パスをご提示ください') ? true : undefined));
  expect(performance.now() - changedAt).toBeLessThan(3_000);
  const after = await evaluate('north', {});
  expect(after.ruleSet.version).not.toBe(before.ruleSet.version);
  // South words it by itself; it is a new version nevertheless.
  expect(await steps('south')).toEqual(['返金は来月です', 'きっぷを駅でお見せください']);

  await write('words/platform.yaml', PLATFORM.replace('type: boolean', 'type: bool'));
  const degraded = await until(async () => {
    const told = await ready();
    return told.status === 'degraded' ? told : undefined;
  });
  expect(degraded.problems).toMatchObject([
    { code: 'wrong-shape', file: expect.stringContaining('words/platform.yaml'), line: 3 },
  ]);
  expect((await evaluate('north', {})).ruleSet.version).toBe(after.ruleSet.version);

  await write('north/2026-11-02.yaml', NORTH.replace('- platform', '- platfrom'));
  await write('words/platform.yaml', await readFile(join(directory, 'words/platform.yaml'), 'utf8'));
  const misspelt = await until(async () => {
    const told = await ready();
    return told.problems.some(({ code }) => code === 'unknown-word-file') ? told : undefined;
  });
  expect(misspelt.problems).toContainEqual(
    expect.objectContaining({
      code: 'unknown-word-file',
      file: expect.stringContaining('north/2026-11-02.yaml'),
      suggestion: 'platform',
    }),
  );
});

test('decisions are replayed and explained when the files are gone', async () => {
  const { directory, place, service, evaluate } = await serve();
  await evaluate('north', { pass: { held: true } });
  await evaluate('south', {});
  await service.close();
  await rm(directory, { recursive: true });
  const store = await openStore(place);
  onTestFinished(() => store.close());
  const results: string[] = [];
  for await (const decision of allDecisions(store, {})) {
    const { result } = await replay({ store, readStored: storedRules() }, decision);
    results.push(result);
    const version = await store.findVersion(decision.prefecture, decision.incident, decision.version);
    expect(version && 'vocabularyText' in version && version.vocabularyText).toContain(
      `\n--- # words/platform.yaml\n${PLATFORM}`,
    );
  }
  expect(results).toEqual(['same', 'same']);
});

test('check takes a word file for the rule files that use it, and names its lines', async () => {
  const { directory, write, hosho } = await folder();
  const words = join(directory, 'words', 'platform.yaml');
  const sound = await hosho('check', words);
  expect(sound.status, sound.stdout).toBe(0);
  for (const name of ['north/2026-11-02.yaml', 'south/2026-11-02.yaml']) expect(sound.stdout).toContain(name);
  await write(
    'words/platform.yaml',
    PLATFORM.replace('nextSteps:', 'worklists: { none: { outcomes: [elgible] } }\n$&'),
  );
  const { status, stdout } = await hosho('check', words);
  expect(status).toBe(1);
  expect(stdout.match(/words\/platform\.yaml:4:33/g)).toHaveLength(1);
  expect(stdout).toContain('もしかして：eligible');
  const unused = await hosho('check', join(directory, 'words', 'regionpay.yaml'));
  expect(unused.status, unused.stdout).toBe(1);
  expect(unused.stdout).toMatch(/words\/regionpay\.yaml:1:1 .*unused/);
});
