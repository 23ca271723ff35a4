/** Text as UTF-8, put together from parts that are bytes already: quicker than to write all of it anew. */
export class ByteWriter {
  private buffer = Buffer.allocUnsafeSlow(65_536);
  private length = 0;

  bytes(part: Uint8Array): void {
    this.reserve(part.length);
    this.buffer.set(part, this.length);
    this.length += part.length;
  }

  text(part: string): void {
    // No UTF-16 code unit takes more than three bytes.
    this.reserve(part.length * 3);
    this.length += this.buffer.write(part, this.length);
  }

  /** A copy of what was written since the last time; of no pool, so that it can be handed to another thread. */
  take(): Buffer<ArrayBuffer> {
    const taken = Buffer.allocUnsafeSlow(this.length);
    this.buffer.copy(taken, 0, 0, this.length);
    this.length = 0;
    return taken;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
