/** What an explanation says of the answer, and how; where it stands is looked up in look-up.test.ts. */
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { type Explanation, explanationOf } from '../../src/explanation/explanation.ts';
import type { ConditionInWords, RuleInWords } from '../../src/explanation/rules.ts';
import { factsOf, NOON, ruleTextOf } from '../engine/small.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import {
  type Case,
  casesOf,
  explained,
  LOGGED,
  logged,
  RULE_FILES,
  type Version,
  versionOf,
} from './logged.ts';

const [YAMAGUCHI, CARD_TERMINAL, NETWORK] = RULE_FILES;
const caseOf = (file: string, outcome: string): Case => {
  const found = casesOf(file).find(({ expect }) => expect.outcome === outcome);
  if (!found) throw new Error(`no case of ${file} is ${outcome}`);
  return found;
};
const explainCase = async (version: Version, example: Pick<Case, 'asOf' | 'facts'>): Promise<Explanation> =>
  explained({ decision: await logged(version, example), ...version });
const rulesIn = (sections: Explanation['concluding']): RuleInWords[] =>
  sections.flatMap(({ rules }) => rules);
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

/** A rule set whose one category holds when `when` does. */
const versionWhen = (when: unknown, rest: Record<string, unknown> = {}): Version =>
  versionOf(
    RULE_FILE,
    ruleTextOf({ eligibility: [{ id: 'A', clause: 'C1', label: '対象の方', when }], ...rest }),
    smallVocabulary(),
  );
async function conditionsOf(version: Version, facts: Case['facts']): Promise<ConditionInWords[]> {
  const { concluding, notConcluding } = await explainCase(version, { asOf: NOON, facts });
  const rule = [...rulesIn(concluding), ...rulesIn(notConcluding)].find(
    (each) => each.rule === 'eligibility/A',
  );
  return rule?.conditions ?? [];
}

describe.each(RULE_FILES)('every case of %s', (file) => {
  const version = versionOf(file);
  it.each(casesOf(file))(
    '$id: what concluded is what the answer names, and every condition agrees',
    async (example) => {
      const facts = factsOf(version.program, example.facts, example.asOf);
      const decision = await decide(version.program, facts, { explanation: true });
      const explanation = await explainCase(version, example);
      expect(explanation.isSame).toBe(true);
      const named = decision.reasons.map(({ rule }) => rule);
      const concluded = rulesIn(explanation.concluding).map(({ rule }) => rule);
      expect(concluded.filter((rule) => !rule.startsWith('assumptions/')).sort()).toEqual(named.sort());
      const texts = decision.assumptions.filter(({ fact }) => fact === undefined).map(({ text }) => text);
      const taken = explanation.concluding.find(({ section }) => section === 'assumptions')?.rules ?? [];
      expect(taken.map(({ label }) => label)).toEqual(texts);

      const all = [...rulesIn(explanation.concluding), ...rulesIn(explanation.notConcluding)];
      expect(all).toHaveLength(decision.explanation?.length ?? 0);
      for (const { rule, truth, conditions } of all) {
        const engine = decision.explanation?.find((each) => each.rule === rule);
        expect(truth).toBe(engine?.truth);
        expect(conditions.length > 0).toBe((engine?.conditions.length ?? 0) > 0);
        for (const { met, truth: asWritten, isReversed, seen, operator, line } of conditions) {
          expect(met).toBe(truth);
          expect(engine?.conditions).toContainEqual(
            expect.objectContaining({ fact: seen.name, operator, truth: asWritten }),
          );
          expect(engine?.conditions.some(({ at }) => at.includes(`:${line}:`))).toBe(true);
          if (asWritten !== 'unknown') expect(met === asWritten).toBe(!isReversed);
        }
      }
    },
  );
});

describe('the head', () => {
  it('says who was answered what, when, by which rules', async () => {
    const version = versionOf(NETWORK);
    const example = caseOf(NETWORK, 'eligible');
    const { head, notice, answered } = await explainCase(version, example);
    expect(head).toMatchObject({
      ...{ id: LOGGED.id, version: LOGGED.version, engineVersion: LOGGED.engineVersion },
      ...{ reference: 'case-17', commit: 'abc1234', ruleFile: NETWORK, title: version.program.ruleSet.title },
      decidedAt: { text: '2023年4月15日(土) 12:00:01', at: '2023-04-15T12:00:01.250+09:00' },
    });
    expect(Date.parse(head.asOf.at)).toBe(Date.parse(example.asOf));
    expect(notice.published).toBe('2024-07-01');
    expect(answered[0]).toEqual({ field: '結論', values: ['対象'] });
    expect(answered.every(({ values }) => values.length > 0)).toBe(true);
  });
});

