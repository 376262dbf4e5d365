import type { RenderedPackages } from '#repomd';
import type { StepFacts } from '#run-document';
import { KeptMachine, type MachineInput, type PackageData, type Request, type Solved, seenBy, solve } from '#solve';
import { currentBound } from './bound.js';
import { freshInstance } from './instances.js';
import type { SystemState } from './machine/system-state.js';
import { installedSolv } from './repository/repositories.js';
import type { MeasuredSolve, Solves } from './solve-cache.js';
import { KeptInstance } from './trial/kept-instance.js';

/** Machines that are kept: the one that is asked, with its repositories and without them. Each takes as much memory as its pool. */
const machinesMax = 2;

/** Solves for somebody who asks one machine one thing after the other: answers and counters are those of `plainSolves`. */
export class WarmSolves implements Solves {
  /** By what their pools are made of, in the order of their last use. */
  readonly #machines = new Map<string, KeptMachine>();
  readonly #installed = new WeakMap<SystemState, Promise<PackageData | null>>();
  /** Of one machine most packages stay from one question to the next. */
  readonly #rendered: RenderedPackages = new WeakMap();
  readonly #repeats = new KeptInstance();
  readonly #numbers = new WeakMap<object, number>();
  #objects = 0;

  async solve(input: MachineInput, request: Request): Promise<MeasuredSolve> {
    const seen = seenBy(request, input);
    const key = this.#poolKey(seen);
    const machine = this.#machines.get(key) ?? (await this.#machine());
    this.#machines.delete(key);
    const solved = machine.solve(seen, request);
    if (machine.dead) machine.dispose();
    else this.#machines.set(key, machine);
    return { solved, phases: [] };
  }

  /** On a machine that was not there before: its pool is of no use to the next question. */
  async again(input: MachineInput, request: Request): Promise<StepFacts['again']> {
    const bound = currentBound();
    const { outcome }: Solved = await this.#repeats.use((libsolv) => solve(libsolv, input, request, undefined, bound));
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  }

  readonly installedData = (installed: SystemState): Promise<PackageData | null> => {
    let data = this.#installed.get(installed);
    if (data === undefined) {
      data = installedSolv(
        installed.map(({ package: pkg }) => pkg),
        this.#rendered,
      );
      this.#installed.set(installed, data);
    }
    return data;
  };

  dispose(): void {
    for (const machine of this.#machines.values()) machine.dispose();
    this.#machines.clear();
    this.#repeats.dispose();
  }

  /** A place for one more. */
  async #machine(): Promise<KeptMachine> {
    for (const [key, machine] of this.#machines) {
      if (this.#machines.size < machinesMax) break;
      machine.dispose();
      this.#machines.delete(key);
    }
    const bound = currentBound();
    return new KeptMachine(await freshInstance({ memoryMaxBytes: bound.memoryMaxBytes }), bound);
  }

  #poolKey({ arch, installed, repositories, modaliases }: MachineInput): string {
    const reach = repositories.map(({ name, data, priority }) => [name, this.#numberOf(bytesOf(data)), priority]);
    return JSON.stringify([arch, installed === null ? null : this.#numberOf(bytesOf(installed)), reach, modaliases]);
  }

  #numberOf(object: object): number {
    const known = this.#numbers.get(object) ?? ++this.#objects;
    this.#numbers.set(object, known);
    return known;
  }
}

/** What a pool is told apart by: repositories are wrapped anew for each request, their bytes stay. */
function bytesOf(data: PackageData): object {
  return 'solv' in data ? data.solv : data;
}
