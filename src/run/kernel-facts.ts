import { churn, graphFacts, kernelSummary } from '#analyse';
import { grouped } from '#collections';
import type { KernelBuild } from '#kernel';
import { compareEvr } from '#rpm';
import type { RunDocument } from '#run-document';

/**
 * What is told of the kernel builds of a run: each one's size, the graph of the newest of its longest line, the churn of each update within a
 * line.
 */
export function kernelFacts(
  chain: readonly KernelBuild[],
  dates: ReadonlyMap<KernelBuild, string> = new Map(),
): Pick<RunDocument, 'kernels' | 'graph' | 'churn'> {
  const newest = longestLine(chain).at(-1);
  return {
    kernels: chain.map((build) => {
      const date = dates.get(build);
      return date === undefined ? kernelSummary(build) : { ...kernelSummary(build), date };
    }),
    graph: newest === undefined ? null : graphFacts(newest),
    churn: linesOf(chain).flatMap((line) =>
      line.slice(1).flatMap((build, index) => {
        const before = line[index];
        return before === undefined ? [] : [churn(before, build)];
      }),
    ),
  };
}

/** Each build once, oldest first, as its version and revision order it. */
export function chainOf(builds: Iterable<KernelBuild>): KernelBuild[] {
  const byRelease = new Map([...builds].map((build) => [build.release, build]));
  return [...byRelease.values()].sort(
    (a, b) => compareEvr(evrOf(a), evrOf(b)) || (a.release < b.release ? -1 : Number(a.release > b.release)),
  );
}

/**
 * A chain divided into lines, whose builds update each other: one flavor of one architecture, and one version of Linux. A single build of another
 * version continues the line before it, as a service pack does.
 */
export function linesOf(chain: readonly KernelBuild[]): KernelBuild[][] {
  const kinds = grouped(chain, ({ flavor, arch }) => `${flavor} ${arch}`);
  return [...kinds.values()].flatMap((builds) => {
    const lines: KernelBuild[][] = [];
    for (const line of grouped(builds, versionOfLinux).values()) {
      const before = lines.at(-1);
      if (line.length === 1 && before !== undefined) before.push(...line);
      else lines.push([...line]);
    }
    return lines;
  });
}

/** The line that says most of updates; of equals the first. Empty without builds. */
export function longestLine(chain: readonly KernelBuild[]): readonly KernelBuild[] {
  return linesOf(chain).reduce<readonly KernelBuild[]>(
    (longest, line) => (line.length > longest.length ? line : longest),
    [],
  );
}

/** `6.12` of 6.12.117. */
function versionOfLinux({ upstreamVersion }: KernelBuild): string {
  return upstreamVersion.split('.').slice(0, 2).join('.');
}

function evrOf({ upstreamVersion, revision }: KernelBuild): { epoch: number; version: string; release: string } {
  return { epoch: 0, version: upstreamVersion, release: revision };
}
