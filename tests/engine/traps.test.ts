/** What json-rules-engine 7.3 grants by accident when used plainly, and what comes of it here. */
import { Engine, type RuleProperties } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { compile } from '../../src/engine/program.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { RULE_FILE, smallVocabulary } from '../rulebook/fixtures.ts';
import { decideCase, outcomeWhen, programOf, programWhen, ruleSetOf } from './small.ts';

type Conditions = RuleProperties['conditions'];
const event = { type: 'granted' };

async function plain(conditions: unknown, facts: Record<string, unknown>): Promise<boolean> {
  const engine = new Engine([{ conditions: conditions as Conditions, event }], { allowUndefinedFacts: true });
  const { events } = await engine.run(facts);
  return events.length > 0;
}

/** The codes that a rule file with this condition is refused for. */
function refused(when: unknown): string[] {
  const written = JSON.stringify({
    ...JSON.parse(LEAST),
    eligibility: [{ id: 'A', clause: 'C1', label: '対象', when }],
  });
  const { ruleSet, problems } = readRuleSet(RULE_FILE, written, smallVocabulary());
  expect(ruleSet).toBeNull();
  return problems.map(({ code }) => code);
}
const LEAST = JSON.stringify({
  prefecture: 'somewhere',
  incident: 'outage',
  title: '見本',
  timeZone: 'Asia/Tokyo',
  source: { issuer: '事務局', title: 'お知らせ', published: '2023-03-02' },
  clauses: { C1: { lines: 1, text: '対象' } },
  deadlines: {},
  claimState: [{ id: 'waiting' }],
  outcome: [{ id: 'denied' }],
  remedies: [
    {
      id: 'refund',
      clause: 'C1',
      label: '返金',
      when: { fact: 'category', operator: 'contains', value: 'A' },
    },
  ],
});
const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

describe('an empty all or any is true', () => {
  it.each(['all', 'any'])('%s', async (group) => {
    expect(await plain({ [group]: [] }, {})).toBe(true);
    expect(refused({ [group]: [] })).toContain('empty-condition');
    expect(refused({ not: { [group]: [] } })).toContain('empty-condition');
  });
});

describe('a fact that is absent matches under not, notEqual and notIn', () => {
  const negations: [name: string, plainly: unknown, here: unknown][] = [
    ['not', { not: leaf('flag', 'equal', false) }, { not: leaf('case.flag', 'equal', false) }],
    ['notEqual', leaf('kind', 'notEqual', 'one'), leaf('case.kind', 'notEqual', 'one')],
    ['notIn', leaf('kind', 'notIn', ['one']), leaf('case.kind', 'notIn', ['one'])],
    ['doesNotContain', leaf('items', 'notEqual', 'a'), leaf('case.items', 'doesNotContain', 'a')],
  ];
  it.each(negations)('%s', async (_, plainly, here) => {
    expect(await plain({ all: [plainly] }, {})).toBe(true);
    const decision = await decideCase(programWhen(here), {});
    expect(decision).toMatchObject({ outcome: 'open', categories: [], remedies: [] });
    expect(decision.missingFacts).toHaveLength(1);
  });
});

describe('all beside any drops one of them silently', () => {
  it('any is dropped', async () => {
    const both = { all: [leaf('flag', 'equal', true)], any: [leaf('kind', 'equal', 'one')] };
    const facts = { flag: true, kind: 'two' };
    const [first, second] = [await plain(both, facts), await plain(both, { flag: false, kind: 'one' })];
    // One of the two fails and yet the whole holds.
    expect(first || second).toBe(true);
    const here = { all: [leaf('case.flag', 'equal', true)], any: [leaf('case.kind', 'equal', 'one')] };
    expect(refused(here)).toEqual(['ambiguous-condition']);
  });
});

