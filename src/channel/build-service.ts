/** What a build service has to do for one update. All times are seconds of one processor. */
export interface BuildWork {
  /** Each is done by one worker. */
  readonly builds: readonly { readonly packages: number }[];
  /** Packages in the channel when it is published. */
  readonly kept: number;
}

export interface BuildRates {
  readonly workers: number;
  readonly compileSeconds: number;
  readonly packageSeconds: number;
  readonly signSeconds: number;
  readonly publishSeconds: number;
}

export interface BuildTimes {
  readonly build: number;
  readonly sign: number;
  readonly publish: number;
  readonly processor: number;
  /** From the first build's start until machines see the packages. */
  readonly elapsed: number;
}

/**
 * Builds go to workers by list scheduling, the longest first, each to the worker that is free first. One key signs, package after package, when all
 * are built, so that no half of an update is ever seen; then the metadata of the whole channel is written.
 */
export function buildServiceTimes({ builds, kept }: BuildWork, rates: BuildRates): BuildTimes {
  const durations = builds.map(({ packages }) => rates.compileSeconds + packages * rates.packageSeconds);
  const free = Array.from({ length: rates.workers }, () => 0);
  for (const duration of durations.sort((a, b) => b - a)) {
    const earliest = free.indexOf(Math.min(...free));
    free[earliest] = (free[earliest] ?? 0) + duration;
  }
  const build = durations.reduce((sum, duration) => sum + duration, 0);
  const sign = rates.signSeconds * builds.reduce((sum, { packages }) => sum + packages, 0);
  const publish = rates.publishSeconds * kept;
  return { build, sign, publish, processor: build + sign + publish, elapsed: Math.max(...free) + sign + publish };
}
