import { invariant } from '#errors';
import { seededRandom } from '#statistics';

/** What a plan takes for given. All times are seconds. */
export interface PlanAssumptions {
  /** How long jobs took that were measured: each planned job takes as long as one of them, drawn at random. Not empty. */
  readonly seconds: readonly number[];
  readonly tasks: number;
  /** Workers that do one job at a time each, all as fast as the one that was measured. */
  readonly workers: number;
  /** How long the queue is busy with a job, to hand it out and to take its result: one job after another. */
  readonly queueSeconds: number;
  /** How long a worker waits for a job besides, on the way to the queue and back. */
  readonly latencySeconds: number;
  /** How long a worker takes to be ready for its first job. */
  readonly startSeconds: number;
  readonly seed: number;
}

export interface Plan {
  /** From the start of the workers to the last result. */
  readonly elapsedSeconds: number;
  /** All jobs one after another, by one worker that nobody has to ask. */
  readonly workSeconds: number;
  /** Share of the workers' time in which they do jobs. */
  readonly busy: number;
  /** Share of the time in which the queue is busy: near 1, more workers do not help. */
  readonly queueBusy: number;
  readonly longestSeconds: number;
}

/**
 * What so many jobs on so many workers take: list scheduling, in which the worker that is free first takes the next job, behind a queue that
 * serves one worker at a time. Deterministic.
 */
export function planWork(assumptions: PlanAssumptions): Plan {
  const { seconds, tasks, workers, queueSeconds, latencySeconds, startSeconds, seed } = assumptions;
  invariant(seconds.length > 0 && tasks > 0 && workers > 0, 'a plan has jobs, workers and measured times');
  const random = seededRandom(seed);
  const free = new FreeTimes(Math.min(workers, tasks), startSeconds);
  let queueFree = 0;
  let elapsedSeconds = 0;
  let workSeconds = 0;
  let longestSeconds = 0;
  for (let task = 0; task < tasks; task += 1) {
    const cost = seconds[random.below(seconds.length)] ?? 0;
    const asked = free.takeEarliest();
    queueFree = Math.max(asked, queueFree) + queueSeconds;
    const finished = queueFree + latencySeconds + cost;
    free.add(finished);
    workSeconds += cost;
    elapsedSeconds = Math.max(elapsedSeconds, finished);
    longestSeconds = Math.max(longestSeconds, cost);
  }
  return {
    elapsedSeconds,
    workSeconds,
    busy: workSeconds / (elapsedSeconds * workers),
    queueBusy: (tasks * queueSeconds) / elapsedSeconds,
    longestSeconds,
  };
}

/** When each worker is free, the earliest last. Some thousand workers: moving them in an array is quicker than a tree. */
class FreeTimes {
  readonly #times: number[];

  constructor(workers: number, from: number) {
    this.#times = Array.from({ length: workers }, () => from);
  }

  takeEarliest(): number {
    const time = this.#times.pop();
    invariant(time !== undefined, 'a worker that has taken a job is added again');
    return time;
  }

  add(time: number): void {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) > time) low = middle + 1;
      else high = middle;
    }
    this.#times.splice(low, 0, time);
  }
}
