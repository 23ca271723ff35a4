/** Two texts of a notice: which sentences are new, gone or changed, what hangs on them, and what is not followed yet. */
import { diffArrays } from 'diff';
import { distance } from 'fastest-levenshtein';
import type { RuleSet } from '../../rulebook/rule-set.ts';
import { aboutRule } from '../rule-set-parts.ts';
import { type Line, lettersIn, linesOf, saysSomething } from './letters.ts';
import { lineNumbers } from './line-numbers.ts';
import { linesOfClause, type NoticeText } from './notice-text.ts';
import { placeQuote } from './quotes.ts';

export interface NoticeSide {
  ruleSet: RuleSet;
  notice: NoticeText;
}

export interface NoticeChange {
  kind: 'new' | 'gone' | 'changed';
  /** The sentence and its line, in the old notice and in the new one. */
  before: Line | null;
  after: Line | null;
  /** The clauses that quote it, by the old rule file, or for a new sentence by the new one. */
  clauses: string[];
  /** What cites these clauses: deadlines/application, eligibility/A … */
  parts: string[];
  /** Whether the new rule file quotes the notice as it is now. */
  isFollowed: boolean;
}

export function noticeChanges(before: NoticeSide, after: NoticeSide): NoticeChange[] {
  const follows = followerOf(after);
  return pairsOf(sentencesOf(before.notice.text), sentencesOf(after.notice.text)).map(([was, is]) => {
    const clauses = was ? clausesAt(before, was.number) : is ? clausesAt(after, is.number) : [];
    const citing = was ? before.ruleSet : after.ruleSet;
    const parts = [...new Set(clauses.flatMap((clause) => partsCiting(citing, clause)))];
    const kind = was === null ? 'new' : is === null ? 'gone' : 'changed';
    return { kind, before: was, after: is, clauses, parts, isFollowed: follows(was && clauses, is) };
  });
}

/** Each with the line on which it stands. */
const sentencesOf = (text: string): Line[] =>
  linesOf(text).flatMap(({ number, text: line }) =>
    line
      .split(/(?<=。)/)
      .map((sentence) => ({ number, text: sentence.trim() }))
      .filter(saysSomething),
  );

type SentencePair = [was: Line | null, is: Line | null];

/** Without those that only stand elsewhere now: their line numbers are for `hosho check` to tell. */
function pairsOf(old: readonly Line[], recent: readonly Line[]): SentencePair[] {
  const keyOf = ({ text }: Line): string => lettersIn(text);
  const [keysBefore, keysAfter] = [new Set(old.map(keyOf)), new Set(recent.map(keyOf))];
  const pairs: SentencePair[] = [];
  let [i, j] = [0, 0];
  let gone: Line[] = [];
  let fresh: Line[] = [];
  const close = (): void => {
    pairs.push(...paired(gone, fresh));
    [gone, fresh] = [[], []];
  };
  for (const { added, removed, count } of diffArrays(old.map(keyOf), recent.map(keyOf))) {
    if (removed) gone.push(...old.slice(i, i + count).filter((line) => !keysAfter.has(keyOf(line))));
    else if (added) fresh.push(...recent.slice(j, j + count).filter((line) => !keysBefore.has(keyOf(line))));
    else close();
    if (!added) i += count;
    if (!removed) j += count;
  }
  close();
  return pairs;
}

/** A sentence of which at least half is left is the same one, changed. */
function paired(gone: readonly Line[], fresh: readonly Line[]): SentencePair[] {
  const left = [...fresh];
  const pairs = gone.map((was): SentencePair => {
    const [best] = left
      .map((is) => ({ is, unlike: distance(was.text, is.text) / Math.max(was.text.length, is.text.length) }))
      .filter(({ unlike }) => unlike <= 0.5)
      .sort((a, b) => a.unlike - b.unlike);
    if (best === undefined) return [was, null];
    left.splice(left.indexOf(best.is), 1);
    return [was, best.is];
  });
  return [...pairs, ...left.map((is): SentencePair => [null, is])];
}

function clausesAt({ ruleSet, notice }: NoticeSide, line: number): string[] {
  const lines = linesOf(notice.text);
  return [...ruleSet.clauses.values()]
    .filter((clause) => {
      const own = linesOfClause(clause, lines).map(({ number }) => number);
      const placed = placeQuote(clause.text, lines, new Set(own));
      return (placed.kind === 'nowhere' ? own : placed.touched).includes(line);
    })
    .map(({ id }) => id);
}

function partsCiting(ruleSet: RuleSet, clause: string): string[] {
  const { deadlines, values, lists, conditions, contact, sites, senders, rules } = ruleSet;
  const cites = (part: { clauses: readonly string[] }): boolean => part.clauses.includes(clause);
  const named = (group: string, parts: ReadonlyMap<string, { clauses: readonly string[] }>): string[] =>
    [...parts].filter(([, part]) => cites(part)).map(([id]) => `${group}/${id}`);
  return [
    ...named('deadlines', deadlines),
    ...named('values', values),
    ...sites.filter(cites).map(({ id }) => `sites/${id}`),
    ...senders.filter(cites).map(({ id }) => `senders/${id}`),
    ...[...lists.values()].filter(cites).map(({ path }) => path.slice(0, 2).join('/')),
    ...(contact && cites(contact) ? ['contact'] : []),
    ...named('conditions', conditions),
    ...rules.filter(cites).map(aboutRule),
  ];
}

/**
 * Of what was quoted: no clause has the old words any more. Of what nobody quoted: it is quoted now, or listed as deciding
 * nothing, which counts only in a rule file that has this very text pinned: the lines listed may be those of another.
 */
function followerOf({ ruleSet, notice }: NoticeSide) {
  const lines = linesOf(notice.text);
  const { textHash, nothingToDecide } = ruleSet.source;
  const isPinned = textHash === null || textHash === notice.hash;
  const nothing = new Set(isPinned ? nothingToDecide.flatMap((written) => lineNumbers(written) ?? []) : []);
  const isQuoted = (id: string): boolean => {
    const clause = ruleSet.clauses.get(id);
    return clause === undefined || placeQuote(clause.text, lines, new Set()).kind !== 'nowhere';
  };
  return (quoting: readonly string[] | null, is: Line | null): boolean => {
    if (quoting !== null && quoting.length > 0 && !quoting.every(isQuoted)) return false;
    return is === null || nothing.has(is.number) || clausesAt({ ruleSet, notice }, is.number).length > 0;
  };
}
