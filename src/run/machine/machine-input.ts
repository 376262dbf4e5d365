import type { Payload } from '#audit';
import type { MachineInput, PackageData } from '#solve';
import { installedSolv, type OfferedRepository } from '../repository/repositories.js';
import { type MachineState, unameOf } from './machine-state.js';
import { newestFirst, type SystemState } from './system-state.js';

/** A prepared repository as a machine has it configured. */
export interface ConfiguredRepository extends OfferedRepository {
  readonly priority: number;
  /** Kind of each update it publishes, by name. */
  readonly patches?: Readonly<Record<string, string>>;
}

/** Under the name that the machine has for it. */
export type RepositoryInReach = ConfiguredRepository & { readonly name: string };

/** What is installed, in a form that libsolv reads. */
export type InstalledData = (installed: SystemState) => Promise<PackageData | null> | PackageData | null;

const asKept: InstalledData = (installed) => installedSolv(installed.map(({ package: pkg }) => pkg));

/** A machine as libsolv gets it. `installedData`: as libzypp keeps it, unless given. */
export async function machineInput(
  state: MachineState,
  reachable: readonly RepositoryInReach[],
  installedData: InstalledData = asKept,
): Promise<MachineInput> {
  const { settings, devices, autoInstalled, installed } = state;
  const { zyppConf = {}, locks } = settings;
  return {
    arch: machineArch(installed, offeredBy(reachable)),
    modaliases: devices.map(({ modalias }) => modalias),
    zyppConf,
    locks,
    autoInstalled,
    running: unameOf(state),
    installed: await installedData(installed),
    repositories: reachable.map(({ name, solv, priority, patches }) => ({ name, data: { solv }, priority, patches })),
  };
}

export function offeredBy(reachable: readonly Pick<OfferedRepository, 'payloads'>[]): Payload[] {
  return reachable.flatMap(({ payloads }) => [...payloads.values()]);
}

const noarch = 'noarch';
/** What scenarios without a kernel, and without a package of any architecture, are about. */
const usual = 'x86_64';

/**
 * The architecture of a machine: that of the kernel it has, else of most of what is installed, else of the newest kernel it could get, else of
 * most of what is in reach. A second instruction set beside the first (i586 on x86_64) is libsolv's to know.
 */
function machineArch(installed: readonly Payload[], offered: readonly Payload[]): string {
  return (
    archOfNewestKernel(installed) ?? mostUsed(installed) ?? archOfNewestKernel(offered) ?? mostUsed(offered) ?? usual
  );
}

function archOfNewestKernel(payloads: readonly Payload[]): string | undefined {
  return newestFirst(payloads)[0]?.package.arch;
}

function mostUsed(payloads: readonly Payload[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { package: pkg } of payloads) {
    if (pkg.arch !== noarch) counts.set(pkg.arch, (counts.get(pkg.arch) ?? 0) + 1);
  }
  return [...counts].sort(([a, as], [b, bs]) => bs - as || (a < b ? -1 : 1))[0]?.[0];
}
