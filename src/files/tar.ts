import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { InputError } from '#errors';
import { type ContainedFile, fileBytesMax, type OnSkipped, safePath } from './archive.js';

export interface TarOptions {
  /** Name for errors. */
  readonly file: string;
  /** Which files are wanted; the others are passed over without being kept. */
  readonly wants: (path: string) => boolean;
  readonly onSkipped: OnSkipped;
}

/**
 * The wanted regular files of a tar archive, in its order.
 *
 * @throws InputError `truncated`, `corrupt`, `too-large`, and whatever reading `chunks` throws
 */
export async function* tarFiles(chunks: AsyncIterable<Uint8Array>, options: TarOptions): AsyncGenerator<ContainedFile> {
  const extract = tar.extract();
  const source = Readable.from(chunks, { objectMode: false });
  source.on('error', (error) => extract.destroy(error));
  source.pipe(extract);
  try {
    for await (const entry of extract) {
      const path = wantedPath(entry.header, options);
      if (path === undefined) {
        entry.resume();
        continue;
      }
      const size = entry.header.size ?? 0;
      if (size > fileBytesMax) {
        throw new InputError('too-large', `${path} has ${size} bytes`, {
          file: options.file,
          expected: `at most ${fileBytesMax}`,
        });
      }
      const parts: Uint8Array[] = [];
      for await (const part of entry) if (part instanceof Uint8Array) parts.push(part);
      yield { path, bytes: Buffer.concat(parts) };
    }
  } catch (error) {
    throw asTarError(error, options.file);
  } finally {
    source.destroy();
    extract.destroy();
  }
}

function wantedPath(header: tar.Header, { wants, onSkipped }: TarOptions): string | undefined {
  if (header.type === 'directory') return undefined;
  const path = safePath(header.name);
  if (path === undefined) {
    onSkipped(header.name, 'a path that leads out of the archive');
    return undefined;
  }
  if (!wants(path)) return undefined;
  if (header.type === 'file' || header.type === 'contiguous-file') return path;
  onSkipped(path, `a ${header.type ?? 'special file'}, not a regular file`);
  return undefined;
}

function asTarError(error: unknown, file: string): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error;
  const truncated = error.message === 'Unexpected end of data';
  return new InputError(truncated ? 'truncated' : 'corrupt', `the tar archive: ${error.message}`, {
    file,
    cause: error,
  });
}
