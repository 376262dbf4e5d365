import { invariant } from '#errors';
import { sha256Hex } from '#files';
import type { Counters, PhaseSamples, StepFacts } from '#run-document';
import type { MachineInput, Request, Solved } from '#solve';
import { solveExactly, solveInBound } from './instances.js';
import type { InstalledData } from './machine/machine-input.js';
import { type Store, type StoredMachine, storedMachine } from './workers/store.js';

export interface MeasuredSolve {
  readonly solved: Solved;
  /** Empty until the run has its exact results: time is measured afterwards, with nothing else running. */
  readonly phases: readonly PhaseSamples[];
}

/** Solves requests. */
export interface Solves {
  solve(machine: MachineInput, request: Request): Promise<MeasuredSolve>;
  /** What a request comes to that should come to nothing; null where nobody tries. */
  again(machine: MachineInput, request: Request): Promise<StepFacts['again']>;
  /** How what is installed reaches the solver, where that is not as libzypp keeps it. */
  readonly installedData?: InstalledData;
}

/** A solve that can be done again, by anybody who has the store. */
export interface StoredSolve {
  readonly key: string;
  readonly machine: StoredMachine;
  readonly request: Request;
}

interface KnownSolve {
  readonly solved: Solved;
  readonly stored: StoredSolve | null;
}

/**
 * Solves each distinct request on each distinct machine once. Many scenarios begin with the same fresh install, and the same input has
 * the same result.
 */
export class SolveCache {
  readonly #known = new Map<string, Promise<KnownSolve>>();
  readonly #again = new Map<string, Promise<StepFacts['again']>>();
  readonly #store: Store | null;

  /** A store where each solve can be found again for measuring; null where nothing will be measured. */
  constructor(store: Store | null) {
    this.#store = store;
  }

  solve(machine: MachineInput, request: Request): Promise<KnownSolve> {
    const key = solveKey(machine, request);
    let known = this.#known.get(key);
    if (known === undefined) {
      known = this.#solve(key, machine, request);
      this.#known.set(key, known);
    }
    return known;
  }

  /** Cheaper than `solve`: nothing of it is counted or measured. */
  again(machine: MachineInput, request: Request): Promise<StepFacts['again']> {
    const key = solveKey(machine, request);
    let tried = this.#again.get(key);
    if (tried === undefined) {
      tried = solveInBound(machine, request).then(briefly);
      this.#again.set(key, tried);
    }
    return tried;
  }

  async #solve(key: string, machine: MachineInput, request: Request): Promise<KnownSolve> {
    const solved = await solveExactly(machine, request);
    // What has no answer would have none for whoever measures it.
    if (this.#store === null || solved.outcome.status === 'noAnswer') return { solved, stored: null };
    return { solved, stored: { key, machine: await this.#store.keepMachine(machine), request } };
  }
}

/** What a solve is known by: a hash of its whole input, packages included, so that no field of a machine can be forgotten. */
export function solveKey(machine: MachineInput, request: Request): string {
  return sha256Hex(JSON.stringify([storedMachine(machine), request]));
}

function briefly({ outcome }: Solved): StepFacts['again'] {
  return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
}

/** Passes requests on and remembers which solve each result came from, so that it can be measured later. */
export class SolveUse implements Solves {
  readonly #stored = new Map<Counters, StoredSolve | null>();
  readonly #from: SolveCache;

  constructor(from: SolveCache) {
    this.#from = from;
  }

  async solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    const { solved, stored } = await this.#from.solve(machine, request);
    this.#stored.set(solved.counters, stored);
    return { solved, phases: [] };
  }

  again(machine: MachineInput, request: Request): Promise<StepFacts['again']> {
    return this.#from.again(machine, request);
  }

  /** The solve that these counters, the very object, tell of; null where nothing is kept for being measured. */
  of(counters: Counters): StoredSolve | null {
    const stored = this.#stored.get(counters);
    invariant(stored !== undefined, 'every step reports the counters of a solve of its scenario');
    return stored;
  }
}
