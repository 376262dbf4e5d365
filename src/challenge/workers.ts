import { InputError } from '#errors';
import { workerFile } from '#run';
import type { Searched, Suspect } from './challenger.js';
import type { Find } from './find.js';
import { type Answer, search, shrink, type Task } from './worker.js';

/** Whoever searches and shrinks. */
export interface ChallengeWorkers {
  search(task: Task): Promise<Searched>;
  shrink(task: Task & { readonly suspect: Suspect }): Promise<Find>;
  close(): Promise<void>;
}

/** With one job everything is done in this thread, one task after the other. */
export async function openChallengeWorkers(jobs: number): Promise<ChallengeWorkers> {
  if (jobs === 1) {
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = async <Result>(work: () => Promise<Answer<Result>>): Promise<Result> => {
      const done = last.then(work);
      // What failed is the caller's news; those that wait must not fail with it.
      last = done.catch(() => undefined);
      return resultOf(await done);
    };
    return {
      search: (task) => inTurn(() => search(task)),
      shrink: (task) => inTurn(() => shrink(task)),
      close: async () => {
        await last;
      },
    };
  }
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    ...workerFile(new URL('./worker.js', import.meta.url)),
    minThreads: jobs,
    maxThreads: jobs,
    // A worker keeps what it has packaged.
    idleTimeout: Number.POSITIVE_INFINITY,
    // Many objects that soon die: as in a run's workers.
    resourceLimits: { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 960 },
  });
  return {
    async search(task) {
      // oxlint-disable-next-line typescript/no-unsafe-assignment -- `worker.ts` exports it under that name
      const answer: Answer<Searched> = await pool.run(task, { name: 'search' });
      return resultOf(answer);
    },
    async shrink(task) {
      // oxlint-disable-next-line typescript/no-unsafe-assignment -- the same
      const answer: Answer<Find> = await pool.run(task, { name: 'shrink' });
      return resultOf(answer);
    },
    close: () => pool.destroy(),
  };
}

function resultOf<Result>(answer: Answer<Result>): Result {
  if ('refused' in answer) throw new InputError(answer.refused.code, answer.refused.message);
  return answer.value;
}
