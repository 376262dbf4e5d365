import { churn, graphFacts, kernelSummary } from '#analyse';
import type { KernelBuild } from '#kernel';
import { compareEvr } from '#rpm';
import type { RunDocument } from '#run-document';

/**
 * What is told of the kernel builds of a run: each one's size, the graph of the newest, the churn of each update between them. A flavor is
 * updated by itself only.
 */
export function kernelFacts(chain: readonly KernelBuild[]): Pick<RunDocument, 'kernels' | 'graph' | 'churn'> {
  const newest = chain.at(-1);
  return {
    kernels: chain.map(kernelSummary),
    graph: newest === undefined ? null : graphFacts(newest),
    churn: chain.flatMap((build, index) => {
      const before = chain.slice(0, index).findLast(({ flavor }) => flavor === build.flavor);
      return before === undefined ? [] : [churn(before, build)];
    }),
  };
}

/** Each build once, oldest first, as its version and revision order it. */
export function chainOf(builds: Iterable<KernelBuild>): KernelBuild[] {
  const byRelease = new Map([...builds].map((build) => [build.release, build]));
  return [...byRelease.values()].sort((a, b) => compareEvr(evrOf(a), evrOf(b)));
}

function evrOf({ upstreamVersion, revision }: KernelBuild): { epoch: number; version: string; release: string } {
  return { epoch: 0, version: upstreamVersion, release: revision };
}
