const SHORT = 64;

/** Text as UTF-8, put together from parts that are bytes already. */
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
    if (part.length > SHORT || !this.ascii(part)) this.length += this.buffer.write(part, this.length);
  }

  /** Quicker than asking for UTF-8, where the text is short and ASCII. False, with nothing written, where it is not. */
  private ascii(part: string): boolean {
    for (let i = 0; i < part.length; i++) {
      const code = part.charCodeAt(i);
      if (code > 0x7f) return false;
      this.buffer[this.length + i] = code;
    }
    this.length += part.length;
    return true;
  }

  /** A whole number from 0. */
  number(n: number): void {
    this.reserve(16);
    let places = 1;
    for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) places += 1;
    let rest = n;
    for (let i = this.length + places - 1; i >= this.length; i--) {
      const tens = Math.floor(rest / 10);
      this.buffer[i] = 0x30 + rest - tens * 10;
      rest = tens;
    }
    this.length += places;
  }

  /** A copy of what was written since the last time. */
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
