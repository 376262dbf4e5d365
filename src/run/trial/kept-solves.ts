import { primaryDocument } from '#repomd';
import type { StepFacts, Why } from '#run-document';
import {
  type MachineInput,
  type PackageData,
  type Request,
  rpmmdToSolv,
  type Solved,
  solve,
  solveAndTellWhy,
  workClock,
} from '#solve';
import type { SystemState } from '../machine/system-state.js';
import type { MeasuredSolve, Solves } from '../solve-cache.js';
import { KeptInstance } from './kept-instance.js';

/**
 * Solves one request after the other on one instance, each in a pool of its own: what a request comes to does not depend on the instance. Its
 * high-water mark does, so that nobody may report it; the work of phases is counted where asked.
 */
export class KeptSolves implements Solves {
  readonly #instance: KeptInstance;
  readonly #counting: boolean;
  /** A machine is asked again, and then asked something else. */
  readonly #installed = new WeakMap<SystemState, Promise<PackageData>>();
  #last: { readonly machine: MachineInput; readonly request: Request } | null = null;

  constructor({ counting }: { readonly counting: boolean }) {
    this.#counting = counting;
    this.#instance = new KeptInstance(counting ? 'counting' : 'release');
  }

  async solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    this.#last = { machine, request };
    return { solved: await this.#answer(machine, request), phases: [] };
  }

  async again(machine: MachineInput, request: Request): Promise<StepFacts['again']> {
    const { outcome } = await this.#answer(machine, request);
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  }

  /** The same bytes as `installedSolv`, without an instance of their own. */
  readonly installedData = (installed: SystemState): Promise<PackageData> | null => {
    if (installed.length === 0) return null;
    let data = this.#installed.get(installed);
    if (data === undefined) {
      const primary = primaryDocument(installed.map(({ package: pkg }) => pkg));
      data = this.#instance.use((libsolv) => ({ solv: rpmmdToSolv(libsolv, '@System', { primary }) }));
      this.#installed.set(installed, data);
    }
    return data;
  };

  /** Why what a text means is there after the last request, or is not; null before the first one. */
  async why(name: string): Promise<Why | null> {
    const last = this.#last;
    if (last === null) return null;
    const { machine, request } = last;
    const told = await this.#instance.use((libsolv) => solveAndTellWhy(libsolv, machine, request, name));
    return 'why' in told ? told.why : null;
  }

  dispose(): void {
    this.#instance.dispose();
  }

  #answer(machine: MachineInput, request: Request): Promise<Solved> {
    return this.#instance.use((libsolv) => {
      if (!this.#counting) return solve(libsolv, machine, request);
      const { clock, work } = workClock(libsolv);
      const solved = solve(libsolv, machine, request, clock);
      return { ...solved, counters: { ...solved.counters, work } };
    });
  }
}
