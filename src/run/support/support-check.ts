import { readdir } from 'node:fs/promises';
import { audit, checkSupport, defaultLoaderPolicy, payloadFinder, type StatedPackage } from '#audit';
import { InputError } from '#errors';
import { asInputError, pathBelow } from '#files';
import type { HardwareProfile } from '#hardware';
import { importKernel, type KernelBuild } from '#kernel';
import { type Dependency, type Evr, parseEvr, type RpmPackage } from '#rpm';
import type { Audit, SupportFault, SupportResult } from '#run-document';
import { readRpmDatabase } from './rpm-database.js';
import { readRpmList, soundsLikeDriver } from './rpm-list.js';

export interface SupportCheckOptions {
  /** Root of a system with an rpm database and /lib/modules; null for a list. */
  readonly root: string | null;
  readonly list: string | null;
  readonly repositories: readonly string[];
  readonly hardware: HardwareProfile | null;
  /** Kernel builds that say what is supported, and for a list also what the kernel modules are. */
  readonly builds: readonly KernelBuild[];
}

/** Whether the drivers of a described or real system fit its kernels and are supported. @throws InputError */
export async function supportCheck(options: SupportCheckOptions): Promise<SupportResult> {
  const { root, list, repositories, hardware } = options;
  if (root !== null) {
    const packages = await readRpmDatabase(root);
    const builds = [...(await buildsBelow(root)), ...options.builds];
    const check = checkSupport({ packages, builds });
    const audited = builds.length === 0 ? null : auditRoot(packages, builds, hardware);
    return { ...check, unknown: [], audit: audited, faults: [...check.faults, ...auditFaults(audited)] };
  }
  const { packages, unknown } = await readRpmList(list ?? '', repositories);
  const check = checkSupport({ packages, builds: options.builds });
  const unseen = unknown
    .filter(soundsLikeDriver)
    .map(({ name, versionRelease, arch }) => `${name}-${versionRelease}.${arch}`);
  const faults = unseen.map((one): SupportFault => ({ kind: 'unstated', package: one }));
  return { ...check, unknown: unseen, audit: null, faults: [...check.faults, ...faults] };
}

/** Every kernel whose kernel modules lie below the root. */
async function buildsBelow(root: string): Promise<KernelBuild[]> {
  const directory = await pathBelow(root, 'lib/modules');
  if (directory === null) return [];
  const releases = await readdir(directory).catch((cause: unknown) => Promise.reject(asInputError(cause, directory)));
  const builds: KernelBuild[] = [];
  for (const release of releases.sort()) {
    try {
      // Without the image's symbols those are inferred from the kernel modules' imports.
      const found = [
        await pathBelow(root, `lib/modules/${release}`),
        await pathBelow(root, `boot/symvers-${release}.gz`),
      ];
      const sources = found.filter((source) => source !== null);
      builds.push(await importKernel(sources, { release }));
    } catch (cause) {
      // A directory without kernel modules is what a removed kernel leaves behind.
      if (!(cause instanceof InputError && cause.code === 'missing')) throw cause;
    }
  }
  return builds;
}

function auditRoot(
  packages: readonly StatedPackage[],
  builds: readonly KernelBuild[],
  hardware: HardwareProfile | null,
): Audit {
  const finders = builds.map(payloadFinder);
  const installed = packages.map((stated) => {
    const pkg = asRpmPackage(stated);
    const found = finders.map((payloadOf) => payloadOf(pkg));
    return (
      found.find(({ kernel, modules }) => kernel !== null || modules.length > 0) ?? {
        package: pkg,
        kernel: null,
        modules: [],
      }
    );
  });
  return audit({
    installed,
    offered: [],
    devices: (hardware?.devices ?? []).filter(({ drivers }) => drivers === undefined || drivers.length > 0),
    root: hardware?.root ?? null,
    policy: { ...defaultLoaderPolicy, weakModules: 'weak-modules2' },
  });
}

function auditFaults(audited: Audit | null): SupportFault[] {
  if (audited === null) return [];
  return [
    ...audited.kernels.flatMap(({ release, refused, refusedExamples: [first] }): SupportFault[] =>
      refused === 0 ? [] : [{ kind: 'refused', kernel: release, refused, first: first?.kernelModule ?? '' }],
    ),
    ...audited.devices.flatMap(({ device, kernel, state }): SupportFault[] =>
      state === 'driven' ? [] : [{ kind: 'notDriven', device, kernel }],
    ),
    ...audited.kernels.flatMap(({ release, root }): SupportFault[] =>
      (root ?? []).every(({ state }) => state === 'ready') ? [] : [{ kind: 'rootNotMounted', kernel: release }],
    ),
  ];
}

const nothing = { conflicts: [], obsoletes: [], suggests: [], enhances: [], recommends: [], supplements: [] };

/** As far as the audit looks at packages: name, version, files, and the provides that tell a kernel. */
function asRpmPackage({ name, evr, arch, vendor, provides, files }: StatedPackage): RpmPackage {
  return {
    ...nothing,
    name,
    evr: evrOf(evr),
    arch,
    requires: [],
    provides: provides.flatMap(asDependency),
    summary: '',
    description: '',
    license: '',
    vendor: vendor ?? '',
    group: '',
    url: '',
    sourceRpm: '',
    buildTime: 0,
    packageBytes: 0,
    installedBytes: 0,
    files: (files ?? []).map((path) => ({ path, kind: 'file' })),
    changelog: [],
  };
}

/** Of all that a package provides the audit asks for two things. */
function asDependency(text: string): Dependency[] {
  const release = /^kernel-uname-r = (\S+)$/.exec(text)?.[1];
  if (release !== undefined) return [{ name: 'kernel-uname-r', range: { flag: 'EQ', evr: evrOf(release) } }];
  return text === 'kmp_in_kernel' ? [{ name: text, range: null }] : [];
}

/** A version that rpm let in and this lab's stricter reader would not is taken as it is: it is only compared. */
function evrOf(text: string): Evr {
  try {
    return parseEvr(text);
  } catch {
    return { epoch: 0, version: text, release: null };
  }
}
