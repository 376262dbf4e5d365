/**
 * What can be wrong with something the user handed us. Closed: tests and callers look at the code, never at the sentence.
 * An unsolvable problem is not here, it is a result; a mistake of ours is not here either, see `invariant`.
 */
export const inputErrorCodes = [
  'missing', // a file, directory, package or name that was referred to does not exist
  'unreadable', // it exists and the system would not let us read it
  'unwritable', // the system would not let us write there
  'truncated', // it ends before its own structure says it should
  'corrupt', // its structure contradicts itself or its format
  'checksum', // its bytes are not those that were promised
  'too-large', // it is over a stated limit
  'unsupported', // well formed, but of a kind this lab cannot use
  'invalid', // it violates the schema of its document
  'unknown-key', // a key or name outside a closed list
  'resources', // the machine or its limits do not allow the work
  'usage', // the command line itself
] as const;
export type InputErrorCode = (typeof inputErrorCodes)[number];

/** Where in a file: those of these that the reader knows. Lines and columns count from 1, offsets from 0. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  /** Byte offset in the (decompressed) file. */
  readonly offset?: number;
  /** Name of a part: a section, an archive member, a key path such as `jobs[2].install`. */
  readonly part?: string;
}

export interface InputErrorOptions {
  readonly file?: string;
  readonly place?: Place;
  /** What was expected there. */
  readonly expected?: string;
  /** What the reader can do about it, as an imperative sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The user's input is wrong. The command line prints it without a stack trace and exits with 2. */
export class InputError extends Error {
  readonly code: InputErrorCode;
  /** What is wrong, without file, place and hint. */
  readonly problem: string;
  readonly file: string | undefined;
  readonly place: Place | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(code: InputErrorCode, problem: string, options: InputErrorOptions = {}) {
    super(sentence(problem, options), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'InputError';
    this.code = code;
    this.problem = problem;
    this.file = options.file;
    this.place = options.place;
    this.expected = options.expected;
    this.hint = options.hint;
  }
}

function sentence(problem: string, { file, place, expected, hint }: InputErrorOptions): string {
  const where = [file, placeText(place)].filter((part) => part !== undefined && part !== '').join(':');
  const lines = [where === '' ? problem : `${where}: ${problem}`];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (hint !== undefined) lines.push(`  to do: ${hint}`);
  return lines.join('\n');
}

/** `12:5`, `offset 4096`, `section .modinfo`: the form editors can jump to when there is a line. */
function placeText(place: Place | undefined): string {
  if (place === undefined) return '';
  const parts: string[] = [];
  if (place.line !== undefined)
    parts.push(place.column === undefined ? `${place.line}` : `${place.line}:${place.column}`);
  if (place.offset !== undefined) parts.push(`offset ${place.offset}`);
  if (place.part !== undefined) parts.push(place.part);
  return parts.join(', ');
}
