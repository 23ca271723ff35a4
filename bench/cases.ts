/** Random cases of every kind: the cases of a rule set with other amounts and times, a tenth with facts left out. */
import { readFileSync } from 'node:fs';
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

export function randomCases(file: string, count: number): BenchCase[] {
  const written: { facts: BenchCase['facts']; asOf: string }[] = parse(readFileSync(file, 'utf8')).cases;
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

export async function measure(
  name: string,
  perRound: number,
  rounds: number,
  run: () => Promise<void>,
): Promise<Figure> {
  await run();
  const rates: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = process.hrtime.bigint();
    await run();
    rates.push(perRound / (Number(process.hrtime.bigint() - start) / 1e9));
  }
  rates.sort((a, b) => a - b);
  return {
    name,
    median: rates[Math.floor(rates.length / 2)] ?? 0,
    least: rates[0] ?? 0,
    most: rates.at(-1) ?? 0,
  };
}

export function table(title: string, figures: Figure[], base: Figure): string {
  const n = (value: number): string => Math.round(value).toLocaleString('en');
  return [
    `${title} (node ${process.version}, ${process.platform} ${process.arch}, ${new Date().toISOString().slice(0, 10)})`,
    '| | per second, median | least | most | ratio |',
    '|---|---:|---:|---:|---:|',
    ...figures.map(
      (f) =>
        `| ${f.name} | ${n(f.median)} | ${n(f.least)} | ${n(f.most)} | ${(f.median / base.median).toFixed(1)} × |`,
    ),
  ].join('\n');
}
