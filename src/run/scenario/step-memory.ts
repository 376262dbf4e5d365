import type { StepResult } from '#run-document';
import type { Scenario } from '#scenario';
import type { MachineState } from '../machine/machine-state.js';

interface Stepped {
  readonly result: StepResult;
  readonly after: MachineState;
}

/** Steps that are remembered: those who ask go back and forth between a few machines. */
const stepsMax = 20;

/** Steps of scenarios that begin alike are taken once: of many questions about one machine the machine is set up for the first. */
export class StepMemory {
  /** In the order of their last use. */
  readonly #known = new Map<string, Stepped>();

  async step(scenario: Scenario, index: number, take: () => Promise<Stepped>): Promise<Stepped> {
    const key = beginning(scenario, index);
    const stepped = this.#known.get(key) ?? (await take());
    this.#known.delete(key);
    this.#known.set(key, stepped);
    const [oldest] = this.#known.keys();
    if (this.#known.size > stepsMax && oldest !== undefined) this.#known.delete(oldest);
    return stepped;
  }
}

/** All that decides a step: the steps up to it, what they reach, and whatever is said of the scenario as a whole. */
function beginning({ steps, repositories, question: _, ...whole }: Scenario, index: number): string {
  const taken = steps.slice(0, index + 1);
  const reached = new Set(taken.flatMap((step) => step.repositories));
  // A scenario on a part of its kernels is audited by what all its repositories have; some designs look at all its kernels.
  const content = Object.entries(repositories).map(([name, repository]) =>
    reached.has(name) || whole.kernelModules !== undefined ? [name, repository] : repository.kernels,
  );
  return JSON.stringify([whole, content, taken]);
}
