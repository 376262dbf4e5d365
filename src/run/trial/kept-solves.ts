import type { StepFacts } from '#run-document';
import { instanceDied, type Libsolv, type MachineInput, type Request, type Solved, solve, workClock } from '#solve';
import { freshInstance } from '../instances.js';
import type { MeasuredSolve, Solves } from '../solve-cache.js';

/**
 * Solves one request after the other on one instance, each in a pool of its own: what a request comes to does not depend on the instance. Its
 * high-water mark does, so that nobody may report it; the work of phases is counted where asked.
 */
export class KeptSolves implements Solves {
  readonly #counting: boolean;
  #libsolv: Libsolv | null = null;
  #uses = 0;

  constructor({ counting }: { readonly counting: boolean }) {
    this.#counting = counting;
  }

  async solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    const solved = await this.#answer(machine, request);
    return { solved, phases: [] };
  }

  async again(machine: MachineInput, request: Request): Promise<StepFacts['again']> {
    const { outcome } = await this.#answer(machine, request);
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  }

  dispose(): void {
    this.#libsolv?.dispose();
    this.#libsolv = null;
  }

  /** An instance that died is replaced; only where a fresh one dies of the same request has that no answer. */
  async #answer(machine: MachineInput, request: Request): Promise<Solved> {
    if (this.#uses >= usesMax || this.#libsolv?.dead === true) this.dispose();
    const isFresh = this.#libsolv === null;
    try {
      return await this.#once(machine, request);
    } catch (cause) {
      if (!instanceDied(cause)) throw cause;
      this.dispose();
      if (isFresh) throw cause;
      return this.#once(machine, request);
    }
  }

  async #once(machine: MachineInput, request: Request): Promise<Solved> {
    if (this.#libsolv === null) {
      this.#libsolv = await freshInstance({ build: this.#counting ? 'counting' : 'release' });
      this.#uses = 0;
    }
    this.#uses += 1;
    if (!this.#counting) return solve(this.#libsolv, machine, request);
    const { clock, work } = workClock(this.#libsolv);
    const solved = solve(this.#libsolv, machine, request, clock);
    return { ...solved, counters: { ...solved.counters, work } };
  }
}

/** What libsolv's allocator does not give back stays small. */
const usesMax = 2000;
