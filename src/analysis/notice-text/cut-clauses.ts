/** What a rule file starts from: the sentences of its notice as clauses. */
import { linesOf, saysSomething, withoutListMarks } from './letters.ts';
import type { NoticeText } from './notice-text.ts';

/** A clause for each line that says something, named after it, in the notation of rule files. */
const cutClauses = (text: string): string[] =>
  linesOf(text)
    .filter(saysSomething)
    .map(({ number, text: line }) => `  L${number}: { lines: ${number}, text: ${quoted(line)} }`);

/** Whatever the notice has in it: commas, colons, quotes. */
const quoted = (line: string): string => JSON.stringify(withoutListMarks(line));

const TEMPLATE = [
  '  # 上は告知から切り出した条項。使うものに名前を付け、下の「要記入」の条項と置き換える。',
  '  # 決めることを含まない行は、ここから消して source の nothingToDecide に行番号を書く',
];

/** A template with the clauses of a notice above its own, and the notice's hash. */
export function startedFrom(template: string, { text, hash }: Pick<NoticeText, 'text' | 'hash'>): string {
  const cut = [...cutClauses(text), ...TEMPLATE].join('\n');
  return template
    .replace(
      /^ {2}published:.*$/m,
      (line) => `${line}\n  textHash: ${hash} # もとにした告知の文（.notice.txt）`,
    )
    .replace(/^clauses:$/m, (line) => `${line}\n${cut}`);
}
