import { exportRules } from '../../engine/judge/json-rules-engine/export-rules.ts';
import type { ExitCode, Io } from '../terminal/io.ts';
import { writeText } from '../terminal/write-text.ts';
import { namedRuleSet, type RuleSetOptions } from './named-rule-set.ts';

export const RULE_FORMATS = ['json-rules-engine'] as const;

export interface RulesExportOptions extends RuleSetOptions {
  /** What `RULE_FORMATS` has is the only one so far. */
  format: (typeof RULE_FORMATS)[number];
  output?: string | undefined;
}

/** Prints the rules of a rule set as JSON for json-rules-engine: docs/json-rules-engine.md shows how to run them. */
export async function rulesExport(
  io: Io,
  rulesDir: string,
  named: readonly string[],
  options: RulesExportOptions,
): Promise<ExitCode> {
  const ruleSet = await namedRuleSet(io, rulesDir, named, options);
  if (ruleSet === null) return 1;
  await writeText(io, options.output, `${JSON.stringify(exportRules(ruleSet), null, 2)}\n`);
  return 0;
}
