import type { LimitsFind, LimitsPoint, LimitsShape, LimitsStop } from '#run-document';

type Slope = LimitsShape['slopes'][number];
type Of = Slope['of'];

const measures = ['whatprovides', 'solve', 'order', 'memory'] as const satisfies readonly Of[];

/** Below, fixed costs hide how something grows. */
const leastThatTells: Record<(typeof measures)[number], number> = {
  whatprovides: 1e5,
  solve: 1e5,
  order: 1e5,
  memory: 2e6,
};

/** The exponent from each size to the next: of a law that bends no single exponent tells. */
export function slopesOf(points: readonly LimitsPoint[]): Slope[] {
  return measures.flatMap((of) =>
    points.slice(1).flatMap((to, index): Slope[] => {
      const from = points[index];
      if (from === undefined) return [];
      const [a, b] = [measureOf(from, of), measureOf(to, of)];
      if (a < leastThatTells[of] || b <= 0) return [];
      return [{ of, from: from.size, to: to.size, exponent: Math.log(b / a) / Math.log(to.size / from.size) }];
    }),
  );
}

/** What grows faster than the packages at the largest sizes, and the smallest size from which it does so at every doubling. */
export function findsOf(
  points: readonly LimitsPoint[],
  slopes: readonly Slope[],
  stop: LimitsStop,
  exponentMax: number,
): LimitsFind[] {
  return measures.flatMap((of): LimitsFind[] => {
    const own = slopes.filter((slope) => slope.of === of);
    const last = own.at(-1);
    if (last === undefined || last.exponent <= exponentMax) return [];
    // One step alone may be that of a table that doubles its room.
    if (of === 'memory' && stop.by !== 'memory' && own.slice(-2).some(({ exponent }) => exponent <= exponentMax))
      return [];
    const below = own.findLast(({ exponent }) => exponent <= exponentMax);
    const from = below?.to ?? own[0]?.from ?? points[0]?.size ?? 1;
    return [{ of, exponent: last.exponent, from, testcase: null, native: null }];
  });
}

function measureOf({ work, heapBytesMax }: LimitsPoint, of: Of): number {
  return of === 'memory' ? heapBytesMax : (work[of] ?? 0);
}
