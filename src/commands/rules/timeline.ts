import { timelineOf } from '../../notice/timeline.ts';
import { timelineSvg } from '../../notice/timeline-svg.ts';
import { timelineText } from '../../notice/timeline-text.ts';
import type { ExitCode, Io } from '../terminal/io.ts';
import { writeText } from '../terminal/write-text.ts';
import { namedRuleSet, type RuleSetOptions } from './named-rule-set.ts';

export interface TimelineOptions extends RuleSetOptions {
  /** Where absent, text for a terminal, SVG for a file or a pipe. */
  format?: 'svg' | 'text' | undefined;
  output?: string | undefined;
}

/** Draws the deadlines and periods of a rule set. `columns` is the width of the terminal, absent where there is none. */
export async function timeline(
  io: Io,
  rulesDir: string,
  columns: number | undefined,
  named: readonly string[],
  options: TimelineOptions,
): Promise<ExitCode> {
  const ruleSet = await namedRuleSet(io, rulesDir, named, options);
  if (ruleSet === null) return 1;
  const { output, format = output === undefined && columns !== undefined ? 'text' : 'svg' } = options;
  const drawn = timelineOf(ruleSet);
  await writeText(
    io,
    output,
    format === 'text' ? `${timelineText(drawn, columns ?? 80)}\n` : `${timelineSvg(drawn).text}\n`,
  );
  return 0;
}
