/** How long requests took, by route and status: a histogram for Prometheus that costs its requests next to nothing. */

/** Upper bounds in seconds, inclusive. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

interface Tally {
  route: string;
  status: number;
  /** Of those up to each bound and over the one before; the last, of those over them all. */
  counts: number[];
  sumSeconds: number;
}

export interface Durations {
  observe(route: string, status: number, seconds: number): void;
  /** In the text format of Prometheus. The label values are written as they are: none may need escaping. */
  text(name: string, help: string, label: string): string;
}

/** Not prom-client's histogram: it makes and looks up a text for every observation, 1 % of answering a request. */
export function createDurations(): Durations {
  const tallies = new Map<string, Map<number, Tally>>();

  function tallyOf(route: string, status: number): Tally {
    const known = tallies.get(route)?.get(status);
    if (known) return known;
    const tally = { route, status, counts: [...BOUNDS.map(() => 0), 0], sumSeconds: 0 };
    tallies.set(route, new Map(tallies.get(route)).set(status, tally));
    return tally;
  }

  return {
    observe(route, status, seconds) {
      const tally = tallyOf(route, status);
      let bucket = 0;
      while (seconds > (BOUNDS[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
      tally.counts[bucket] = (tally.counts[bucket] ?? 0) + 1;
      tally.sumSeconds += seconds;
    },
    text(name, help, label) {
      const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`];
      for (const { route, status, counts, sumSeconds } of [...tallies.values()].flatMap((t) => [
        ...t.values(),
      ])) {
        const labels = `route="${route}",status="${status}",${label}`;
        let count = 0;
        for (const [bucket, n] of counts.entries()) {
          count += n;
          lines.push(`${name}_bucket{${labels},le="${BOUNDS[bucket] ?? '+Inf'}"} ${count}`);
        }
        lines.push(`${name}_sum{${labels}} ${sumSeconds}`, `${name}_count{${labels}} ${count}`);
      }
      return `${lines.join('\n')}\n`;
    },
  };
}