describe('dates and numbers given as text compare as text', () => {
  it('numbers', async () => {
    expect(await plain({ all: [leaf('yen', 'equal', '1')] }, { yen: '1' })).toBe(true);
    // Not a number is no match, and so its negation is one.
    expect(await plain({ not: leaf('yen', 'lessThan', 1000) }, { yen: '9円' })).toBe(true);
    const { problems } = readFacts(ruleSetOf({}).vocabulary, { case: { paidYen: '9' } }, 0);
    expect(problems).toMatchObject([{ code: 'wrong-type', pointer: '/case/paidYen' }]);
    expect(refused(leaf('case.paidYen', 'lessThan', '1000'))).toEqual(['value-type']);
  });

  it('dates', async () => {
    const engine = new Engine([
      { conditions: { all: [leaf('at', 'before', '2023-04-30')] } as Conditions, event },
    ]);
    engine.addOperator('before', (a: string, b: string) => a < b);
    const { events } = await engine.run({ at: '2023-04-1' });
    // 10 April 2023 in a hurry; also 9999 years hence if written +009999-01-01.
    expect(events).toHaveLength(1);
    const { problems } = readFacts(ruleSetOf({}).vocabulary, { case: { startedAt: '2023-04-1' } }, 0);
    expect(problems).toMatchObject([{ code: 'no-offset', pointer: '/case/startedAt' }]);
    expect(refused(leaf('case.startedAt', 'before', '2023-04-30'))).toEqual(['value-type']);
  });

  it('the same instant in two offsets is one', async () => {
    const deadlines = {
      start: { from: '2023-04-15 12:00', label: '始', clause: 'C1' },
    };
    const at = leaf('case.startedAt', 'sameInstant', { deadline: 'start' });
    for (const startedAt of [
      '2023-04-15T12:00:00+09:00',
      '2023-04-15T03:00:30Z',
      '2023-04-14T23:00:59-04:00',
    ])
      expect(await outcomeWhen(at, { case: { startedAt } }, { deadlines }), startedAt).toBe('granted');
  });
});

it('`in` with a text is a search for a part of it', async () => {
  expect(await plain({ all: [leaf('kind', 'in', 'one-time')] }, { kind: 'one' })).toBe(true);
  expect(refused(leaf('case.kind', 'in', 'one-time'))).toEqual(['value-type']);
  expect(await outcomeWhen(leaf('case.note', 'in', ['one-time']), { case: { note: 'one' } })).toBe('denied');
});

it('priorities leave conditions unevaluated', async () => {
  const conditions = {
    all: [
      { ...leaf('flag', 'equal', true), priority: 9, name: 'first' },
      { ...leaf('kind', 'equal', 'one'), priority: 1, name: 'second' },
    ],
  };
  const engine = new Engine([{ conditions: conditions as Conditions, event }]);
  const { failureResults } = await engine.run({ flag: false, kind: 'two' });
  expect(failureResults[0]?.conditions).toMatchObject({ all: [{ result: false }, {}] });
  expect(JSON.stringify(failureResults[0])).not.toContain('"factResult":"two"');

  expect(refused({ ...leaf('case.flag', 'equal', true), priority: 9 })).toEqual(['unknown-key']);
  const program = programWhen({
    all: [leaf('case.flag', 'equal', true), leaf('case.kind', 'equal', 'one')],
  });
  const { explanation } = await decideCase(program, { case: { flag: false, kind: 'two' } });
  const failed = explanation?.find(({ rule }) => rule === 'eligibility/A')?.conditions;
  expect(failed).toMatchObject([
    { fact: 'case.flag', seen: false, truth: 'false' },
    { fact: 'case.kind', seen: 'two', truth: 'false' },
  ]);
});

describe('misspelt keys are ignored', () => {
  it('in conditions', async () => {
    const misspelt = { all: [{ ...leaf('flag', 'equal', true), vlaue: false, note: '' }], anny: [] };
    expect(await plain(misspelt, { flag: true })).toBe(true);
    expect(refused({ all: [leaf('case.flag', 'equal', true)], anny: [] })).toContain('unknown-key');
    expect(refused({ ...leaf('case.flag', 'equal', true), vlaue: false })).toEqual(['unknown-key']);
  });

  it('in facts', async () => {
    expect(await plain({ not: leaf('flag', 'equal', true) }, { flga: true })).toBe(true);
    const { facts, problems } = readFacts(ruleSetOf({}).vocabulary, { case: { flga: true } }, 0);
    expect(facts).toBeNull();
    expect(problems).toMatchObject([
      { code: 'unknown-fact', pointer: '/case/flga', suggestion: 'case.flag' },
    ]);
  });
});

