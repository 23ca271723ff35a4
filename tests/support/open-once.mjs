// Opens the store and closes it again. Arguments: the compiled program's folder, the data folder, a Postgres URL.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dist, dataDir, databaseUrl] = process.argv.slice(2);
const { openStore } = await import(pathToFileURL(join(dist, 'decisions/open.js')).href);
const store = await openStore({ dataDir, databaseUrl });
await store.close();
