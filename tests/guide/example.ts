/** The example of the guide, as a person works through it: the files, the edits, the commands and what they print. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { spawnService } from '../http/spawned.ts';
import { callHosho } from '../support/command-line.ts';
import { freshPlace } from '../support/stores.ts';
import { copyWords } from '../support/words.ts';

export const EXAMPLE = 'docs/example.ja.md';
const folder = mkdtempSync(join(tmpdir(), 'hosho-guide-'));
const rules = join(folder, 'rules');
copyWords(rules);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface Block {
  language: string;
  /** The file that it is, or changes; none for commands and for what they print. */
  path: string | undefined;
  text: string;
  /** Of the Markdown file. */
  line: number;
}

export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, language = '', path, text = ''] = match;
    return { language, path, text, line: markdown.slice(0, match.index).split('\n').length };
  });

/** Of a file, the first block is the whole text, and each later one goes on from there. */
const begun = new Set<string>();
function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  if (begun.has(path)) appendFileSync(file, text);
  else writeFileSync(file, text);
  begun.add(path);
}

/** The lines with "-" or a space have to stand in the file, once; those with "+" or a space stand there afterwards. */
function edit(path: string, diff: string): void {
  const file = join(folder, path);
  const lines = diff.split('\n').slice(0, -1);
  const without = (mark: string): string =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const parts = readFileSync(file, 'utf8').split(without('+'));
  expect(parts, `${path}:\n${without('+')}`).toHaveLength(2);
  writeFileSync(file, parts.join(without('-')));
}

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
/** "…" is for whatever was left out there. */
const abridged = (text: string): RegExp =>
  new RegExp(`^${text.trim().split('…').map(escaped).join('[\\s\\S]*?')}$`);

async function run(command: string): Promise<string> {
  const [program, ...args] = command.replace(/^npx /, '').split(' ');
  if (program === 'mv') {
    const [from = '', to = ''] = args;
    renameSync(join(folder, from), join(folder, to));
    return '';
  }
  expect(program, command).toBe('hosho');
  const { status, stdout, stderr } = await callHosho(args, {
    cwd: folder,
    env: { ...process.env, RULES_DIR: './rules' },
  });
  expect([stderr, status === 0 || status === 1], command).toEqual(['', true]);
  return stdout;
}

let url: string | undefined;
async function ask(request: string): Promise<unknown> {
  url ??= await spawnService(await freshPlace('embedded'), { RULES_DIR: rules }).listening();
  const [, path] = /^curl -s http:\/\/localhost:8080(\/\w+) /.exec(request) ?? [];
  const [, body] = /-d '([\s\S]*)'\n$/.exec(request) ?? [];
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, ...(body && { body }) });
  return answer.json();
}

/** Works through the example up to the heading `end`, or all of it. */
export async function workThrough(end?: string): Promise<void> {
  const whole = readFileSync(EXAMPLE, 'utf8');
  expect(whole).toContain(end ?? '');
  const blocks = blocksOf(end === undefined ? whole : whole.slice(0, whole.indexOf(end)));
  expect(blocks.filter(({ language, path }) => language === 'sh' || path).length).toBeGreaterThan(15);
  for (const [i, { language, path, text, line }] of blocks.entries()) {
    const at = `${EXAMPLE}:${line}`;
    const printed = blocks[i + 1]?.path === undefined ? blocks[i + 1] : undefined;
    if (language === 'diff' && path) edit(path, text);
    else if (path) write(path, text);
    else if (text.startsWith('curl')) {
      expect(printed?.language, at).toBe('json');
      const expected = JSON.parse(printed?.text ?? '');
      await expect.poll(() => ask(text), { timeout: 20_000, message: at }).toMatchObject(expected);
    } else if (language === 'sh') {
      let out = '';
      for (const command of text.trim().split('\n')) out += await run(command);
      if (printed?.language === 'text') expect(out.trim(), at).toMatch(abridged(printed.text));
    } else expect(blocks[i - 1]?.language, at).toBe('sh');
  }
}
