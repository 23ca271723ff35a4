/** Random cases of every kind: the cases of a rule set with other amounts and times, a tenth with facts left out. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parse } from 'yaml';

export interface BenchCase {
  facts: Record<string, Record<string, unknown>>;
  /** Epoch milliseconds. */
  asOf: number;
}

/** The same numbers in every run (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const DAY = 86_400_000;

export interface WrittenCase {
  facts: BenchCase['facts'];
  /** RFC 3339. */
  asOf: string;
}

export const writtenCases = (text: string): WrittenCase[] => parse(text).cases;

/** Built checkouts to measure: `CHECKOUTS="../before ." npm run bench -- …`. */
export const CHECKOUTS = (process.env.CHECKOUTS ?? '').split(' ').filter((path) => path !== '');

export const randomCases = (file: string, count: number): BenchCase[] =>
  vary(writtenCases(readFileSync(file, 'utf8')), count);

export function vary(written: readonly WrittenCase[], count: number): BenchCase[] {
  const next = random(20_230_224);
  const pick = (n: number): number => Math.floor(next() * n);
  return Array.from({ length: count }, () => {
    const one = written[pick(written.length)] ?? { facts: {}, asOf: '' };
    const facts = structuredClone(one.facts);
    for (const members of Object.values(facts)) {
      for (const [name, value] of Object.entries(members)) {
        if (name.endsWith('Yen') && typeof value === 'number' && value > 0) members[name] = 1 + pick(10_000);
      }
    }
    if (next() < 0.1) {
      const groups = Object.values(facts);
      const members = groups[pick(groups.length)];
      const names = Object.keys(members ?? {});
      if (members) delete members[names[pick(names.length)] ?? ''];
    }
    return { facts, asOf: Date.parse(one.asOf) + Math.floor((next() - 0.5) * 4 * DAY) };
  });
}

export interface Figure {
  name: string;
  /** Per second: median, least and most of the rounds. */
  median: number;
  least: number;
  most: number;
}

export interface Contender {
  name: string;
  /** How many decisions (or whatever is counted) a run makes. */
  perRound: number;
  run(): Promise<void>;
}

/** Takes turns, so that what else the machine does meets all alike. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Figure[]> {
  const rates = new Map<Contender, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const start = performance.now();
      await contender.run();
      const rate = contender.perRound / ((performance.now() - start) / 1000);
      // The first round is for warming up.
      if (round > 0) rates.set(contender, [...(rates.get(contender) ?? []), rate]);
    }
  }
  return contenders.map((contender) => {
    const sorted = (rates.get(contender) ?? []).toSorted((a, b) => a - b);
    return { name: contender.name, median: at(sorted, 0.5), least: at(sorted, 0), most: at(sorted, 1) };
  });
}

/** What the figures of a run are worth: where, with what and when. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}, ${process.platform} ${process.arch}, node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;

export const grouped = (value: number): string => Math.round(value).toLocaleString('en');

/** A Markdown table with a title; all but the first column to the right. */
export const markdown = (
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string =>
  [
    `${title} (${machine()})`,
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

/** Each figure, and how many times as fast it is as each of `bases`. */
export const table = (title: string, figures: readonly Figure[], ...bases: readonly Figure[]): string =>
  markdown(
    title,
    ['', 'per second, median', 'least', 'most', ...bases.map((base) => `of ${base.name}`)],
    figures.map((f) => [
      ...[f.name, grouped(f.median), grouped(f.least), grouped(f.most)],
      ...bases.map((base) => `${(f.median / base.median).toFixed(1)} ×`),
    ]),
  );

/** The value below which that share of the sorted values lies. */
export const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
