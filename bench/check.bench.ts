/** How long `hosho check` and `hosho diff` take: for one rule file, and for those of a whole country. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, test } from 'vitest';
import { at, markdown } from './cases.ts';
import { generateLibrary } from './generate-rules.ts';

const ROUNDS = 5;
const FILE = 'rules/yamaguchi/2023-02-24.yaml';
const LIBRARY = { prefectures: 47, incidents: 3, rules: 200 };

function seconds(args: readonly string[], rulesDir: string): number {
  const start = performance.now();
  const env = { ...process.env, RULES_DIR: rulesDir, CACHE_DIR: join(inject('scratch'), 'cache') };
  // 1: with findings, as the generated rule sets are.
  const { status } = spawnSync(process.execPath, [join(inject('dist'), 'cli.js'), ...args], {
    env,
    stdio: 'ignore',
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}`);
  return (performance.now() - start) / 1000;
}

test('check and diff', () => {
  const folder = mkdtempSync(join(inject('scratch'), 'check-'));
  const draft = join(folder, 'draft.yaml');
  const text = readFileSync(FILE, 'utf8');
  for (const words of ['vocabulary.yaml', 'words'])
    cpSync(join('rules', words), join(folder, words), { recursive: true });
  writeFileSync(
    draft,
    text.replace('final-expiry: { until: 2023-03-31', 'final-expiry: { until: 2023-03-30'),
  );
  const library = join(folder, 'library');
  const [changed] = generateLibrary(library, LIBRARY);
  if (!changed) throw new Error('nothing was generated');
  const file = join(library, changed.prefecture, `${changed.incident}.yaml`);
  const contenders: [name: string, rounds: number, args: string[], rulesDir: string, before?: () => void][] =
    [
      ['check of Yamaguchi', ROUNDS, ['check', FILE, '--no-cache'], 'rules'],
      ['check of Yamaguchi, as it was before', ROUNDS, ['check', FILE], 'rules'],
      ['check of one generated rule set of 200 rules', ROUNDS, ['check', file, '--no-cache'], library],
      ['diff of Yamaguchi with itself', ROUNDS, ['diff', FILE, FILE], 'rules'],
      ['diff of Yamaguchi, a deadline moved', ROUNDS, ['diff', FILE, draft], 'rules'],
      ['check of 141 generated rule sets of 200 rules', 1, ['check'], library],
      ['the same, one of them changed', 1, ['check'], library, () => appendFileSync(file, '# changed\n')],
    ];
  const rows = contenders.map(([name, rounds, args, rulesDir, before]) => {
    before?.();
    const taken = Array.from({ length: rounds }, () => seconds(args, rulesDir)).sort((a, b) => a - b);
    return [name, ...[0.5, 0, 1].map((share) => at(taken, share).toFixed(1))];
  });
  console.log(`\n${markdown('Proofs', ['', 's, median', 'least', 'most'], rows)}\n`);
});
