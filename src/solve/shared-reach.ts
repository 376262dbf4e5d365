import type { Libsolv, Pool } from '@opensuse/libsolv-wasm';
import { type Bound, defaultBound, within } from './bound.js';
import { type PhaseClock, untimed } from './clock.js';
import {
  addRepository,
  addSystem,
  completed,
  emptyPool,
  type Machine,
  type MachineInput,
  type ReachableRepository,
} from './machine.js';
import type { Request } from './request.js';
import { type Solved, solveOn, unanswered } from './solve.js';

/**
 * Repositories that many machines have in reach, each read once. Every machine is solved in a fork of the instance that holds them: its
 * pool is, byte for byte, the one that would come of reading them for it alone, so that neither results nor counters depend on
 * who was solved before. As in zypper the repositories are read before what is installed, and a machine's own ones between the two.
 */
export class SharedReach {
  readonly #libsolv: Libsolv;
  readonly #pool: Pool;
  readonly #arch: string;
  readonly #bound: Bound;
  readonly #repositories: ReachableRepository[] = [];
  /** The fork of the last machine, for its memory. */
  #last: Libsolv | null = null;

  /** `libsolv`: a fresh instance, which is the reach's own from now on. */
  constructor(libsolv: Libsolv, arch: string, bound: Bound = defaultBound) {
    this.#libsolv = libsolv;
    this.#bound = bound;
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
    const all = { ...input, arch: this.#arch, repositories: [...this.#repositories, ...input.repositories] };
    let ready: { readonly libsolv: Libsolv; readonly machine: Machine } | null = null;
    const solveOne = (request: Request, clockOn: (libsolv: Libsolv) => PhaseClock): Solved => {
      const fork = ready ?? this.#fork();
      const clock = clockOn(fork.libsolv);
      const answered = within(this.#bound, clock, (watched) => {
        const machine = 'machine' in fork ? fork.machine : machineOn(fork.pool, all, input.repositories, watched);
        ready = { libsolv: fork.libsolv, machine };
        return solveOn(fork.libsolv, machine, request, watched);
      });
      if ('result' in answered) return answered.result;
      // Its instance is dead: the next request begins in another.
      ready = null;
      return unanswered(all, answered.noAnswer);
    };
    return [solveOne(first, clockOf), ...others.map((request) => solveOne(request, () => untimed))];
  }

  dispose(): void {
    this.#last?.dispose();
    this.#libsolv.dispose();
  }

  #fork(): { readonly libsolv: Libsolv; readonly pool: Pool } {
    const fork = this.#libsolv.fork(this.#pool, this.#last);
    this.#last = fork.libsolv;
    return fork;
  }
}

function machineOn(pool: Pool, all: MachineInput, own: readonly ReachableRepository[], clock: PhaseClock): Machine {
  for (const repository of own) addRepository(pool, repository, clock);
  return completed(pool, addSystem(pool, all, clock), all, clock);
}
