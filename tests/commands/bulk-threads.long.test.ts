/** However many threads decide a file, the lists are the same. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { casesCsv, casesNdjson } from './bulk-cases.ts';
import { hosho, read, write } from './bulk-folder.ts';

describe('a large file', () => {
  const LINES = 4000;
  beforeAll(() => {
    write('large.csv', casesCsv(LINES));
    write('large.ndjson', casesNdjson(LINES));
  });
  const run = async (threads: string, input: string, output: string) => {
    const { status, stderr } = await hosho([
      ...['--input', input, '--output', output, '--threads', threads],
      ...['--payments', 'pay.csv', '--review', 'review.csv', '--force'],
    ]);
    expect(stderr).toBe('');
    // Megabytes: told by their hash where they differ.
    const hashes = [output, 'pay.csv', 'review.csv'].map((name) =>
      createHash('sha256').update(read(name)).digest('hex'),
    );
    return { status, hashes };
  };

  test.each([
    ['large.csv', 'out.csv', 1, LINES],
    ['large.csv', 'out.ndjson', 1, LINES - 1],
    ['large.ndjson', 'out.csv', 0, LINES + 1],
  ])('%s to %s is the same with one thread and with three', async (input, output, status, lines) => {
    const one = await run('1', input, output);
    expect(one.status).toBe(status);
    expect(read(output).toString().split('\n').length - 1).toBe(lines);
    expect(await run('3', input, output)).toEqual(one);
  });
});
