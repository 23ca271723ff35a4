/** The command line as people call it: what is printed, and the exit code. */

import { spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { ruleTextOf } from '../engine/small.ts';
import { fixture } from '../rulebook/fixtures.ts';
import { callHosho } from '../support/command-line.ts';
import { ordinaryUser } from '../support/unprivileged.ts';

const cli = join(inject('dist'), 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'hosho-cli-'));
const rules = join(folder, 'rules');
const LATER_SAMPLES = /disaster-relief|mobile-outage|express-ticket/;
const file = join(rules, 'yamaguchi', '2023-02-24.yaml');

const hosho = (args: string[], { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {}) =>
  callHosho(args, { cwd: folder, input, env: { ...process.env, RULES_DIR: rules, ...env } });

const lineOf = (text: string, part: string): number =>
  text.split('\n').findIndex((line) => line.includes(part)) + 1;
const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

beforeEach(() => {
  rmSync(rules, { recursive: true, force: true });
  // Three of the six rule sets: all are proved where "npx hosho check" is run on the folder itself.
  cpSync('rules', rules, { recursive: true, filter: (path) => !LATER_SAMPLES.test(path) });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const facts = JSON.stringify({
  programme: { used: true, destinationPrefecture: '35' },
  voucher: { platform: 'regionpay', medium: 'paper', received: true, balanceAfterGraceYen: 2000 },
});
const one = ['evaluate', '--prefecture', 'yamaguchi', '--incident', '2023-02-24', '--facts', '-'];
const asOf = ['--as-of', '2023-03-05T12:00:00+09:00'];

describe('check', () => {
  test('finds nothing wrong with the rule sets shipped', async () => {
    const { status, stdout } = await hosho(['check']);
    expect(status, stdout).toBe(0);
  });

  test('shows every problem at its line, with the line itself and the nearest name', async () => {
    edit(file, 'asOf: grace-expiry まで', 'asOf: grace-expirey まで');
    edit(file, 'not: covered-A', 'not: coverd-A');
    const { status, stdout } = await hosho(['check', file]);
    expect(status).toBe(1);
    const text = readFileSync(file, 'utf8').split('\n');
    for (const [fault, code, nearest] of [
      ['grace-expirey', 'unknown-deadline', 'grace-expiry'],
      ['coverd-A', 'unknown-condition', 'covered-A'],
    ] as const) {
      const line = text.findIndex((l) => l.includes(fault)) + 1;
      expect(stdout).toMatch(new RegExp(`2023-02-24\\.yaml:${line}:\\d+ .*${code}`));
      expect(stdout).toContain(`もしかして：${nearest}`);
      expect(stdout).toContain(`  ${line} | `);
    }
  });

  test('an unused name is a finding too', async () => {
    edit(file, 'brands:\n', 'values:\n  spare: { value: 1, label: 余り }\nbrands:\n');
    const { status, stdout } = await hosho(['check']);
    expect(status).toBe(1);
    expect(stdout).toContain('unused');
  });

  test('reads the cases as well', async () => {
    edit(file.replace('.yaml', '.cases.yaml'), 'outcome: not-applicable', 'outcom: not-applicable');
    const { status, stdout } = await hosho(['check', file]);
    expect(status).toBe(1);
    expect(stdout).toContain('もしかして：outcome');
  });

  test('what is proved of all cases, with an example that can be added to the cases as it stands', async () => {
    edit(file, 'nextSteps: [apply-web],\n      deadlines', 'deadlines');
    const { status, stdout } = await hosho(['check', file]);
    expect(status).toBe(1);
    const line = lineOf(readFileSync(file, 'utf8'), '  - { id: application-open');
    expect(stdout).toMatch(new RegExp(`2023-02-24\\.yaml:${line}:\\d+ .*no-next-step`));
    const [, example = ''] = /no-next-step.*?\n( {2}- id: .*?)\n\n/s.exec(stdout) ?? [];
    const cases = file.replace('.yaml', '.cases.yaml');
    writeFileSync(cases, `prefecture: yamaguchi\nincident: 2023-02-24\ncases:\n${example}\n`);
    expect((await hosho(['test', file])).stdout).toContain('1件のうち1件が期待どおり');
    expect((await hosho(['--lang', 'en', 'check', file])).stdout).toContain('is told no next step');
  });

  test('a warning that the file accepts, and one that nothing needs', async () => {
    edit(file, 'nextSteps: [apply-web],\n      deadlines', 'deadlines');
    const text = readFileSync(file, 'utf8');
    const accepting = (about: string): string =>
      text.replace(
        /^accepted:.*\n/m,
        (line) => `${line}  - { finding: no-next-step, about: [${about}], reason: 手順は告知にないため }\n`,
      );
    writeFileSync(file, accepting('claimState/application-open'));
    expect(await hosho(['check', file])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('手順は告知にない'),
    });
    writeFileSync(file, accepting('claimState/applied'));
    expect(await hosho(['check', file])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('needless-acceptance'),
    });
  });

  test.each(['旧/yamaguchi/2023-02-24.yaml', 'yamaguchi/2023-02-24.yml'])(
    'a second file for a rule set, %s: both are named',
    async (name) => {
      mkdirSync(join(rules, '旧/yamaguchi'), { recursive: true });
      cpSync(file, join(rules, name));
      for (const args of [['check'], ['check', file]]) {
        const { status, stdout } = await hosho(args);
        expect(status).toBe(1);
        expect(stdout).toContain('rules/yamaguchi/2023-02-24.yaml');
        expect(stdout).toContain(`rules/${name}`);
        expect(stdout).toContain('duplicate-rule-set');
      }
      // The cases are those of <prefecture>/<incident>.yaml, once, and it is what answers.
      expect((await hosho([...one, ...asOf], { input: facts })).status).toBe(0);
    },
  );

  test('a name that no rule file has is told of, with the right one', async () => {
    writeFileSync(join(rules, 'yamaguchi/2024-01-01.yaml.txt'), 'x');
    const { status, stdout } = await hosho(['check']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/misnamed-file[\s\S]*もしかして：rules\/yamaguchi\/2024-01-01\.yaml/);
  });

  test('a word file that no rule file uses is checked, with all others and by itself', async () => {
    writeFileSync(join(rules, 'words/new.yaml'), 'claimState: { automatic: 自動 }\n');
    for (const args of [[], ['rules/words/new.yaml']]) {
      const { status, stdout } = await hosho(['check', ...args]);
      expect(status).toBe(1);
      expect(stdout).toMatch(/rules\/words\/new\.yaml:1:1[\s\S]*unknown-key[\s\S]*もしかして：claimStates/);
      expect(stdout).toMatch(/rules\/words\/new\.yaml:1:1[\s\S]*unused/);
    }
    rmSync(join(rules, 'words/new.yaml'));
    writeFileSync(join(rules, 'words/new.yml'), 'claimStates: { automatic: 自動 }\n');
    expect((await hosho(['check', 'rules/words/new.yml'])).stdout).toMatch(
      /misnamed-file[\s\S]*words\/new\.yaml/,
    );
    rmSync(join(rules, 'words/new.yml'));
  });

  test('a folder that may not be read is a problem with its name, not a stack', () => {
    mkdirSync(join(rules, 'lost+found'), { mode: 0 });
    const { command, user } = ordinaryUser();
    if (user)
      for (const each of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
        chownSync(join(folder, each), user.uid, user.gid);
    for (const args of [['check'], ['diff', 'HEAD']]) {
      const { program, arguments: all, identity } = command(process.execPath, [cli, ...args]);
      const { status, stdout, stderr } = spawnSync(program, all, {
        ...identity,
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, RULES_DIR: rules },
      });
      expect(status).not.toBe(0);
      expect(stdout + stderr).not.toMatch(/^ +at /m);
      if (args[0] === 'check')
        expect(stdout.match(/^rules\/lost\+found:1:1 .*cannot-read$/gm)).toHaveLength(1);
    }
  });

  test('a file that is not there is a mistake in the call', async () => {
    expect((await hosho(['check', 'rules/nowhere.yaml'])).status).toBe(2);
  });
});

describe('test', () => {
  test('the cases of the rule sets shipped hold, and every rule fires in one', async () => {
    const { status, stdout } = await hosho(['test']);
    expect(status, stdout).toBe(0);
    expect(stdout).not.toContain('どの事例にも当てはまらない');
  });

  test('shows what was expected and what came, for each case that no longer holds', async () => {
    edit(file, 'until: 2023-04-30, label', 'until: 2023-05-07, label');
    const { status, stdout } = await hosho(['test', file]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ A-WEB-08 .*\n( .*\n)* {4}outcome\n {6}期待 {2}lapsed\n {6}実際 {2}eligible/);
  });

  test('some of the cases, counting those left out; none is no success', async () => {
    const some = await hosho(['test', file, '--filter', 'A-WEB-08', '--json']);
    expect(JSON.parse(some.stdout).files[0]).toMatchObject({ cases: 1, leftOut: expect.any(Number) });
    expect((await hosho(['test', file, '--filter', 'nowhere'])).status).toBe(1);
  });

  test('names the rules that no case fires', async () => {
    const cases = file.replace('.yaml', '.cases.yaml');
    const text = readFileSync(cases, 'utf8');
    writeFileSync(cases, text.slice(0, text.indexOf('- id:', text.indexOf('- id:') + 5)));
    const { stdout } = await hosho(['test', cases]);
    expect(stdout).toContain('outcome/application-closed');
    expect(stdout).not.toContain('outcome/before-outage');
  });
});

describe('how much the cases show', () => {
  const small = join(rules, 'somewhere', 'outage.yaml');
  const cases = join(rules, 'somewhere', 'outage.cases.yaml');
  const one = (asOf: string, outcome: string) => ({
    ...{ id: outcome, title: outcome, asOf: `${asOf}+09:00`, facts: { case: { flag: true } } },
    expect: { outcome },
  });

  beforeEach(() => {
    rmSync(rules, { recursive: true });
    mkdirSync(join(rules, 'somewhere'), { recursive: true });
    writeFileSync(join(rules, 'vocabulary.yaml'), fixture('vocabulary.yaml'));
    const over = { fact: 'asOf', operator: 'after', value: { deadline: 'day' } };
    writeFileSync(
      small,
      ruleTextOf({
        deadlines: { day: { until: '2023-04-28', label: '期限', clause: 'C1' } },
        outcome: [{ id: 'denied', when: over }, { id: 'granted' }],
      }),
    );
    const written = {
      prefecture: 'somewhere',
      incident: 'outage',
      cases: [one('2023-04-20T12:00:00', 'granted')],
    };
    writeFileSync(cases, JSON.stringify(written));
  });

  test('--coverage names what no case shows, by line', async () => {
    const { status, stdout } = await hosho(['test', '--coverage']);
    expect(status).toBe(1);
    const line = readFileSync(small, 'utf8').split('\n').indexOf('  - id: denied') + 1;
    expect(stdout).toMatch(new RegExp(`outage\\.yaml:${line}:9 .*outcome/denied`));
  });

  test('--mutate names the mistakes that no case notices, by line', async () => {
    const { status, stdout } = await hosho(['test', '--mutate']);
    expect(status).toBe(1);
    const lines = readFileSync(small, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes('until: 2023-04-28')) + 1;
    expect(stdout).toMatch(new RegExp(`outage\\.yaml:${line}:\\d+ .*\\n.*deadlines/day/until:later`));
  });

  test('--json is for machines', async () => {
    const { status, stdout } = await hosho(['test', '--coverage', '--mutate', '--json']);
    expect(status).toBe(1);
    const [file] = JSON.parse(stdout).files;
    expect(file.coverage).toContainEqual(
      expect.objectContaining({ about: 'outcome/denied', showing: 'taken', verdict: 'uncovered' }),
    );
    expect(file.mutants).toContainEqual(
      expect.objectContaining({ id: 'outcome/denied/when:negated', fate: 'noticed', by: 'granted' }),
    );
  });

  test('cases suggest writes what is lacking, and with it nothing is', async () => {
    const { status, stdout, stderr } = await hosho(['cases', 'suggest']);
    expect(status, stderr).toBe(1);
    const [additions = '', suggested = ''] = stdout.split(/^# .* の cases に足す事例.*$/m);
    const written = additions.split('\n').filter((text) => /^ {6}\S/.test(text));
    const first = ['  - id: granted', '    title: granted', '    asOf: 2023-04-20T12:00:00+09:00'];
    const text = [
      'prefecture: somewhere\nincident: outage\ncases:',
      ...[...first, '    facts: { case: { flag: true } }', '    expect:', '      outcome: granted'],
      ...written,
      suggested,
    ];
    writeFileSync(cases, text.join('\n'));
    const after = await hosho(['test', '--coverage', '--mutate']);
    expect(after.status, after.stdout).toBe(0);
    expect((await hosho(['cases', 'suggest'])).status).toBe(0);
  });
});

describe('evaluate', () => {
  test('answers in Japanese, without a server', async () => {
    const { status, stdout } = await hosho([...one, ...asOf], { input: facts });
    expect(status).toBe(0);
    expect(stdout).toContain('結論  情報不足');
    expect(stdout).toContain('クーポンの元の有効期限はいつですか。');
  });

  test('--json is for machines, --explain shows the conditions and their lines', async () => {
    const { stdout } = await hosho([...one, ...asOf, '--json', '--explain'], { input: facts });
    const answer = JSON.parse(stdout);
    expect(answer.outcome).toBe('insufficient-information');
    expect(answer.explanation.length).toBeGreaterThan(10);
    expect(answer.explanation[0].at).toMatch(/^rules\/yamaguchi\/2023-02-24\.yaml:\d+:\d+$/);
  });

  test('facts that do not fit are findings, named with the nearest right one', async () => {
    const { status, stderr } = await hosho([...one, ...asOf], { input: '{"voucher":{"medum":"paper"}}' });
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
  ])('%s is a mistake in the call', async (_, args, input) => {
    const { status, stderr } = await hosho(args, { input });
    expect(status).toBe(2);
    expect(stderr).not.toBe('');
  });
});

test('--help has examples for every command', async () => {
  const commands = [
    'new',
    'check',
    'test',
    'cases suggest',
    'diff',
    'impact',
    'evaluate',
    'versions',
    'serve',
  ];
  expect((await hosho(['--help'])).status).toBe(0);
  for (const command of commands)
    expect((await hosho([...command.split(' '), '--help'])).stdout).toContain(`$ hosho ${command}`);
});

test('the editor schemas are those that the program would write', async () => {
  const names = ['rule-set', 'vocabulary', 'words', 'cases'].map((name) => `${name}.schema.json`);
  const before = names.map((name) => readFileSync(join(rules, name), 'utf8'));
  for (const name of names) rmSync(join(rules, name));
  expect((await hosho(['schemas'])).status).toBe(0);
  expect(names.map((name) => readFileSync(join(rules, name), 'utf8'))).toEqual(before);
});

test('the schema of answers in docs/ is the one that the program prints', async () => {
  const { status, stdout } = await hosho(['schemas', '--answer']);
  expect(status).toBe(0);
  expect(stdout).toBe(readFileSync('docs/answer.schema.json', 'utf8'));
});

test('wrong settings are named, all at once', async () => {
  const { status, stderr } = await hosho(['serve'], { env: { PORT: 'eighty', DATABASE_URL: 'mysql://x' } });
  expect(status).toBe(2);
  expect(stderr).toContain('PORT');
  expect(stderr).toContain('DATABASE_URL');
});
