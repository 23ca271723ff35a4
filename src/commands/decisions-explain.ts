import { storedRules } from '../decisions/stored-rules.ts';
import { explanationOf } from '../explanation/explanation.ts';
import { explanationHtml } from '../explanation/html.ts';
import { explanationText } from '../explanation/text.ts';
import { findOne, type LogAround } from './decisions-list.ts';
import { type ExitCode, type Io, red } from './io.ts';
import { problemText } from './problem-text.ts';
import { REASONS, UNREADABLE_ANSWER } from './replay-text.ts';
import { withStore } from './with-store.ts';
import { writeText } from './write-text.ts';

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
    if ('missing' in found) {
      io.err(red(io, REASONS.partial[io.lang]));
      return 1;
    }
    const { facts, answer, ...decision } = found;
    const kept = await store.findVersion(decision.prefecture, decision.incident, decision.version);
    if (answer === null || !kept) {
      io.err(red(io, REASONS[kept ? 'erased' : 'no-version'][io.lang]));
      return 1;
    }
    const rules = storedRules()(kept);
    if ('problems' in rules) {
      io.err(red(io, REASONS['unreadable-version'][io.lang]));
      for (const problem of rules.problems) io.err(problemText(io, problem, kept.ruleText));
      return 1;
    }
    const { program } = rules.served;
    const explanation = await explanationOf({
      decision: { ...decision, facts, answer },
      program,
      ruleText: kept.ruleText,
    });
    if ('kind' in explanation) {
      const { kind } = explanation;
      io.err(red(io, (kind === 'unreadable-facts' ? REASONS[kind] : UNREADABLE_ANSWER)[io.lang]));
      return 1;
    }
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
