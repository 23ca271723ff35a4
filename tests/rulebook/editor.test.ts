/** What people see in an editor while they write a rule file: shown by the language server itself, from rules/*.schema.json. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CURSOR, type Editor, openEditor } from './language-server.ts';

const text = readFileSync('rules/yamaguchi/2023-02-24.yaml', 'utf8');
/** The file with one more condition, written as given. */
const withCondition = (written: string): string =>
  text.replace('\nconditions:\n', `\nconditions:\n  new: ${written}\n`);
const withWhen = (written: string): string => text.replace(/\n {4}when: .*/, `\n    when: ${written}`);
const at = (key: string): string =>
  text.replace(new RegExp(`(\\n *)${key}:`), `$1${key.slice(0, 3)}${CURSOR}${key.slice(3)}:`);

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor();
});
afterAll(() => editor.close());

/** What is offered, with what is said of it. */
async function offered(written: string): Promise<Map<string, string>> {
  const items = await editor.complete(written);
  return new Map(
    items.map(({ label, documentation }) => [
      label,
      typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
    ]),
  );
}

describe('completion', () => {
  it.each<[place: string, written: string]>([
    ['under conditions', withCondition(`\n    ${CURSOR}`)],
    ['in braces', withCondition(`{ v${CURSOR} }`)],
    ['under when', withWhen(`\n      ${CURSOR}`)],
    ['in a list under when', withWhen(`\n      - ${CURSOR}`)],
  ])('%s: facts with what they are called', async (_, written) => {
    const found = await offered(written);
    expect(found.get('voucher.medium')).toBe('クーポンの形態（選択肢から一つ）');
    expect(found.get('voucher.balanceNowYen')).toBe('現在の残額（数、円）');
    expect(found.get('asOf')).toMatch('判定時点');
    expect(found.get('any')).toMatch('どれか');
  });

  it.each<[written: string, expected: [label: string, said: string][]]>([
    [
      `\n    voucher.medium: ${CURSOR}`,
      [
        ['paper', '紙'],
        ['electronic', '電子'],
        ['ある', '申告がある'],
        ['ない', '申告がない'],
      ],
    ],
    [
      `\n    fact: voucher.medium\n    operator: equal\n    value: ${CURSOR}`,
      [
        ['paper', '紙'],
        ['electronic', '電子'],
      ],
    ],
  ])('%s: the choices of the fact and no others', async (written, expected) =>
    expect([...(await offered(withCondition(written)))]).toEqual(expected),
  );

  it('the words that fit the type of the fact', async () => {
    const found = await offered(withCondition(`{ voucher.balanceNowYen: { 以${CURSOR} } }`));
    expect(found.get('以上')).toBe('事実が次以上');
    expect([...found.keys()]).toEqual(expect.arrayContaining(['以下', '未満', 'より大きい']));
    for (const other of ['まで', 'を含む', 'いずれでもない']) expect(found.has(other)).toBe(false);
  });

  it('facts of a word file where it is used', async () => {
    const written = withCondition(`\n    ${CURSOR}`).replace(/\nuses: .*/, '');
    expect((await offered(written)).has('voucher.medium')).toBe(false);
  });
});

describe('hover', () => {
  it.each<[name: string, written: string, said: string]>([
    ['a fact', withCondition(`{ voucher.me${CURSOR}dium: paper }`), 'クーポンの形態（選択肢から一つ）'],
    ['its choices', withCondition(`{ voucher.medium: pa${CURSOR}per }`), '紙'],
    ['asOf', withCondition(`{ as${CURSOR}Of: application まで }`), '判定時点'],
    ['concludes', at('concludes'), '結論となる状態の名前'],
    ['guide', at('guide'), '案内のまとまり'],
    ['deadlines', at('deadlines'), '期限と期間'],
  ])('%s', async (_, written, said) => expect(await editor.hover(written)).toContain(said));
});

describe('what is wrong is told at its line', () => {
  const LINE = withCondition('X').split('\n').indexOf('  new: X');

  it('nothing of the file as it is', async () => expect(await editor.diagnose(text)).toEqual([]));

  it.each<[written: string, said: RegExp]>([
    ['{ voucher.medium: card }', /"paper", "electronic"/],
    ['{ fact: voucher.medium, operator: equal, value: card }', /"paper", "electronic"/],
    ['{ fact: voucher.medium, operator: 以上, value: 1 }', /"以外"/],
    ['{ voucher.medium: { 以上: 1 } }', /"paper", "electronic"|以上/],
    ['{ voucher.balanceNowYen: 1いじょう }', /integer/],
    ['{ app.charged: maybe }', /boolean|ある/],
    ['{ alle: [in-scope] }', /alle/],
  ])('%s', async (written, said) => {
    const found = await editor.diagnose(withCondition(written));
    expect(found.map(({ range }) => range.start.line)).toEqual([LINE]);
    expect(found[0]?.message).toMatch(said);
  });
});
