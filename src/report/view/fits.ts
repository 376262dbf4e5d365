import type { GrowthFit, GrowthSeries } from '#run-document';
import { isFirm } from '#statistics';

/** The firm fit of a phase with the largest exponent: what will hurt first. Null when none is firm. */
export function steepestPhase({ fits, points }: GrowthSeries): GrowthFit | null {
  return fits
    .filter((fit) => fit.of !== 'rulesTotal' && fit.of !== 'work' && isFirm(fit, points.length))
    .reduce<GrowthFit | null>((top, fit) => (top === null || fit.exponent > top.exponent ? fit : top), null);
}
