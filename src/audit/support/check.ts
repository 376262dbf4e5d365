import type { KernelBuild, Support } from '#kernel';
import type { CheckedDriver, SupportFault, SupportResult } from '#run-document';
import { type Driver, fitOf, flavorsOf } from './fit.js';
import { imageRelease, kernelModulesOf, type StatedPackage, symbolsIn } from './package.js';

/** How many unmet symbols a result lists; all are counted. */
const unmetMax = 3;

export type SupportCheck = Pick<SupportResult, 'kernels' | 'drivers' | 'faults'>;

export interface SupportInput {
  readonly packages: readonly StatedPackage[];
  /** Kernel builds that say which of their kernel modules are supported. */
  readonly builds: readonly KernelBuild[];
}

/** Whether every installed driver package fits each installed kernel of its flavor, is supported, and by whom it was made. */
export function checkSupport({ packages, builds }: SupportInput): SupportCheck {
  const kernels = packages.flatMap((pkg) => {
    const release = imageRelease(pkg);
    return release === null ? [] : [{ release, package: pkg }];
  });
  const images = kernels.map((kernel) => kernel.package);
  const drivers = packages.filter((pkg) => !images.includes(pkg)).flatMap(asDriver);
  const fits = kernels.map(({ release, package: image }) => {
    const fit = fitOf(image, images, drivers);
    const there = [...fit.fitting];
    return {
      release,
      fit,
      flavors: flavorsOf(symbolsIn(image.provides)),
      names: new Set([image.name, ...there.map(({ stated }) => stated.name)]),
      moduleNames: new Set([...kernelModulesOf(image), ...there.flatMap(({ kernelModules }) => kernelModules)]),
    };
  });
  const checked = drivers.map((driver): CheckedDriver => {
    const { stated, kernelModules, wanted } = driver;
    const flavors = [...flavorsOf(wanted)];
    return {
      package: stated.nevra,
      vendor: stated.vendor,
      kernelModules: [...kernelModules],
      support: supportOf(stated, kernelModules, builds),
      kernels: fits
        .filter(
          (kernel) =>
            flavors.length === 0 || kernel.flavors.size === 0 || flavors.some((flavor) => kernel.flavors.has(flavor)),
        )
        .map(({ release, fit, names, moduleNames }) => {
          const unmet = fit.unmet.get(driver) ?? [];
          const replaced =
            kernelModules.length > 0
              ? kernelModules.every((kernelModule) => moduleNames.has(kernelModule))
              : names.has(stated.name);
          const state = fit.fitting.has(driver) ? 'compatible' : replaced ? 'replaced' : 'incompatible';
          return { release, state, unmetTotal: unmet.length, unmet: unmet.slice(0, unmetMax) };
        }),
    };
  });
  return {
    kernels: kernels.map(({ release, package: one }) => ({ release, package: one.nevra, vendor: one.vendor })),
    drivers: checked,
    faults: [...(kernels.length === 0 ? [{ kind: 'noKernel' as const }] : []), ...checked.flatMap(faultsOf)],
  };
}

/** It has kernel modules, or requires a kernel's symbols; none otherwise. */
function asDriver(stated: StatedPackage): Driver[] {
  const kernelModules = kernelModulesOf(stated);
  const wanted = symbolsIn(stated.requires);
  if (kernelModules.length === 0 && wanted.size === 0) return [];
  return [{ stated, kernelModules, wanted, provided: symbolsIn(stated.provides) }];
}

const ranks: Readonly<Record<Support, CheckedDriver['support']>> = {
  base: 'supported',
  supported: 'supported',
  external: 'external',
  unsupported: 'unsupported',
};

function supportOf(
  { files }: StatedPackage,
  kernelModules: readonly string[],
  builds: readonly KernelBuild[],
): CheckedDriver['support'] {
  // Only builds that know support at all say anything, and then silence means unsupported.
  const knowing = builds.filter(({ modules }) => modules.some(({ support }) => support !== undefined));
  const relevant =
    files === null ? knowing : knowing.filter(({ release }) => files.some((file) => file.includes(`/${release}/`)));
  const names = new Set(kernelModules);
  const found = relevant.flatMap(({ modules }) => modules.filter(({ name }) => names.has(name)));
  const levels = found.map(({ support }) => ranks[support ?? 'unsupported']);
  return (['unsupported', 'external', 'supported'] as const).find((level) => levels.includes(level)) ?? 'unknown';
}

function faultsOf({ package: driver, support, kernels }: CheckedDriver): SupportFault[] {
  const misfits = kernels.filter(({ state }) => state === 'incompatible');
  return [
    ...misfits.map(({ release, unmet: [first], unmetTotal }): SupportFault => {
      return { kind: 'misfit', package: driver, kernel: release, unmet: first ?? null, unmetTotal };
    }),
    ...(support === 'unsupported' ? [{ kind: 'unsupported' as const, package: driver }] : []),
  ];
}
