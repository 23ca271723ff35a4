/** What the guide shows is so: its example is worked through as it stands there, its YAML reads, its tables are complete. */
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
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { EXPECTED } from '../src/engine/answer/fields.ts';
import { decide } from '../src/engine/decide.ts';
import { readFacts } from '../src/engine/facts/read-facts.ts';
import { compile } from '../src/engine/program.ts';
import { parseInstant } from '../src/rulebook/calendar.ts';
import { readRuleSet } from '../src/rulebook/read-rule-set.ts';
import { SECTION_NAMES } from '../src/rulebook/rule-set.ts';
import { spawnService } from './http/spawned.ts';
import { vocabularyOf } from './rulebook/fixtures.ts';
import { callHosho } from './support/command-line.ts';
import { freshPlace } from './support/stores.ts';
import { copyWords, wordsOf } from './support/words.ts';

const EXAMPLE = 'docs/example.ja.md';
const folder = mkdtempSync(join(tmpdir(), 'hosho-guide-'));
const rules = join(folder, 'rules');
copyWords(rules);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Block {
  language: string;
  /** The file that it is, or changes; none for commands and for what they print. */
  path: string | undefined;
  text: string;
  /** Of the Markdown file. */
  line: number;
}

const blocksOf = (markdown: string): Block[] =>
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

test(`${EXAMPLE}: from the published text to the answer of the service`, async () => {
  const blocks = blocksOf(readFileSync(EXAMPLE, 'utf8'));
  expect(blocks.filter(({ language, path }) => language === 'sh' || path).length).toBeGreaterThan(25);
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
});

describe('docs/rules.ja.md', () => {
  const guide = readFileSync('docs/rules.ja.md', 'utf8');
  const yaml = blocksOf(guide).filter(({ language }) => language === 'yaml');
  const template = readFileSync('rules/templates/rule-set.yaml.template', 'utf8')
    .replaceAll(/__(PREFECTURE|INCIDENT)__/g, 'example')
    .replaceAll(/__\w+__/g, '2030-01-31');

  type Data = Record<string, unknown>;
  const isMap = (value: unknown): value is Data =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  /** Maps are joined; what is in a list comes before what is there. */
  function joined(base: unknown, more: unknown): unknown {
    if (isMap(base) && isMap(more))
      return {
        ...base,
        ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, joined(base[key], value)])),
      };
    return Array.isArray(base) && Array.isArray(more) ? [...more, ...base] : more;
  }

  /** By the key with which a block begins, what it takes for granted besides the file that `hosho new` writes. */
  const GRANTED: Record<string, Data> = {
    conditions: {
      vocabulary: {
        facts: {
          'charge.kind': {
            type: 'enum',
            values: { card: 'カード', code: 'コード' },
            label: '種類',
            question: 'どちらですか。',
          },
        },
      },
    },
    guidance: {
      conditions: { 'checked-and-rejected': { 'charge.doubled': false } },
      vocabulary: { claimStates: { rejected: '認められない' } },
      information: { 'call-centre': { label: '尋ねること', clause: 'S4', items: { name: '氏名' } } },
    },
  };

  test.each(yaml.map(({ text, line }): [number, string] => [line, text]))(
    'the YAML of line %i reads',
    (_, text) => {
      const block: Data = parse(text.replace('911a7b71…', '911a7b71'.repeat(8)));
      const granted = GRANTED[Object.keys(block)[0] ?? ''] ?? {};
      const whole = stringify(joined(joined(parse(template), granted), block));
      const { ruleSet, problems } = readRuleSet(
        'rules/example/example.yaml',
        whole,
        vocabularyOf(wordsOf(whole)),
      );
      expect(problems.filter(({ code }) => code !== 'unused')).toEqual([]);
      expect(ruleSet).not.toBeNull();
    },
  );

  test('its YAML is found', () => expect(yaml.length).toBeGreaterThan(4));

  test('whatever a case can expect is in its table, and nothing else', () => {
    const [, table = ''] = /`expect` の項目([\s\S]*?)\n\n/.exec(guide) ?? [];
    const named = [...table.matchAll(/^\| (`[^|]*)/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    const names = EXPECTED.flatMap(({ name, mayInclude }) =>
      mayInclude ? [name, `${name}Include`] : [name],
    );
    expect(named.toSorted()).toEqual(names.toSorted());
  });

  test('sections are concluded in the order in which the guide has them', () => {
    const [, order = ''] = /^決める順番は、(.*)です。/m.exec(guide) ?? [];
    expect(order.match(/\w+/g)).toEqual(SECTION_NAMES);
  });

  test('of a period, the end that the guide says is compared', async () => {
    const [, table = ''] = /\| 使う端 \|\n([\s\S]*?)\n\n/.exec(guide) ?? [];
    const rows = table.split('\n').slice(1);
    expect(rows).toHaveLength(2);
    const holds = async (comparison: string, asOf: string): Promise<boolean> => {
      const data = joined(parse(template), {
        deadlines: { application: { from: '2030-06-10', until: '2030-06-28' } },
        eligibility: [{ id: 'PROBE', clause: 'S1', label: '確かめる', when: { asOf: comparison } }],
      });
      const { ruleSet } = readRuleSet(
        'rules/example/example.yaml',
        stringify(data),
        vocabularyOf(wordsOf('')),
      );
      if (!ruleSet) throw new Error(comparison);
      const { facts } = readFacts(ruleSet.vocabulary, {}, parseInstant(asOf) ?? 0);
      if (!facts) throw new Error(asOf);
      const { categories } = await decide(compile(ruleSet), facts, { explanation: false });
      return categories.some(({ id }) => id === 'PROBE');
    };
    const ends = [
      ['2030-06-09T23:59:59+09:00', '2030-06-10T00:00:00+09:00'],
      ['2030-06-28T23:59:59+09:00', '2030-06-29T00:00:00+09:00'],
    ];
    for (const [i, row] of rows.entries())
      for (const [, comparison = ''] of (row.split('|')[1] ?? '').matchAll(/`([^`]*)`/g)) {
        const [before = '', after = ''] = ends[i] ?? [];
        expect([comparison, await holds(comparison, before)]).not.toEqual([
          comparison,
          await holds(comparison, after),
        ]);
      }
  });
});
