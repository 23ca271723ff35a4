import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetrics } from '../../src/http/metrics.ts';
import { runs } from '../fixtures/runs.ts';
import { NDJSON } from './batch-client.ts';
import { type OpenApp, openApp, post, sound } from './harness.ts';
import { until } from './until.ts';

let opened: OpenApp;
beforeAll(async () => {
  opened = await openApp('postgres');
});
afterAll(() => opened?.close());

const DURATION = 'hosho_http_request_duration_seconds';
const SAMPLE = /^(?<name>[a-z0-9_]+)\{(?<labels>[^}]*)\} (?<value>\S+)$/;

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Every line must be one that Prometheus reads, and every name be introduced once. */
function parse(text: string): Sample[] {
  const introduced = text.match(/^# TYPE \S+/gm) ?? [];
  expect(new Set(introduced).size).toBe(introduced.length);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const { name = '', labels = '', value = '' } = SAMPLE.exec(line)?.groups ?? {};
      expect(name, line).not.toBe('');
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => [label, of]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });
}

async function read() {
  const response = await opened.app.request('/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = parse(await response.text());
  return (name: string, labels: Record<string, string> = {}): number | undefined =>
    samples.find((s) => s.name === name && Object.entries(labels).every(([k, v]) => s.labels[k] === v))
      ?.value;
}

test('what the engine remembers, per rule set', async () => {
  const yamaguchi = { prefecture: 'yamaguchi', incident: '2023-02-24', pid: String(process.pid) };
  const before = await read();
  expect(before('hosho_pattern_hits_total', yamaguchi)).toBe(0);
  await opened.evaluate(sound);
  await opened.evaluate(sound);
  await opened.evaluate({ ...sound, facts: {} });
  const value = await read();
  expect(value('hosho_patterns_remembered', yamaguchi)).toBe(2);
  expect(value('hosho_pattern_misses_total', yamaguchi)).toBe(2);
  expect(value('hosho_pattern_hits_total', yamaguchi)).toBe(1);
  const memory = opened.registry.find('yamaguchi', '2023-02-24')?.program.memory;
  expect(value('hosho_patterns_remembered_most', yamaguchi)).toBe(memory?.max);
  expect(value('hosho_pattern_hits_total', { prefecture: 'sample' })).toBe(0);
});

test('requests by route and status, whatever path was asked for', async () => {
  const count = `${DURATION}_count`;
  const before = await read();
  await opened.evaluate({ ...sound, facts: [] });
  await opened.app.request('/rule-sets/yamaguchi/2023-02-24');
  await opened.app.request('/rule-sets/no/such');
  for (const path of ['/a', '/b"\\', '/c%0A']) await opened.app.request(path);
  await opened.app.request('/evaluate');
  const batch = await opened.app.request('/evaluate/batch', post('', { 'Content-Type': NDJSON }));
  await batch.text();
  // A batch is counted once its stream has ended, which may be after its last byte was read.
  let reads = 0;
  const added = await until(async () => {
    reads += 1;
    const value = await read();
    const added = (route: string, status: string): number =>
      (value(count, { route, status }) ?? 0) - (before(count, { route, status }) ?? 0);
    return added('/evaluate/batch', '200') > 0 ? added : undefined;
  });
  expect(added('/evaluate', '422')).toBe(1);
  expect(added('/rule-sets/:prefecture/:incident', '200')).toBe(1);
  expect(added('/rule-sets/:prefecture/:incident', '404')).toBe(1);
  expect(added('none', '404')).toBe(3);
  expect(added('none', '405')).toBe(1);
  expect(added('/evaluate/batch', '200')).toBe(1);
  expect(added('/metrics', '200')).toBe(reads);
});

test('requests in flight, and the process', async () => {
  expect((await read())('hosho_http_requests_in_flight')).toBe(1);
  let end = (): void => {};
  const body = new ReadableStream({
    start(controller) {
      end = () => controller.close();
    },
  });
  const headers = { 'Content-Type': 'application/json' };
  const waiting = opened.app.request('/evaluate', { method: 'POST', headers, body, duplex: 'half' });
  const value = await read();
  expect(value('hosho_http_requests_in_flight')).toBe(2);
  expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
  end();
  await waiting;
  expect((await read())('hosho_http_requests_in_flight')).toBe(1);
});

test('a duration counts in its bucket and all above', async () => {
  const metrics = createMetrics(opened.registry);
  let runsSoFar = 0;
  const seconds = fc.oneof(
    fc.constantFrom(0, 0.0005, 0.001, 10),
    fc.double({ min: 0, max: 20, noNaN: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(seconds, { minLength: 1 }), async (all) => {
      runsSoFar += 1;
      const route = `/r${runsSoFar}`;
      for (const one of all) metrics.end(route, 200, one);
      const samples = parse(await metrics.text()).filter(({ labels }) => labels.route === route);
      const of = (part: string) => samples.filter(({ name }) => name === `${DURATION}_${part}`);
      const buckets = of('bucket');
      for (const { labels, value } of buckets) {
        const bound = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le);
        expect(value).toBe(all.filter((one) => one <= bound).length);
      }
      expect(buckets.at(-1)).toMatchObject({ labels: { route, status: '200', le: '+Inf' } });
      expect(of('count')[0]?.value).toBe(all.length);
      expect(of('sum')[0]?.value).toBe(all.reduce((sum, one) => sum + one, 0));
    }),
    { numRuns: runs(100) },
  );
});
