import { InputError } from '#errors';
import { decompress, decompressChunks, fileBytesMax } from '#files';

/**
 * What one source may unpack to at most, in bytes: its own archive and the compressed kernel modules in it, together. The largest kernel
 * packages of distributions come near 1.5 GB; what is made to fill memory and time has no other bound.
 */
export const unpackedBytesMax = 2 * 1024 ** 3;

/** Counts what one source unpacks to, so that many small bombs are no more than one large one. */
export class UnpackBudget {
  readonly #file: string;
  readonly #bytesMax: number;
  #left: number;

  constructor(file: string, bytesMax = unpackedBytesMax) {
    this.#file = file;
    this.#bytesMax = bytesMax;
    this.#left = bytesMax;
  }

  /**
   * A compressed file within the source. One that is refused for its size has cost what it was allowed to: a source of such files is refused
   * once they come to its budget.
   *
   * @throws InputError as `decompress` does, `too-large` where the source has used up what it may
   */
  async file(bytes: Uint8Array, name: string): Promise<Uint8Array> {
    const limitBytes = Math.min(fileBytesMax, this.#left);
    const unpacked = await decompress(bytes, { file: name, limitBytes }).catch((error: unknown) => {
      if (error instanceof InputError && error.code === 'too-large') this.#take(limitBytes);
      throw error;
    });
    if (unpacked !== bytes) this.#take(unpacked.length);
    return unpacked;
  }

  /** The source's own archive, piece by piece. */
  async *archive(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for await (const chunk of decompressChunks(bytes, { file: this.#file, limitBytes: this.#left })) {
      this.#take(chunk.length);
      yield chunk;
    }
  }

  /** @throws InputError `too-large` once nothing is left */
  check(): void {
    if (this.#left > 0) return;
    throw new InputError('too-large', 'its files unpack to more than is accepted', {
      file: this.#file,
      expected: `at most ${this.#bytesMax} bytes unpacked`,
      hint: 'check that this is the file you meant',
    });
  }

  #take(bytes: number): void {
    this.#left = Math.max(0, this.#left - bytes);
    this.check();
  }
}
