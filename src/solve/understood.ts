import { SolvError } from '@opensuse/libsolv-wasm';
import { InputError } from '#errors';

/** Work on texts that a user gave. What libsolv cannot read as a package or capability is the user's to mend: InputError, invalid. */
export function understood<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof SolvError) || cause.code !== 'invalidInput') throw cause;
    throw new InputError('invalid', cause.message, {
      expected: 'a package name or a capability, with or without a version: "kernel-default", "kernel-default >= 6.1"',
      cause,
    });
  }
}
