/** What is wrong with an input that somebody else wrote: as much of it as anybody reads, and the number of the rest. */

/** Of one request, line or file. */
export const MOST_LISTED = 50;

/** Holds the first 50 of what is added. The others are counted and never made: a megabyte can be wrong in 300,000 places. */
export class BoundedList<Item> {
  readonly listed: Item[] = [];
  /** How many were added beyond those that are listed. */
  more = 0;

  add(make: () => Item): void {
    if (this.listed.length < MOST_LISTED) this.listed.push(make());
    else this.more += 1;
  }

  addAll({ listed, more }: { readonly listed: readonly Item[]; readonly more: number }): void {
    for (const item of listed) this.add(() => item);
    this.more += more;
  }
}

const LONGEST_QUOTE = 100;

/** A text of the input as a message quotes it: of a longer one the first 100 characters. */
export const quoted = (text: string): string => shortened(text, LONGEST_QUOTE);

/** At most `length` UTF-16 code units and "…"; never half a pair. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`;