describe('facts that contradict each other', () => {
  it('leave nothing but the contradiction to conclude', async () => {
    const explanation = await explainCase(versionOf(YAMAGUCHI), caseOf(YAMAGUCHI, 'contradictory-facts'));
    expect(explanation.isContradictory).toBe(true);
    expect(explanation.concluding.map(({ section }) => section)).toEqual(['contradictions']);
    const unused = rulesIn(explanation.notConcluding).filter(({ truth }) => truth === 'true');
    expect(unused.length).toBeGreaterThan(0);
    for (const { truthText } of unused) expect(truthText).toBe('当てはまるが、結論には使われていない');
  });
});

describe('an answer that today is another', () => {
  const version = versionOf(YAMAGUCHI);
  const example = caseOf(YAMAGUCHI, 'eligible');
  const altered = async (change: (answer: Decision) => void): Promise<Explanation> => {
    const decision = await logged(version, example);
    const answer: Decision = JSON.parse(decision.answer);
    change(answer);
    return explained({ decision: { ...decision, answer: JSON.stringify(answer) }, ...version });
  };

  it('is said to be so, with the outcome of both', async () => {
    const explanation = await altered((answer) => {
      answer.outcome = 'not-eligible';
      answer.outcomeLabel = '対象外';
    });
    expect(explanation.isSame).toBe(false);
    expect(explanation.difference).toEqual({
      outcome: { logged: '対象外', again: '対象' },
      changes: [{ field: '結論', onlyLogged: ['対象外'], onlyAgain: ['対象'] }],
    });
    // What was answered is what was logged, also where it is not what would be answered now.
    expect(explanation.answered[0]?.values).toEqual(['対象外']);
  });

  it('is another also where only what is quoted, or what nobody reads, is different', async () => {
    const { difference } = await altered((answer) => void answer.citations.pop());
    expect(difference?.changes.map(({ field }) => field)).toEqual(['引用した条項']);
    const hidden = await altered((answer) => {
      answer.claimState = { label: '', ...answer.claimState, id: 'renamed' };
    });
    expect(hidden.difference?.changes.map(({ field }) => field)).toEqual([
      '言葉にならない部分（claimState）',
    ]);
  });

  it('is the same however its keys are ordered, and with its explanation', async () => {
    const { isSame } = await altered((answer) => {
      const { claimState } = answer;
      answer.claimState = claimState && { label: claimState.label, id: claimState.id };
      answer.explanation = [];
    });
    expect(isSame).toBe(true);
  });
});

it('facts that the vocabulary of the version does not know are problems', async () => {
  const version = versionOf(CARD_TERMINAL);
  const decision = await logged(version, caseOf(CARD_TERMINAL, 'eligible'));
  const result = await explanationOf({
    ...version,
    decision: { ...decision, facts: '{"purchase":{"x":1}}' },
  });
  expect(result).toMatchObject({ problems: [{ code: 'unknown-fact', pointer: '/purchase/x' }] });
});

describe('a condition', () => {
  it('under not says what the rule wants, and not only what the line says', async () => {
    const version = versionWhen({ not: leaf('case.flag', 'equal', true) });
    const [condition] = await conditionsOf(version, { case: { flag: false } });
    expect(condition).toMatchObject({
      ...{ wantedText: '「はい」ではないこと', isReversed: true, truth: 'false' },
      ...{ met: 'true', metText: '満たす', seen: { pointer: '/case/flag', value: false, text: 'いいえ' } },
    });
  });

  it('under not not is as it is written', async () => {
    const version = versionWhen({ not: { not: leaf('case.hours', 'greaterThan', 3) } });
    const [condition] = await conditionsOf(version, { case: { hours: 3 } });
    expect(condition).toMatchObject({ isReversed: false, met: 'false', wantedText: '3時間より大きいこと' });
  });

  it('on both sides of not is shown on the side that mattered', async () => {
    const flag = leaf('case.flag', 'equal', true);
    const version = versionWhen({ any: [flag, { all: [{ not: flag }, leaf('case.kind', 'equal', 'one')] }] });
    const conditions = await conditionsOf(version, { case: { flag: true, kind: 'two' } });
    expect(conditions.map(({ seen, isReversed }) => [seen.name, isReversed])).toEqual([['case.flag', false]]);
  });

  it('compared with another fact shows that one, too', async () => {
    const version = versionWhen(leaf('case.endedAt', 'before', { fact: 'case.startedAt' }));
    const startedAt = '2023-04-01T00:30:00Z';
    const [condition] = await conditionsOf(version, { case: { startedAt, endedAt: startedAt } });
    expect(condition?.comparedWith).toMatchObject([
      { pointer: '/case/startedAt', value: startedAt, text: '2023年4月1日(土) 09:30' },
    ]);
  });

  it('reached in several ways is one condition with all of them', async () => {
    const version = versionWhen(
      { any: [{ condition: 'outer' }, { condition: 'inner' }] },
      {
        conditions: {
          inner: leaf('case.flag', 'equal', true),
          outer: { all: [{ condition: 'inner' }] },
        },
      },
    );
    const conditions = await conditionsOf(version, { case: { flag: true } });
    expect(conditions.map(({ through }) => through.map((way) => way.map(({ name }) => name)))).toEqual([
      [['outer', 'inner'], ['inner']],
    ]);
  });

  it('compared with a time that the notice gives only in words says which instant decides', async () => {
    const deadlines = {
      spring: {
        from: '2023-04-01',
        until: '2023-04-10',
        text: '春ごろ',
        approximate: true,
        label: '配信',
        clause: 'C1',
      },
    };
    const wanted = async (operator: string): Promise<string | undefined> => {
      const version = versionWhen(leaf('asOf', operator, { deadline: 'spring' }), { deadlines });
      return (await conditionsOf(version, { case: {} }))[0]?.wantedText;
    };
    expect(await wanted('before')).toBe(
      '配信（春ごろ）［判定では2023年4月1日(土) 00:00から］より前であること',
    );
    expect(await wanted('after')).toBe(
      '配信（春ごろ）［判定では2023年4月11日(火) 00:00より前まで］を過ぎていること',
    );
  });
});

