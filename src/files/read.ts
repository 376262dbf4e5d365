import { open, stat } from 'node:fs/promises';
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
 * @throws InputError `missing`, `unreadable`, or `too-large`
 */
export async function readInputFile(file: string, options: ReadOptions): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'r');
    try {
      const about = await handle.stat();
      if (!about.isFile()) throw notRegular(file, options.expected);
      if (about.size > options.limitBytes) throw tooLarge(file, about.size, options.limitBytes);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asInputError(error, file, options.expected);
  }
}

/** `readInputFile`, decoded as UTF-8. Bytes that are not UTF-8 are an error, never a replacement character. */
export async function readInputText(file: string, options: ReadOptions): Promise<string> {
  return decodeUtf8(await readInputFile(file, options), file);
}

/** @throws InputError `corrupt` where the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError('corrupt', 'this is not UTF-8 text', { file, cause });
  }
}

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
