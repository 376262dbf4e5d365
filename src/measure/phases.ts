import { append } from '#collections';
import type { Phase, PhaseSamples } from '#run-document';
import { type SamplingOptions, sampleMs } from './sample.js';

/** Handed to the measured function, which runs the work of each phase through it. */
export type PhaseRecorder = <Result>(phase: Phase, work: () => Result) => Result;

/**
 * Samples of every phase of a function that runs several: tinybench calls it, and each call gives one sample of each phase, the sum
 * where it ran more than once. What lies between the phases is in none of them.
 */
export async function samplePhases(
  name: string,
  fn: (record: PhaseRecorder) => unknown,
  options: Omit<SamplingOptions, 'async'>,
): Promise<PhaseSamples[]> {
  const samples = new Map<Phase, number[]>();
  const once = (): void => {
    const sums = new Map<Phase, number>();
    fn((phase, work) => {
      const started = performance.now();
      const result = work();
      sums.set(phase, (sums.get(phase) ?? 0) + performance.now() - started);
      return result;
    });
    for (const [phase, ms] of sums) append(samples, phase, ms);
  };
  await sampleMs(name, once, options);
  return [...samples].map(([phase, samplesMs]) => ({ phase, samplesMs: samplesMs.slice(options.warmup) }));
}
