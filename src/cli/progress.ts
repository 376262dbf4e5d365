import { eraseLine, styled, visible } from '#tell';
import type { Io } from './io.js';
import { type Count, Pace } from './pace.js';

/**
 * What a long command says while it works: on a terminal one line that is redrawn, with how many of how many jobs are done, the rate and the
 * time left; elsewhere a line for each piece of work.
 *
 * Not a library: cli-progress and progress, the two that have a bar with rate and time left, read a clock that cannot be handed in, draw on a
 * timer, and write no line of text where there is no terminal. Jobs are also found while others are done, so that the total moves.
 */
export class Progress {
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #pace: Pace;
  #what = '';

  constructor(io: Io, quiet = false, now = () => performance.now()) {
    this.#io = io;
    this.#quiet = quiet || io.quiet;
    this.#pace = new Pace(now);
  }

  readonly say = (what: string): void => {
    this.#what = what;
    if (this.#quiet) return;
    if (this.#io.terminal) this.#draw();
    else this.#io.err(`${what}\n`);
  };

  readonly count = (count: Count): void => {
    this.#pace.note(count);
    if (!this.#quiet && this.#io.terminal) this.#draw();
  };

  /** Leaves the terminal as if nothing had been drawn. */
  done(): void {
    if (!this.#quiet && this.#io.terminal) this.#io.err(eraseLine);
  }

  #draw(): void {
    const line = [this.#pace.text(), this.#what].filter((part) => part !== '').join(' · ');
    this.#io.err(styled`${eraseLine}${visible(line).slice(0, Math.max(10, this.#io.columns - 1))}`);
  }
}
