/**
 * How many questions an interview takes, asked from the top of `openQuestions`: begun with nothing, and begun with whatever says
 * that the case is in scope at all, which an upstream system knows. BOUNDS=1 adds what no order of asking can do with fewer than.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFacts } from '../src/engine/facts/read-facts.ts';
import { UNKNOWN, type Value } from '../src/engine/facts/values.ts';
import type { Program } from '../src/engine/program.ts';
import type { Person } from '../tests/engine/interviews.ts';
import {
  answerToAll,
  factsThatMatter,
  interview,
  personBy,
  SHIPPED,
  shipped,
} from '../tests/engine/interviews.ts';
import { random } from './cases.ts';

const DAY = 86_400_000;
const PEOPLE = 300;
const WANTED = 12;
const SCOPE = ['programme.used', 'programme.destinationPrefecture', 'voucher.platform', 'voucher.medium'];

interface Whose {
  person: Person;
  asOf: number;
}

/** As the tests draw them: any value that the rules tell apart, for every fact. Few of these people are likely. */
function* drawn(program: Program): Generator<Whose> {
  const next = random(20_230_224);
  const start = Date.parse(program.ruleSet.source.published);
  for (;;) {
    const asOf = start + Math.floor(next() * 150 - 20) * DAY + DAY / 2;
    const draws = Array.from({ length: 60 }, () => Math.floor(next() * 10_000));
    yield { person: personBy(program, draws, asOf), asOf };
  }
}

/** The people of the cases file. What a case leaves out is what leaving it out means; otherwise they cannot tell. */
function* written(program: Program, file: string): Generator<Whose> {
  const { vocabulary } = program.ruleSet;
  for (const { facts, asOf } of parse(readFileSync(file.replace('.yaml', '.cases.yaml'), 'utf8')).cases) {
    const at = Date.parse(asOf);
    const read = readFacts(vocabulary, facts, at);
    if (read.facts === null) continue;
    const { values } = read.facts;
    const said = program.layout.facts
      .slice(1)
      .map((fact): [string, Value] => [fact, values.get(fact) ?? UNKNOWN]);
    yield { person: new Map(said), asOf: at };
  }
}

async function counts(program: Program, people: Iterable<Whose>) {
  const found: { asked: number; inScope: number; bound: number }[] = [];
  for (const { person, asOf } of people) {
    const wanted = await answerToAll(program, person, asOf);
    // Facts that contradict each other are nobody's, and who cannot tell what matters is asked in vain.
    if (wanted.contradictions.length > 0 || wanted.missingFacts.length > 0) continue;
    const bound = process.env.BOUNDS ? await factsThatMatter(program, person, asOf) : 0;
    const { asked } = await interview(program, person, asOf);
    const known = SCOPE.filter((fact) => asked.includes(fact));
    found.push({ asked: asked.length, inScope: asked.length - known.length, bound });
    if (found.length === PEOPLE) break;
  }
  return found;
}

function line(name: string, counts: readonly number[]): string {
  const sorted = counts.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  const more = sorted.filter((count) => count > WANTED).length;
  return `${name} (${sorted.length}): median ${at(0.5)}, 90 % ${at(0.9)}, most ${at(1)}; more than ${WANTED}: ${more}`;
}

test.each(SHIPPED)('%s', async (file) => {
  const program = shipped(file);
  for (const [name, people] of Object.entries({
    drawn: drawn(program),
    'cases file': written(program, file),
  })) {
    const found = await counts(program, people);
    expect(found.length).toBeGreaterThan(40);
    console.log(
      [
        line(
          `${file}, ${name}`,
          found.map(({ asked }) => asked),
        ),
        line(
          '  in scope, known before',
          found.map(({ inScope }) => inScope),
        ),
        ...(process.env.BOUNDS
          ? [
              line(
                '  at least',
                found.map(({ bound }) => bound),
              ),
            ]
          : []),
      ].join('\n'),
    );
  }
});
