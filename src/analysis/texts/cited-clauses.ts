/** A rule whose label is in the words of another clause than those that it cites. */
import type { Rule } from '../../rulebook/rule-set.ts';
import type { Finding } from '../findings/finding.ts';
import { lettersIn } from '../notice-text/letters.ts';
import { isQuoted } from '../notice-text/notice-text.ts';
import type { WrittenRuleSet } from '../written-rule-set.ts';
import { textFinding } from './text-finding.ts';

/** Of the pairs of letters of a label, how many a quote has: as much as a clause has to, and how much more than those cited. */
const ENOUGH = 0.5;
const MORE = 2;

export function citedClauses({ ruleSet }: WrittenRuleSet): Finding[] {
  const quotes = [...ruleSet.clauses.values()]
    .filter(isQuoted)
    .map(({ id, text }) => ({ id, text, pairs: pairsOf(text) }));
  return ruleSet.rules
    .filter(({ section, clauses }) => LABELLED.includes(section) && clauses.length > 0)
    .flatMap((rule) => {
      const { label, clauses } = rule;
      const own = pairsOf(label);
      const share = (quote: ReadonlySet<string>): number =>
        [...own].filter((pair) => quote.has(pair)).length / own.size;
      const ranked = quotes.map(({ id, text, pairs }) => ({ id, text, share: share(pairs) }));
      const cited = Math.max(0, ...ranked.filter(({ id }) => clauses.includes(id)).map((one) => one.share));
      const [best] = ranked.filter(({ id }) => !clauses.includes(id)).sort((a, b) => b.share - a.share);
      if (own.size < FEWEST || best === undefined || best.share < ENOUGH || best.share < MORE * cited)
        return [];
      return found(rule, best);
    });
}
const LABELLED = ['eligibility', 'remedies', 'contradictions', 'assumptions'];
/** Of a shorter label too much is in any clause. */
const FEWEST = 6;

const pairsOf = (text: string): Set<string> => {
  const letters = [...lettersIn(text).replace(/[^\p{L}\p{N}]/gu, '')];
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
};

const found = (
  { section, id, label, clauses, position }: Rule,
  best: { id: string; text: string },
): Finding =>
  textFinding(
    'other-clause',
    { position, about: [`${section}/${id}`] },
    {
      ja: `「${label}」は、根拠に挙げた条項（${clauses.join('、')}）より、条項「${best.id}」の文（${best.text}）に合います。条項の名前の書き間違いではありませんか。`,
      en: `"${label}" is in the words of the clause "${best.id}" (${best.text}) rather than of those cited (${clauses.join(', ')}). Is another clause meant?`,
    },
  );
