import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { InputError } from '#errors';
import { asInputError, decodeUtf8, type ReadOptions } from './read.js';

/**
 * `readInputText` for small files that decide what a word means, such as a design's name in a scenario: everything that asks would have to
 * be asynchronous for one read of a few kilobytes.
 *
 * @throws InputError `missing`, `unreadable`, `unsupported`, `too-large`, or `corrupt`
 */
export function readInputTextSync(file: string, { limitBytes, expected }: ReadOptions): string {
  try {
    // A FIFO would wait for its writer.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const about = fstatSync(handle);
      const options = { file, ...(expected === undefined ? {} : { expected }) };
      if (!about.isFile()) throw new InputError('unsupported', 'this is not a regular file', options);
      if (about.size > limitBytes) {
        throw new InputError('too-large', `${about.size} bytes`, { file, expected: `at most ${limitBytes} bytes` });
      }
      return decodeUtf8(readFileSync(handle), file);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw asInputError(error, file, expected);
  }
}

/** Names of what lies in a directory that comes with the project, sorted. */
export function listNamesSync(directory: string): string[] {
  return readdirSync(directory).sort();
}
