/** A fourth notice made from Yamaguchi's third: one deadline moved, one sentence gone, one added. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { noticeChanges } from '../../../src/analysis/notice-text/notice-changes.ts';
import { SEED, whyMissing } from '../../fixtures/beside.ts';
import { noticeText, replaced, ruleSetIn, seedNotice } from './compared.ts';

const FILE = 'rules/yamaguchi/2023-02-24.yaml';
const rules = readFileSync(FILE, 'utf8');
const why = whyMissing(SEED);
const third = why === null ? seedNotice() : '';

const GONE = '※ご利用の携帯キャリアにより表記が異なる場合がございます\n';
const ADDED = '商品券との交換は対象外とします。';
const fourth = (): string =>
  [
    ['申請期限：2023年4月30日(日)', '申請期限：2023年5月14日(日)'],
    [GONE, ''],
    ['3. お問い合わせ先\n', `${ADDED}\n\n3. お問い合わせ先\n`],
  ].reduce((text, [from = '', to = '']) => replaced(text, from, to), third);

const sideOf = (text: string, notice: string) => ({
  ruleSet: ruleSetIn(FILE, text),
  notice: noticeText(notice),
});
const changes = (recent: string) =>
  noticeChanges(sideOf(rules, third), sideOf(recent, fourth())).map((change) => ({
    kind: change.kind,
    lines: [change.before?.number, change.after?.number],
    clauses: change.clauses,
    parts: change.parts,
    isFollowed: change.isFollowed,
  }));

describe('what changed', () => {
  beforeEach(({ skip }) => skip(why !== null, why ?? undefined));

  const MOVED = {
    kind: 'changed',
    lines: [78, 78],
    clauses: ['S2.A2.web.apply_by'],
    parts: expect.arrayContaining([
      'deadlines/application',
      'conditions/application-over',
      'advice/ask-before-application-ends',
      'assumptions/G11',
    ]),
  };
  const LOST = {
    kind: 'gone',
    lines: [105, undefined],
    clauses: ['S2.U.carrier'],
    parts: ['senders/sms', 'claimState/url-from-other-number', 'outcome/url-from-other-number'],
  };
  const CAME = { kind: 'new', lines: [undefined, 106], parts: [] };

  it('clauses and rules hang on it, and nothing is followed yet', () => {
    expect(changes(rules)).toEqual([
      { ...MOVED, isFollowed: false },
      { ...LOST, isFollowed: false },
      { ...CAME, clauses: [], isFollowed: false },
    ]);
  });

  it('a rule file that has followed one of them', () => {
    const moved = replaced(rules, '申請期限：2023年4月30日(日)', '申請期限：2023年5月14日(日)');
    expect(changes(moved).map(({ isFollowed }) => isFollowed)).toEqual([true, false, false]);
  });

  it('a rule file that has followed all of them', () => {
    const edits = [
      ['申請期限：2023年4月30日(日)', '申請期限：2023年5月14日(日)'],
      [GONE.trim(), ADDED],
    ];
    const all = edits.reduce((text, [from = '', to = '']) => replaced(text, from, to), rules);
    expect(changes(all)).toEqual([
      { ...MOVED, isFollowed: true },
      { ...LOST, isFollowed: true },
      {
        ...CAME,
        clauses: ['S2.U.carrier'],
        parts: ['senders/sms', 'claimState/url-from-other-number', 'outcome/url-from-other-number'],
        isFollowed: true,
      },
    ]);
  });

  it('nothing, where sentences only stand elsewhere', () => {
    const moved = `\n${third}`;
    expect(noticeChanges(sideOf(rules, third), sideOf(rules, moved))).toEqual([]);
  });
});