it('what may not exist may also be neither before nor after', async () => {
  const wanted = async (condition: unknown): Promise<string | undefined> =>
    (await conditionsOf(versionWhen({ not: condition }), { case: {} }))[0]?.wantedText;
  const now = { fact: 'asOf' };
  expect(await wanted(leaf('case.endedAt', 'onOrBefore', now))).toBe(
    '判定時点を過ぎていること（ないときを含む）',
  );
  expect(await wanted(leaf('case.startedAt', 'onOrBefore', now))).toBe('判定時点を過ぎていること');
  expect(await wanted(leaf('asOf', 'after', { fact: 'case.endedAt' }))).toBe(
    '終わりを過ぎていないこと（ないときを含む）',
  );
  const sum = { fact: 'case.refundedYen' };
  expect(await wanted(leaf('case.paidYen', 'greaterThan', sum))).toBe('返金額（0）以下であること');
  expect(await wanted(leaf('case.refundedYen', 'greaterThan', 100))).toBe(
    '100円以下であること（ないときを含む）',
  );
});

it('an earlier conclusion is told in the words of the rules, also while it is open', async () => {
  const version = versionWhen(leaf('case.flag', 'equal', true), {
    claimState: [{ id: 'closed', when: leaf('case.flag', 'equal', true) }, { id: 'waiting' }],
    outcome: [
      {
        id: 'denied',
        when: { any: [leaf('category', 'isPresent', false), leaf('claimState', 'equal', 'waiting')] },
      },
      { id: 'review', when: leaf('claimState.rule', 'notIn', ['closed']) },
      { id: 'granted' },
    ],
  });
  const seen = async (facts: Case['facts']): Promise<string[]> => {
    const { concluding, notConcluding } = await explainCase(version, { asOf: NOON, facts });
    return [...rulesIn(concluding), ...rulesIn(notConcluding)]
      .filter(({ rule }) => rule.startsWith('outcome/'))
      .flatMap(({ conditions }) => conditions.map((condition) => condition.seen.text));
  };
  expect(await seen({ case: { flag: true } })).toEqual(['(A) 対象の方', '終わり', 'closed（終わり）']);
  expect(await seen({ case: { flag: false } })).toEqual(['なし', '待ち']);
  expect(await seen({})).toEqual([
    'ほかに、まだ決まらないもの：(A) 対象の方',
    '終わり、または待ち（まだ決まらない）',
    'closed（終わり）、またはwaiting（待ち）（まだ決まらない）',
  ]);
});

it('lines are those of the file, whatever ends them, and without a byte order mark', async () => {
  const text = versionOf(CARD_TERMINAL).ruleText;
  const example = caseOf(CARD_TERMINAL, 'eligible');
  const plain = await explainCase(versionOf(CARD_TERMINAL), example);
  const other = await explainCase(
    versionOf(CARD_TERMINAL, `\uFEFF${text.replaceAll('\n', '\r\n')}`),
    example,
  );
  expect(other.concluding).toEqual(plain.concluding);
});

it.each(['{"outcomeLabel": "対象"}', 'null', '{', '"text"'])(
  '%s, logged as an answer, is told',
  async (answer) => {
    const version = versionOf(RULE_FILES[1]);
    const [example] = casesOf(RULE_FILES[1]);
    if (!example) throw new Error('no case');
    const decision = { ...(await logged(version, example)), answer };
    expect(await explanationOf({ decision, ...version })).toEqual({ reason: 'unreadable-answer' });
  },
);
