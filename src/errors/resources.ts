import { InputError } from './input-error.js';

/** What a machine may run out of: how it is told, and what its owner can do. */
const shortages: readonly { readonly what: RegExp; readonly problem: string; readonly hint: string }[] = [
  {
    what: /\b(EMFILE|ENFILE)\b/,
    problem: 'too many files are open',
    hint: 'allow more, with "ulimit -n 1024"',
  },
  {
    // What Node.js says where it cannot open the file that names a package's parts.
    what: /ERR_MODULE_NOT_FOUND Cannot find package/,
    problem: 'a part of this program cannot be loaded',
    hint: 'allow more open files, with "ulimit -n 1024"; where that is no help, install the program anew',
  },
  {
    what: /\b(ENOSPC|EDQUOT)\b/,
    problem: 'the disk is full',
    hint: 'free space, or name another place; TMPDIR is where temporary files go',
  },
  {
    what: /\bENOMEM\b|ERR_WORKER_OUT_OF_MEMORY|\boutOfMemory\b|RangeError:.*\ballocat|RangeError:.*memory|Invalid array buffer length/i,
    problem: 'there is not enough memory',
    hint: 'allow more, with "ulimit -v unlimited", use fewer workers, or give less to do at once',
  },
  {
    what: /\b(EAGAIN|ERR_WORKER_INIT_FAILED)\b/,
    problem: 'no more processes or threads can be started',
    hint: 'allow more, with "ulimit -u", or use fewer workers',
  },
];

/** An error of a machine, or of its limits, that came from anywhere, as one for its user; null for all others. */
export function shortage(error: unknown): InputError | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const text = `${cause.name}: ${code} ${cause.message}`;
    const found = shortages.find(({ what }) => what.test(text));
    if (found === undefined) continue;
    const { problem, hint } = found;
    return new InputError('resources', `${problem}: ${cause.message}`, { hint, cause: error });
  }
  return null;
}
