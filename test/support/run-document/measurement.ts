import type { Counters, GrowthPoint, Phase, PhaseSamples } from '#run-document';
import { seededRandom } from '#statistics';

export function counters(changes: Partial<Counters> = {}): Counters {
  return {
    solvables: 8048,
    installed: 4024,
    jobs: 8049,
    rules: { pkg: 197_410, job: 8049, infarch: 0, dup: 0, update: 4024, feature: 4024, choice: 8466 },
    rulesTotal: 221_973,
    learnt: 0,
    decisions: 8048,
    problems: 0,
    solves: 1,
    steps: 4024,
    downloadBytes: 88_402_111,
    installedBytesChange: 397_212_430,
    heapBytesMax: 167_772_160,
    work: { loadSolv: 120_411_902, whatprovides: 8_020_417, solve: 96_812_334, order: 401_220_118 },
    ...changes,
  };
}

const typicalMs: Partial<Record<Phase, number>> = {
  loadSolv: 19,
  whatprovides: 4,
  solve: 31,
  order: 212,
  parseRpmmd: 196,
};

export function samples(scale = 1, number = 9, seed = 1): PhaseSamples[] {
  const random = seededRandom(seed);
  return (['parseRpmmd', 'loadSolv', 'whatprovides', 'solve', 'order'] as const).map((phase) => ({
    phase,
    samplesMs: Array.from({ length: number }, (_, index) => {
      const noise = 1 + 0.12 * random.float() + (index === 0 ? 0.4 : 0);
      return (typicalMs[phase] ?? 1) * scale ** (phase === 'order' ? 2 : 1) * noise;
    }),
  }));
}

export function growthPoint(size: number, solvables: number, steps: number): GrowthPoint {
  const scale = steps / 4023;
  return {
    size,
    seed: null,
    solvables,
    counters: counters({ solvables, steps, rulesTotal: Math.round(221_973 * scale) }),
    phases: samples(scale, 5, size),
  };
}
