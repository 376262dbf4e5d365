import type { PhaseSamples } from '#run-document';
import type { MachineInput, Request, Solved } from '#solve';
import { sampleSolve, solveExactly } from './instances.js';

export interface MeasuredSolve {
  readonly solved: Solved;
  readonly phases: readonly PhaseSamples[];
}

/**
 * Solves and measures each distinct request on each distinct machine once. Many scenarios begin with the same fresh install, and the
 * same input has the same result.
 */
export class SolveCache {
  readonly #known = new Map<string, Promise<MeasuredSolve>>();
  readonly #samples: number;

  /** `samples` of each phase; the solve that the result is taken from is not one of them. */
  constructor(samples: number) {
    this.#samples = samples;
  }

  /** `identity` must name everything that `input` makes of: installed packages, repositories and hardware. */
  solve(identity: unknown, input: () => Promise<MachineInput>, request: Request): Promise<MeasuredSolve> {
    const key = JSON.stringify([identity, request]);
    let known = this.#known.get(key);
    if (known === undefined) {
      known = input().then((machine) => this.#measure(machine, request));
      this.#known.set(key, known);
    }
    return known;
  }

  async #measure(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    const solved = await solveExactly(machine, request);
    return { solved, phases: await sampleSolve(request.verb, machine, request, this.#samples) };
  }
}
