import { tally } from '#collections';
import { diffKernels, type KernelBuild, type KernelDiff } from '#kernel';
import type { Churn } from '#run-document';

/** How many responsible symbols are listed by name. */
const listedMax = 20;

/**
 * What an update from build `a` to build `b` changes in the kABI, and which kernel modules of `a` the loader of `b` would refuse. Shares
 * refer to the symbols of `a` whose fate is known: see `diffKernels` for those that an inferred image leaves open.
 */
export function churn(a: KernelBuild, b: KernelBuild): Churn {
  return churnOf(diffKernels(a, b), a);
}

/** The same of a comparison that is there already; `a` is its older build. */
export function churnOf(diff: KernelDiff, a: KernelBuild): Churn {
  const { from, to, kept, changed, lost, added, unknown, broken, brokenInAll, undecided } = diff;
  return {
    from,
    to,
    symbols: kept + lost.length,
    changed: changed.length,
    added: added.length,
    lost: lost.length,
    unknown: unknown.length,
    kernelModules: a.modules.length,
    broken: broken.length,
    brokenByVermagic: broken.filter(({ reason }) => reason === 'vermagic').length,
    brokenInAll: brokenInAll.size,
    undecided: undecided.filter((name) => !brokenInAll.has(name)).length,
    brokenBySubsystem: tally(broken.map(({ path }) => subsystem(path))),
    responsible: tally(broken.flatMap(({ symbols }) => symbols)).slice(0, listedMax),
  };
}

/** `drivers/net` for what lies below `kernel/drivers/net/`, otherwise the first directory: `fs`, `sound`. */
export function subsystem(path: string): string {
  const parts = path.split('/').slice(0, -1);
  const below = parts[0] === 'kernel' ? parts.slice(1) : parts;
  return below.slice(0, below[0] === 'drivers' ? 2 : 1).join('/') || 'other';
}
