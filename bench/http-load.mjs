/**
 * Load for the HTTP bench from a process of its own; prints what it saw as one line of JSON. The lines of the file are
 * POSTed in turn.
 * node http-load.mjs most <url> <file> <connections> <seconds>   as many as there are answers (where there is no wrk)
 * node http-load.mjs paced <url> <file> <per second> <seconds>   evenly, whether the one before is answered or not
 *
 * Not autocannon's own rate for the second: it sends a second's requests at the beginning of the second.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

const [mode, url, file, load, length] = process.argv.slice(2);
const bodies = readFileSync(file, 'utf8').trimEnd().split('\n');
const seconds = Number(length);
const headers = { 'Content-Type': 'application/json' };

const modes = {
  async most() {
    const requests = bodies.map((body) => ({ method: 'POST', headers, body }));
    const result = await autocannon({ url, requests, connections: Number(load), duration: seconds });
    const { non2xx, errors, timeouts, latency, duration } = result;
    return {
      ...{ requests: result.requests.total, seconds: duration, refused: non2xx, failed: errors + timeouts },
      ...{ p50: latency.p50, p99: latency.p99 },
    };
  },

  /** Milliseconds from sending a request to the end of its answer; the first second is not counted. */
  async paced() {
    const agent = new Agent({ keepAlive: true });
    const total = Number(load) * (seconds + 1);
    const took = [];
    const tally = { refused: 0, failed: 0 };
    const send = (i) =>
      new Promise((resolve) => {
        const start = performance.now();
        const body = bodies[i % bodies.length];
        const length = Buffer.byteLength(body);
        const sending = request(url, {
          method: 'POST',
          agent,
          headers: { ...headers, 'Content-Length': length },
        });
        const fail = () => {
          tally.failed += 1;
          resolve();
        };
        sending.once('error', fail);
        sending.once('response', (response) => {
          if (response.statusCode !== 200) tally.refused += 1;
          response.resume();
          response.once('end', () => {
            if (i >= Number(load)) took.push(performance.now() - start);
            resolve();
          });
        });
        sending.end(body);
      });
    const begin = performance.now();
    const answers = [];
    while (answers.length < total) {
      const due = Math.min(total, ((performance.now() - begin) * Number(load)) / 1000);
      while (answers.length < due) answers.push(send(answers.length));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(answers);
    agent.destroy();
    took.sort((a, b) => a - b);
    const at = (share) => took[Math.floor(took.length * share)];
    return { requests: took.length, seconds, ...tally, p50: at(0.5), p99: at(0.99) };
  },
};

console.log(JSON.stringify(await modes[mode]()));
