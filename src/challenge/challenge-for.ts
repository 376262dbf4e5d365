import type { Searched, Suspect } from './challenger.js';
import { distinct, type Find } from './find.js';
import type { ChallengeOptions } from './options.js';
import { added, type ChallengeCounts, nothingCounted } from './tally.js';
import { type ChallengeWorkers, openChallengeWorkers } from './workers.js';

export interface ChallengeRunOptions extends Omit<ChallengeOptions, 'first' | 'histories'> {
  /** How many histories; null: as many as the time allows. */
  readonly histories: number | null;
  /** No history is begun once this is over; null: no limit. */
  readonly milliseconds: number | null;
  readonly jobs: number;
  readonly onProgress: (found: { readonly histories: number; readonly finds: number }) => void;
}

export interface ChallengeRun {
  readonly design: string;
  readonly seed: number;
  readonly requests: number;
  readonly finds: readonly Find[];
  /** `counts.histories` of the same seed have the same finds again. */
  readonly counts: ChallengeCounts;
}

/** Histories that a worker tries at a time, about a second of work: so late can the end of the time be seen. The finds do not depend on it. */
const together = 8;

/**
 * Searches random histories, from the first one on, until there are enough of them or the time is over; what breaks a promise is shrunk
 * meanwhile. Time only decides how many are tried: their finds are the same for any number of workers.
 *
 * @throws InputError where the design cannot package the kernels
 */
export async function challengeFor(design: string, options: ChallengeRunOptions): Promise<ChallengeRun> {
  const { seed, requests, promises, histories: most, milliseconds, jobs, onProgress } = options;
  const workers = await openChallengeWorkers(jobs);
  const started = performance.now();
  const isOver = (): boolean => milliseconds !== null && performance.now() - started >= milliseconds;
  try {
    const search = new Search(design, { seed, requests, promises }, workers);
    let next = 0;
    do {
      const left = (most ?? Number.MAX_SAFE_INTEGER) - next;
      const ranges = Array.from({ length: jobs }, (_, job) => ({
        first: next + job * together,
        histories: Math.min(together, left - job * together),
      })).filter(({ histories }) => histories > 0);
      await search.try(ranges);
      next += ranges.reduce((sum, { histories }) => sum + histories, 0);
      onProgress({ histories: next, finds: search.finds.length });
    } while (next < (most ?? Number.MAX_SAFE_INTEGER) && !isOver());
    return { design, seed, requests, finds: distinct(search.finds), counts: search.counts };
  } finally {
    await workers.close();
  }
}

type Range = Pick<ChallengeOptions, 'first' | 'histories'>;

class Search {
  readonly finds: Find[] = [];
  counts: ChallengeCounts = nothingCounted;
  readonly #known = new Set<string>();
  readonly #design: string;
  readonly #options: Omit<ChallengeOptions, 'first' | 'histories'>;
  readonly #workers: ChallengeWorkers;

  constructor(design: string, options: Omit<ChallengeOptions, 'first' | 'histories'>, workers: ChallengeWorkers) {
    this.#design = design;
    this.#options = options;
    this.#workers = workers;
  }

  /** Ranges in the order of their histories: the first history of each kind of break stands for it. */
  async try(ranges: readonly Range[]): Promise<void> {
    const searched = await Promise.all(ranges.map((range) => this.#search(range)));
    const suspects: Suspect[] = [];
    for (const { suspects: some, counts } of searched) {
      this.counts = added(this.counts, counts);
      for (const suspect of some) {
        if (this.#known.has(suspect.signature)) continue;
        this.#known.add(suspect.signature);
        suspects.push(suspect);
      }
    }
    this.finds.push(...(await Promise.all(suspects.map((suspect) => this.#shrink(suspect)))));
  }

  #search(range: Range): Promise<Searched> {
    return this.#workers.search({ design: this.#design, options: { ...this.#options, ...range } });
  }

  #shrink(suspect: Suspect): Promise<Find> {
    const options = { ...this.#options, first: suspect.history, histories: 1 };
    return this.#workers.shrink({ design: this.#design, options, suspect });
  }
}
