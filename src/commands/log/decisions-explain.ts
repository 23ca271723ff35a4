import type { Explanation } from '../../explanation/explanation.ts';
import { explanationHtml } from '../../explanation/html.ts';
import { explanationText } from '../../explanation/text.ts';
import { explain } from '../../operations/explain.ts';
import { storedRules } from '../../rule-files/stored-rules.ts';
import { writeText } from '../terminal/files.ts';
import type { Context, ExitCode } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { findOne } from './decisions-list.ts';
import { REASONS } from './replay-text.ts';
import { withStore } from './with-store.ts';

const WRITTEN = {
  text: explanationText,
  html: explanationHtml,
  json: (explanation: Explanation) => `${JSON.stringify(explanation, null, 2)}\n`,
};

interface ExplainOptions {
  /** Where absent: html for an output named .html, otherwise text. */
  format?: keyof typeof WRITTEN;
  output?: string;
}

/** Why it was answered what was answered. 1 where that can no longer be told. */
export async function decisionsExplain(
  { io, ...log }: Context,
  id: string,
  { output, format = output?.toLowerCase().endsWith('.html') ? 'html' : 'text' }: ExplainOptions,
): Promise<ExitCode> {
  return withStore(log, 'auditor', async (store): Promise<ExitCode> => {
    const found = await findOne(store, id);
    const explained = await explain({ store, readStored: storedRules() }, found);
    if (explained.kind === 'explained') {
      await writeText(io, output, WRITTEN[format](explained.explanation));
      return 0;
    }
    io.err(io.red(REASONS[explained.reason][io.lang]));
    if (explained.reason === 'unreadable-version') {
      const kept = await store.findVersion(found.prefecture, found.incident, found.version);
      for (const problem of explained.problems) io.err(problemText(io, problem, kept?.ruleText));
    }
    return 1;
  });
}
