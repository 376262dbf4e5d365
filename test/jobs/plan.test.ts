import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanAssumptions, planWork } from '#jobs';

const free: Omit<PlanAssumptions, 'seconds' | 'tasks' | 'workers'> = {
  queueSeconds: 0,
  latencySeconds: 0,
  startSeconds: 0,
  seed: 1,
};

describe('a plan', () => {
  it.each([
    // By hand: rounds of as many jobs as there are workers.
    [{ tasks: 10, workers: 1 }, 20],
    [{ tasks: 10, workers: 3 }, 8],
    [{ tasks: 10, workers: 10 }, 2],
    [{ tasks: 10, workers: 1000 }, 2],
    [{ tasks: 10, workers: 3, startSeconds: 5 }, 13],
    // Each of ten jobs waits for the way to the queue.
    [{ tasks: 10, workers: 1, latencySeconds: 0.5 }, 25],
    // The queue hands out one job a second: the tenth begins at 10 and ends at 12.
    [{ tasks: 10, workers: 10, queueSeconds: 1 }, 12],
  ])('of jobs of 2 s, %j, takes %s s', (given, elapsed) => {
    expect(planWork({ ...free, seconds: [2], ...given }).elapsedSeconds).toBeCloseTo(elapsed, 9);
  });

  it('keeps the bounds that every list schedule keeps', () => {
    const seconds = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    const overhead = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          seconds,
          tasks: fc.integer({ min: 1, max: 200 }),
          workers: fc.integer({ min: 1, max: 50 }),
          queueSeconds: overhead,
          latencySeconds: overhead,
          startSeconds: overhead,
          seed: fc.nat(),
        }),
        (given) => {
          const plan = planWork(given);
          const { tasks, workers, queueSeconds, latencySeconds, startSeconds } = given;
          const slack = 1e-9 * plan.elapsedSeconds;
          expect(plan.elapsedSeconds + slack).toBeGreaterThanOrEqual(plan.workSeconds / workers);
          expect(plan.elapsedSeconds + slack).toBeGreaterThanOrEqual(plan.longestSeconds + startSeconds);
          expect(plan.elapsedSeconds + slack).toBeGreaterThanOrEqual(tasks * queueSeconds);
          // Graham's bound for independent jobs, with what the queue adds to each.
          const most = startSeconds + tasks * queueSeconds + (plan.workSeconds + tasks * latencySeconds) / workers;
          expect(plan.elapsedSeconds - slack).toBeLessThanOrEqual(most + plan.longestSeconds + latencySeconds);
        },
      ),
    );
  });

  it('says that the queue is what holds it up, where it does', () => {
    const plan = planWork({ ...free, seconds: [0.1], tasks: 10_000, workers: 1000, queueSeconds: 0.001 });
    expect(plan.queueBusy).toBeGreaterThan(0.98);
    expect(plan.busy).toBeLessThan(0.11);
  });

  it('of the same seed is the same', () => {
    const given = { ...free, seconds: [1, 2, 3], tasks: 50, workers: 7 };
    expect(planWork(given)).toEqual(planWork(given));
    expect(planWork({ ...given, seed: 2 }).workSeconds).not.toBe(planWork(given).workSeconds);
  });
});
