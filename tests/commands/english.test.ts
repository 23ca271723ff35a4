/** With --lang en every fixed word is English; the rule files here hold no Japanese, so that nothing else can be. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { ruleTextOf } from '../engine/small.ts';
import { JAPANESE } from '../fixtures/japanese.ts';
import { fixture } from '../rulebook/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'hosho-en-'));
const rules = join(folder, 'rules');
const file = join(rules, 'somewhere', 'outage.yaml');
const cases = join(rules, 'somewhere', 'outage.cases.yaml');

const withoutJapanese = (text: string): string =>
  text.replaceAll(new RegExp(`(?:${JAPANESE.source})+`, 'gu'), 'said');
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

function hosho(lang: 'ja' | 'en', args: string[], input = ''): string {
  const command = [join(inject('dist'), 'cli.js'), '--lang', lang, ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, {
    ...{ cwd: folder, encoding: 'utf8', input, env: { ...process.env, RULES_DIR: rules } },
  });
  expect(status, stderr).toBeLessThan(2);
  return stdout + stderr;
}

/** Those that have Japanese outside of quotes. */
const japaneseLines = (text: string): string[] =>
  text.split('\n').filter((line) => JAPANESE.test(line.replaceAll(/"[^"]*"/g, '')));

/** What it says in English, once it is sure that this is all English and that it says something else in Japanese. */
function english(args: string[], input = ''): string {
  const said = hosho('en', args, input);
  expect(japaneseLines(said)).toEqual([]);
  expect(hosho('ja', args, input)).toMatch(JAPANESE);
  return said;
}

beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  mkdirSync(join(rules, 'somewhere'), { recursive: true });
  writeFileSync(join(rules, 'vocabulary.yaml'), withoutJapanese(fixture('vocabulary.yaml')));
  writeRules({});
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('check: problems of rules and cases, with the nearest name', () => {
  writeRules({ brands: { spare: 'Spare' }, claimState: [{ id: 'waitin' }] });
  writeCases({ ...flagged, asOf: '2023-04-20' }, flagged);
  const said = english(['check']);
  for (const part of ['error  unknown-word', 'Did you mean: waiting', 'warning  unused', 'bad-date'])
    expect(said).toContain(part);
  expect(said).toContain('There are two cases "one".');
  expect(said).toContain('errors: 3, warnings: 1');
});

test('test: cases whose rules cannot be read', () => {
  writeRules({ claimState: [{ id: 'waitin' }] });
  writeCases(flagged);
  expect(english(['test'])).toContain('The rules of somewhere/outage cannot be read');
});

test('check: findings with an example, accepted ones, and nothing wrong', () => {
  const claimState = [{ id: 'waiting', nextSteps: ['apply'] }];
  writeRules({ claimState });
  const said = english(['check']);
  for (const part of ['no-contact (contact)', 'Example, ready for the cases file:', 'warnings: 2'])
    expect(said).toContain(part);
  writeRules({
    claimState,
    accepted: [
      { finding: 'no-contact', about: ['contact'], reason: 'known' },
      { finding: 'no-deadline', about: ['claimState/waiting'], reason: 'known' },
    ],
  });
  expect(english(['check'])).toMatch(/Nothing is wrong\. \(.*\)\naccepted: 2/);
});

test('test: what was expected, what no case shows, and what no case notices', () => {
  writeRules(decidedByDay);
  writeCases(
    { ...flagged, expect: { outcome: 'denied', voucherState: 'valid', clauses: ['C9'] } },
    { ...flagged, id: 'two', facts: { case: { flg: true } } },
    { ...flagged, id: 'three' },
  );
  const said = english(['test', '--coverage', '--mutate']);
  for (const part of ['1 of 3 are as expected', 'including [C9]', 'Did you mean: case.flag', 'coverage: '])
    expect(said).toContain(part);
  for (const part of ['rules that hold in no case: 1', 'no case shows that outcome/denied holds'])
    expect(said).toContain(part);
  for (const part of ['no case notices this mistake: ', 'the answer changes in such a case: '])
    expect(said).toContain(part);
});

test('test: rules without cases, and cases that fire every rule', () => {
  expect(english(['test'])).toContain('there are no cases');
  writeCases(flagged, unflagged);
  expect(english(['test'])).toContain('rules holds in some case');
});

test('cases suggest: what the file is to be given', () => {
  const remarks = (): string => {
    const lines = hosho('en', ['cases', 'suggest']).split('\n');
    return lines.filter((line) => line.trimStart().startsWith('#')).join('\n');
  };
  writeRules({ claimState: [{ id: 'waiting', nextSteps: ['apply'] }] });
  const first = remarks();
  expect(first).toContain('# cases to add to rules/somewhere/outage.cases.yaml (');
  writeCases(flagged, unflagged);
  const second = remarks();
  expect(second).toContain('# to add to the expect of cases that are there (');
  writeCases(
    { ...flagged, expect: { ...flagged.expect, nextSteps: ['apply'], remedies: ['refund'] } },
    unflagged,
  );
  const third = remarks();
  expect(third).toContain('there is nothing to add');
  expect(japaneseLines([first, second, third].join('\n'))).toEqual([]);
});

const one = ['evaluate', '--prefecture', 'somewhere', '--incident', 'outage'];
const asOf = ['--as-of', '2023-04-20T12:00:00+09:00'];

test('evaluate: an answer with everything in it', () => {
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
    hosho('en', [...one, ...asOf, '--facts', '-', '--explain', '--json'], given),
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
      hosho('en', [...one, ...asOf, '--facts', '-', '--explain'], given),
    );
  expect(japaneseLines(said)).toEqual([]);
  for (const heading of ['Outcome', 'Remedies', 'Amount', 'Next steps', 'Contact', 'How it was decided'])
    expect(said).toMatch(new RegExp(`^${heading}`, 'm'));
});

test('evaluate: facts that do not fit', () => {
  const said = english([...one, ...asOf, '--facts', '-'], '{"case":{"flg":true}}');
  expect(said).toContain('facts/case/flg: ');
  expect(said).toContain('Did you mean: case.flag');
});

test('evaluate: many at once', () => {
  const input = join(folder, 'cases.csv');
  writeFileSync(input, 'case.flag,case.hours\ntrue,1\n,\nfalse,x\n');
  const said = english([...one, ...asOf, '--input', input, '--output', join(folder, 'out.csv'), '--force']);
  expect(said).toContain('1 of 2 cases are decided');
  expect(said).toContain('Lines that cannot be read');
});
