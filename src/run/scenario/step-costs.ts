import type { Payload } from '#audit';
import { type Costs, estimateCosts, type KernelAfter, loadBuiltinCosts } from '#cost';
import { nevra } from '#rpm';
import type { Audit, RepositorySummary, StepCost } from '#run-document';
import type { SystemState } from './system-state.js';

interface Transaction {
  readonly before: SystemState;
  readonly after: SystemState;
  readonly audit: Audit;
  /** What was in reach, and so refreshed. */
  readonly repositories: readonly Pick<RepositorySummary, 'primaryGzipBytes'>[];
}

let builtin: Promise<Costs> | undefined;

/** What a step costs outside of the solver, by the costs document that comes along. */
export async function stepCosts({ before, after, audit, repositories }: Transaction): Promise<StepCost[]> {
  builtin ??= loadBuiltinCosts();
  const coming = without(after, before);
  const going = without(before, after);
  return estimateCosts(await builtin, {
    script: audit.policy.weakModules,
    installedBefore: before.length,
    packagesComing: coming.length,
    packagesGoing: going.length,
    arriving: coming.filter(bringsModules).map(({ package: pkg, modules }) => ({
      release: modules[0]?.release ?? '',
      isKmp: isKmp(pkg.name),
    })),
    kernels: audit.kernels.map((kernel) => kernelAfter(kernel, { coming, going, after })),
    metadataBytes: repositories.reduce((sum, { primaryGzipBytes }) => sum + primaryGzipBytes, 0),
  });
}

function kernelAfter(
  { release, visible, weakUpdates, linksStopped }: Audit['kernels'][number],
  { coming, going, after }: Readonly<Record<'coming' | 'going' | 'after', SystemState>>,
): KernelAfter {
  const ofOthers = (state: SystemState): number =>
    state.filter((one) => bringsModules(one) && isKmp(one.package.name) && one.modules[0]?.release !== release).length;
  const ownChanged = [...coming, ...going].some(({ modules }) => modules.some((one) => one.release === release));
  const linksMayChange = weakUpdates > 0 && ofOthers(coming) + ofOthers(going) > 0;
  const arrived = coming.some(({ kernel }) => kernel?.release === release);
  return {
    release,
    kernelModules: visible,
    arrived,
    changed: arrived || ownChanged || linksMayChange,
    linkCandidates: linksStopped === null ? ofOthers(after) : 0,
  };
}

function without(state: SystemState, other: SystemState): SystemState {
  const there = new Set(other.map(({ package: pkg }) => nevra(pkg)));
  return state.filter(({ package: pkg }) => !there.has(nevra(pkg)));
}

function bringsModules({ kernel, modules }: Payload): boolean {
  return kernel === null && modules.length > 0;
}

function isKmp(name: string): boolean {
  return name.includes('-kmp-');
}
