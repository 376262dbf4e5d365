import type { Libsolv, Pool } from '@opensuse/libsolv-wasm';
import { type PhaseClock, untimed } from './clock.js';
import {
  addRepository,
  addSystem,
  completed,
  emptyPool,
  type MachineInput,
  type ReachableRepository,
} from './machine.js';
import type { Request } from './request.js';
import { type Solved, solveOn } from './solve.js';

/**
 * Repositories that many machines have in reach, each read once. Every machine is solved in a fork of the instance that holds them: its
 * pool is, byte for byte, the one that would come of reading them for it alone, so that neither results nor counters depend on
 * who was solved before. As in zypper the repositories are read before what is installed, and a machine's own ones between the two.
 */
export class SharedReach {
  readonly #libsolv: Libsolv;
  readonly #pool: Pool;
  readonly #arch: string;
  readonly #repositories: ReachableRepository[] = [];
  /** The fork of the last machine, for its memory. */
  #last: Libsolv | null = null;

  /** `libsolv`: a fresh instance, which is the reach's own from now on. */
  constructor(libsolv: Libsolv, arch: string) {
    this.#libsolv = libsolv;
    this.#arch = arch;
    this.#pool = emptyPool(libsolv, arch);
  }

  /** Phases: loadSolv or parseRpmmd. */
  add(repository: ReachableRepository, clock: PhaseClock = untimed): void {
    addRepository(this.#pool, repository, clock);
    this.#repositories.push(repository);
  }

  /**
   * Several requests on one machine, each as if it were the only one; `input.repositories` are those of this machine alone. `clockOf` makes
   * the clock of the first request from the instance that it runs on: loadSolv, whatprovides, solve, order.
   */
  solveEach(
    input: Omit<MachineInput, 'arch'>,
    [first, ...others]: readonly [Request, ...Request[]],
    clockOf: (libsolv: Libsolv) => PhaseClock,
  ): [Solved, ...Solved[]] {
    const { libsolv, pool } = this.#libsolv.fork(this.#pool, this.#last);
    this.#last = libsolv;
    const clock = clockOf(libsolv);
    const all = { ...input, arch: this.#arch, repositories: [...this.#repositories, ...input.repositories] };
    for (const repository of input.repositories) addRepository(pool, repository, clock);
    const machine = completed(pool, addSystem(pool, all, clock), all, clock);
    const solved = solveOn(libsolv, machine, first, clock);
    return [solved, ...others.map((request) => solveOn(libsolv, machine, request, untimed))];
  }

  dispose(): void {
    this.#last?.dispose();
    this.#libsolv.dispose();
  }
}
