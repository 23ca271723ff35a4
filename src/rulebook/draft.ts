/** Drafts: rule files that are checked and tested like any other, but never served. */
import type { ProblemList } from './problems.ts';
import type { Path, Source } from './source.ts';

/** What `hosho new` leaves to be filled in: it marks values and comments alike. */
export const PLACEHOLDER = '〔要記入〕';

/** The incident that a file is named after: b for b.yaml, and for b.draft.yaml, which can only be a draft. */
export function namedIn(fileName: string): { named: string; isDraft: boolean } {
  const named = fileName.replace(/\.ya?ml$/, '');
  return { named: named.replace(/\.draft$/, ''), isDraft: named.endsWith('.draft') };
}

/** As far as it can be told of a file that does not read well. */
export const seemsDraft = (fileName: string, text: string): boolean =>
  namedIn(fileName).isDraft || /^status:\s*(["']?)draft\1\s*(#.*)?$/m.test(text);

/** Lines, from 1, on which something is still to be filled in. */
export const placeholderLines = (text: string): number[] =>
  text.split('\n').flatMap((line, i) => (line.includes(PLACEHOLDER) ? i + 1 : []));

/** Of a file that is to be served: each line that still has a mark. */
export function refusePlaceholders(problems: ProblemList<Path>, { file, text }: Source): void {
  const lines = text.split('\n');
  for (const line of placeholderLines(text)) {
    const column = (lines[line - 1] ?? '').indexOf(PLACEHOLDER) + 1;
    problems.addAt('placeholder', () => ({ file, line, column }), {
      ja: `${PLACEHOLDER}が残っています。告知のとおりに書いて、この印を消してください。まだ書けないなら、status: draft を付けたままにしてください。`,
      en: `"${PLACEHOLDER}" (to be filled in) is left. Write what the notice says and take the mark away; until then leave status: draft.`,
    });
  }
}
