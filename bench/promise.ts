import { loadavg } from 'node:os';

/**
 * Prints whether a promise is kept and makes the process fail where it is not. What else runs on the machine can only add time, so
 * the fastest of the samples is held to the promise.
 */
export function holdFastest(what: string, samplesMs: readonly number[], promisedMs: number): void {
  const sorted = [...samplesMs].sort((a, b) => a - b).map(Math.round);
  const [fastest = Number.NaN] = sorted;
  const spread = `median ${sorted[sorted.length >> 1]}, slowest ${sorted.at(-1)}`;
  report(fastest <= promisedMs, `${what}: ${fastest} ms (${spread}); promised ${Math.round(promisedMs)}`);
}

export function report(kept: boolean, text: string): void {
  console.log(`  ${kept ? 'kept  ' : 'BROKEN'} ${text}`);
  if (!kept) process.exitCode = 1;
}

/** Beside a time by the clock, which whatever else runs makes longer: what this process used since, and how busy the machine is. */
export function spentSince(before: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(before);
  const { maxRSS } = process.resourceUsage();
  return `${((user + system) / 1e6).toFixed(0)} s of processor time, ${(maxRSS / 1e3).toFixed(0)} MB, load ${loadavg()[0]?.toFixed(1)}`;
}
