import { explanationHtml } from '../../explanation/html.ts';
import { explanationText } from '../../explanation/text.ts';
import { explain } from '../../operations/explain.ts';
import { storedRules } from '../../rule-files/stored-rules.ts';
import { type ExitCode, type Io, red } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { writeText } from '../terminal/write-text.ts';
import { findOne, type LogAround } from './decisions-list.ts';
import { REASONS } from './replay-text.ts';
import { withStore } from './with-store.ts';

export interface DecisionsExplainOptions {
  /** Where absent: html for an output named .html, otherwise text. */
  format?: 'text' | 'html' | 'json' | undefined;
  output?: string | undefined;
}

/** Why it was answered what was answered. 1 where that can no longer be told. */
export async function decisionsExplain(
  io: Io,
  around: LogAround,
  id: string,
  { format, output }: DecisionsExplainOptions,
): Promise<ExitCode> {
  return withStore(around, 'auditor', async (store): Promise<ExitCode> => {
    const found = await findOne(store, id);
    const explained = await explain({ store, readStored: storedRules() }, found);
    if (explained.kind === 'unexplained') {
      io.err(red(io, REASONS[explained.reason][io.lang]));
      if (explained.reason === 'unreadable-version') {
        const kept = await store.findVersion(found.prefecture, found.incident, found.version);
        for (const problem of explained.problems) io.err(problemText(io, problem, kept?.ruleText));
      }
      return 1;
    }
    const { explanation } = explained;
    const wanted = format ?? (output?.toLowerCase().endsWith('.html') ? 'html' : 'text');
    const written = {
      text: explanationText,
      html: explanationHtml,
      json: (one: typeof explanation) => `${JSON.stringify(one, null, 2)}\n`,
    };
    await writeText(io, output, written[wanted](explanation));
    return 0;
  });
}
