import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { createGzip, type Gzip, gzipSync } from 'node:zlib';
import { compressZstd } from '#files';
import type { RepositoryFile } from './index-document.js';

export type MetadataCompression = 'gzip' | 'zstd';

/**
 * Level 5 of zlib: on 27 MB of primary.xml level 6 takes a sixth longer for 2 % less, level 9 more than three times as long for
 * 6 % less. It runs in another thread, beside the rendering.
 */
const gzipLevel = 5;
/** createrepo_c's level for zstd. */
const zstdLevel = 10;

/** A document as it is written. */
export function gzipMember(document: Uint8Array): Buffer {
  const packed = gzipSync(document, { level: gzipLevel, chunkSize: 1 << 16 });
  packed[9] = anySystem;
  return packed;
}

/** How large a document is once it is written as gzip. */
export function writtenGzipBytes(document: Uint8Array): number {
  return gzipMember(document).length;
}

/** RFC 1952: the tenth byte names the system that packed it; fixed, or two systems would disagree on the checksum. */
const anySystem = 3;

/** The document is handed on in pieces of about this many bytes, so that memory does not grow with the repository. */
const pieceBytes = 1 << 19;
/** So many bytes may wait for the compressing thread, so that rendering and compressing go on side by side. */
const waitingBytes = 1 << 22;
/** zstd comes as a whole-buffer function: each piece of this many bytes becomes a frame, and frames may follow one another (RFC 8878). */
const frameBytes = 16 << 20;

/** One metadata file while it is written: hashed open and packed, compressed, named after its checksum at the end. */
export class MetadataFile {
  readonly #directory: string;
  readonly #type: string;
  readonly #packer: Packer;
  readonly #openHash = createHash('sha256');
  #openBytes = 0;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;

  constructor(directory: string, type: string, compression: MetadataCompression) {
    this.#directory = directory;
    this.#type = type;
    const aside = join(directory, `.${type}`);
    this.#packer = compression === 'gzip' ? new GzipPacker(aside) : new ZstdPacker(aside);
  }

  /** Takes a part of the document; where this returns a promise, await it before more is added. */
  add(parts: readonly Uint8Array[]): Promise<void> | undefined {
    for (const part of parts) {
      this.#pending.push(part);
      this.#pendingBytes += part.length;
    }
    return this.#pendingBytes < pieceBytes ? undefined : this.#flush();
  }

  async close(): Promise<RepositoryFile> {
    await this.#flush();
    const { bytes, sha256 } = await this.#packer.close();
    const file = `${sha256}-${this.#type}.xml${this.#packer.suffix}`;
    await rename(join(this.#directory, `.${this.#type}`), join(this.#directory, file));
    return {
      type: this.#type,
      href: `repodata/${file}`,
      bytes,
      sha256,
      openBytes: this.#openBytes,
      openSha256: this.#openHash.digest('hex'),
    };
  }

  /** Lets go of the file after a failure elsewhere. */
  abandon(): void {
    this.#packer.abandon();
  }

  async #flush(): Promise<void> {
    const piece = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#openHash.update(piece);
    this.#openBytes += piece.length;
    await this.#packer.write(piece);
  }
}

interface Packer {
  readonly suffix: string;
  write(piece: Buffer): Promise<void>;
  close(): Promise<{ bytes: number; sha256: string }>;
  abandon(): void;
}

/** The packed end of a file: counted, hashed, on disk. */
class PackedFile {
  readonly stream: WriteStream;
  readonly #failure: Promise<never>;
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(path: string) {
    this.stream = createWriteStream(path);
    this.#failure = new Promise((_, reject) => this.stream.on('error', reject));
    // It is thrown where somebody next waits for this file; unhandled it would end the process before that.
    this.#failure.catch(() => undefined);
  }

  /** Waits until `stage` of the way to this file takes more. A full disk must not look like a slow one. */
  async drained(stage: Writable): Promise<void> {
    await Promise.race([once(stage, 'drain'), this.#failure]);
  }

  count(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
  }

  async finish(): Promise<{ bytes: number; sha256: string }> {
    await finished(this.stream);
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

class GzipPacker implements Packer {
  readonly suffix = '.gz';
  readonly #gzip: Gzip = createGzip({ level: gzipLevel, chunkSize: 1 << 16 });
  readonly #file: PackedFile;
  #first = true;

  constructor(path: string) {
    this.#file = new PackedFile(path);
    this.#gzip.on('data', (chunk: Buffer) => {
      if (this.#first) chunk[9] = anySystem;
      this.#first = false;
      this.#file.count(chunk);
    });
    this.#gzip.pipe(this.#file.stream);
  }

  async write(piece: Buffer): Promise<void> {
    const drained = this.#gzip.write(piece);
    if (!drained && this.#gzip.writableLength > waitingBytes) return await this.#file.drained(this.#gzip);
    // The thread hands its output over, and is given more, only when this one comes by.
    await setImmediate();
  }

  async close(): Promise<{ bytes: number; sha256: string }> {
    this.#gzip.end();
    return await this.#file.finish();
  }

  abandon(): void {
    this.#gzip.destroy();
    this.#file.stream.destroy();
  }
}

class ZstdPacker implements Packer {
  readonly suffix = '.zst';
  readonly #file: PackedFile;
  #pieces: Buffer[] = [];
  #pendingBytes = 0;

  constructor(path: string) {
    this.#file = new PackedFile(path);
  }

  async write(piece: Buffer): Promise<void> {
    this.#pieces.push(piece);
    this.#pendingBytes += piece.length;
    if (this.#pendingBytes >= frameBytes) await this.#frame();
  }

  async close(): Promise<{ bytes: number; sha256: string }> {
    await this.#frame();
    this.#file.stream.end();
    return await this.#file.finish();
  }

  abandon(): void {
    this.#file.stream.destroy();
  }

  async #frame(): Promise<void> {
    const packed = await compressZstd(Buffer.concat(this.#pieces), zstdLevel);
    this.#pieces = [];
    this.#pendingBytes = 0;
    this.#file.count(packed);
    if (!this.#file.stream.write(packed)) await this.#file.drained(this.#file.stream);
  }
}
