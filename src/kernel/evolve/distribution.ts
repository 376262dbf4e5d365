import { quantile, seededRandom } from '#statistics';
import type { KernelBuild } from '../build.js';
import { loadObservedReach } from './observed.js';
import { drawChangedTypes, regimes } from './regime.js';
import { reachedBy, typeGraphOf } from './type-graph.js';

/** What a regime does to a build, beside what was measured of real updates. Shares are of all CRCs, 0 to 1. */
export interface RegimeDistribution {
  readonly regime: string;
  readonly source: string;
  readonly draws: number;
  readonly quantiles: readonly { readonly quantile: number; readonly measured: number; readonly drawn: number }[];
}

/** Draws many successors of one build under each measured regime, without building them, and compares the shares of changed CRCs. */
export async function regimeDistributions(
  build: KernelBuild,
  draws: number,
  seed: number,
): Promise<RegimeDistribution[]> {
  const graph = typeGraphOf(build, await loadObservedReach());
  return regimes.flatMap((regime) => {
    if (regime.changes !== 'share') return [];
    const random = seededRandom(seed);
    const shares = Array.from(
      { length: draws },
      () => reachedBy(graph, drawChangedTypes(graph, regime, random)).length / graph.symbols.length,
    );
    const quantiles = regime.quantiles
      .filter(([at]) => at > 0 && at < 1)
      .map(([at, measured]) => ({ quantile: at, measured, drawn: quantile(shares, at) }));
    return [{ regime: regime.name, source: regime.source, draws, quantiles }];
  });
}
