import { describe, expect, it } from 'vitest';
import { passedBudgets } from '#analyse';
import type { GrowthPoint } from '#run-document';
import { runDocument } from '../support/run-document.js';

describe('a budget', () => {
  const model = runDocument().growth[0]?.points[0];
  const point = (size: number, seconds: number, heapBytesMax: number): GrowthPoint => {
    if (model === undefined) throw new Error('the document of tests has a point');
    const phases = [{ phase: 'solve' as const, samplesMs: [seconds * 1000] }];
    return { ...model, size, counters: { ...model.counters, heapBytesMax }, phases: phases as GrowthPoint['phases'] };
  };

  it('is passed where the power law says, between sizes that were measured or beyond them', () => {
    // Time is size² / 100 s: one second at 10. Memory is size · 2^26 bytes: 2^31 at 32, and 20 is the largest.
    const points = [5, 10, 20].map((size) => point(size, size ** 2 / 100, size * 2 ** 26));
    const [solver, memory] = passedBudgets({ points });
    expect(solver).toMatchObject({ of: 'solverSeconds', basis: 'measured' });
    expect(solver?.size).toBeCloseTo(10, 6);
    expect(memory).toMatchObject({ of: 'memoryBytes', basis: 'modelled', largest: 20 });
    expect(memory?.size).toBeCloseTo(32, 6);
  });

  it('is looked for beyond the largest as growth was last, a constant before it left aside', () => {
    // A gigabyte is always there; from 10 to 20 memory grows with the 0.5th power, so that two gigabytes come at twice 20.
    const memory = [2 ** 30, 2 ** 30, 2 ** 30 * Math.SQRT2];
    const points = [5, 10, 20].map((size, at) => point(size, 0.001, memory[at] ?? 0));
    expect(passedBudgets({ points })[1]?.size).toBeCloseTo(40, 6);
  });

  it('is passed nowhere by what does not grow, nor by what grows too slowly, and not told of one point', () => {
    const sizes = (points: GrowthPoint[]) => passedBudgets({ points }).map(({ size }) => size);
    expect(sizes([5, 10, 20].map((size) => point(size, 0.5, 2 ** 20)))).toEqual([null, null]);
    expect(sizes([5, 10].map((size) => point(size, size / 1e6, size)))).toEqual([null, null]);
    expect(sizes([point(5, 2, 2)])).toEqual([]);
  });
});
