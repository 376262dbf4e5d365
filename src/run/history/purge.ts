import { nevra } from '#rpm';
import type { Purged } from '#run-document';
import { type PackageData, plainRequest, type Solved, solve, workClock } from '#solve';
import { inBoundedInstance } from '../instances.js';
import { newestKernel, unameOfKernel } from '../machine/machine-state.js';
import type { SystemState } from '../machine/system-state.js';

export interface InstalledSystem {
  readonly arch: string;
  readonly installed: PackageData | null;
  readonly autoInstalled: readonly string[];
}

export interface PurgedSystem {
  readonly state: SystemState;
  readonly purged: Omit<Purged, 'lost' | 'promises'>;
  readonly solved: Solved;
}

/**
 * `zypper purge-kernels` with the newest kernel running and zypp.conf as it is shipped (`latest,latest-1,running`). The service that calls it
 * runs at the boot after a kernel was installed (suse-module-tools: purge-kernels.service waits for /boot/do_purge_kernels).
 */
export async function purgeKernels(state: SystemState, system: InstalledSystem): Promise<PurgedSystem> {
  const running = unameOfKernel(state, newestKernel(state));
  const { solved, work } = await inBoundedInstance((libsolv, bound) => {
    const counted = workClock(libsolv);
    const input = { ...system, repositories: [], modaliases: [], running };
    const answered = solve(libsolv, input, plainRequest('purge-kernels'), counted.clock, bound);
    return { solved: answered, work: Object.values(counted.work).reduce((sum, edges) => sum + edges, 0) };
  }, 'counting');
  const { result } = solved;
  const stays = result === null ? null : new Set(result.map((pkg) => pkg.nevra));
  const gone = state.filter(({ package: pkg }) => stays?.has(nevra(pkg)) === false);
  return {
    solved,
    state: state.filter((payload) => !gone.includes(payload)),
    purged: {
      kernels: gone.flatMap(({ kernel }) => kernel?.release ?? []),
      packages: gone.length,
      bytes: installedBytes(gone),
      solves: solved.counters.solves,
      work,
    },
  };
}

export function installedBytes(state: SystemState): number {
  return state.reduce((sum, { package: pkg }) => sum + pkg.installedBytes, 0);
}

/** Packages with kernel modules for kernels of which none is installed. */
export function leftBehind(state: SystemState): { readonly packages: number; readonly bytes: number } {
  const releases = new Set(state.flatMap(({ kernel }) => kernel?.release ?? []));
  const left = state.filter(
    ({ modules }) => modules.length > 0 && modules.every(({ release }) => !releases.has(release)),
  );
  return { packages: left.length, bytes: installedBytes(left) };
}
