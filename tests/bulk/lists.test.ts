/** Which lines go on which list, and what stands on them. */
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Decided } from '../../src/bulk/decide-chunk.ts';
import { decisionHeader, paymentHeader, reviewHeader } from '../../src/bulk/lines.ts';
import type { Task } from '../../src/bulk/task.ts';
import { fixture, RULE_FILE } from '../rulebook/fixtures.ts';
import { csvInput, decider, decideText, loadedFrom } from './decider.ts';

const VOCABULARY = `${fixture('vocabulary.yaml')}
worklists:
  payment: { outcomes: [granted], claimStates: [waiting] }
  review: { outcomes: [review, open], claimStates: [closed] }
  none: { outcomes: [denied], claimStates: [] }
`;
const RULES = `
prefecture: somewhere
incident: outage
title: 見本の告知
timeZone: Asia/Tokyo
source: { issuer: 事務局, title: お知らせ, published: 2023-03-02 }
clauses:
  C1: { lines: 1, text: 対象の方 }
deadlines: {}
eligibility:
  - { id: A, clause: C1, label: "壱,弐", when: { fact: case.flag, operator: equal, value: true } }
claimState:
  - { id: closed, when: { fact: case.stage, operator: equal, value: done }, clause: C1 }
  - { id: waiting }
outcome:
  - { id: review, when: { fact: case.kind, operator: equal, value: three }, clause: C1 }
  - { id: denied, when: { fact: category, operator: isPresent, value: false } }
  - { id: granted }
remedies:
  - { id: refund, clause: C1, label: 返金, when: { fact: category, operator: isPresent, value: true } }
amount:
  - { id: expected, when: { fact: case.other, operator: equal, value: true }, yen: { fact: case.paidYen }, final: false }
  - { id: unsaid, when: { fact: case.days, operator: equal, value: 9 }, yen: null, final: true }
  - { id: paid, yen: { fact: case.paidYen }, final: true }
`;
const loaded = loadedFrom(RULE_FILE, RULES, VOCABULARY);
const HEADINGS = [
  'reference',
  'case.flag',
  'case.kind',
  'case.stage',
  'case.other',
  'case.days',
  'case.paidYen',
];

const rowsOf = (bytes: Buffer): string[][] => {
  const { data } = Papa.parse<string[]>(bytes.toString(), { newline: '\r\n' });
  return data.slice(0, -1);
};
const decideRows = (rows: string[], changes: Partial<Task> = {}): Promise<Decided> =>
  decideText(
    decider(loaded, { input: csvInput(loaded, HEADINGS), output: 'csv', ...changes }),
    rows.join('\n'),
  );

