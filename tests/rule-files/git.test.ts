/** Which files a commit is claimed for: those that it holds to the byte, and whatever git itself was told. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { commitReader, openRevision } from '../../src/rule-files/git.ts';
import { joinWords } from '../../src/rulebook/word-texts.ts';
import { forgetRepository } from '../../src/service/forget-repository.ts';

const RULES = 'rules/sample/2020-01-01.yaml';
const VOCABULARY = 'rules/vocabulary.yaml';
const WORDS = 'rules/words/own.yaml';

let folder = '';
const pathOf = (name: string): string => join(folder, name);
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.test', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
const write = (name: string, text: string): void => {
  mkdirSync(dirname(pathOf(name)), { recursive: true });
  writeFileSync(pathOf(name), text);
};
const change = (name: string): void => appendFileSync(pathOf(name), '# 変えた\n');
const commitAll = (): void => {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'one');
};

/** What is claimed of the rule file and its words, as they stand. */
async function claimed(directory = pathOf('rules')): Promise<string | null> {
  const read = (name: string): string => readFileSync(join(dirname(directory), name), 'utf8');
  const vocabularyText = joinWords(read(VOCABULARY), [{ name: 'own', text: read(WORDS) }]);
  const file = join(directory, 'sample/2020-01-01.yaml').split('/').slice(-3).join('/');
  const commitOf = await commitReader(directory);
  return commitOf({ ruleSet: { file }, ruleText: read(RULES), vocabularyText }).commit;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosho-git-'));
  git('init', '--quiet');
  write(RULES, 'title: 見本\n');
  write(VOCABULARY, 'facts: {}\n');
  write(WORDS, 'facts: {}\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a commit', () => {
  test('is claimed of files that it holds', async () => {
    commitAll();
    expect(await claimed()).toBe(git('rev-parse', 'HEAD'));
    write('rules/sample/2021-01-01.yaml', 'title: ほか\n');
    write('README.md', 'changed');
    expect(await claimed(), 'beside other changes').not.toBeNull();
  });

  test.each([RULES, VOCABULARY, WORDS])('is not claimed where %s was changed', async (name) => {
    commitAll();
    change(name);
    expect(await claimed()).toBeNull();
    git('add', '--all');
    expect(await claimed(), 'in the index alone').toBeNull();
  });

  test.each(['--skip-worktree', '--assume-unchanged'])('nor where git was told %s', async (flag) => {
    commitAll();
    git('update-index', flag, RULES);
    change(RULES);
    expect(git('status', '--porcelain')).toBe('');
    expect(await claimed()).toBeNull();
  });

  test.each([RULES, VOCABULARY, WORDS])('nor where %s is ignored', async (name) => {
    write('.gitignore', `${name}\n`);
    commitAll();
    expect(git('status', '--porcelain')).toBe('');
    expect(await claimed()).toBeNull();
  });

  test('nor where a filter or the ends of lines make other bytes of it', async () => {
    write('.gitattributes', `${RULES} text eol=crlf\n`);
    write(RULES, 'title: 見本\r\n');
    commitAll();
    expect(git('status', '--porcelain')).toBe('');
    expect(await claimed()).toBeNull();
    write('.gitattributes', `${RULES} filter=own\n`);
    git('config', 'filter.own.clean', 'sed s/見本/SAMPLE/');
    git('config', 'filter.own.smudge', 'sed s/SAMPLE/見本/');
    write(RULES, 'title: 見本\n');
    commitAll();
    expect(git('status', '--porcelain')).toBe('');
    expect(await claimed()).toBeNull();
  });

  test('nor where another commit stands in its place', async () => {
    commitAll();
    const first = git('rev-parse', 'HEAD');
    change(RULES);
    commitAll();
    git('replace', first, 'HEAD');
    git('reset', '--quiet', '--soft', first);
    expect(await claimed()).toBeNull();
  });

  test('is claimed in a repository of sha256, and in none without one', async () => {
    expect(await claimed(), 'nothing committed yet').toBeNull();
    rmSync(pathOf('.git'), { recursive: true });
    vi.stubEnv('GIT_CEILING_DIRECTORIES', dirname(folder));
    expect(await claimed()).toBeNull();
    git('init', '--quiet', '--object-format=sha256');
    commitAll();
    expect(await claimed()).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is told by the folder and not by what a hook of another repository was told', async () => {
    commitAll();
    const own = git('rev-parse', 'HEAD');
    git('worktree', 'add', '--quiet', 'tree');
    vi.stubEnv('GIT_DIR', pathOf('.git/worktrees/tree'));
    vi.stubEnv('GIT_WORK_TREE', pathOf('tree'));
    vi.stubEnv('GIT_INDEX_FILE', pathOf('none'));
    vi.stubEnv('GIT_PREFIX', 'tree/');
    forgetRepository(process.env);
    expect(await claimed()).toBe(own);
    expect(await claimed(pathOf('tree/rules'))).toBe(own);
    const revision = await openRevision(pathOf('rules'), 'HEAD');
    expect(await revision?.list()).toEqual(['sample/2020-01-01.yaml', 'vocabulary.yaml', 'words/own.yaml']);
    expect(await revision?.read('sample/2020-01-01.yaml')).toBe('title: 見本\n');
  });
});
