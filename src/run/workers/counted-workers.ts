import type { TaskInput, TaskName, TaskResult } from './tasks.js';
import type { Workers } from './workers.js';

/** How many tasks are done, of those that were asked for by now. */
export type OnCount = (count: { readonly done: number; readonly total: number }) => void;

/** Workers that tell how far they are. */
export class CountedWorkers implements Workers {
  readonly #workers: Workers;
  readonly #onCount: OnCount;
  #done = 0;
  #total = 0;

  constructor(workers: Workers, onCount: OnCount) {
    this.#workers = workers;
    this.#onCount = onCount;
  }

  async run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskResult<Name>> {
    this.#total += 1;
    try {
      return await this.#workers.run(name, input);
    } finally {
      this.#done += 1;
      this.#onCount({ done: this.#done, total: this.#total });
    }
  }

  close(): Promise<void> {
    return this.#workers.close();
  }
}
