import { InputError, type InputErrorCode } from '#errors';
import { workerFile } from './worker-file.js';

/** What a thread answers: errors of the user's input as values. Anything else that goes wrong is thrown across. */
export type Answer<Result> =
  | { readonly value: Result }
  | { readonly refused: { readonly code: InputErrorCode; readonly message: string } };

/** Threads that run the exports of one module. Each keeps what that module has read. */
export interface Threads {
  /** What the export of that name, which returns an `Answer`, makes of the input. @throws InputError */
  run<Result>(name: string, input: unknown): Promise<Result>;
  close(): Promise<void>;
}

export interface ThreadsOptions {
  /** Threads at most. */
  readonly jobs: number;
  /** What each of them is started with, as piscina's `workerData`. */
  readonly data?: unknown;
  readonly onProgress: (what: string) => void;
}

/** Threads for a module, by the URL of its compiled file. */
export async function openThreads(module: URL, { jobs, data, onProgress }: ThreadsOptions): Promise<Threads> {
  // On demand: a single job needs no threads, and most commands no workers.
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    ...workerFile(module),
    workerData: data,
    minThreads: 1,
    maxThreads: jobs,
    // A worker keeps what it has read: it must not be replaced while there is work.
    idleTimeout: Number.POSITIVE_INFINITY,
    // Packaging makes many objects that soon die: with V8's default of 48 MB for young ones a third of the time went into collecting them. Below a
    // gigabyte for old ones V8 lets a heap double before it collects, above grow fourfold: that is twice the memory for nothing.
    resourceLimits: { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 960 },
  });
  pool.on('message', onProgress);
  return {
    async run<Result>(name: string, input: unknown): Promise<Result> {
      // oxlint-disable-next-line typescript/no-unsafe-assignment -- the module exports it under that name
      const answer: Answer<Result> = await pool.run(input, { name });
      if ('refused' in answer) throw new InputError(answer.refused.code, answer.refused.message);
      return answer.value;
    },
    close: () => pool.destroy(),
  };
}

/** The thread's side: an error loses its class on the way between threads; one that is a bug keeps what matters, its stack. */
export async function answered<Result>(work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { value: await work() };
  } catch (cause) {
    if (cause instanceof InputError) return { refused: { code: cause.code, message: cause.message } };
    throw cause;
  }
}
