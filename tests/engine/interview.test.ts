/** An interview that asks what the answer asks for, from the top until nothing is left, ends right for everybody. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { NONE, UNKNOWN, type Value } from '../../src/engine/facts/values.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { candidateValues } from '../../src/engine/unknowns/candidate-values.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { runs } from '../fixtures/runs.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

const SHIPPED = [
  'rules/yamaguchi/2023-02-24.yaml',
  'rules/sample/card-terminal-2024.yaml',
  'rules/sample/network-outage-2024.yaml',
];

function shipped(file: string): Program {
  const { ruleSet } = readRuleSet(file, readFileSync(file, 'utf8'), vocabularyOf(allWords()));
  if (ruleSet === null) throw new Error(`${file} cannot be read`);
  return compile(ruleSet);
}

/** What somebody would say to every question; `none` where there is no such thing. */
type Person = ReadonlyMap<string, Value>;

interface Said {
  facts: Record<string, Record<string, unknown>>;
  none: string[];
  cannotTell: string[];
}

const NOTHING_SAID = (): Said => ({ facts: {}, none: [], cannotTell: [] });

function say(said: Said, fact: string, value: Value, type: string | undefined): void {
  const [group = '', name = ''] = fact.split('.');
  if (value === NONE) said.none.push(fact);
  else if (type === 'instant')
    said.facts[group] = { ...said.facts[group], [name]: new Date(Number(value)).toISOString() };
  else said.facts[group] = { ...said.facts[group], [name]: value instanceof Set ? [...value] : value };
}

async function answerTo(program: Program, said: Said, asOf: number): Promise<Decision> {
  const { facts, problems } = readFacts(program.ruleSet.vocabulary, said.facts, asOf, said);
  if (facts === null) throw new Error(JSON.stringify(problems));
  return decide(program, facts, { explanation: false });
}

/** All that a person is told; not what it rests on. */
function told(decision: Decision): Partial<Decision> {
  const {
    missingFacts: _,
    openQuestions: __,
    assumptions: ___,
    citations: ____,
    reasons: _____,
    ...rest
  } = decision;
  return rest;
}

const typeOf = (program: Program, fact: string): string | undefined =>
  program.ruleSet.vocabulary.facts.get(fact)?.type;

async function interview(
  program: Program,
  person: Person,
  asOf: number,
  cannot: ReadonlySet<string> = new Set(),
) {
  const said = NOTHING_SAID();
  const asked: string[] = [];
  for (;;) {
    const answer = await answerTo(program, said, asOf);
    const next = answer.openQuestions[0]?.fact;
    if (next === undefined) return { asked, answer, said };
    expect(asked).not.toContain(next);
    asked.push(next);
    if (cannot.has(next)) said.cannotTell.push(next);
    else say(said, next, person.get(next) ?? NONE, typeOf(program, next));
  }
}

/** Values that the rules tell apart, those that most rules ask for among them, by numbers drawn at random. */
function personBy(program: Program, draws: readonly number[], asOf: number): Person {
  const facts = program.layout.facts.slice(1);
  const slots = program.layout.facts.map((_, slot): Value => (slot === 0 ? asOf : UNKNOWN));
  return new Map(
    facts.map((fact, i) => {
      const draw = draws[i] ?? 0;
      const values = candidateValues(program, fact, slots).filter((value) => isSayable(program, fact, value));
      const usual = USUAL.get(fact);
      const value = usual !== undefined && draw % 10 < 8 ? usual : (values[draw % values.length] ?? NONE);
      slots[i + 1] = value;
      return [fact, value];
    }),
  );
}

/** Most people of the incident; drawn evenly, hardly anybody would be in its scope. */
const USUAL: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['programme.used', true],
  ['programme.destinationPrefecture', '35'],
  ['voucher.platform', 'regionpay'],
  ['voucher.medium', 'paper'],
  ['voucher.received', true],
]);

/** What a caller may give: candidates of texts stand for any other text. */
function isSayable(program: Program, fact: string, value: Value): boolean {
  const said = NOTHING_SAID();
  say(said, fact, value, typeOf(program, fact));
  return readFacts(program.ruleSet.vocabulary, said.facts, 0, said).facts !== null;
}

const draws = fc.array(fc.nat({ max: 9_999 }), { minLength: 60, maxLength: 60 });
const days = fc.integer({ min: -20, max: 130 });

