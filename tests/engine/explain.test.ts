import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConditionExplanation, RuleExplanation } from '../../src/engine/answer/decision.ts';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { compile } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { leavesOf } from '../../src/rulebook/references.ts';
import { fixture, vocabularyOf } from '../rulebook/fixtures.ts';
import { decideCase, programOf, programWhen } from './small.ts';
import { YAMAGUCHI, yamaguchiCases, yamaguchiProgram } from './yamaguchi.ts';

const rule = ({ explanation }: Decision, name: string): RuleExplanation => {
  const found = explanation?.find((one) => one.rule === name);
  if (!found) throw new Error(`${name} is not explained`);
  return found;
};
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
const facts = (conditions: readonly ConditionExplanation[]): string[] => conditions.map(({ fact }) => fact);

describe('what was not granted names every condition that failed', () => {
  const flag = leaf('case.flag', 'equal', true);
  const kind = leaf('case.kind', 'in', ['one', 'two']);
  const hours = leaf('case.hours', 'greaterThanInclusive', 24);
  const all = { case: { flag: false, kind: 'three', hours: 23 } };
  const some = { case: { flag: false, kind: 'one', hours: 24 } };
  const failing: [name: string, when: unknown, given: unknown, failed: string[]][] = [
    ['all, and all fail', { all: [flag, kind, hours] }, all, ['case.flag', 'case.kind', 'case.hours']],
    ['all, and one fails', { all: [flag, kind, hours] }, some, ['case.flag']],
    ['any', { any: [flag, kind, hours] }, all, ['case.flag', 'case.kind', 'case.hours']],
    ['not', { not: kind }, some, ['case.kind']],
    ['not any', { not: { any: [flag, kind, hours] } }, some, ['case.kind', 'case.hours']],
    ['nested', { all: [{ any: [flag, { not: hours }] }, kind] }, some, ['case.flag', 'case.hours']],
  ];
  it.each(failing)('%s', async (_, when, given, failed) => {
    const decision = await decideCase(programWhen(when), given);
    const { truth, conditions } = rule(decision, 'eligibility/A');
    expect(truth).toBe('false');
    expect(facts(conditions)).toEqual(failed);
  });

  it('what was granted names every condition that held', async () => {
    const decision = await decideCase(programWhen({ any: [flag, kind, { not: hours }] }), {
      case: { flag: true, kind: 'three', hours: 3 },
    });
    const { truth, conditions } = rule(decision, 'eligibility/A');
    expect([truth, facts(conditions)]).toEqual(['true', ['case.flag', 'case.hours']]);
  });

  it('what is open names every condition that cannot be told', async () => {
    const decision = await decideCase(programWhen({ all: [flag, kind, hours] }), { case: { kind: 'one' } });
    const { truth, conditions } = rule(decision, 'eligibility/A');
    expect([truth, facts(conditions)]).toEqual(['unknown', ['case.flag', 'case.hours']]);
    expect(conditions.map((one) => [one.seen, one.truth])).toEqual([
      [null, 'unknown'],
      [null, 'unknown'],
    ]);
  });
});

it('a condition says what was seen, what was wanted, by which clause and whether it was assumed', async () => {
  const program = programOf({
    deadlines: { end: { until: '2023-04-30', label: '申請期限', clause: 'C1' } },
    clauses: { C1: { lines: 1, text: '対象' }, C2: { lines: 2, text: '期限' } },
    conditions: {
      named: {
        label: '期限内に始まった',
        clause: 'C2',
        all: [leaf('case.startedAt', 'onOrBefore', { deadline: 'end' })],
      },
    },
    eligibility: [
      {
        id: 'A',
        clause: 'C1',
        label: '対象の方',
        when: {
          any: [
            { condition: 'named' },
            { ...leaf('case.kind', 'in', ['one', 'two']), label: '種別が合う', clause: 'C2' },
            leaf('case.paidYen', 'greaterThan', { sum: [{ fact: 'case.refundedYen' }, 1000] }),
            leaf('case.other', 'equal', true),
          ],
        },
      },
    ],
  });
  const decision = await decideCase(program, {
    case: { startedAt: '2023-05-01T00:00:00+09:00', kind: 'three', paidYen: 1000 },
  });
  const said = rule(decision, 'eligibility/A').conditions.map(({ at, ...rest }) => rest);
  expect(said).toEqual([
    {
      label: '期限内に始まった',
      fact: 'case.startedAt',
      operator: 'onOrBefore',
      seen: '2023-05-01T00:00:00+09:00',
      seenText: '始まり：2023年5月1日(月) 00:00',
      wanted: 'が次まで（当日・当該分を含む）：申請期限（2023年4月30日(日)まで）',
      truth: 'false',
      assumed: false,
      clause: 'C2',
    },
    {
      label: '種別が合う',
      fact: 'case.kind',
      operator: 'in',
      seen: 'three',
      seenText: '種別：三',
      wanted: 'が次のいずれか：一、二',
      truth: 'false',
      assumed: false,
      clause: 'C2',
    },
    {
      label: '支払額',
      fact: 'case.paidYen',
      operator: 'greaterThan',
      seen: 1000,
      seenText: '支払額：1,000円',
      wanted: 'が次より大きい：返金額＋1000円（1,000）',
      truth: 'false',
      assumed: false,
      clause: 'C1',
    },
    {
      label: '別の印',
      fact: 'case.other',
      operator: 'equal',
      seen: false,
      seenText: '別の印：いいえ',
      wanted: 'が次と同じ：はい',
      truth: 'false',
      assumed: true,
      clause: 'C1',
    },
  ]);
});

