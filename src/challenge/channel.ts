import { kernelPackages } from '#packaging';
import type { PackageNames } from './package-names.js';
import type { Plan, PlannedVendor } from './plan.js';

/** A repository as YAML of a scenario would say it. */
export type RepositoryDocument = Readonly<Record<string, unknown>>;

/** Where a plan's requests find what they ask for, under a design. */
export interface Surroundings {
  readonly plan: Plan;
  readonly design: string;
  readonly names: PackageNames;
}

/** Name of a vendor's driver that replaces none. */
export const vendorModule = 'acme';
const vendorName = 'Acme';
const systemRepository = 'system';

/** The repositories in reach of a step, by name, oldest kernel first. */
export function reachOf(around: Surroundings, index: number): Map<string, RepositoryDocument> {
  const { kit, kernels, keeps, vendor, steps } = around.plan;
  const newest = kernels.indexOf(steps[index]?.kernel ?? '');
  const reach = new Map<string, RepositoryDocument>();
  if (kit.tools.length > 0) reach.set(systemRepository, { packages: toolPackages(around.plan) });
  for (let at = Math.max(0, newest + 1 - keeps); at <= newest; at += 1) {
    const [name, content] = kernelRepository(around, at, at === newest ? index : null);
    reach.set(name, content);
    for (const [rebuilt, drivers] of rebuiltDrivers(around, at, index)) reach.set(rebuilt, drivers);
    if (vendor !== null && at + vendor.lag <= newest)
      reach.set(`vendor-${kernelName(at)}`, vendorRepository(vendor, kernels[at] ?? ''));
  }
  return reach;
}

/** A kernel's repository, as it stands at a step, or whole. */
function kernelRepository(
  { plan, design, names }: Surroundings,
  at: number,
  index: number | null,
): [string, RepositoryDocument] {
  const kernel = plan.kernels[at] ?? '';
  const own = kernelName(at);
  const content = {
    kernels: [kernel],
    // Named after the kernel, wherever it comes in the channel: the repository is the same in every history.
    ...(plan.patches ? { patches: [{ name: `update-to-${kernel}`, category: 'security', packages: ['*'] }] } : {}),
  };
  const refresh = index === null ? undefined : plan.steps[index]?.refresh;
  // What a first installation lacks nobody misses.
  if (refresh === undefined || refresh.state === 'whole' || at === 0) return [own, content];
  if (refresh.state === 'withoutKernel') {
    if (!names.isModular(kernel)) return [own, content];
    return [`${own}-without-kernel`, { ...content, without: kernelPackages(design, 'default') }];
  }
  const holder = names.holderOf(refresh.kernelModule, kernel);
  if (holder === null) return [own, content];
  return [`${own}-without-${fileName(refresh.kernelModule)}`, { ...content, without: [holder] }];
}

/** Drivers of a kernel that were rebuilt until a step. */
function rebuiltDrivers({ plan, names }: Surroundings, at: number, index: number): [string, RepositoryDocument][] {
  const kernel = plan.kernels[at] ?? '';
  return plan.steps.slice(1, index + 1).flatMap((step) => {
    const driver = step.rebuilt === null || step.kernel !== kernel ? null : names.rebuild(step.rebuilt, kernel);
    if (driver === null) return [];
    return [[`${kernelName(at)}-${fileName(driver.kernelModule)}-rebuilt`, { drivers: [driver] }]];
  });
}

function toolPackages({ kit }: Plan): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    kit.tools.map(({ name, kernelModules, how }) => [
      `${name}-1-1`,
      { [how]: kernelModules.map((kernelModule) => `kmod(${kernelModule}.ko)`) },
    ]),
  );
}

function vendorRepository({ like, replaces }: PlannedVendor, kernel: string): RepositoryDocument {
  const names = replaces ? { kernelModule: like } : { kernelModule: vendorModule, like };
  return { externalDrivers: [{ ...names, kernel, version: '1.0' }], vendor: vendorName };
}

function kernelName(at: number): string {
  return `k${at + 1}`;
}

/** As the names of packages have it. */
export function fileName(kernelModule: string): string {
  return kernelModule.replaceAll('_', '-');
}
