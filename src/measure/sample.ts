import { Bench } from 'tinybench';
import { invariant } from '#errors';

/** What a measured function may return: the milliseconds that count, where only a part of it does. */
export interface MeasuredPart {
  readonly overriddenDuration: number;
}

export interface SamplingOptions {
  /** Samples to keep, at least one. */
  readonly iterations: number;
  /** Calls before the first sample. They run the same code on the same input, so that lazy compilation is over. */
  readonly warmup: number;
  /** The function returns a promise and the clock runs until it is settled. */
  readonly async?: boolean;
  /** Runs before each call, outside the clock: a fresh pool, a clean directory. */
  readonly beforeEach?: () => void | Promise<void>;
}

/**
 * Exactly `iterations` samples in raw milliseconds, in the order taken, through tinybench. The function may return a `MeasuredPart`;
 * anything else it returns is ignored and the whole call counts. What it throws, this throws: what failed has no time.
 * Its defaults suit nanoseconds: it would call the function once to see
 * whether it is async, then until both a second and 64 calls are over, after 16 calls of warm-up. All of that is stated here. The
 * samples it retains are sorted, which hides drift, so that the order is kept beside it.
 */
export async function sampleMs(
  name: string,
  fn: () => unknown,
  { iterations, warmup, async = false, beforeEach }: SamplingOptions,
): Promise<number[]> {
  invariant(
    Number.isInteger(iterations) && iterations >= 1,
    `${name}: at least one iteration is needed to have a sample`,
  );
  const bench = new Bench({
    time: 0,
    iterations,
    warmup: warmup > 0,
    warmupTime: 0,
    warmupIterations: warmup,
    throws: true,
    retainSamples: true,
  });
  const taken: number[] = [];
  const keep = (started: number, result: unknown): MeasuredPart => {
    const duration = overriddenDuration(result) ?? bench.now() - started;
    taken.push(duration);
    return { overriddenDuration: duration };
  };
  const timed = async
    ? async (): Promise<MeasuredPart> => {
        const started = bench.now();
        return keep(started, await fn());
      }
    : (): MeasuredPart => {
        const started = bench.now();
        return keep(started, fn());
      };
  bench.add(name, timed, { async, ...(beforeEach === undefined ? {} : { beforeEach }) });
  await bench.run();
  const result = bench.tasks[0]?.result;
  invariant(result?.state === 'completed', `${name}: tinybench ended as ${result?.state ?? 'nothing'}`);
  invariant(
    result.latency.samplesCount === iterations,
    `${name}: tinybench kept ${result.latency.samplesCount} samples`,
  );
  invariant(taken.length === iterations + warmup, `${name}: called ${taken.length} times for ${iterations}+${warmup}`);
  return taken.slice(warmup);
}

function overriddenDuration(result: unknown): number | undefined {
  if (typeof result !== 'object' || result === null || !('overriddenDuration' in result)) return undefined;
  const duration = result.overriddenDuration;
  invariant(
    typeof duration === 'number' && duration >= 0,
    `a measured part lasts at least 0 ms, not ${String(duration)}`,
  );
  return duration;
}
