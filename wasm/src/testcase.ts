import { SolvError } from './errors.js';
import type { Instance } from './instance.js';
import { Pool } from './pool.js';
import type { ReleasableState } from './resource.js';
import type { Solver } from './solver.js';
import { type ResultKind, readKinds } from './testcase-result.js';

/** What became of one part of a testcase. */
export type TestcaseOutcome =
  | { readonly status: 'passed' }
  /** `difference` in libsolv's form: lines that were expected (`-`) and lines that came (`+`). */
  | { readonly status: 'failed'; readonly difference: string }
  /** The testcase states no result to compare with. */
  | { readonly status: 'unchecked' };

/** One part of a testcase (they are separated by `nextjob`), solved. */
export interface TestcasePart {
  readonly outcome: TestcaseOutcome;
  /** The parts of a result that the testcase compares. */
  readonly kinds: readonly ResultKind[];
  readonly expected: string | null;
  readonly actual: string;
  /** What libsolv complained about while reading; such a line was left out. */
  readonly complaints: string;
  /** Valid until the next part is asked for. */
  readonly solver: Solver;
}

const parts = { end: 0, ready: 1, lacksFeature: 2, broken: 3 } as const;
const reuseSolver = 1 << 31;
const defaultKinds: readonly ResultKind[] = ['transaction', 'problems'];

/** A libsolv testcase: its pool, and its parts one after the other. */
export class Testcase {
  readonly pool: Pool;
  readonly #instance: Instance;
  #reusable: Solver | null = null;

  /** @internal */
  constructor(instance: Instance, pools: Set<ReleasableState>, name: string, files: ReadonlyMap<string, Uint8Array>) {
    this.#instance = instance;
    this.pool = Pool.create(instance, pools, { arch: '' });
    instance.call('shim_files_clear');
    for (const [file, bytes] of files) instance.send('shim_file_put', [], { strings: [file], bytes });
    this.pool.send('shim_testcase_open', [], { strings: [name] });
  }

  /**
   * Reads, solves and compares the next part; null after the last. Throws `unsupported` if the testcase needs a feature that this
   * build lacks, `invalidInput` if it cannot be read.
   */
  next(): TestcasePart | null {
    const reply = this.pool.askTestcase(this.#reusable);
    const part = reply.int();
    const handle = reply.int();
    const flags = reply.int();
    const hasResult = reply.int() === 1;
    const result = reply.string();
    const complaints = reply.string();
    switch (part) {
      case parts.end:
        return null;
      case parts.ready:
        break;
      case parts.lacksFeature:
        throw new SolvError('unsupported', complaints.trim() || 'the testcase needs a feature that this build lacks');
      default:
        throw new SolvError('invalidInput', complaints.trim() || 'libsolv cannot read the testcase');
    }
    const solver = this.#reusable ?? this.pool.adoptSolver(handle);
    this.#reusable = (flags & reuseSolver) === 0 ? null : solver;
    solver.solveAgain();
    const kinds = readKinds(flags);
    const actual = solver.testcaseResult(kinds.length === 0 ? defaultKinds : kinds);
    const expected = hasResult ? result : null;
    return { outcome: this.#compare(expected, actual), kinds, expected, actual, complaints, solver };
  }

  /** Frees the pool and everything in it. */
  dispose(): void {
    this.pool.dispose();
  }

  #compare(expected: string | null, actual: string): TestcaseOutcome {
    if (expected === null) return { status: 'unchecked' };
    const difference = this.#instance.ask('shim_result_difference', [], { strings: [expected, actual] }).string();
    return difference === '' ? { status: 'passed' } : { status: 'failed', difference };
  }
}
