import type { GrowthFit, GrowthSeries } from '#run-document';
import { isFirm } from '#statistics';

/**
 * The firm fit of a phase with the largest exponent: what will hurt first. Of its work where that was counted, which is exact, else of
 * its time. Null when none is firm.
 */
export function steepestPhase({ fits, points }: GrowthSeries): GrowthFit | null {
  const firm = fits.filter((fit) => fit.by !== 'count' && isFirm(fit, points.length));
  const counted = firm.filter(({ by }) => by === 'work');
  return (counted.length > 0 ? counted : firm).reduce<GrowthFit | null>(
    (top, fit) => (top === null || fit.exponent > top.exponent ? fit : top),
    null,
  );
}
