/** With --lang en every fixed word is English; the rule files here hold no Japanese, so that nothing else can be. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ruleTextOf } from '../engine/small.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { fixture } from '../rulebook/fixtures.ts';
import { callHosho } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-en-'));
const rules = join(folder, 'rules');
const file = join(rules, 'somewhere', 'outage.yaml');
const cases = join(rules, 'somewhere', 'outage.cases.yaml');

const withoutJapanese = (text: string): string =>
  [...text.split(new RegExp(`(?:${JAPANESE.source})+`, 'gu'))]
    // No two alike, as people write them.
    .map((part, i) => (i === 0 ? part : `said${i}${part}`))
    .join('');
const writeRules = (written: Record<string, unknown>): void =>
  writeFileSync(file, withoutJapanese(ruleTextOf(written)));
const writeCases = (...written: object[]): void =>
  writeFileSync(cases, JSON.stringify({ prefecture: 'somewhere', incident: 'outage', cases: written }));
const flagged = {
  ...{ id: 'one', title: 'one', asOf: '2023-04-20T12:00:00+09:00', facts: { case: { flag: true } } },
  expect: { outcome: 'granted' },
};
const unflagged = {
  ...{ ...flagged, id: 'two', facts: { case: { flag: false } } },
  expect: { outcome: 'denied', categories: [], remedies: [] },
};
const decidedByDay = {
  deadlines: { day: { until: '2023-04-28', label: 'Day', clause: 'C1' } },
  outcome: [
    { id: 'denied', when: { fact: 'asOf', operator: 'after', value: { deadline: 'day' } } },
    { id: 'granted' },
  ],
};

async function hosho(
  lang: 'ja' | 'en',
  args: string[],
  input = '',
  worst = 1,
  settings: Record<string, string> = {},
): Promise<string> {
  const env = { ...process.env, RULES_DIR: rules, ...settings };
  const { stdout, stderr, status } = await callHosho(['--lang', lang, ...args], { cwd: folder, input, env });
  if (worst === 2) expect(status, stderr).toBe(2);
  else expect(status, stderr).toBeLessThan(2);
  return stdout + stderr;
}

/** Those that have Japanese outside of quotes. */
const japaneseLines = (text: string): string[] =>
  text.split('\n').filter((line) => JAPANESE.test(line.replaceAll(/"[^"]*"/g, '')));

/** What it says in English, once it is sure that this is all English and that it says something else in Japanese. */
async function english(args: string[], input = ''): Promise<string> {
  const said = await hosho('en', args, input);
  expect(japaneseLines(said)).toEqual([]);
  expect(await hosho('ja', args, input)).toMatch(JAPANESE);
  return said;
}

beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  mkdirSync(join(rules, 'somewhere'), { recursive: true });
  writeFileSync(join(rules, 'vocabulary.yaml'), withoutJapanese(fixture('vocabulary.yaml')));
  writeRules({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('check: problems of rules and cases, with the nearest name', async () => {
  writeRules({ brands: { spare: 'Spare' }, claimState: [{ id: 'waitin' }] });
  writeCases({ ...flagged, asOf: '2023-04-20' }, flagged);
  const said = await english(['check']);
  for (const part of ['error  unknown-word', 'Did you mean: waiting', 'warning  unused', 'bad-date'])
    expect(said).toContain(part);
  expect(said).toContain('There are two cases "one".');
  expect(said).toContain('errors: 3, warnings: 1');
});

test('test: cases whose rules cannot be read', async () => {
  writeRules({ claimState: [{ id: 'waitin' }] });
  writeCases(flagged);
  expect(await english(['test'])).toContain('The rules of somewhere/outage cannot be read');
});

test('check: findings with an example, accepted ones, and nothing wrong', async () => {
  const claimState = [{ id: 'waiting', nextSteps: ['apply'] }];
  writeRules({ claimState });
  const said = await english(['check']);
  for (const part of ['no-contact (contact)', 'Example, ready for the cases file:', 'warnings: 2'])
    expect(said).toContain(part);
  writeRules({
    claimState,
    accepted: [
      { finding: 'no-contact', about: ['contact'], reason: 'known' },
      { finding: 'no-deadline', about: ['claimState/waiting'], reason: 'known' },
    ],
  });
  expect(await english(['check'])).toMatch(/Nothing is wrong\. \(.*\)\ninformation: 1, accepted: 2/);
});

test('test: what was expected, what no case shows, and what no case notices', async () => {
  writeRules(decidedByDay);
  writeCases(
    { ...flagged, expect: { outcome: 'denied', voucherState: 'valid', clauses: ['C9'] } },
    { ...flagged, id: 'two', facts: { case: { flg: true } } },
    { ...flagged, id: 'three' },
  );
  const said = await english(['test', '--coverage', '--mutate']);
  for (const part of ['1 of 3 are as expected', 'including [C9]', 'Did you mean: case.flag', 'coverage: '])
    expect(said).toContain(part);
  for (const part of ['rules that hold in no case: 1', 'no case shows that outcome/denied holds'])
    expect(said).toContain(part);
  for (const part of ['no case notices this mistake: ', 'the answer changes in such a case: '])
    expect(said).toContain(part);
});

test('test: rules without cases, and cases that fire every rule', async () => {
  expect(await english(['test'])).toContain('there are no cases');
  writeCases(flagged, unflagged);
  expect(await english(['test'])).toContain('rules holds in some case');
});

test('cases suggest: what the file is to be given', async () => {
  const remarks = async (): Promise<string> => {
    const lines = (await hosho('en', ['cases', 'suggest'])).split('\n');
    return lines.filter((line) => line.trimStart().startsWith('#')).join('\n');
  };
  writeRules({ claimState: [{ id: 'waiting', nextSteps: ['apply'] }] });
  const first = await remarks();
  expect(first).toContain('# cases to add to rules/somewhere/outage.cases.yaml (');
  writeCases(flagged, unflagged);
  const second = await remarks();
  expect(second).toContain('# to add to the expect of cases that are there (');
  writeCases(
    { ...flagged, expect: { ...flagged.expect, nextSteps: ['apply'], remedies: ['refund'] } },
    unflagged,
  );
  const third = await remarks();
  expect(third).toContain('there is nothing to add');
  expect(japaneseLines([first, second, third].join('\n'))).toEqual([]);
});

const one = ['evaluate', '--prefecture', 'somewhere', '--incident', 'outage'];
const asOf = ['--as-of', '2023-04-20T12:00:00+09:00'];

test('evaluate: an answer with everything in it', async () => {
  writeRules({
    voucherState: [{ id: 'valid' }],
    claimState: [{ id: 'waiting', nextSteps: ['apply'], requiredInformation: 'papers' }],
    information: { papers: { label: 'Papers', items: { a: 'A' } } },
    brands: { points: 'Points' },
    sites: { site: { url: 'https://example.com', label: 'Site', clause: 'C1', nextSteps: ['apply'] } },
    senders: { office: { address: 'a@example.com', label: 'Office', clause: 'C1', nextSteps: ['apply'] } },
    amount: [{ id: 'all', yen: { fact: 'case.paidYen' }, final: false, clause: 'C1' }],
    remedies: [
      {
        ...{ id: 'refund', clause: 'C1', label: 'Refund', brands: 'all' },
        when: { fact: 'case.other', operator: 'equal', value: false },
      },
    ],
    contact: {
      ...{ id: 'office', name: 'Office', tel: '00', clause: 'C1', hoursText: 'in the morning' },
      hours: [{ days: ['mon'], holidays: 'closed', open: '10:00', close: '18:00' }],
    },
  });
  const given = JSON.stringify({ case: { flag: true, paidYen: 1000 } });
  const quoted: unknown[] = [];
  const answer: unknown = JSON.parse(
    await hosho('en', [...one, ...asOf, '--facts', '-', '--explain', '--json'], given),
  );
  JSON.stringify(answer, (_, value: unknown) => {
    quoted.push(value);
    return value;
  });
  // The words of the answer, dates among them, are the same in every language.
  const words = quoted.filter((value) => typeof value === 'string' && JAPANESE.test(value)).map(String);
  const said = words
    .sort((a, b) => b.length - a.length)
    .reduce(
      (text, word) => text.replaceAll(word, ''),
      await hosho('en', [...one, ...asOf, '--facts', '-', '--explain'], given),
    );
  expect(japaneseLines(said)).toEqual([]);
  for (const heading of ['Outcome', 'Remedies', 'Amount', 'Next steps', 'Contact', 'How it was decided'])
    expect(said).toMatch(new RegExp(`^${heading}`, 'm'));
});

test('evaluate: facts that do not fit', async () => {
  const said = await english([...one, ...asOf, '--facts', '-'], '{"case":{"flg":true}}');
  expect(said).toContain('facts/case/flg: ');
  expect(said).toContain('Did you mean: case.flag');
});

test('evaluate: many at once', async () => {
  const input = join(folder, 'cases.csv');
  writeFileSync(input, 'case.flag,case.hours\ntrue,1\n,\nfalse,x\n');
  const said = await english([
    ...one,
    ...asOf,
    '--input',
    input,
    '--output',
    join(folder, 'out.csv'),
    '--force',
  ]);
  expect(said).toContain('1 of 2 cases are decided');
  expect(said).toContain('Lines that cannot be read');
});

const many = ['--output', 'new.csv', ...asOf];
test.each<[args: string[], en: string, ja: string]>([
  [['check', '--foo'], "unknown option '--foo'", '--foo：このオプションはありません'],
  [
    ['chek'],
    "unknown command 'chek'\n(Did you mean check?)",
    'chek：このコマンドはありません\n（もしかして：check）',
  ],
  [['diff'], "missing required argument 'old'", '<old> を指定してください'],
  [
    ['evaluate', '--facts'],
    "option '--facts <file>' argument missing",
    '--facts <file>：値を指定してください',
  ],
  [['evaluate'], "'--prefecture <name>' not specified", '--prefecture <name> を指定してください'],
  [['diff', 'a', '--format', 'x'], 'Allowed choices are text,', '「x」は使えません。使えるのは text,'],
  [['serve', '1'], 'Expected 0 arguments but got 1', '引数が多すぎます（0個までのところ、1個）'],
  [['check', '--seconds', '0'], 'a number of seconds above 0', '0 より大きい秒数'],
  [['decisions', 'list', '--limit', 'x'], 'a whole number above 0', '1 以上の整数'],
  [['decisions', 'erase'], 'name either --reference or --id', 'どちらか一つを指定してください'],
  [['decisions', 'archive', 'x', '--output', 'y'], 'x: write a month', 'x：2030-01 のように'],
  [['versions', 'a', 'b', 'x'], 'x: a version is a sha256', 'x：版は sha256'],
  [['replay', '--resume'], 'name the same --output', '前と同じ --output'],
  [['audit', 'verify-receipt', 'none'], 'none: cannot be read', 'none：読めません'],
  [['check', 'none.yaml'], 'none.yaml: no such file', 'none.yaml：ファイルがありません'],
  [['diff', 'none'], 'none: neither a rule file nor', 'none：ルールのファイルでも'],
  [['new', 'a/b', 'c'], 'prefecture a/b: use letters', 'prefecture a/b：英数字と'],
  [['notice'], 'name a rule file', 'ルールファイルか、'],
  [['notice', 'somewhere', 'outag'], 'Did you mean: somewhere/outage', 'もしかして：somewhere/outage'],
  [['impact', 'none.yaml'], 'none.yaml', 'none.yaml：'],
  [one, '--facts or --input is needed', '一件なら --facts'],
  [[...one, '--facts', 'none'], 'none: cannot be read', 'none：ファイルを読めません'],
  [[...one, '--facts', '-', '--as-of', 'x'], '--as-of x: write a datetime', '--as-of x：2030-01-31T'],
  [[...one, '--input', 'a.csv'], '--output: say where', '--output：結果を書くファイル'],
  [[...one, ...many, '--input', 'a.txt'], 'name a .csv or .ndjson file', '.csv か .ndjson のファイル名'],
  [[...one, ...many, '--input', 'none.csv'], 'none.csv: cannot be read', 'none.csv：ファイルを読めません'],
  [[...one, ...many, '--input', 'bad.csv'], 'Did you mean: case.flag', 'もしかして：case.flag'],
  [[...one, ...many, '--input', 'bad.csv', '--threads', '0'], 'from 1 to', '1 から'],
])('a wrong call: %j', async (args, en, ja) => {
  writeFileSync(join(folder, 'bad.csv'), 'case.flg\ntrue\n');
  const wrong = (lang: 'ja' | 'en'): Promise<string> => hosho(lang, args, '{}', 2);
  expect(await wrong('en')).toContain(en);
  expect(await wrong('en')).not.toMatch(JAPANESE);
  expect(await wrong('ja')).toContain(ja);
});

test('wrong settings', async () => {
  const settings = { PORT: 'eighty', DATABASE_URL: 'mysql://x', ALLOWED_HOSTS: '*' };
  const said = await hosho('en', ['check'], '', 2, settings);
  expect(said).toContain('DATABASE_URL: must begin with');
  expect(said).not.toMatch(JAPANESE);
  const saidInJapanese = await hosho('ja', ['check'], '', 2, settings);
  for (const part of ['PORT: 無効な入力', 'で始まる必要があります', '「*」はホスト名でも'])
    expect(saidInJapanese).toContain(part);
});
