import { samplePhases } from '#measure';
import type { PhaseSamples } from '#run-document';
import { type Libsolv, loadLibsolv, type MachineInput, type Request, solve } from '#solve';

/** Work on a libsolv instance of its own: nothing left over from before, and an exact high-water mark of its heap. */
export async function inFreshInstance<Result>(work: (libsolv: Libsolv) => Result): Promise<Result> {
  const libsolv = await loadLibsolv();
  try {
    return work(libsolv);
  } finally {
    libsolv.dispose();
  }
}

/**
 * Samples of the phases of a solve, each from a fresh instance and pool that are made outside the clock. No warm-up: whoever samples has
 * solved the same input before for its result, and V8's lazy compilation is off.
 */
export async function sampleSolve(
  name: string,
  input: MachineInput,
  request: Request,
  iterations: number,
): Promise<PhaseSamples[]> {
  if (iterations === 0) return [];
  let libsolv: Libsolv | null = null;
  try {
    return await samplePhases(name, (record) => libsolv !== null && solve(libsolv, input, request, record), {
      iterations,
      warmup: 0,
      beforeEach: async () => {
        libsolv?.dispose();
        libsolv = await loadLibsolv();
      },
    });
  } finally {
    // Assigned in a callback, which the compiler's flow analysis does not see.
    (libsolv as Libsolv | null)?.dispose();
  }
}