describe('a line goes', () => {
  const paid = 'P,1,one,none,0,1,500';
  it.each<[where: string, row: string, payment: boolean, review: string]>([
    ['to the payment list', paid, true, ''],
    ['to none: not granted', 'P,0,one,none,0,1,500', false, ''],
    [
      'to review: its outcome',
      'P,1,three,none,0,1,500',
      false,
      '要確認（outcome/review C1）／請求の状態は「待ち」（claimState/waiting）',
    ],
    [
      'to review: its claim state',
      'P,1,one,done,0,1,500',
      false,
      '請求の状態は「終わり」（claimState/closed C1）',
    ],
    [
      'to review: the outcome is open',
      'P,,one,none,0,1,500',
      false,
      '情報不足／請求の状態は「待ち」（claimState/waiting）',
    ],
    ['to review: the amount is only expected', 'P,1,one,none,1,1,500', false, '補償額が確定していない'],
    [
      'to review: the notice does not settle the amount',
      'P,1,one,none,0,9,500',
      false,
      '補償額が確定していない',
    ],
    ['to review: the amount is not known', 'P,1,one,none,0,1,', false, '補償額が確定していない'],
    ['to review: nothing to pay', 'P,1,one,none,0,1,0', false, '補償額が1円に満たない'],
    ['to review: it cannot be read', 'P,1,one,none,0,1,500,x', false, '読めない行'],
  ])('%s', async (_, row, isPaid, reason) => {
    const { payments, review, tally } = await decideRows([row]);
    expect(rowsOf(payments)).toEqual(isPaid ? [['1', 'P', '500', '返金', '待ち', '']] : []);
    expect(rowsOf(review).map((cells) => cells[2])).toEqual(reason === '' ? [] : [reason]);
    expect([tally.payments.cases, tally.payments.yen, tally.review]).toEqual([
      ...[isPaid ? 1 : 0, isPaid ? 500 : 0, reason === '' ? 0 : 1],
    ]);
  });

  const OWN_STATE = RULES.replace('- { id: waiting }', '- { id: by-post }');
  const ownWords = (worklists: string): string =>
    `${OWN_STATE}vocabulary:\n  claimStates: { by-post: 郵送 }\n${worklists}`;
  const decideWith = (rules: string, vocabulary: string, row: string): Promise<Decided> => {
    const other = loadedFrom(RULE_FILE, rules, vocabulary);
    return decideText(decider(other, { input: csvInput(other, HEADINGS), output: 'csv' }), row);
  };
  const NO_LIST = /^どの一覧にも書かれていない(結論|請求の状態)「(.*)」（.* is in none of the worklists）$/;

  it.each<[name: string, rules: string, vocabulary: string, row: string, unlisted: string[]]>([
    ['a state of the file alone', ownWords(''), VOCABULARY, paid, ['請求の状態', '郵送']],
    [
      'an outcome, where the vocabulary does not say what is paid to nobody',
      RULES,
      VOCABULARY.replace(/ {2}none: .*\n/, ''),
      'P,0,one,none,0,1,500',
      ['結論', '対象外'],
    ],
  ])('to review, because no list names it: %s', async (_, rules, vocabulary, row, unlisted) => {
    const { payments, review, tally } = await decideWith(rules, vocabulary, row);
    expect(payments.length).toBe(0);
    expect(NO_LIST.exec(rowsOf(review)[0]?.[2] ?? '')?.slice(1)).toEqual(unlisted);
    expect([tally.payments.cases, tally.review, tally.none]).toEqual([0, 1, 0]);
  });

  it.each([
    ['payment', [1, 0, 0]],
    ['review', [0, 1, 0]],
    ['none', [0, 0, 1]],
  ])('to %s, because the rule file says it of its own state', async (list, counts) => {
    const rules = ownWords(`  worklists: { ${list}: { claimStates: [by-post] } }\n`);
    const { tally } = await decideWith(rules, VOCABULARY, paid);
    expect([tally.payments.cases, tally.review, tally.none]).toEqual(counts);
  });

  it('and lists that nobody wants stay empty', async () => {
    const { payments, review, tally } = await decideRows([paid, 'broken'], {
      payments: false,
      review: false,
    });
    expect([payments.length, review.length, tally.payments.cases, tally.review]).toEqual([0, 0, 0, 0]);
  });

  it('with the questions of what is missing', async () => {
    const { review } = await decideRows(['P,,one,none,0,1,500']);
    expect(rowsOf(review)[0]?.[3]).toBe('印はありますか。');
  });
});

describe('what is written', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+81', "'+81"],
    ['-5', "'-5"],
    ['@x', "'@x"],
    ['a=b', 'a=b'],
    ['"\ttab"', "'\ttab"],
    ['"=a,""b"""', `'=a,"b"`],
    ['"二\n行"', '二\n行'],
    ['', ''],
  ])('the reference %j is no formula', async (reference, written) => {
    const { decisions, payments } = await decideRows([`${reference},1,one,none,0,1,500`]);
    expect(rowsOf(decisions)[0]?.[1]).toBe(written);
    expect(rowsOf(payments)[0]?.[1]).toBe(written);
  });

  it('has the columns of its header on every line, good or bad', async () => {
    const { decisions, payments, review } = await decideRows([
      'P,1,one,none,0,1,500',
      'Q,x',
      'R,1,three,none,0,1,1',
    ]);
    for (const [header, bytes] of [
      [decisionHeader(loaded.ruleSet), decisions],
      [paymentHeader, payments],
      [reviewHeader, review],
    ] as const) {
      const columns = header.trimEnd().split(',').length;
      expect(rowsOf(bytes).map((cells) => cells.length)).toEqual(rowsOf(bytes).map(() => columns));
      expect(rowsOf(bytes).length).toBeGreaterThan(0);
    }
  });
});

