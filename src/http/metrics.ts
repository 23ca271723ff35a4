/** Counts for Prometheus. They are the process's own: where several share a port, each tells its own. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RuleSetName } from '../operations/versions.ts';
import type { RuleSetRegistry, ServedRuleSet } from '../rule-files/registry.ts';

/** Of paths that no route takes: callers can think of as many as they like. */
const NO_ROUTE = 'none';
/** Upper bounds in seconds, inclusive. */
const DURATION_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(ruleSets: RuleSetRegistry) {
  const registry = new Registry();
  registry.setDefaultLabels({ pid: process.pid });
  collectDefaultMetrics({ register: registry });
  addPatterns(ruleSets, registry);

  let underWay = 0;
  new Gauge({
    name: 'hosho_http_requests_in_flight',
    help: 'Requests that are being answered',
    registers: [registry],
    collect() {
      this.set(underWay);
    },
  });
  const durations = new Histogram({
    name: 'hosho_http_request_duration_seconds',
    help: 'From the head of a request to its whole answer',
    labelNames: ['route', 'status'],
    buckets: DURATION_BOUNDS,
    registers: [registry],
  });

  const disagreements = new Counter({
    name: 'hosho_engine_disagreements_total',
    help: 'Rules of answered cases of which json-rules-engine and the walk over the conditions said different things',
    labelNames: ['prefecture', 'incident'],
    registers: [registry],
  });

  return {
    begin(): void {
      underWay += 1;
    },
    /** `route` as it is written in the app, /rule-sets/:prefecture/:incident. */
    end(route: string, status: number, seconds: number): void {
      underWay -= 1;
      durations.observe({ route: route === '/*' ? NO_ROUTE : route, status }, seconds);
    },
    /** Of a case of a rule set: so many rules of which json-rules-engine and the walk said different things. */
    countDisagreement: ({ prefecture, incident }: RuleSetName, rules: number): void =>
      disagreements.inc({ prefecture, incident }, rules),
    /** In the text format of Prometheus. */
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What the engine remembers of each rule set. Its counts begin again with a new version. */
function addPatterns(ruleSets: RuleSetRegistry, registry: Registry): void {
  const add = (
    Metric: typeof Gauge<keyof RuleSetName> | typeof Counter<keyof RuleSetName>,
    name: string,
    help: string,
    read: (memory: ServedRuleSet['program']['memory']) => number,
  ) =>
    new Metric({
      ...{ name, help, labelNames: ['prefecture', 'incident'], registers: [registry] },
      collect() {
        this.reset();
        for (const { ruleSet, program } of ruleSets.all()) {
          const { prefecture, incident } = ruleSet;
          this.inc({ prefecture, incident }, read(program.memory));
        }
      },
    });
  add(Gauge, 'hosho_patterns_remembered', 'Patterns that are remembered', ({ size }) => size);
  add(Gauge, 'hosho_patterns_remembered_most', 'As many as can be', ({ max }) => max);
  add(Counter, 'hosho_pattern_hits_total', 'Cases of a remembered pattern', ({ hits }) => hits);
  add(Counter, 'hosho_pattern_misses_total', 'Cases of a new pattern', ({ misses }) => misses);
}
