import { append } from '#collections';
import type { Phase } from '#run-document';

/** Collects the samples of phases of work that is done for its result, once or several times, by the run itself. */
export class PhaseList {
  readonly #samples = new Map<Phase, number[]>();

  /** Times synchronous work. */
  readonly record = <Result>(phase: Phase, work: () => Result): Result => {
    const started = performance.now();
    const result = work();
    this.#keep(phase, performance.now() - started);
    return result;
  };

  /** Times work until its promise is settled. */
  readonly recordAsync = async <Result>(phase: Phase, work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now();
    const result = await work();
    this.#keep(phase, performance.now() - started);
    return result;
  };

  list(): { phase: Phase; samplesMs: number[] }[] {
    return [...this.#samples].map(([phase, samplesMs]) => ({ phase, samplesMs }));
  }

  #keep(phase: Phase, elapsedMs: number): void {
    append(this.#samples, phase, elapsedMs);
  }
}
