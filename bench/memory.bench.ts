/** Resident memory and time of the embedded store: a new folder, the same folder again, and after 20,000 decisions. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { grouped, markdown } from './cases.ts';

const DECISIONS = 20_000;

const script = (dist: string, folder: string, count: number): string => `
  const { openStore } = await import(${JSON.stringify(join(dist, 'decisions/open.js'))});
  const start = performance.now();
  const store = await openStore({ dataDir: ${JSON.stringify(folder)} });
  const opened = performance.now() - start;
  const version = 'b'.repeat(64);
  await store.saveVersions([{ version, prefecture: 'bench', incident: 'bench', ruleText: '', vocabularyText: '', commit: null }]);
  const answer = JSON.stringify({ text: '補'.repeat(1000) });
  for (let i = 0; i < ${count}; i += 200) {
    await Promise.all(Array.from({ length: 200 }, () => store.append({
      id: crypto.randomUUID(), prefecture: 'bench', incident: 'bench', version, asOf: new Date(), decidedAt: new Date(),
      reference: null, facts: '{}', answer, engineVersion: 'bench',
    })));
  }
  const rss = process.memoryUsage().rss / 1024 ** 2;
  await store.close();
  console.log(JSON.stringify({ opened, rss }));
`;

test('memory', () => {
  const dist = inject('dist');
  const folder = mkdtempSync(join(inject('scratch'), 'memory-'));
  const run = (name: string, decisions: number): string[] => {
    const args = ['--input-type=module', '--eval', script(dist, folder, decisions)];
    const { opened, rss } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    return [name, Math.round(rss).toString(), (opened / 1000).toFixed(1)];
  };
  const rows = [
    run('a new folder', 0),
    run('the same folder again', 0),
    run(`after ${grouped(DECISIONS)} decisions of 3 kB`, DECISIONS),
  ];
  console.log(`\n${markdown('Embedded store', ['', 'MB resident', 's to open'], rows)}\n`);
});
