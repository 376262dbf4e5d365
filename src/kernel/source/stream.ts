/** Bytes of an archive in order, of which a reader takes some and passes over the rest: memory holds what was taken, not the archive. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #before = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes were taken or passed over. */
  get offset(): number {
    return this.#before + this.#at;
  }

  /** The next bytes, or fewer where the stream ends before. */
  async take(length: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    let missing = length;
    await this.#walk(length, (part) => {
      parts.push(part);
      missing -= part.length;
    });
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return Buffer.from(only.buffer, only.byteOffset, only.length);
    return Buffer.concat(parts, length - missing);
  }

  /** Passes over bytes; says whether there were as many. */
  async skip(length: number): Promise<boolean> {
    let missing = length;
    await this.#walk(length, (part) => {
      missing -= part.length;
    });
    return missing === 0;
  }

  /** Ends the source of the chunks. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #walk(length: number, onPart: (part: Uint8Array) => void): Promise<void> {
    for (let left = length; left > 0; ) {
      if (this.#at === this.#chunk.length) {
        const next = await this.#chunks.next();
        if (next.done === true) return;
        this.#before += this.#chunk.length;
        this.#chunk = next.value;
        this.#at = 0;
        continue;
      }
      const part = this.#chunk.subarray(this.#at, this.#at + left);
      this.#at += part.length;
      left -= part.length;
      onPart(part);
    }
  }
}
