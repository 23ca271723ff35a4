/** The rule sets of this repository: what is found about each, and what a fault planted in one leads to. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/findings/finding.ts';
import { prove } from '../../src/analysis/findings/prove.ts';
import { type Solver, startSolver } from '../../src/analysis/solver/solver.ts';
import { decide } from '../../src/engine/decide.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { compile } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import type { RuleSet } from '../../src/rulebook/rule-set.ts';
import { YAMAGUCHI } from '../engine/yamaguchi.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

let solver: Solver;
beforeAll(async () => {
  solver = await startSolver();
});
afterAll(() => solver.end());

const vocabulary = vocabularyOf(allWords());
function read(file: string, text = readFileSync(file, 'utf8')): RuleSet {
  const { ruleSet, problems } = readRuleSet(file, text, vocabulary);
  if (ruleSet === null) throw new Error(JSON.stringify(problems, null, 2));
  return ruleSet;
}
const listed = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, code, about }) => [severity, code, ...about].join(' '));

const SHIPPED: Record<string, string[]> = {
  [YAMAGUCHI]: [
    'information closed-on-deadline deadlines/application',
    'information overlap eligibility/A eligibility/B1',
    'information overlap eligibility/A eligibility/B2',
    'information overlap eligibility/B1 eligibility/B2',
    'information falls-to-last voucherState/expired',
    'information falls-to-last claimState/application-open',
    'information falls-to-last outcome/eligible',
  ],
  'rules/sample/card-terminal-2024.yaml': [
    'information overlap eligibility/REFUND eligibility/EXTENSION',
    'information falls-to-last states.pass/expired',
    // The notice names no date for either.
    'warning no-deadline claimState/posted-in-grace',
    'warning no-deadline claimState/incomplete',
    'information falls-to-last claimState/application-open',
    'information falls-to-last outcome/eligible',
  ],
  'rules/sample/network-outage-2024.yaml': [
    'information contained eligibility/EXPENSE eligibility/OUTAGE',
    // The deadline is counted from the notice that has not come yet.
    'warning no-deadline claimState/waiting-for-notice',
    'information falls-to-last claimState/application-open',
    'information falls-to-last outcome/eligible',
  ],
};

describe.each(Object.entries(SHIPPED))('%s', (file, expected) => {
  it('has these findings, all of them decided', async () => {
    const findings = await prove(read(file), solver);
    expect(listed(findings)).toEqual(expected);
    expect(findings.map(({ verdict }) => verdict)).not.toContain('undecided');
  });

  it('has examples that the engine decides as they say, on the minute and from few facts', async () => {
    const ruleSet = read(file);
    const program = compile(ruleSet);
    for (const { example } of await prove(ruleSet, solver)) {
      if (example === null) continue;
      expect(example.asOf).toMatch(/T\d\d:\d\d:00\+09:00$/);
      const { facts, problems } = readFacts(ruleSet.vocabulary, example.facts, Date.parse(example.asOf));
      expect(problems).toEqual([]);
      if (facts === null) continue;
      const decision = await decide(program, facts, { explanation: false });
      expect(decision).toEqual(example.decisions[0]);
      expect(decision.missingFacts).toEqual([]);
      expect(Object.values(example.facts).flatMap(Object.keys).length).toBeLessThanOrEqual(12);
    }
  });
});

/** Wide letters take two columns. */
const columnsOf = (line: string): number =>
  [...line].reduce((sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffe6]/.test(letter) ? 2 : 1), 0);

it.each([
  [YAMAGUCHI, 620],
  ['rules/sample/card-terminal-2024.yaml', 280],
  ['rules/sample/network-outage-2024.yaml', 240],
] as const)('%s is at most %i lines of at most 100 columns', (file, most) => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(most);
  expect(lines.filter((line) => columnsOf(line) > 100)).toEqual([]);
});

/** What is replaced in the Yamaguchi file, by what, and what is then found at which line. */
const PLANTED: [fault: string, from: string, to: string, found: string, line: string][] = [
  [
    'an extension that ends before the expiry it extends',
    'grace-expiry: { until: 2023-02-26 23:59',
    'grace-expiry: { until: 2023-02-24 23:59',
    'warning shadowed voucherState/valid-grace',
    '  - { id: valid-grace',
  ],
  [
    'a condition that contradicts itself',
    'support.verification: rejected]',
    'support.verification: rejected, support.verification: none]',
    'warning always-false conditions/B-rejected',
    '  B-rejected:',
  ],
  [
    'a state that takes what the next one is for',
    'when: [B-unverified, B-contacted, extension-running]',
    'when: [B-unverified, B-contacted, B-comes-first]',
    'warning shadowed claimState/verification-overdue',
    '  - { id: verification-overdue',
  ],
  [
    'a state without its next step',
    'clause: [S2.A2.web, S2.A2.web.who], nextSteps: [apply-web],',
    'clause: [S2.A2.web, S2.A2.web.who],',
    'warning no-next-step claimState/application-open',
    '  - { id: application-open',
  ],
  [
    'a state without its deadline',
    'nextSteps: [wait-for-message], deadlines: [web-delivery, receipt] }',
    'nextSteps: [wait-for-message] }',
    'warning no-deadline claimState/applied',
    '  - { id: applied',
  ],
  [
    'one category copied over another',
    'clause: S1.B1,\n      when: is-B1,',
    'clause: S1.B1,\n      when: is-B2,',
    'warning same-meaning eligibility/B1 eligibility/B2',
    '  - { id: B2',
  ],
  [
    'an assumption that is said to everybody',
    '  - { id: G22, clause: S1.A, when: [in-scope, not: expires-on-outage-day],',
    '  - { id: G22, clause: S1.A,',
    'warning said-to-all assumptions/G22',
    '  - { id: G22',
  ],
  [
    'a remedy of those who lapsed alone',
    'outcome: lapsed 以外]',
    'outcome: lapsed]',
    'warning refused-but-offered outcome/application-closed',
    '  - { id: application-closed',
  ],
  [
    'a state that is open after its deadline',
    'asOf: application より後 }\n  number-unknown',
    'asOf: application まで }\n  number-unknown',
    'warning open-after-deadline claimState/application-open deadlines/application',
    '  - { id: application-open',
  ],
  [
    'an outcome that swallows those below it',
    '  - { id: B-under-way, concludes: eligible, clause: S2.B1,',
    '  - { id: all, concludes: needs-review, when: { category: ある } }\n  - { id: B-under-way, concludes: eligible, clause: S2.B1,',
    'warning unreached outcome/eligible',
    '  - { id: B-under-way',
  ],
];

describe('a fault planted in the Yamaguchi file', () => {
  it.each(PLANTED)('%s', async (_, from, to, found, line) => {
    const text = readFileSync(YAMAGUCHI, 'utf8');
    expect(text).toContain(from);
    const planted = text.replace(from, to);
    const findings = await prove(read(YAMAGUCHI, planted), solver);
    const finding = findings.find(
      ({ severity, code, about }) => [severity, code, ...about].join(' ') === found,
    );
    expect(planted.split('\n')[(finding?.position.line ?? 0) - 1]).toMatch(new RegExp(`^${line}(?![\\w-])`));
  });
});