it('an assumption that the decision rests on is said, and no other', async () => {
  const program = programWhen({
    all: [leaf('case.flag', 'equal', true), leaf('case.other', 'equal', false)],
  });
  const resting = await decideCase(program, { case: { flag: true } });
  expect(resting.assumptions.map(({ fact }) => fact)).toEqual(['case.other']);
  const notResting = await decideCase(program, { case: { flag: false } });
  expect(notResting.assumptions).toEqual([]);
  const given = await decideCase(program, { case: { flag: true, other: false } });
  expect(given.assumptions).toEqual([]);
});

describe('file:line:column', () => {
  it('is where the leaf is written, also behind names and in files of all ends of line', async () => {
    const text = fixture('everything.yaml');
    for (const written of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      const { ruleSet } = readRuleSet(
        'rules/somewhere/outage.yaml',
        written,
        vocabularyOf(fixture('vocabulary.yaml')),
      );
      if (ruleSet === null) throw new Error('the fixture is not good');
      const lines = written.replace('\uFEFF', '').split(/\r?\n/);
      for (const { section, id, when, cell } of ruleSet.rules) {
        for (const { fact, operator, operand, position } of leavesOf(when, ruleSet)) {
          const there = textAt(lines, `${position.file}:${position.line}:${position.column}`);
          const onState: Record<string, string> = {
            'outcome/late': 'outcome: ',
            'assumptions/G2': '{ id: G2',
          };
          const isKey = cell !== null && fact !== 'asOf';
          const key = isKey ? cell.keys.find((one) => there.startsWith(`${one}:`)) : fact;
          // What is counted in a condition is written in the short form there.
          const isShort = isKey || operand.kind === 'moment';
          const written = isShort ? `${key}:` : `{ fact: ${fact}, operator: ${operator}`;
          const wanted = onState[`${section}/${id}`] ?? written;
          expect(there.replaceAll(/\s+/g, ' ').slice(0, wanted.length)).toBe(wanted);
        }
      }
    }
  });

  it('of every condition of every decision about Yamaguchi points at that condition', async () => {
    const lines = readFileSync(YAMAGUCHI, 'utf8').split('\n');
    const program = compile(yamaguchiProgram().ruleSet);
    let seen = 0;
    const operatorAt = new Map<string, string>();
    for (const one of yamaguchiCases()) {
      const decision = await decideCase(program, one.facts, one.asOf);
      for (const { rule: name, at, conditions } of decision.explanation ?? []) {
        expect(textAt(lines, at).replace(/^- /, '')).toMatch(new RegExp(`^${name.split('/')[1]}\\b`));
        for (const { fact, operator, at: leafAt } of conditions) {
          const there = textAt(lines, leafAt);
          // The state that an outcome or a reading stands on is told where it stands.
          expect(there.slice(0, 200)).toMatch(
            new RegExp(`^(${fact}:${fact.endsWith('.rule') ? '|outcome: |({ )?id: ' : ''})`),
          );
          expect(operatorAt.get(leafAt) ?? operator).toBe(operator);
          operatorAt.set(leafAt, operator);
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(500);
  });
});

/** The text from file:line:column to the end of the third line after it. */
function textAt(lines: readonly string[], at: string): string {
  const [line, column] = at.split(':').slice(-2).map(Number);
  const [first = '', ...rest] = lines.slice(Number(line) - 1, Number(line) + 3);
  return [first.slice(Number(column) - 1), ...rest].join('\n');
}
