import { Challenger } from '#challenge';
import { InputError } from '#errors';
import { builtinKernels } from '#kernel';
import { packageBuilds } from '#packaging';
import { kernelNamed, Trials } from '#run';
import { cellsOf, runSmall, type SmallScenario } from '#scorecard';
import type { SearchOptions, ThrownOut } from './options.js';

/** Requests of a random history. */
const requests = 6;

/** Histories that are tried before anybody looks: most designs that break a promise do so within a few. */
const chunk = 10;

/** A scenario, what running it takes, and how many designs it threw out. */
interface Tried {
  readonly scenario: SmallScenario;
  /** Packages that its requests look at, as far as anybody knows beforehand: kernel modules of all kernels, for each request. */
  readonly size: number;
  thrownOut: number;
}

/**
 * Puts designs to scenarios: first to small ones and to those that threw out many, last to the one of a thousand kernel modules, which takes
 * most where a design makes circles; then to a whole kernel, and then to random histories.
 */
export class Court {
  readonly #options: SearchOptions;
  readonly #trials = new Trials({ counting: true });
  readonly #challenger = new Challenger({ counting: false });
  #scenarios: Promise<Tried[]> | null = null;

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  /** Null where the design keeps everything. */
  async judge(design: string): Promise<ThrownOut | null> {
    try {
      const found = await this.#inScenarios(design);
      if (found !== null) return found;
      packageBuilds(design, [await kernelNamed((await builtinKernels()).at(-1) ?? '')]);
      return await this.#inHistories(design);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return { status: 'refused', error: cause.message };
    } finally {
      // Nobody asks for the packages of this design again.
      this.#trials.forget();
      this.#challenger.forget();
    }
  }

  dispose(): void {
    this.#trials.dispose();
    this.#challenger.dispose();
  }

  async #inScenarios(design: string): Promise<ThrownOut | null> {
    this.#scenarios ??= Promise.all(this.#options.scenarios.map((scenario) => this.#sized(scenario)));
    const inOrder = [...(await this.#scenarios)].sort(
      (a, b) => a.size / (1 + a.thrownOut) - b.size / (1 + b.thrownOut),
    );
    let refusal: string | null = null;
    let ran = 0;
    for (const tried of inOrder) {
      const { tested, notRun } = await runSmall(design, [tried.scenario], this.#trials);
      ran += tested.length;
      const [not] = notRun;
      const why = not === undefined ? null : `${not.why} (${not.what})`;
      // A design that has no word for what one scenario asks may answer another.
      refusal ??= why;
      const found = not?.died === true ? refused(why) : this.#brokenIn(cellsOf(tested, null));
      if (found === null) continue;
      tried.thrownOut += 1;
      return found;
    }
    return ran === 0 ? refused(refusal) : null;
  }

  async #sized(scenario: SmallScenario): Promise<Tried> {
    const { repositories, steps, kernelModules } = scenario.variant.scenario;
    const kernels = [...new Set(Object.values(repositories).flatMap((one) => one.kernels))];
    const [kernel] = kernels;
    const modules = kernel === undefined ? 0 : await this.#trials.partSize(kernel, kernelModules ?? ['**']);
    return { scenario, size: modules * kernels.length * steps.length, thrownOut: 0 };
  }

  async #inHistories(design: string): Promise<ThrownOut | null> {
    const { histories, seed, promises } = this.#options;
    for (let first = 0; first < histories; first += chunk) {
      const some = { seed, first, histories: Math.min(chunk, histories - first), requests, promises };
      const { suspects, counts } = await this.#challenger.search(design, some);
      const [suspect] = suspects;
      if (suspect === undefined) continue;
      const finds = [await this.#challenger.shrink(design, some, suspect)];
      const found = this.#brokenIn(cellsOf([], { challenged: { finds, counts }, seed }));
      if (found !== null) return found;
    }
    return null;
  }

  #brokenIn(cells: ReturnType<typeof cellsOf>): ThrownOut | null {
    for (const { promise, counterexample } of cells) {
      if (counterexample === null || !this.#options.promises.includes(promise)) continue;
      return { status: 'thrownOut', promise, counterexample };
    }
    return null;
  }
}

function refused(why: string | null): ThrownOut {
  return { status: 'refused', error: why ?? 'no scenario could be run' };
}
