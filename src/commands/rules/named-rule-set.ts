import type { RuleSet } from '../../rulebook/rule-set.ts';
import { type Io, UsageError } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { findRuleSet } from './find-rule-set.ts';
import { selectFiles } from './rule-files.ts';

export interface RuleSetOptions {
  prefecture?: string | undefined;
  incident?: string | undefined;
}

/**
 * The rule set of a file, of a prefecture and an incident, or of the options with those names.
 * null, with every problem shown, where the file is not sound.
 */
export async function namedRuleSet(
  io: Io,
  rulesDir: string,
  named: readonly string[],
  options: RuleSetOptions,
): Promise<RuleSet | null> {
  const [file, ...others] = named;
  if (file !== undefined && others.length === 0) return fromFile(io, rulesDir, file);
  const [prefecture = options.prefecture, incident = options.incident, ...tooMany] = named;
  if (prefecture === undefined || incident === undefined || tooMany.length > 0)
    throw new UsageError({
      en: 'name a rule file, or a prefecture and an incident',
      ja: 'ルールファイルか、都道府県とインシデントの名前を指定してください',
    });
  return (await findRuleSet(rulesDir, { prefecture, incident })).ruleSet;
}

async function fromFile(io: Io, rulesDir: string, file: string): Promise<RuleSet | null> {
  const { loaded, problems, texts } = await selectFiles(rulesDir, [file]);
  const [only, ...others] = loaded;
  if (only !== undefined && others.length === 0) return only.ruleSet;
  if (only !== undefined)
    throw new UsageError({
      en: `${file}: name one rule file`,
      ja: `${file}：ルールファイルを一つ指定してください`,
    });
  for (const problem of problems) io.err(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  return null;
}
