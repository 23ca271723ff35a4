import { noticeHtml } from '../../notice/html.ts';
import { noticeMarkdown } from '../../notice/markdown.ts';
import { noticeOf } from '../../notice/notice.ts';
import { overtakenClauses } from '../../notice/sentences.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { type ExitCode, type Io, yellow } from '../terminal/io.ts';
import { writeText } from '../terminal/write-text.ts';
import { namedRuleSet, type RuleSetOptions } from './named-rule-set.ts';

export interface NoticeOptions extends RuleSetOptions {
  /** Where absent, as the output's name says; Markdown otherwise. */
  format?: 'markdown' | 'html' | undefined;
  output?: string | undefined;
}

const LEFT_OUT: LocalizedText = {
  ja: '条項 ID の文は、ルールにない日付や時刻を含むため載せていません：',
  en: 'Left out, because it has dates or times that are not in the rules: the text of clause ID: ',
};

/** Writes the rule set as the public notice. */
export async function notice(
  io: Io,
  rulesDir: string,
  named: readonly string[],
  options: NoticeOptions,
): Promise<ExitCode> {
  const ruleSet = await namedRuleSet(io, rulesDir, named, options);
  if (ruleSet === null) return 1;
  const { output, format = /\.html?$/i.test(output ?? '') ? 'html' : 'markdown' } = options;
  const page = noticeOf(ruleSet);
  await writeText(io, output, format === 'html' ? noticeHtml(page) : noticeMarkdown(page));
  for (const { id, text } of overtakenClauses(ruleSet))
    io.err(yellow(io, LEFT_OUT[io.lang].replace('ID', id) + text));
  return 0;
}
