/** What was changed in a rule file, and what the changed conditions do. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Diff, diff } from '../../src/analysis/diff/diff.ts';
import { editsBetween } from '../../src/analysis/diff/edits.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { parseSource } from '../../src/rulebook/source.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const words = allWords();
const rules = readFileSync(YAMAGUCHI, 'utf8');

function read(text: string, vocabulary = words): RuleSet {
  const { ruleSet, problems } = readRuleSet('new.yaml', text, vocabularyOf(vocabulary));
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}
const before = read(rules);

type Replacement = [from: string, to: string];
function edited(...replacements: Replacement[]): string {
  return replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, rules);
}

/** part/id, and what of it: +, -, the field, or where it went. */
const told = ({ edits }: Pick<Diff, 'edits'>): string[] =>
  edits.map(({ part, id, kind, field, effect, after }) => {
    const what = { added: '+', removed: '-', changed: field, order: `before ${after}` }[kind];
    return [`${part}/${id}`, what, effect].filter(Boolean).join(' ');
  });

describe('edits', () => {
  const cases: [name: string, replacements: Replacement[], edits: string[]][] = [
    ['nothing', [], []],
    ['a comment and a blank line', [['deadlines:', '# 期限の一覧\n\ndeadlines:']], []],
    [
      'a deadline moved',
      [['application: { until: 2023-04-30,', 'application: { until: 2023-05-01,']],
      ['deadlines/application dates'],
    ],
    [
      'a deadline worded otherwise',
      [['label: 申請期限,', 'label: 申請の期限,']],
      ['deadlines/application label'],
    ],
    [
      'a brand added to what all remedies offer',
      [
        [
          '  paypay-points: PayPay ポイント',
          '  paypay-points: PayPay ポイント\n  new-points: 新しいポイント',
        ],
      ],
      ['brands/new-points +', 'claimState/brand-not-listed when', 'remedies/cashless-points brands'],
    ],
    [
      'a rule under another name',
      [['  - { id: B-under-way', '  - { id: B-under-way-later']],
      ['outcome/B-under-way -', 'outcome/B-under-way-later +'],
    ],
    ['a title', [['title: 地域クーポン', 'title: 電子でない地域クーポン']], ['title/title title']],
  ];
  it.each(cases)('%s', (_, replacements, edits) => {
    const after = read(edited(...replacements));
    const found = editsBetween(before, after).map((edit) => ({ ...edit, effect: null }));
    expect(told({ edits: found })).toEqual(edits);
  });

  it('points at the line after the change', () => {
    const text = `# one line more\n${edited(['label: 申請期限,', 'label: 申請の期限,'])}`;
    const [edit] = editsBetween(before, read(text));
    const { line } = parseSource('new.yaml', text).at(edit?.path ?? []);
    expect(text.split('\n')[line - 1]).toContain('申請の期限');
  });

  it('rules that changed places', () => {
    const [, one, other] = before.rules.filter(({ section }) => section === 'claimState');
    const lines = rules.split('\n');
    const at = (rule: typeof one): number => (rule?.position.line ?? 0) - 1;
    const length = at(other) - at(one);
    const next = lines.findIndex((line, i) => i > at(other) && /^ {2}- \{? ?id: /.test(line));
    const swapped = [
      ...lines.slice(0, at(one)),
      ...lines.slice(at(other), next),
      ...lines.slice(at(one), at(one) + length),
      ...lines.slice(next),
    ];
    const edits = editsBetween(before, read(swapped.join('\n')));
    // Both have an outcome of their own, and those stand in the order of their states; so do readings of the notice.
    expect(told({ edits }).filter((edit) => !edit.startsWith('assumptions/'))).toEqual(
      ['claimState', 'outcome'].map((section) => `${section}/${other?.id} before ${one?.id}`),
    );
  });

  it('words of the vocabulary', () => {
    const after = read(rules, words.replace('label: クーポンの形態', 'label: 紙か電子か'));
    expect(told({ edits: editsBetween(before, after) })).toEqual(['facts/voucher.medium label']);
  });
});

describe('what a changed condition does', () => {
  const asked = async (from: string, to: string): Promise<Diff> =>
    diff(before, read(edited([from, to])), solver);
  const A = 'voucher.balanceAfterGraceYen: 1以上';

  it('tightened', async () => {
    const { edits, differences } = await asked(A, A.replace('1以上', '2以上'));
    expect(edits.filter(({ effect }) => effect !== null).map(({ effect }) => effect)).toContain('tightened');
    expect(edits.map(({ effect }) => effect)).not.toContain('loosened');
    expect(differences.map(({ kind }) => kind)).toContain('no-longer-covered');
  });

  it('loosened', async () => {
    const { edits, differences } = await asked(A, A.replace('1以上', '0以上'));
    expect(edits.map(({ effect }) => effect)).toContain('loosened');
    expect(differences.map(({ kind }) => kind)).toContain('newly-covered');
  });

  it('written otherwise', async () => {
    const { edits, differences, isProved } = await asked(A, A.replace('1以上', '0より大きい'));
    expect(edits.map(({ field, effect }) => [field, effect])).toEqual([['when', 'same']]);
    expect([differences, isProved]).toEqual([[], true]);
  });
});
