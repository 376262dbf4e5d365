import { describe, expect, it } from 'vitest';
import { levelSteps, seededRandom } from '#statistics';

const exact = { margin: 0.001, clear: 0 };
const noisy = { margin: 0.05, clear: 4 };

describe('steps of a line', () => {
  it('are found where exact values change, each at its first value', () => {
    expect(levelSteps([10, 10, 12, 12, 12, 9], exact).map(({ at }) => at)).toEqual([2, 5]);
    const [first] = levelSteps([10, 10, 12, 12, 12, 9], exact);
    expect([first?.before, first?.after].map((one) => Number(one?.toFixed(6)))).toEqual([10, 12]);
  });

  it('are none in a line that is even, too short, or not above zero', () => {
    expect(levelSteps([5, 5, 5], exact)).toEqual([]);
    expect(levelSteps([10_000, 10_005], exact)).toEqual([]);
    expect(levelSteps([5], exact)).toEqual([]);
    expect(levelSteps([0, 5], exact)).toEqual([]);
  });

  it('are found through noise, at the right place, and not made up', () => {
    const random = seededRandom(5);
    const around = (level: number) => level * (0.97 + 0.06 * random.float());
    const made = Array.from({ length: 40 }, () => {
      const at = 5 + random.below(10);
      const line = Array.from({ length: 20 }, (_, index) => around(index < at ? 100 : 130));
      return { at, found: levelSteps(line, noisy).map((step) => step.at) };
    });
    expect(made.filter(({ at, found }) => found.length === 1 && found[0] === at).length).toBeGreaterThanOrEqual(36);
    const even = Array.from({ length: 40 }, () =>
      levelSteps(
        Array.from({ length: 20 }, () => around(100)),
        noisy,
      ),
    );
    expect(even.flat().length).toBeLessThanOrEqual(1);
  });
});
