import { SolvError } from '@opensuse/libsolv-wasm';
import { InputError, type InputErrorCode } from '#errors';

/** Work on texts that a user gave. What libsolv cannot read as a package or capability is the user's to mend: InputError, invalid. */
export function understood<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof SolvError) || !(cause.code === 'invalidInput' || cause.code === 'limit')) throw cause;
    throw new InputError('invalid', cause.message, {
      expected: 'a package name or a capability, with or without a version: "kernel-default", "kernel-default >= 6.1"',
      cause,
    });
  }
}

/** What libsolv says of a document that it cannot read; any other error is none of the document's. */
const documentFaults: Readonly<Partial<Record<SolvError['code'], InputErrorCode>>> = {
  invalidInput: 'corrupt',
  limit: 'too-large',
  unsupported: 'unsupported',
};

/** Reads a document of somebody else's, `file`, which may be wrong in whatever way: InputError, corrupt, too-large or unsupported. */
export function readDocument<Result>(file: string | undefined, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const code = cause instanceof SolvError ? documentFaults[cause.code] : undefined;
    if (file === undefined || code === undefined || !(cause instanceof SolvError)) throw cause;
    throw new InputError(code, cause.message, { file, hint: 'fetch or generate the repository again', cause });
  }
}
