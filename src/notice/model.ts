/** The public notice as a document: what is said, in which order. Markdown and HTML are two ways to write it. */
import type { Timeline } from './timeline.ts';

/** Words as they are shown, and where they lead. */
export type Text = string | { text: string; href: string };

export interface Detail {
  label: string;
  values: Text[];
}

/** Something that the notice names: a category, a remedy, a state, a site … */
export interface Entry {
  title: string;
  clauses: string[];
  /** What the original notice says of it, word for word. */
  sentences: string[];
  details: Detail[];
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'sentences'; sentences: string[] }
  | { kind: 'entries'; entries: Entry[] }
  | { kind: 'table'; caption: string; head: string[]; rows: Text[][] }
  | { kind: 'timeline'; timeline: Timeline };

export interface Section {
  title: string;
  blocks: Block[];
}

export interface Notice {
  title: string;
  /** Who published what, and when. */
  source: Detail[];
  sections: Section[];
}

export const isEmpty = (block: Block): boolean =>
  (block.kind === 'sentences' && block.sentences.length === 0) ||
  (block.kind === 'entries' && block.entries.length === 0) ||
  (block.kind === 'table' && block.rows.length === 0);

export const entriesOf = (entries: Entry[]): Block => ({ kind: 'entries', entries });

/** A heading and what stands under it; nothing where there is nothing. */
export const under = (text: string, entries: Entry[]): Block[] =>
  entries.length === 0 ? [] : [{ kind: 'heading', text }, entriesOf(entries)];

export const entryOf = (
  title: string,
  clauses: string[],
  sentences: string[],
  said: Record<string, Text[]> = {},
): Entry => ({ title, clauses, sentences, details: details(said) });

export const table = (caption: string, head: string[], rows: Text[][]): Block => ({
  ...{ kind: 'table', caption, head, rows },
});

/** Details with nothing to say are left out. */
export const details = (said: Record<string, Text[]>): Detail[] =>
  Object.entries(said)
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => ({ label, values }));

/** A link, if it is one that a browser may follow. */
export const linkTo = (url: string): Text => (/^https?:\/\//i.test(url) ? { text: url, href: url } : url);