describe.each(SHIPPED)('%s', (file) => {
  const program = shipped(file);
  const start = Date.parse(program.ruleSet.source.published);

  it(
    'tells everybody what all their facts lead to',
    async () => {
      const counts: number[] = [];
      await fc.assert(
        fc.asyncProperty(draws, days, async (numbers, day) => {
          const asOf = start + day * 86_400_000 + 43_200_000;
          const person = personBy(program, numbers, asOf);
          const whole = NOTHING_SAID();
          for (const [fact, value] of person) say(whole, fact, value, typeOf(program, fact));
          const wanted = await answerTo(program, whole, asOf);
          // Facts that contradict each other are nobody's.
          if (wanted.contradictions.length > 0) return;
          expect(wanted.openQuestions).toEqual([]);
          const { asked, answer } = await interview(program, person, asOf);
          expect(told(answer)).toEqual(told(wanted));
          counts.push(asked.length);
        }),
        { numRuns: runs(150) },
      );
      if (process.env.SHOW)
        console.log(file, counts.length, 'median', counts[counts.length >> 1], 'max', counts.at(-1));
      expect(counts.length).toBeGreaterThan(10);
      // Of 33 facts; no order of asking can do with fewer than 19 for some of these people (decision 16).
      expect(Math.max(...counts)).toBeLessThanOrEqual(20);
    },
    runs(120_000),
  );
});

it.each(SHIPPED.slice(1))('%s: an interview ends with who cannot tell anything', async (file) => {
  const program = shipped(file);
  const start = Date.parse(program.ruleSet.source.published);
  const all = new Set(program.layout.facts);
  const { asked, answer, said } = await interview(program, new Map(), start, all);
  expect(said.cannotTell).toEqual(asked);
  expect(answer.openQuestions).toEqual([]);
  expect(answer.missingFacts).not.toEqual([]);
});

const inScope = {
  programme: { used: true, destinationPrefecture: '35' },
  voucher: {
    ...{ platform: 'regionpay', medium: 'paper', received: true },
    originalExpiry: '2023-03-10T23:59:00+09:00',
  },
};
const AS_OF = Date.parse('2023-04-15T12:00:00+09:00');
const yamaguchi = shipped('rules/yamaguchi/2023-02-24.yaml');
const answerIn = (facts: Said['facts'], lists: Partial<Said> = {}) =>
  answerTo(yamaguchi, { ...NOTHING_SAID(), facts, ...lists }, AS_OF);

it('a denial that rests on what nobody asked still asks it, with all that a form needs', async () => {
  const { outcome, missingFacts, openQuestions } = await answerIn(inScope);
  expect([outcome, missingFacts]).toEqual(['not-eligible', []]);
  expect(openQuestions[0]).toEqual({
    fact: 'outage.paidOtherwiseAndDeducted',
    label: '現金等で支払い、残額も引き落とされた',
    question: '現金等で支払ったのに、クーポンの残額も引き落とされましたか。',
    type: 'boolean',
    because: 'assumed',
    assumed: false,
  });
  const others = new Map(openQuestions.map((one) => [one.fact, one]));
  expect(others.get('outage.withinOutageHours')).toMatchObject({
    because: 'missing',
    choices: [{ id: 'yes', label: 'はい' }, { id: 'no' }, { id: 'unknown' }],
  });
  expect(others.get('outage.wronglyDeductedYen')).toMatchObject({ type: 'integer', unit: '円' });
});

it('what an amount is worked out from is asked where it is not given, and decided alike', async () => {
  const claimed = (yen?: number) => ({
    ...inScope,
    outage: {
      ...{ paidOtherwiseAndDeducted: true, withinOutageHours: 'yes' },
      ...(yen !== undefined && { wronglyDeductedYen: yen }),
    },
  });
  const names = async (facts: Said['facts']) => (await answerIn(facts)).openQuestions.map(({ fact }) => fact);
  for (const yen of [1200, 0, undefined, 1200])
    expect((await names(claimed(yen))).includes('outage.wronglyDeductedYen')).toBe(yen === undefined);
});

it('what somebody cannot tell stays unknown, also where it would be assumed, and is not asked again', async () => {
  const fact = 'outage.paidOtherwiseAndDeducted';
  const { outcome, missingFacts, openQuestions } = await answerIn(inScope, { cannotTell: [fact] });
  expect(outcome).toBe('insufficient-information');
  expect(missingFacts.map((one) => one.fact)).toContain(fact);
  expect(openQuestions.map((one) => one.fact)).not.toContain(fact);
  expect(openQuestions).not.toEqual([]);
});

it('that there is none can be said: it is no assumption then, and not asked again', async () => {
  const fact = 'claim.completedAt';
  const covered = {
    ...inScope,
    voucher: { ...inScope.voucher, originalExpiry: '2023-02-24T23:59:00+09:00', balanceAfterGraceYen: 2000 },
  };
  const before = await answerIn(covered);
  expect(before.openQuestions).toContainEqual(expect.objectContaining({ fact, assumed: null }));
  const { openQuestions, assumptions, ...rest } = await answerIn(covered, { none: [fact] });
  expect(openQuestions.map((one) => one.fact)).not.toContain(fact);
  expect(assumptions.map((one) => one.fact)).not.toContain(fact);
  expect(rest.claimState).toEqual(before.claimState);
});
