import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { InputError } from '#errors';

export interface ReadOptions {
  /** The largest file that is accepted, in bytes. */
  readonly limitBytes: number;
  /** What the file was expected to be, for the error: `a kernel build written by "kmplab kernel import"`. */
  readonly expected?: string;
}

/**
 * Reads a regular file that the user named.
 *
 * @throws InputError `missing`, `unreadable`, `unsupported` where it is no regular file, or `too-large`
 */
export function readInputFile(file: string, options: ReadOptions): Promise<Uint8Array> {
  return withInputFile(file, options, (handle, size) =>
    size === 0 ? readUnsized(handle, file, options.limitBytes) : handle.readFile(),
  );
}

/** Size and hash of a regular file of any size, which is never in memory as a whole. Throws as `readInputFile` does. */
export function hashInputFile(
  file: string,
  algorithm: string,
  options: ReadOptions,
): Promise<{ readonly bytes: number; readonly hex: string }> {
  return withInputFile(file, options, async (handle) => {
    const hash = createHash(algorithm);
    let bytes = 0;
    for await (const chunk of chunksOf(handle)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { bytes, hex: hash.digest('hex') };
  });
}

async function withInputFile<Result>(
  file: string,
  options: ReadOptions,
  read: (handle: FileHandle, size: number) => Promise<Result>,
): Promise<Result> {
  try {
    // Opening a pipe that nobody writes to would wait for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const about = await handle.stat();
      if (!about.isFile()) throw notRegular(file, options.expected);
      if (about.size > options.limitBytes) throw tooLarge(file, about.size, options.limitBytes);
      return await read(handle, about.size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asInputError(error, file, options.expected);
  }
}

function chunksOf(handle: FileHandle): AsyncIterable<Uint8Array> {
  return handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 });
}

/** Files of /proc have no size, and some no end. */
async function readUnsized(handle: FileHandle, file: string, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of chunksOf(handle)) {
    chunks.push(chunk);
    total += chunk.length;
    if (total > limitBytes)
      throw new InputError('too-large', 'it does not end', { file, expected: `at most ${limitBytes} bytes` });
  }
  return Buffer.concat(chunks);
}

/** `readInputFile`, decoded as UTF-8. Bytes that are not UTF-8 are an error, never a replacement character. */
export async function readInputText(file: string, options: ReadOptions): Promise<string> {
  return decodeUtf8(await readInputFile(file, options), file);
}

/** @throws InputError `corrupt` where the bytes are not UTF-8, `too-large` where they are more than a text can hold */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  if (bytes.length > textBytesMax) throw tooLarge(file, bytes.length, textBytesMax);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError('corrupt', 'this is not UTF-8 text', { file, cause });
  }
}

/** V8's longest string has 2^29 - 24 characters, and a character has at least a byte. */
const textBytesMax = 2 ** 29 - 24;

/** Whether something exists there, following symbolic links. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw asInputError(error, path);
  }
}

/** Turns what the file system said into an error for the user; anything else is passed on as it is. */
export function asInputError(error: unknown, file: string, expected?: string): unknown {
  const options = { file, cause: error, ...(expected === undefined ? {} : { expected }) };
  // Refused by Node.js before the system sees it.
  if (error instanceof TypeError && file.includes('\0'))
    return new InputError('invalid', 'no path can have a zero byte', options);
  switch (errorCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new InputError('missing', 'no such file or directory', options);
    case 'EISDIR':
      return notRegular(file, expected);
    case 'ELOOP':
      return new InputError('corrupt', 'too many levels of symbolic links', options);
    default:
      return new InputError('unreadable', error instanceof Error ? error.message : String(error), options);
  }
}

/** What the file system said of something that was to be written, as an error for the user; anything else is passed on as it is. */
export function asOutputError(error: unknown, file: string, expected: string): unknown {
  const told = asInputError(error, file, expected);
  if (told === error || !(told instanceof InputError) || told.code !== 'unreadable') return told;
  const hint = outputHints[errorCode(error) ?? ''];
  const message = error instanceof Error ? error.message : String(error);
  return new InputError('unwritable', message, {
    file,
    expected,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

const outputHints: Readonly<Record<string, string>> = {
  ENOSPC: 'free space there, or name another place',
  EDQUOT: 'free space there, or name another place',
  EMFILE: 'allow more open files, with "ulimit -n"',
};

function notRegular(file: string, expected?: string): InputError {
  return new InputError('unsupported', 'this is not a regular file', {
    file,
    ...(expected === undefined ? {} : { expected }),
  });
}

function tooLarge(file: string, bytes: number, limitBytes: number): InputError {
  return new InputError('too-large', `${bytes} bytes`, { file, expected: `at most ${limitBytes} bytes` });
}

/** The system's name of a failed call, `ENOENT`; `undefined` for errors that no system call made. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof InputError || !('code' in error) || !('syscall' in error))
    return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
