/** A rule set written for others: as the public notice, as a drawing, as rules for json-rules-engine. */
import { exportRules } from '../../engine/judge/json-rules-engine/export-rules.ts';
import { noticeHtml } from '../../notice/html.ts';
import { noticeMarkdown } from '../../notice/markdown.ts';
import { noticeOf } from '../../notice/notice.ts';
import { overtakenClauses } from '../../notice/sentences.ts';
import { timelineOf } from '../../notice/timeline.ts';
import { timelineSvg } from '../../notice/timeline-svg.ts';
import { timelineText } from '../../notice/timeline-text.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { writeText } from '../terminal/files.ts';
import { type Context, type ExitCode, misuse, UsageError } from '../terminal/io.ts';
import { problemText } from '../terminal/problem-text.ts';
import { findRuleSet, selectFiles } from './rule-files.ts';

interface WrittenOptions<Format = 'json-rules-engine'> {
  prefecture?: string;
  incident?: string;
  format?: Format;
  output?: string;
}

const LEFT_OUT: LocalizedText = {
  ja: '条項 ID の文は、ルールにない日付や時刻を含むため載せていません：',
  en: 'Left out, because it has dates or times that are not in the rules: the text of clause ID: ',
};

/** As the output's name says where no format is given; Markdown otherwise. */
export async function notice(
  context: Context,
  named: readonly string[],
  options: WrittenOptions<'markdown' | 'html'>,
): Promise<ExitCode> {
  const { io } = context;
  const ruleSet = await namedRuleSet(context, named, options);
  if (ruleSet === null) return 1;
  const { output, format = /\.html?$/i.test(output ?? '') ? 'html' : 'markdown' } = options;
  const page = noticeOf(ruleSet);
  await writeText(io, output, format === 'html' ? noticeHtml(page) : noticeMarkdown(page));
  for (const { id, text } of overtakenClauses(ruleSet))
    io.err(io.yellow(LEFT_OUT[io.lang].replace('ID', id) + text));
  return 0;
}

/** Deadlines and periods: text for a terminal, SVG for a file or a pipe, where no format is given. */
export async function timeline(
  context: Context,
  named: readonly string[],
  options: WrittenOptions<'svg' | 'text'>,
): Promise<ExitCode> {
  const ruleSet = await namedRuleSet(context, named, options);
  if (ruleSet === null) return 1;
  const { isTTY, columns } = process.stdout;
  const { output, format = output === undefined && isTTY ? 'text' : 'svg' } = options;
  const drawn = timelineOf(ruleSet);
  const text = format === 'text' ? timelineText(drawn, isTTY ? columns : 80) : timelineSvg(drawn).text;
  await writeText(context.io, output, `${text}\n`);
  return 0;
}

/** docs/json-rules-engine.md shows how to run them. */
export async function rulesExport(
  context: Context,
  named: readonly string[],
  options: WrittenOptions,
): Promise<ExitCode> {
  const ruleSet = await namedRuleSet(context, named, options);
  if (ruleSet === null) return 1;
  await writeText(context.io, options.output, `${JSON.stringify(exportRules(ruleSet), null, 2)}\n`);
  return 0;
}

/** Of a file, of a prefecture and an incident, or of the options so called; null, its problems shown, where it is not sound. */
async function namedRuleSet(
  { io, rulesDir }: Context,
  named: readonly string[],
  options: WrittenOptions<string>,
): Promise<RuleSet | null> {
  const [file, ...others] = named;
  if (file === undefined || others.length > 0) {
    const [prefecture = options.prefecture, incident = options.incident, ...tooMany] = named;
    if (prefecture === undefined || incident === undefined || tooMany.length > 0)
      throw new UsageError({
        en: 'name a rule file, or a prefecture and an incident',
        ja: 'ルールファイルか、都道府県とインシデントの名前を指定してください',
      });
    return (await findRuleSet(rulesDir, { prefecture, incident })).ruleSet;
  }
  const { loaded, problems, texts } = await selectFiles(rulesDir, [file]);
  if (loaded.length > 1)
    throw misuse(file, { en: 'name one rule file', ja: 'ルールファイルを一つ指定してください' });
  const [only] = loaded;
  if (only) return only.ruleSet;
  for (const problem of problems) io.err(`${problemText(io, problem, texts.get(problem.position.file))}\n`);
  return null;
}
