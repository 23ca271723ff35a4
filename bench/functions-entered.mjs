/**
 * How many functions of hosho one `POST /evaluate` enters, from the request to the row in the database, by V8's coverage:
 *   npm run build && node bench/functions-entered.mjs [CHECKOUT...]
 * Each checkout has to be built. Every case of the Yamaguchi rule set is asked twice: at first its pattern may be new, and it
 * is counted among the second half of the cases; then it is known.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const hook = `
  import { Session } from 'node:inspector/promises';
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  process.on('message', async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const entered = result.filter(({ url }) => url.includes('/dist/') && !url.includes('/node_modules/'))
      .flatMap(({ functions }) => functions.filter(({ ranges }) => ranges[0].count > 0));
    process.send(entered.length);
  });
`;
const { cases } = parse(readFileSync('rules/yamaguchi/2023-02-24.cases.yaml', 'utf8'));

async function count(checkout) {
  const dataDir = mkdtempSync(join(tmpdir(), 'hosho-functions-'));
  const port = 20_000 + (process.pid % 20_000);
  const child = fork(resolve(checkout, 'dist/main.js'), {
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`],
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    cwd: checkout,
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) await new Promise((r) => setTimeout(r, 200));
  const taken = () => {
    const answer = new Promise((r) => child.once('message', r));
    child.send('take');
    return answer;
  };
  async function entered({ asOf, facts }) {
    await taken();
    const body = JSON.stringify({ prefecture: 'yamaguchi', incident: '2023-02-24', asOf, facts });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/evaluate`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.text();
    return taken();
  }
  async function all() {
    const counts = [];
    for (const each of cases) counts.push(await entered(each));
    return counts;
  }
  const [first, second] = [(await all()).slice(cases.length >> 1), await all()];
  const ended = new Promise((r) => child.once('exit', r));
  child.kill();
  await ended;
  rmSync(dataDir, { recursive: true });
  const middle = (counts) => counts.toSorted((a, b) => a - b)[counts.length >> 1];
  return { known: middle(second), new: Math.max(...first), 'new, median': middle(first) };
}

const checkouts = process.argv.slice(2);
for (const checkout of checkouts.length > 0 ? checkouts : ['.'])
  console.log(checkout, `${cases.length} cases, functions entered:`, await count(checkout));
