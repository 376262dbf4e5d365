import { invariant } from '#errors';
import type { KernelModule } from '#kernel';
import { compareEvr, nevra } from '#rpm';
import type { Audit, AuditedKernel, RefusedModule } from '#run-document';
import { type AliasIndex, type AuditableDevice, aliasIndex, auditDevice } from './devices.js';
import type { RefusedImport } from './loader.js';
import type { InstalledModule, Payload } from './payload.js';
import { type KernelView, viewOf } from './visibility.js';

/** How many refused kernel modules, and refused imports of each, a document lists; all are counted. */
const examplesMax = 10;
const importsMax = 3;

export interface AuditInput {
  /** In the order of installation: of two packages that own one file the later one's is on disk. */
  readonly installed: readonly Payload[];
  /** What repositories in reach offer besides, for telling "not installed" from "nobody has a driver". */
  readonly offered: readonly Payload[];
  readonly devices: readonly AuditableDevice[];
}

type InstalledKernel = Payload & { readonly image: NonNullable<Payload['image']> };

/**
 * What the machine would really have: for every installed kernel what its loader accepts, and for every device whether a driver
 * of it is among that. Independent of libsolv: it reads files, symbols and CRCs, never dependencies.
 */
export function audit({ installed, offered, devices }: AuditInput): Audit {
  const kernels = installed.filter(hasImage).sort((a, b) => compareEvr(b.package.evr, a.package.evr));
  const modulesOf = new Map<string, InstalledModule[]>(kernels.map(({ image }) => [image.release, []]));
  const withoutKernel: InstalledModule[] = [];
  const owner = new Map<KernelModule, string>();
  for (const { package: pkg, modules } of installed) {
    for (const installedModule of modules) {
      (modulesOf.get(installedModule.release) ?? withoutKernel).push(installedModule);
      owner.set(installedModule.kernelModule, nevra(pkg));
    }
  }

  const reachable = aliasIndex(
    [...installed, ...offered].flatMap(({ modules }) => modules.map(({ kernelModule }) => kernelModule)),
  );
  const audited: AuditedKernel[] = [];
  const auditedDevices: Audit['devices'] = [];
  for (const kernel of kernels) {
    const { release, image } = kernel.image;
    const others = [
      ...kernels.filter((other) => other !== kernel).flatMap((other) => modulesOf.get(other.image.release) ?? []),
      ...withoutKernel,
    ];
    const view = viewOf(image, modulesOf.get(release) ?? [], others);
    audited.push(describe(kernel, view, owner));
    const own: AliasIndex = aliasIndex(view.visible);
    for (const device of devices) auditedDevices.push(auditDevice(device, kernel.image, view, own, reachable));
  }
  return { kernels: audited, devices: auditedDevices, nextBoot: kernels[0]?.image.release ?? null };
}

function hasImage(payload: Payload): payload is InstalledKernel {
  return payload.image !== null;
}

function describe(kernel: InstalledKernel, view: KernelView, owner: ReadonlyMap<KernelModule, string>): AuditedKernel {
  const { loadable, refused } = view.verdict;
  const examples: RefusedModule[] = [...refused]
    .sort(([a], [b]) => (a.name < b.name ? -1 : 1))
    .slice(0, examplesMax)
    .map(([kernelModule, imports]) => {
      const carrier = owner.get(kernelModule);
      invariant(carrier !== undefined, `${kernelModule.name} is visible and belongs to no package`);
      return {
        kernelModule: kernelModule.name,
        package: carrier,
        refusedImports: imports.length,
        examples: imports.slice(0, importsMax).map(refusedText),
      };
    });
  return {
    release: kernel.image.release,
    package: nevra(kernel.package),
    visible: view.visible.length,
    loadable: loadable.size,
    weakUpdates: view.linked.size,
    refused: refused.size,
    refusedExamples: examples,
  };
}

function refusedText({ symbol, wanted, found }: RefusedImport): RefusedModule['examples'][number] {
  return { symbol, wanted: hex(wanted), found: found === null ? null : hex(found) };
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
