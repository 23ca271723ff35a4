/** Which program this is: what it found once it finds again, as long as this is the same. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** sha256, in hex, of the compiled files, package.json with the exact versions of the libraries, and the version of Node. */
export async function programHash(): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const names = await readdir(root, { recursive: true });
  const hash = createHash('sha256').update(process.version);
  for (const name of ['../package.json', ...names.filter((each) => /\.[jt]s$/.test(each)).sort()])
    hash.update(`\0${name}\0`).update(await readFile(join(root, name)));
  return hash.digest('hex');
}