it('facts of a request override constants', async () => {
  const engine = new Engine([
    { conditions: { all: [leaf('limit', 'equal', 1_000_000)] } as Conditions, event },
  ]);
  engine.addFact('limit', 1000);
  expect((await engine.run({ limit: 1_000_000 })).events).toHaveLength(1);

  const program = programOf({});
  const names = ['asOf', 'category', 'outcome', 'claimState', 'limit', 'application', 'left:0', 'right:0'];
  for (const name of names) {
    const { facts, problems } = readFacts(program.ruleSet.vocabulary, { [name]: 1_000_000 }, 0);
    expect(facts, name).toBeNull();
    expect(problems, name).toMatchObject([{ code: 'unknown-fact', pointer: `/${name}` }]);
  }
});

describe('an engine that concurrent runs share loses rules silently', () => {
  const RUNS = 500;
  const later = async (turns: number): Promise<void> => {
    for (let i = 0; i < turns; i++) await null;
  };
  const holds = (engine: Engine) => engine.run({ flag: true });

  it('as soon as there are two priorities', async () => {
    const rule = (priority: number) => ({
      conditions: { all: [leaf('flag', 'equal', true)] },
      event,
      priority,
    });
    const engine = new Engine([rule(1), rule(2)]);
    const results = await Promise.all(
      Array.from({ length: RUNS }, (_, i) => later(i % 100).then(() => holds(engine))),
    );
    expect(results.filter(({ events }) => events.length < 2).length).toBeGreaterThan(RUNS / 2);
  });

  it('and with one priority where one run begins as another ends', async () => {
    const engine = new Engine([{ conditions: { all: [leaf('flag', 'equal', true)] } as Conditions, event }]);
    const results = await Promise.all(
      Array.from({ length: RUNS }, (_, i) => later(i % 100).then(() => holds(engine))),
    );
    expect(results.filter(({ events }) => events.length < 1).length).toBeGreaterThan(RUNS / 2);
  });

  it('not here', async () => {
    const when = {
      all: [
        leaf('case.flag', 'equal', true),
        { any: [leaf('case.kind', 'equal', 'one'), leaf('case.hours', 'greaterThan', 3)] },
      ],
    };
    const cases = Array.from({ length: RUNS }, (_, i) => ({
      case: { flag: i % 2 === 0, kind: i % 3 === 0 ? 'one' : 'two', hours: i % 7 },
    }));
    const alone: unknown[] = [];
    for (const facts of cases.slice(0, 42)) alone.push(await decideCase(programWhen(when), facts));
    // Thrice on a program that has seen nothing yet, so that many first runs overlap in every phase.
    for (const step of [1, 7, 31]) {
      const program = compile(programWhen(when).ruleSet);
      const together = await Promise.all(
        cases.map(async (facts, i) => {
          await later((i * step) % 100);
          return decideCase(program, facts);
        }),
      );
      // Every 42 cases the same come again.
      for (const [i, decision] of together.entries()) expect(decision).toEqual(alone[i % 42]);
    }
  });
});

it('`path` reaches jsonpath-plus', async () => {
  const reached = { ...leaf('case', 'equal', 35), path: '$.inner.age' };
  expect(await plain({ all: [reached] }, { case: { inner: { age: 35 } } })).toBe(true);
  expect(refused({ ...leaf('case.hours', 'equal', 35), path: '$.inner.age' })).toEqual(['unknown-key']);
  expect(refused({ ...leaf('case.hours', 'equal', { fact: 'case.days', path: '$' }) })).toEqual([
    'unknown-key',
  ]);
  // Nor by way of a fact's value.
  const { problems } = readFacts(ruleSetOf({}).vocabulary, { case: { hours: { path: '$..*' } } }, 0);
  expect(problems).toMatchObject([{ code: 'wrong-type' }]);
});
