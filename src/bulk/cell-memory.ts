/** The longest cell that is remembered, and how many of a column are; then everything is forgotten and learnt again. */
const LONGEST = 256;
const KEPT = 4096;
const PLACES = 4 * KEPT;

/** What the cells of a column turned out to mean, found by their bytes: nothing is decoded, nothing allocated. */
export class CellMemory<Meaning> {
  /** Open addressing: 0, or one more than the number of the cell. */
  private readonly places = new Int32Array(PLACES);
  private readonly hashes = new Int32Array(KEPT);
  /** Cell n is `bytes` from ends[n] to ends[n + 1]. */
  private readonly ends = new Int32Array(KEPT + 1);
  private bytes = new Uint8Array(4096);
  private readonly meanings: Meaning[] = [];

  find(source: Uint8Array, start: number, end: number, hash: number): Meaning | undefined {
    let place = placeOf(hash);
    for (;;) {
      const cell = (this.places[place] ?? 0) - 1;
      if (cell === -1) return undefined;
      if (this.hashes[cell] === hash && this.isSame(cell, source, start, end)) return this.meanings[cell];
      place = (place + 1) & (PLACES - 1);
    }
  }

  /** For a cell that is not there. */
  add(source: Uint8Array, start: number, end: number, hash: number, meaning: Meaning): void {
    if (end - start > LONGEST) return;
    if (this.meanings.length === KEPT) this.clear();
    const cell = this.meanings.push(meaning) - 1;
    let place = placeOf(hash);
    while (this.places[place] !== 0) place = (place + 1) & (PLACES - 1);
    this.places[place] = cell + 1;
    this.hashes[cell] = hash;
    const from = this.ends[cell] ?? 0;
    this.ends[cell + 1] = from + end - start;
    if (from + end - start > this.bytes.length) this.bytes = grown(this.bytes);
    this.bytes.set(source.subarray(start, end), from);
  }

  private isSame(cell: number, source: Uint8Array, start: number, end: number): boolean {
    const { bytes } = this;
    const from = this.ends[cell] ?? 0;
    if ((this.ends[cell + 1] ?? 0) - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (source[i] !== bytes[j]) return false;
    return true;
  }

  private clear(): void {
    this.places.fill(0);
    this.meanings.length = 0;
  }
}

const placeOf = (hash: number): number => (hash ^ (hash >>> 15)) & (PLACES - 1);

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
