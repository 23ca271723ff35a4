/** The engine of several built checkouts, a process each, in turns: `CHECKOUTS="../before ." npm run bench -- versions`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inject, test } from 'vitest';
import { z } from 'zod';
import { at, CHECKOUTS, grouped, markdown, randomCases } from './cases.ts';

const MEASURED = CHECKOUTS.length > 0 ? CHECKOUTS : ['.'];
const ROUNDS = 5;
const seen = z.object({ reasons: z.number(), full: z.number(), fresh: z.array(z.number()) });
type Seen = z.infer<typeof seen>;

test('versions', () => {
  const file = join(inject('scratch'), 'cases.json');
  writeFileSync(file, JSON.stringify(randomCases('rules/yamaguchi/2023-02-24.cases.yaml', 20_000)));
  const runs = new Map(MEASURED.map((checkout): [string, Seen[]] => [checkout, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [checkout, results] of runs) {
      const args = ['bench/decide-checkout.mjs', resolve(checkout), file];
      const text = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
      results.push(seen.parse(JSON.parse(text)));
    }

  /** Milliseconds of the new keys, sorted, without the first tenth, in which the code is compiled. */
  const later = ({ fresh }: Seen): number[] => fresh.slice(fresh.length / 10).toSorted((a, b) => a - b);
  const milliseconds = (value: number): string => value.toPrecision(3);
  const rows: [name: string, of: (one: Seen) => number, shown: (value: number) => string][] = [
    ['with reasons, per second', ({ reasons }) => reasons, grouped],
    ['with the full explanation, per second', ({ full }) => full, grouped],
    ['a key never seen, after a tenth of them: ms, median', (one) => at(later(one), 0.5), milliseconds],
    ['the same, 99 %', (one) => at(later(one), 0.99), milliseconds],
    ['the first case of a process, ms', ({ fresh: [first = 0] }) => first, milliseconds],
  ];
  const cells = (of: (one: Seen) => number, shown: (value: number) => string): string[] =>
    [...runs.values()].map((results) => {
      const sorted = results.map(of).toSorted((a, b) => a - b);
      const [median = '', least = '', most = ''] = [0.5, 0, 1].map((share) => shown(at(sorted, share)));
      return `${median} (${least} to ${most})`;
    });
  console.log(
    markdown(
      `20,000 random cases, ${ROUNDS} rounds in turns: median, least and most`,
      ['', ...MEASURED],
      rows.map(([name, of, shown]) => [name, ...cells(of, shown)]),
    ),
  );
});
