/** Interviews: a person answers what an answer asks for, from the top, until nothing is left. */
import { readFileSync } from 'node:fs';
import type { Decision } from '../../src/engine/answer/fields.ts';
import { decide } from '../../src/engine/decide.ts';
import { readFacts } from '../../src/engine/facts/read-facts.ts';
import { NONE, UNKNOWN, type Value, withFact } from '../../src/engine/facts/values.ts';
import { compile, type Program } from '../../src/engine/program.ts';
import { candidateValues } from '../../src/engine/unknowns/candidate-values.ts';
import { readRuleSet } from '../../src/rulebook/read-rule-set.ts';
import { vocabularyOf } from '../rulebook/fixtures.ts';
import { allWords } from '../support/words.ts';

export const SHIPPED = [
  'rules/yamaguchi/2023-02-24.yaml',
  'rules/sample/card-terminal-2024.yaml',
  'rules/sample/network-outage-2024.yaml',
  'rules/sample/disaster-relief-2024.yaml',
  'rules/sample/mobile-outage-2024.yaml',
  'rules/sample/express-ticket-2024.yaml',
];

export function shipped(file: string): Program {
  const { ruleSet } = readRuleSet(file, readFileSync(file, 'utf8'), vocabularyOf(allWords()));
  if (ruleSet === null) throw new Error(`${file} cannot be read`);
  return compile(ruleSet);
}

/** What somebody would say to every question: NONE where there is no such thing, UNKNOWN where they cannot tell. */
export type Person = ReadonlyMap<string, Value>;

export interface Said {
  facts: Record<string, Record<string, unknown>>;
  none: string[];
  cannotTell: string[];
}

export const NOTHING_SAID = (): Said => ({ facts: {}, none: [], cannotTell: [] });

export function say({ ruleSet }: Program, said: Said, fact: string, value: Value): void {
  const [group = '', name = ''] = fact.split('.');
  const members = said.facts[group] ?? {};
  if (value === NONE) said.none.push(fact);
  else if (value === UNKNOWN) said.cannotTell.push(fact);
  else if (ruleSet.vocabulary.facts.get(fact)?.type === 'instant')
    said.facts[group] = { ...members, [name]: new Date(Number(value)).toISOString() };
  else said.facts[group] = { ...members, [name]: value instanceof Set ? [...value] : value };
}

export async function answerTo(program: Program, said: Said, asOf: number): Promise<Decision> {
  const { facts, problems } = readFacts(program.ruleSet.vocabulary, said.facts, asOf, said);
  if (facts === null) throw new Error(JSON.stringify(problems));
  return decide(program, facts, { explanation: false });
}

/** The answer to all that a person would say. */
export function answerToAll(program: Program, person: Person, asOf: number): Promise<Decision> {
  const said = NOTHING_SAID();
  for (const [fact, value] of person) say(program, said, fact, value);
  return answerTo(program, said, asOf);
}

/** Throws where something is asked twice. */
export async function interview(program: Program, person: Person, asOf: number) {
  const said = NOTHING_SAID();
  const asked: string[] = [];
  for (;;) {
    const answer = await answerTo(program, said, asOf);
    const next = answer.openQuestions[0]?.fact;
    if (next === undefined) return { asked, answer, said };
    if (asked.includes(next)) throw new Error(`${next} is asked twice`);
    asked.push(next);
    say(program, said, next, person.get(next) ?? NONE);
  }
}

/** All that a person is told; not what it rests on. */
export function told(decision: Decision): Partial<Decision> {
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

/**
 * Values that the rules tell apart, by numbers drawn at random; of the scope of the incident mostly those that most people have.
 * Drawn evenly, hardly anybody would be in it.
 */
export function personBy(program: Program, draws: readonly number[], asOf: number): Person {
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

const USUAL: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['programme.used', true],
  ['programme.destinationPrefecture', '35'],
  ['voucher.platform', 'regionpay'],
  ['voucher.medium', 'paper'],
  ['voucher.received', true],
]);

/** How many facts would by themselves, with another value, change what this person is told: no order asks for fewer. */
export async function factsThatMatter(program: Program, person: Person, asOf: number): Promise<number> {
  const { layout } = program;
  const wanted = JSON.stringify(told(await answerToAll(program, person, asOf)));
  const slots = layout.facts.map((fact, slot): Value => (slot === 0 ? asOf : (person.get(fact) ?? NONE)));
  let count = 0;
  for (const fact of layout.facts.slice(1)) {
    for (const value of candidateValues(program, fact, withFact(slots, layout.slotOf(fact), UNKNOWN))) {
      if (!isSayable(program, fact, value)) continue;
      const other = await answerToAll(program, new Map([...person, [fact, value]]), asOf);
      if (other.contradictions.length > 0 || JSON.stringify(told(other)) === wanted) continue;
      count += 1;
      break;
    }
  }
  return count;
}

/** What a caller may give, and is taken for: candidates of texts stand for any other text, and a midnight may be of two days. */
function isSayable(program: Program, fact: string, value: Value): boolean {
  const said = NOTHING_SAID();
  say(program, said, fact, value);
  const { facts } = readFacts(program.ruleSet.vocabulary, said.facts, 0, said);
  return facts !== null && (value === UNKNOWN || facts.values.get(fact) !== UNKNOWN);
}
