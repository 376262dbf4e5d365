import type { LimitsFind, LimitsShape, LimitsStop } from '#run-document';
import { bytes, compact, count, duration, fixed, power } from './numbers.js';

/** What was found of a shape: `order grows as n^2.00 at 3,200`. */
export function limitsFindText({ of, exponent, from, testcase, native }: LimitsFind): string {
  const what = of === 'memory' ? 'memory' : (phaseWords[of] ?? of);
  const smallest = testcase === null ? '' : ` Smallest case: ${testcase}.`;
  const seconds = native === null ? '' : ` ${nativeText(native)}`;
  return `${what} grows as ${power(exponent)}, from ${count(from)} on.${smallest}${seconds}`;
}

function nativeText({ sizes, seconds, exponent }: NonNullable<LimitsFind['native']>): string {
  const [few, many] = seconds.map((value) => `${fixed(value, 2)} s`);
  // A clock of milliseconds says nothing of less.
  const growth = seconds[0] < 0.02 ? 'too short to tell how it grows' : power(exponent);
  return `Native testsolv: ${few} at ${count(sizes[0])}, ${many} at ${count(sizes[1])} (${growth}).`;
}

const phaseWords: Partial<Record<LimitsFind['of'], string>> = {
  whatprovides: 'indexing what provides what',
  solve: 'solving',
  order: 'ordering',
};

export function limitsStopText(stop: LimitsStop): string {
  switch (stop.by) {
    case 'work':
      return `stopped at ${compact(stop.limit)} code edges in a phase`;
    case 'size':
      return `stopped at ${count(stop.limit)}`;
    case 'time':
      return `no answer at ${count(stop.size)} within ${duration(stop.limit)}`;
    case 'memory':
      return `no answer at ${count(stop.size)} within ${bytes(stop.limit)} of memory`;
    case 'trap':
      return `libsolv trapped at ${count(stop.size)}`;
  }
}

/** Sizes by phases with the exponent since the size before, for a table. */
export function limitsRows({ points, slopes }: LimitsShape): string[][] {
  return points.map(({ size, work, heapBytesMax }) => {
    const cell = (of: LimitsFind['of'], value: string) => {
      const slope = slopes.find((slope) => slope.of === of && slope.to === size);
      return `${value}${slope === undefined ? '' : ` (${fixed(slope.exponent, 2)})`}`;
    };
    const phases = (['whatprovides', 'solve', 'order'] as const).map((of) => cell(of, compact(work[of] ?? 0)));
    return [count(size), ...phases, cell('memory', bytes(heapBytesMax))];
  });
}
