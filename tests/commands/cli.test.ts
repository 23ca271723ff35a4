/** The command line as people call it: what is printed, and the exit code. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';

const cli = join(inject('dist'), 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'hosho-cli-'));
const rules = join(folder, 'rules');
const file = join(rules, 'yamaguchi', '2023-02-24.yaml');

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

function hosho(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, RULES_DIR: rules, ...options.env },
  });
  return { status, stdout, stderr };
}

const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  cpSync('rules', rules, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const facts = JSON.stringify({
  programme: { used: true, destinationPrefecture: '35' },
  voucher: { platform: 'regionpay', medium: 'paper', received: true, balanceAfterGraceYen: 2000 },
});
const one = ['evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24', '--facts', '-'];
const asOf = ['--as-of', '2023-03-05T12:00:00+09:00'];

describe('check', () => {
  test('finds nothing wrong with the rule sets shipped', () => {
    const { status, stdout } = hosho(['check']);
    expect(status, stdout).toBe(0);
  });

  test('shows every problem at its line, with the line itself and the nearest name', () => {
    edit(file, '{ deadline: grace-expiry }', '{ deadline: grace-expirey }');
    edit(file, 'operator: greaterThanInclusive', 'operator: greaterThenInclusive');
    const { status, stdout } = hosho(['check', file]);
    expect(status).toBe(1);
    const text = readFileSync(file, 'utf8').split('\n');
    for (const [fault, code, nearest] of [
      ['grace-expirey', 'unknown-deadline', 'grace-expiry'],
      ['greaterThenInclusive', 'unknown-operator', 'greaterThanInclusive'],
    ] as const) {
      const line = text.findIndex((l) => l.includes(fault)) + 1;
      expect(stdout).toMatch(new RegExp(`2023-02-24\\.yaml:${line}:\\d+ .*${code}`));
      expect(stdout).toContain(`もしかして：${nearest}`);
      expect(stdout).toContain(`  ${line} | `);
    }
  });

  test('an unused name is a finding too', () => {
    edit(file, 'brands:\n', 'values:\n  spare: { value: 1, label: 余り }\nbrands:\n');
    const { status, stdout } = hosho(['check']);
    expect(status).toBe(1);
    expect(stdout).toContain('unused');
  });

  test('reads the cases as well', () => {
    edit(file.replace('.yaml', '.cases.yaml'), 'outcome: not-applicable', 'outcom: not-applicable');
    const { status, stdout } = hosho(['check', file]);
    expect(status).toBe(1);
    expect(stdout).toContain('もしかして：outcome');
  });

  test('a file that is not there is a mistake in the call', () => {
    expect(hosho(['check', 'rules/nowhere.yaml']).status).toBe(2);
  });
});

describe('test', () => {
  test('the cases of the rule sets shipped hold, and every rule fires in one', () => {
    const { status, stdout } = hosho(['test']);
    expect(status, stdout).toBe(0);
    expect(stdout).not.toContain('どの事例にも当てはまらない');
  });

  test('shows what was expected and what came, for each case that no longer holds', () => {
    edit(file, 'until: 2023-04-30, label', 'until: 2023-05-07, label');
    const { status, stdout } = hosho(['test', file]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ A-WEB-08 .*\n( .*\n)* {4}outcome\n {6}期待 {2}lapsed\n {6}実際 {2}eligible/);
  });

  test('names the rules that no case fires', () => {
    const cases = file.replace('.yaml', '.cases.yaml');
    const text = readFileSync(cases, 'utf8');
    writeFileSync(cases, text.slice(0, text.indexOf('- id:', text.indexOf('- id:') + 5)));
    const { stdout } = hosho(['test', cases]);
    expect(stdout).toContain('outcome/lapsed');
    expect(stdout).not.toContain('outcome/before-outage');
  });
});

describe('evaluate', () => {
  test('answers in Japanese, without a server', () => {
    const { status, stdout } = hosho([...one, ...asOf], { input: facts });
    expect(status).toBe(0);
    expect(stdout).toContain('結論  情報不足');
    expect(stdout).toContain('クーポンの元の有効期限はいつですか。');
  });

  test('--json is for machines, --explain shows the conditions and their lines', () => {
    const { stdout } = hosho([...one, ...asOf, '--json', '--explain'], { input: facts });
    const answer = JSON.parse(stdout);
    expect(answer.outcome).toBe('insufficient-information');
    expect(answer.explanation.length).toBeGreaterThan(10);
    expect(answer.explanation[0].at).toMatch(/^rules\/yamaguchi\/2023-02-24\.yaml:\d+:\d+$/);
  });

  test('facts that do not fit are findings, named with the nearest right one', () => {
    const { status, stderr } = hosho([...one, ...asOf], { input: '{"voucher":{"medum":"paper"}}' });
    expect(status).toBe(1);
    expect(stderr).toContain('facts/voucher/medum');
    expect(stderr).toContain('もしかして：voucher.medium');
  });

  test.each([
    [
      'an unknown rule set',
      ['evaluate', '--prefecture', 'yamaguti', '--incident', '2023-02-24', '--facts', '-'],
      facts,
    ],
    ['a datetime without an offset', [...one, '--as-of', '2023-03-05'], facts],
    ['text that is not JSON', [...one, ...asOf], '{'],
    ['a missing option', ['evaluate', '--facts', '-'], facts],
    ['an unknown command', ['evaluat'], ''],
  ])('%s is a mistake in the call', (_, args, input) => {
    const { status, stderr } = hosho(args, { input });
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
  });
});

test('--help has examples for every command', () => {
  const commands = ['check', 'test', 'evaluate', 'serve'];
  expect(hosho(['--help']).status).toBe(0);
  for (const command of commands) expect(hosho([command, '--help']).stdout).toContain(`$ hosho ${command}`);
});

test('the editor schemas are those that the program would write', () => {
  const names = ['rule-set.schema.json', 'vocabulary.schema.json', 'cases.schema.json'];
  const before = names.map((name) => readFileSync(join(rules, name), 'utf8'));
  for (const name of names) rmSync(join(rules, name));
  expect(hosho(['schemas']).status).toBe(0);
  expect(names.map((name) => readFileSync(join(rules, name), 'utf8'))).toEqual(before);
});

test('wrong settings are named, all at once', () => {
  const { status, stderr } = hosho(['serve'], { env: { PORT: 'eighty', DATABASE_URL: 'mysql://x' } });
  expect(status).toBe(2);
  expect(stderr).toContain('PORT');
  expect(stderr).toContain('DATABASE_URL');
});
