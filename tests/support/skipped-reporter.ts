/** Ends a run with a line for each reason for which tests were skipped: what is not there is told, not passed over. */
import type { Reporter, TestModule } from 'vitest/node';

export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    process.stdout.write(`${skippedLines(modules).join('\n')}\n`);
  }
}

function skippedLines(modules: readonly TestModule[]): string[] {
  const counts = new Map<string, number>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const result = test.result();
      const why =
        (result.state === 'skipped' && result.note) || 'left out where the test is written, or by -t';
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
  }
  return counts.size === 0 ? ['0 skipped'] : [...counts].map(([why, count]) => `${count} skipped: ${why}`);
}
