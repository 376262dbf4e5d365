import { churn, graphFacts } from '#analyse';
import type { KernelBuild } from '#kernel';
import { compareEvr } from '#rpm';
import type { KernelSummary, RunDocument } from '#run-document';

/** What is told of the kernel builds of a run: each one's size, the graph of the newest, the churn of each update between them. */
export function kernelFacts(chain: readonly KernelBuild[]): Pick<RunDocument, 'kernels' | 'graph' | 'churn'> {
  const newest = chain.at(-1);
  return {
    kernels: chain.map(summaryOf),
    graph: newest === undefined ? null : graphFacts(newest),
    churn: chain.slice(1).flatMap((build, index) => {
      const before = chain[index];
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

function summaryOf(build: KernelBuild): KernelSummary {
  const total = (of: (kernelModule: KernelBuild['modules'][number]) => number): number =>
    build.modules.reduce((sum, kernelModule) => sum + of(kernelModule), 0);
  return {
    release: build.release,
    version: `${build.upstreamVersion}-${build.revision}`,
    arch: build.arch,
    flavor: build.flavor,
    kernelModules: build.modules.length,
    kernelModuleBytes: total(({ bytes }) => bytes),
    exports: build.image.exports.length + total(({ exports }) => exports.length),
    imports: total(({ imports }) => imports.length),
    warnings: build.warnings.length,
  };
}