describe('a line that cannot be decided says why', () => {
  const codesOf = async (lines: string[]) => {
    const input = csvInput(loaded, [...HEADINGS, 'asOf', 'case.startedAt', 'case.note']);
    const { decisions, tally } = await decideText(decider(loaded, { input }), lines.join('\r\n'));
    const answers = decisions
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(tally.bad).toBe(answers.filter((answer) => 'problems' in answer).length);
    return answers.map(({ line, reference, problems }) => [
      line,
      reference,
      ...(problems ?? []).map(({ code, pointer, suggestion }: Record<string, unknown>) => [
        code,
        pointer,
        suggestion,
      ]),
    ]);
  };
  const good = 'G,1,one,none,0,1,500,,,';
  const LONG = 'x'.repeat(201);
  it.each<[name: string, row: string, problems: unknown[]]>([
    ['a single cell', 'B', [['cell-count', '', null]]],
    ['cells behind the last column', `${good},x`, [['cell-count', '', null]]],
    ['cells in quotes behind it', `${good},,"x"`, [['cell-count', '', null]]],
    ['open quotes', '"B,1', [['bad-quotes', '', null]]],
    ['an unknown choice', 'B,1,on,none,0,1,500,,,', [['not-allowed', '/facts/case/kind', 'one']]],
    [
      'several at once',
      'B,maybe,one,none,0,-1,1.5,2023-03-01,yesterday,',
      [
        ['wrong-type', '/facts/case/flag', null],
        ['wrong-type', '/facts/case/days', null],
        ['wrong-type', '/facts/case/paidYen', null],
        ['no-offset', '/asOf', null],
        ['no-offset', '/facts/case/startedAt', null],
      ],
    ],
    [
      'an instant beyond the calendar',
      'B,1,one,none,0,1,500,0000-12-31T00:00:00Z,,',
      [['no-offset', '/asOf', null]],
    ],
    [
      'a local time that was not asked for',
      'B,1,one,none,0,1,500,,2023-03-01 10:00,',
      [['no-offset', '/facts/case/startedAt', null]],
    ],
    [
      'a text too long',
      `B,1,one,none,0,1,500,,,${'x'.repeat(1001)}`,
      [['not-allowed', '/facts/case/note', null]],
    ],
    ['a reference too long', `${LONG},1,one,none,0,1,500,,,`, [['not-allowed', '/reference', null]]],
  ])('%s', async (name, row, problems) => {
    const isNamed = row.startsWith('B') && name !== 'open quotes';
    expect(await codesOf([good, row, good])).toEqual([
      [1, 'G'],
      [2, row.startsWith('G') ? 'G' : isNamed ? 'B' : undefined, ...problems],
      [3, 'G'],
    ]);
  });

  it('on a line like the one before it', async () => {
    const row = 'B,maybe,on,none,0,1,500,yesterday,,';
    const [first = [], second] = await codesOf([row, row]);
    expect(first.slice(2)).toHaveLength(3);
    expect(second).toEqual([2, ...first.slice(1)]);
  });

  it('bytes that are no text', async () => {
    const input = csvInput(loaded, HEADINGS);
    const rows = Buffer.concat([
      Buffer.from('A,1,one,none,0,1,500\nB,1,'),
      Buffer.from([0x83, 0x5c]),
      Buffer.from(',none,0,1,500\n'),
      Buffer.from([0xff]),
      Buffer.from(',1,one,none,0,1,500'),
    ]);
    const { decisions } = await decideText(decider(loaded, { input }), rows);
    const problems = decisions
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).problems);
    expect(problems).toMatchObject(
      [
        {},
        [{ code: 'undecodable', pointer: '/facts/case/kind' }],
        [{ code: 'undecodable', pointer: '/reference' }],
      ].map((one, i) => (i === 0 ? undefined : one)),
    );
  });

  describe('a row without its last empty cells', () => {
    const whole = 'B,1,one,none,0,1,500,2023-03-02T00:00:00Z,2023-03-01T00:00:00Z,メモ';
    const answersOf = async (rows: string[], headings: string[] = []) => {
      const input = csvInput(loaded, [...HEADINGS, 'asOf', 'case.startedAt', 'case.note', ...headings]);
      const { decisions, tally } = await decideText(decider(loaded, { input }), rows.join('\r\n'));
      return { lines: decisions.toString().split('\n'), bad: tally.bad };
    };
    const cells = whole.split(',');
    it.each(cells.map((_, i) => i + 1).slice(1))(
      'after %i: as with them, whatever the row before it said',
      async (kept) => {
        const cut = cells.slice(0, kept);
        const full = [...cut, ...cells.slice(kept).map(() => '')];
        const quoted = full.map((cell) => `"${cell}"`);
        const want = await answersOf([whole, full.join(','), whole]);
        expect(want.bad).toBe(0);
        expect(await answersOf([whole, cut.join(','), whole])).toEqual(want);
        expect(await answersOf([whole, [...full, '', ' ', '　'].join(','), whole])).toEqual(want);
        expect(await answersOf([whole, [...quoted, '""'].join(','), whole])).toEqual(want);
        expect(await answersOf([whole, `${full.join(',')},,`, whole], ['', ' '])).toEqual(want);
      },
    );

    it('a column without a heading may say nothing', async () => {
      const { lines, bad } = await answersOf([`${whole},x`, `${whole},`], ['']);
      expect(bad).toBe(1);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        reference: 'B',
        problems: [{ code: 'nameless-column' }],
      });
    });
  });

  it('lines with nothing on them are none, and counted', async () => {
    const { tally, decisions } = await decideRows(['', 'P,1,one,none,0,1,500', ',,,,,,', '', '']);
    expect([tally.cases, tally.bad, tally.blank]).toEqual([1, 0, 3]);
    expect(rowsOf(decisions)[0]?.[0]).toBe('2');
  });
});

