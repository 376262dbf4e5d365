import type { Libsolv } from '@opensuse/libsolv-wasm';
import { type Bound, within } from './bound.js';
import { untimed } from './clock.js';
import { type Machine, type MachineInput, setUp } from './machine.js';
import type { Request } from './request.js';
import { type Solved, solveOn, unanswered } from './solve.js';

/**
 * A machine that is asked one thing after the other. Its pool is set up once; each request is solved in a fork of that, which is byte for
 * byte what a fresh instance would have: results and counters are those of `solve`.
 */
export class KeptMachine {
  readonly #libsolv: Libsolv;
  readonly #bound: Bound;
  #machine: Machine | null = null;
  /** The fork of the last request, for its memory. */
  #last: Libsolv | null = null;

  /** `libsolv`: a fresh instance, which is the machine's own from now on. */
  constructor(libsolv: Libsolv, bound: Bound) {
    this.#libsolv = libsolv;
    this.#bound = bound;
  }

  /** `input`: of all requests the same but for what libzypp looks at when it solves: locks, zypp.conf, who was asked for, the running kernel. */
  solve(input: MachineInput, request: Request): Solved {
    const answered = within(this.#bound, untimed, (watched) => {
      const machine = this.#machine ?? setUp(this.#libsolv, input, watched);
      this.#machine = machine;
      const { libsolv, pool } = this.#libsolv.fork(machine.pool, this.#last);
      this.#last = libsolv;
      return solveOn(libsolv, { ...machine, pool, input }, request, watched);
    });
    if ('result' in answered) return answered.result;
    this.#last = null;
    return unanswered(input, answered.noAnswer);
  }

  /** Whether it can still be asked: a request that was ended while the pool was set up took the instance along. */
  get dead(): boolean {
    return this.#libsolv.dead;
  }

  dispose(): void {
    this.#last?.dispose();
    this.#libsolv.dispose();
  }
}
