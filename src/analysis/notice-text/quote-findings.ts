/** Quotes that are not in the notice as they are written, and lines of the notice that nobody quotes. */
import type { Finding } from '../findings/finding.ts';
import { saysSomething } from './letters.ts';
import { lineNumbers, lineRanges } from './line-numbers.ts';
import { type Comparison, found, isQuoted, linesOfClause } from './notice-text.ts';
import { type Placed, placeQuote } from './quotes.ts';

export function quoteFindings(comparison: Comparison): Finding[] {
  const { ruleSet, lines, at, notice } = comparison;
  const findings: Finding[] = [];
  const covered = new Set<number>();
  for (const clause of ruleSet.clauses.values()) {
    if (!isQuoted(clause)) continue;
    const own = linesOfClause(clause, lines).map(({ number }) => number);
    const path = ['clauses', clause.id];
    if (!isEveryLineThere(clause.lines, lines.length)) {
      findings.push(noSuchLine(comparison, [...path, 'lines'], clause.lines, path.join('/')));
    }
    const placed = placeQuote(clause.text, lines, new Set(own));
    // Of a quote that stands nowhere the lines are not told a second time.
    for (const line of placed.kind === 'nowhere' ? own : placed.touched) covered.add(line);
    if (placed.kind === 'there') continue;
    const said = differs(clause.id, clause.lines, placed);
    findings.push(
      found('quote-differs', { position: at([...path, 'text']), about: [path.join('/')], ...said }),
    );
  }
  for (const [i, written] of ruleSet.source.nothingToDecide.entries()) {
    for (const line of lineNumbers(written) ?? []) covered.add(line);
    if (!isEveryLineThere(written, lines.length))
      findings.push(
        noSuchLine(comparison, ['source', 'nothingToDecide', i], written, 'source/nothingToDecide'),
      );
  }
  for (const line of lines) {
    if (covered.has(line.number) || !saysSomething(line)) continue;
    findings.push(
      found('line-not-quoted', {
        position: { file: notice.file, line: line.number, column: line.text.search(/\S/) + 1 },
        about: [`lines/${line.number}`],
        ja: `告知の${line.number}行目は、どの条項にも引用されていません。条項に加えるか、決めることがなければ source.nothingToDecide に書いてください。`,
        en: `No clause quotes line ${line.number} of the notice. Add a clause, or list it in source.nothingToDecide.`,
      }),
    );
  }
  return findings;
}

const isEveryLineThere = (written: string, last: number): boolean =>
  lineNumbers(written)?.every((line) => line <= last) ?? false;

const noSuchLine = (
  { at, lines }: Comparison,
  path: (string | number)[],
  written: string,
  about: string,
): Finding =>
  found('no-such-line', {
    position: at(path),
    about: [about],
    ja: `「${written}」は告知の行ではありません。25 や 42-44 の形で、${lines.length}行目までを書いてください。`,
    en: `"${written}" are no lines of the notice. Write 25 or 42-44, up to ${lines.length}.`,
  });

function differs(id: string, lines: string, placed: Exclude<Placed, { kind: 'there' }>) {
  if (placed.kind === 'elsewhere') {
    const where = lineRanges(placed.touched);
    return {
      ja: `条項「${id}」の引用は、告知の${lines}行目ではなく、${where}行目にあります。`,
      en: `The quote of the clause "${id}" stands at ${where} of the notice, not at ${lines}.`,
    };
  }
  const { quoted, noticed } = placed;
  return {
    ja: `条項「${id}」の引用が、告知（${lines}行目）のとおりではありません。引用は「${quoted}」、告知は「${shortened(noticed)}」です。`,
    en: `The quote of the clause "${id}" is not word for word at ${lines} of the notice. Quoted is "${quoted}", the notice has "${shortened(noticed)}".`,
  };
}

const LONGEST = 80;
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
