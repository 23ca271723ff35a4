// Appends decisions until it is killed and prints the id of each that the store has acknowledged.
// Prints "refused" and the error's name instead when the store does not open.
// Arguments: the compiled program's folder, the data folder, a Postgres URL.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { v7 } from 'uuid';

const [dist, dataDir, databaseUrl] = process.argv.slice(2);
const { openStore } = await import(pathToFileURL(join(dist, 'decisions/open.js')).href);
const version = 'f'.repeat(64);
const ruleSet = { prefecture: 'sample', incident: '2020-01-01', version };

// Ends with the test run, however that ends.
process.stdin.resume().on('end', () => process.exit());

async function appendForever(store) {
  for (;;) {
    const id = v7();
    const now = new Date();
    const answer = JSON.stringify({ id, text: '対象です'.repeat(50) });
    const record = { ...ruleSet, id, asOf: now, decidedAt: now, reference: null, facts: '{}', answer };
    Object.assign(record, { outcome: 'eligible', categories: [] });
    await store.append({ ...record, engineVersion: '0' }, { key: id, requestHash: 'hash' });
    process.stdout.write(`${id}\n`);
  }
}

try {
  const store = await openStore({ dataDir, databaseUrl });
  await store.saveVersions([
    { ...ruleSet, ruleText: 'rules', vocabularyText: 'vocabulary', commit: null, authoredAt: null },
  ]);
  // Several at once, as a service would.
  await Promise.all([1, 2, 3, 4].map(() => appendForever(store)));
} catch (error) {
  process.stdout.write(`refused ${error.name}\n`);
  process.exit(1);
}
