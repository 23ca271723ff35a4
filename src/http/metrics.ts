/** Counts for Prometheus. They are the process's own: where several share a port, each tells its own. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RuleSetName } from '../operations/versions.ts';
import type { RuleSetRegistry, ServedRuleSet } from '../rule-files/registry.ts';

/** Of paths that no route takes: callers can think of as many as they like. */
const NO_ROUTE = 'none';
/** Upper bounds in seconds, inclusive. */
const DURATION_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface Metrics {
  begin(): void;
  /** `route` as it is written in the app, /rule-sets/:prefecture/:incident. */
  end(route: string, status: number, seconds: number): void;
  /** Of a case of a rule set: so many rules of which json-rules-engine and the walk said different things. */
  countDisagreement(ruleSet: RuleSetName, rules: number): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(ruleSets: RuleSetRegistry): Metrics {
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
    begin() {
      underWay += 1;
    },
    end(route, status, seconds) {
      underWay -= 1;
      durations.observe({ route: route === '/*' ? NO_ROUTE : route, status }, seconds);
    },
    countDisagreement: ({ prefecture, incident }, rules) =>
      disagreements.inc({ prefecture, incident }, rules),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What the engine remembers of each rule set. Its counts begin again with a new version. */
function addPatterns(ruleSets: RuleSetRegistry, registry: Registry): void {
  const common = { labelNames: ['prefecture', 'incident'] as const, registers: [registry] };
  const each = (tell: (labels: { prefecture: string; incident: string }, served: ServedRuleSet) => void) => {
    for (const served of ruleSets.all()) {
      const { prefecture, incident } = served.ruleSet;
      tell({ prefecture, incident }, served);
    }
  };
  const addGauge = (name: string, help: string, read: (served: ServedRuleSet) => number): void => {
    new Gauge({
      ...{ name, help, ...common },
      collect() {
        this.reset();
        each((labels, served) => this.set(labels, read(served)));
      },
    });
  };
  const addCounter = (name: string, help: string, read: (served: ServedRuleSet) => number): void => {
    new Counter({
      ...{ name, help, ...common },
      collect() {
        this.reset();
        each((labels, served) => this.inc(labels, read(served)));
      },
    });
  };
  addGauge('hosho_patterns_remembered', 'Patterns that are remembered', (s) => s.program.memory.size);
  addGauge('hosho_patterns_remembered_most', 'As many as can be', (s) => s.program.memory.max);
  addCounter('hosho_pattern_hits_total', 'Cases of a remembered pattern', (s) => s.program.memory.hits);
  addCounter('hosho_pattern_misses_total', 'Cases of a new pattern', (s) => s.program.memory.misses);
}
