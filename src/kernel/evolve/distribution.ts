import { append } from '#collections';
import { quantile, seededRandom } from '#statistics';
import type { KernelBuild } from '../build.js';
import { drawChangedTypes } from './draw-types.js';
import { loadObservedReach } from './observed.js';
import { type MeasuredQuantiles, regimes } from './regime.js';
import { reachedBy, type TypeGraph, typeGraphOf } from './type-graph.js';

/** What a regime does to a build, beside what was measured of real updates. */
export interface RegimeDistribution {
  readonly regime: string;
  /** Shares of all CRCs that change, or of all kernel modules that import one of these. */
  readonly of: 'crcs' | 'brokenModules';
  readonly source: string;
  readonly draws: number;
  readonly quantiles: readonly { readonly quantile: number; readonly measured: number; readonly drawn: number }[];
}

/** Draws many successors of one build under each measured regime, without building them, and compares their shares with the measured ones. */
export async function regimeDistributions(
  build: KernelBuild,
  draws: number,
  seed: number,
): Promise<RegimeDistribution[]> {
  const graph = typeGraphOf(build, await loadObservedReach());
  const breaks = breaker(build, graph);
  return regimes.flatMap((regime) => {
    if (regime.crcs.length === 0) return [];
    const random = seededRandom(seed);
    const reached = Array.from({ length: draws }, () => reachedBy(graph, drawChangedTypes(graph, regime, random)));
    const compared = (of: RegimeDistribution['of'], shares: readonly number[]): RegimeDistribution => ({
      regime: regime.name,
      of,
      source: regime.source,
      draws,
      quantiles: beside(regime[of], shares),
    });
    return [
      compared(
        'crcs',
        reached.map(({ length }) => length / graph.symbols.length),
      ),
      compared('brokenModules', reached.map(breaks)),
    ];
  });
}

/** The lowest quantile only starts the interpolation, and the end of a step only keeps it flat: neither is compared. */
function beside(measured: MeasuredQuantiles, shares: readonly number[]): RegimeDistribution['quantiles'] {
  return measured
    .filter(([at, share], index) => at > 0 && at < 1 && (index === 0 || share !== measured[index - 1]?.[1]))
    .map(([at, share]) => ({ quantile: at, measured: share, drawn: quantile(shares, at) }));
}

/** The share of kernel modules that import one of the symbols, which are given by place. */
function breaker({ modules }: KernelBuild, { symbols }: TypeGraph): (reached: readonly number[]) => number {
  const importers = new Map<string, number[]>();
  for (const [index, { imports }] of modules.entries()) {
    for (const { name } of imports) {
      append(importers, name, index);
    }
  }
  return (reached) => {
    const broken = new Uint8Array(modules.length);
    for (const symbol of reached) for (const index of importers.get(symbols[symbol] ?? '') ?? []) broken[index] = 1;
    return modules.length === 0 ? 0 : broken.reduce((sum, one) => sum + one, 0) / modules.length;
  };
}
