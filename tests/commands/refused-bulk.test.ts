/** `hosho evaluate --input`: what is wrong with the call, and said before anything is decided. */
import { cpSync, existsSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { at, hosho, IN, JAPANESE, OUT, read, rules, write } from './bulk-folder.ts';
import { shiftJis } from './shift-jis.ts';

describe('what is refused before anything is decided', () => {
  beforeEach(() => write('in.csv', JAPANESE));
  const refused = async (args: string[], rulesDir?: string): Promise<string> => {
    const { status, stderr } = await hosho(args, rulesDir);
    expect(status, stderr).toBe(2);
    return stderr;
  };

  test.each<[name: string, input: string | Uint8Array, args: string[], said: string]>([
    [
      'an unknown column',
      JAPANESE.replace('アプリの会員状態', 'アプリの会員'),
      [],
      'もしかして：アプリの会員状態',
    ],
    ['a column twice', JAPANESE.replace('アプリの会員状態', 'app.charged'), [], '--ignore'],
    [
      'a mapping to nothing',
      JAPANESE.replace('照会番号', '番号'),
      ['--map', '番号=refrence'],
      'もしかして：reference',
    ],
    ['an option for no column', JAPANESE, ['--ignore', '備考'], '--ignore'],
    ['Shift_JIS without being told', shiftJis(JAPANESE), [], '--encoding shift_jis'],
    ['UTF-8 where Shift_JIS was told', `\ufeff${JAPANESE}`, ['--encoding', 'shift_jis'], '--encoding'],
    ['UTF-16', Buffer.from(`\ufeff${JAPANESE}`, 'utf16le'), [], 'UTF-16'],
    ['UTF-16 without its mark', Buffer.from('asOf\n', 'utf16le'), [], 'UTF-16'],
    ['nothing at all', '', [], '--input'],
    ['a header that does not end', '"asOf', [], '--input'],
  ])('%s', async (_, input, args, said) => {
    write('in.csv', input);
    expect(await refused([...IN, ...OUT, ...args])).toContain(said);
    expect(existsSync(at('out.csv'))).toBe(false);
  });

  test.each<[option: string, args: string[]]>([
    ['--facts', []],
    ['--facts', ['--facts', '-', ...IN, ...OUT]],
    ['--output', IN],
    ['--threads', ['--facts', '-', '--threads', '2']],
    ['--input', ['--input', 'in.xlsx', ...OUT]],
    ['--output', [...IN, '--output', 'out.txt']],
    ['--payments', [...IN, ...OUT, '--payments', 'pay.ndjson']],
    ['--input', ['--input', 'nowhere.csv', ...OUT]],
    ['--encoding', [...IN, ...OUT, '--encoding', 'latin1']],
    ['--encoding', ['--input', 'in.ndjson', ...OUT, '--encoding', 'shift_jis']],
    ['--map', ['--input', 'in.ndjson', ...OUT, '--map', 'a=b']],
    ['--map', [...IN, ...OUT, '--map', 'a']],
    ['--local-times', ['--input', 'in.ndjson', ...OUT, '--local-times']],
    ['--threads', [...IN, ...OUT, '--threads', '0']],
    ['--threads', [...IN, ...OUT, '--threads', 'many']],
    ['--as-of', [...IN, ...OUT, '--as-of', '2023-03-05']],
    ['--explain', [...IN, ...OUT, '--explain']],
    ['--resume', [...IN, ...OUT, '--resume', '--force']],
    ['--resume', [...IN, ...OUT, '--resume']],
    ['in.csv', [...IN, '--output', 'in.csv', '--force']],
    ['out.csv', [...IN, ...OUT, '--payments', 'out.csv']],
  ])('%s: %j', async (option, args) => {
    expect(await refused(args)).toContain(option);
    expect(read('in.csv').toString()).toBe(JAPANESE);
  });

  test('an output that is the input under another name', async () => {
    linkSync(at('in.csv'), at('out.csv'));
    await refused([...IN, ...OUT, '--force']);
    expect(read('in.csv').toString()).toBe(JAPANESE);
  });

  test.each(['out.csv', 'pay.csv'])('%s that is there, unless --force', async (name) => {
    write(name, 'kept');
    const args = [...IN, ...OUT, '--payments', 'pay.csv'];
    expect(await refused(args)).toContain('--force');
    expect(read(name).toString()).toBe('kept');
    expect((await hosho([...args, '--force'])).status).toBe(1);
    expect(read(name).toString()).not.toContain('kept');
  });

  test('a list that the vocabulary does not describe', async () => {
    const without = at('rules-without');
    cpSync(rules, without, { recursive: true });
    for (const file of ['vocabulary.yaml', 'words/regionpay.yaml']) {
      const text = readFileSync(join(without, file), 'utf8');
      writeFileSync(join(without, file), text.slice(0, text.indexOf('\nworklists:')));
    }
    expect(await refused([...IN, ...OUT, '--payments', 'pay.csv'], without)).toContain('--payments');
    expect((await hosho([...IN, ...OUT], without)).status).toBe(1);
  });
});