describe('a case as JSON', () => {
  const read = async (lines: unknown[]) => {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    const { decisions } = await decideText(decider(loaded, {}), text);
    return decisions
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const rest = { kind: 'one', days: 1 };
  const facts = { case: { flag: true, paidYen: 500, ...rest } };
  it('may be the facts alone, or with what is said beside them, in groups or by dotted names', async () => {
    const answers = await read([
      facts,
      { facts },
      { facts, reference: 'R1', asOf: '2023-03-01T00:00:00+09:00' },
      { 'case.flag': true, 'case.paidYen': 500, 'case.kind': 'one', 'case.days': 1 },
      { case: { flag: true, ...rest }, 'case.paidYen': 500 },
    ]);
    expect(answers.map(({ outcome, amount }) => [outcome, amount?.yen])).toEqual(
      answers.map(() => ['granted', 500]),
    );
    expect(answers[2]).toMatchObject({ reference: 'R1', asOf: '2023-03-01T00:00:00+09:00' });
    expect(answers[1].asOf).toBe('1970-01-01T09:00:00+09:00');
  });
  it.each<[name: string, line: unknown, problems: unknown[]]>([
    ['no JSON', '{', [{ code: 'not-json', pointer: '' }]],
    ['no object', '[]', [{ code: 'wrong-type', pointer: '' }]],
    ['an unknown key', { facts, refrence: 'x' }, [{ code: 'unknown-key', suggestion: 'reference' }]],
    [
      'an unknown fact',
      { case: { flg: true } },
      [{ code: 'unknown-fact', pointer: '/facts/case/flg', suggestion: 'case.flag' }],
    ],
    ['an unknown dotted name', { 'case.flg': true }, [{ code: 'unknown-fact', pointer: '/facts/case/flg' }]],
    [
      'a fact given twice',
      { case: { flag: true }, 'case.flag': false },
      [{ code: 'duplicate-fact', pointer: '/facts/case/flag' }],
    ],
    ['a reference that is none', { facts, reference: 5 }, [{ code: 'not-allowed', pointer: '/reference' }]],
    [
      'an instant without its offset',
      { facts, asOf: '2023-03-01' },
      [{ code: 'no-offset', pointer: '/asOf' }],
    ],
    ['__proto__', '{"__proto__.flag":true}', [{ code: 'unknown-fact' }]],
  ])('%s', async (_, line, problems) => {
    const [bad, good] = await read([line, facts]);
    expect(bad.problems).toMatchObject(problems);
    expect(good.outcome).toBe('granted');
  });
});
