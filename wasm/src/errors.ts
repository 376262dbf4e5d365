/**
 * What can go wrong in this library. Closed, so that callers can switch over it. An unsolvable problem is not here: that is a
 * result of `Solver.solve`.
 */
export type SolvErrorCode =
  | 'moduleMissing' // the WebAssembly module could not be found or fetched
  | 'moduleInvalid' // it was found and is not a module this version of the library can drive
  | 'invalidInput' // a document, dependency, testcase or argument that libsolv refused
  | 'limit' // an input is larger than a stated limit, decompressed size included
  | 'unsupported' // well formed, but needs something this build of libsolv does not have
  | 'outOfMemory' // the memory limit of the instance was reached; the instance is dead
  | 'trap' // C code trapped, aborted or exited; the instance is dead
  | 'dead' // the instance died of an earlier trap; make a new one
  | 'disposed' // used after dispose()
  | 'misuse'; // a call out of order or an object of another pool: a mistake of the caller

export class SolvError extends Error {
  readonly code: SolvErrorCode;

  constructor(code: SolvErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SolvError';
    this.code = code;
  }
}
