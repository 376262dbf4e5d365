import { fstatSync, writeSync } from 'node:fs';
import { InputError } from '#errors';

/** Standard output: a descriptor, and the stream that Node.js has on it. */
const descriptor = 1;

/**
 * Writes all of a text to standard output. Into a file Node.js' own stream writes once and takes a part for the whole, so that a full disk
 * would go unnoticed; pipes and terminals have streams that write until nothing is left.
 *
 * @throws InputError `unwritable`
 */
export function writeOutput(text: string): void {
  const about = fstatSync(descriptor);
  if (!about.isFile() && !isDevice()) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
  } catch (cause) {
    throw outputLost(cause);
  }

  function isDevice(): boolean {
    return about.isCharacterDevice() && !process.stdout.isTTY;
  }
}

export function outputLost(cause: unknown): InputError {
  return new InputError(
    'unwritable',
    `the output was not taken whole: ${cause instanceof Error ? cause.message : cause}`,
    {
      file: 'standard output',
      hint: 'free space where it goes, or send it elsewhere',
      cause,
    },
  );
}
