import { caseText } from '../../analysis/cases/case-text.ts';
import { expectationOf, summaryOf } from '../../analysis/cases/decide-case.ts';
import type { Finding, Severity } from '../../analysis/findings/finding.ts';
import type { LoadedRuleSet } from '../../rule-files/load.ts';
import type { LocalizedText } from '../../rulebook/lang.ts';
import { cyan, dim, type Io, red, yellow } from '../terminal/io.ts';
import { placeText } from '../terminal/problem-text.ts';
import { aside, series } from '../terminal/words.ts';

const KINDS: Record<Severity, { said: LocalizedText; paint(io: Io, text: string): string }> = {
  error: { said: { ja: 'エラー', en: 'error' }, paint: red },
  warning: { said: { ja: '注意', en: 'warning' }, paint: yellow },
  information: { said: { ja: '情報', en: 'information' }, paint: cyan },
};
const UNDECIDED: LocalizedText = {
  ja: '（時間内に決められませんでした。--seconds で長くできます）',
  en: ' (not decided in time; --seconds allows more)',
};
const EXAMPLE: LocalizedText = {
  ja: '  例（そのまま事例ファイルに加えられます）',
  en: '  Example, ready for the cases file:',
};
const ACCEPTED: LocalizedText = { ja: '受け入れ済み', en: 'accepted' };

/** What was found, where, and a case that shows it. */
export function findingText(io: Io, finding: Finding, { ruleSet, ruleText }: LoadedRuleSet): string {
  const { code, severity, verdict, position, example, accepted } = finding;
  const { lang } = io;
  const { said, paint } = KINDS[severity];
  const kind = accepted === null ? paint(io, said[lang]) : dim(io, ACCEPTED[lang]);
  const sentence = `  ${finding[lang]}${verdict === 'undecided' ? UNDECIDED[lang] : ''}`;
  const lines = [
    ...placeText(io, position, `${kind}  ${dim(io, code + aside(io, series(io, finding.about)))}`, ruleText),
    sentence,
  ];
  if (accepted !== null) return [...lines, dim(io, `  ${accepted}`)].join('\n');
  const decision = example?.decisions[0];
  if (example && decision) {
    const id = [code, ...finding.about].join('-').replaceAll('/', '-');
    const expect = expectationOf(summaryOf(decision, ruleSet));
    const one = { id, title: finding[lang], asOf: Date.parse(example.asOf), facts: example.facts, expect };
    lines.push(dim(io, EXAMPLE[lang]), dim(io, caseText(one, ruleSet.timeZone)));
  }
  return lines.join('\n');
}
