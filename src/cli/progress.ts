import { eraseLine, styled, visible } from '#tell';
import type { Io } from './io.js';

/** What a long command says while it works: one line that is redrawn on a terminal, a line for each piece of work elsewhere. */
export class Progress {
  readonly #io: Io;
  readonly #quiet: boolean;

  constructor(io: Io, quiet = false) {
    this.#io = io;
    this.#quiet = quiet;
  }

  readonly say = (what: string): void => {
    if (this.#quiet) return;
    const { err, terminal, columns } = this.#io;
    err(terminal ? styled`${eraseLine}${visible(what).slice(0, Math.max(10, columns - 1))}` : `${what}\n`);
  };

  /** Leaves the terminal as if nothing had been drawn. */
  done(): void {
    if (!this.#quiet && this.#io.terminal) this.#io.err(eraseLine);
  }
}
