import type { KernelBuild, KernelModule } from '#kernel';
import { primaryDocument } from '#repomd';
import type { RpmPackage } from '#rpm';
import { loadLibsolv, type MachineInput, type Solved, solve } from '#solve';
import { type Asked, fullRequest } from './machine.js';

export interface RealMachine {
  readonly installed: readonly RpmPackage[];
  readonly repositories: Readonly<Record<string, readonly RpmPackage[]>>;
  readonly modaliases?: readonly string[];
  readonly locks?: readonly string[];
}

/** A machine of whole package sets. */
export function realInput({ installed, repositories, modaliases = [], locks = [] }: RealMachine): MachineInput {
  return {
    arch: 'x86_64',
    installed: { primary: primaryDocument(installed) },
    repositories: Object.entries(repositories).map(([name, packages]) => ({
      name,
      priority: 99,
      data: { primary: primaryDocument(packages) },
    })),
    modaliases,
    locks,
  };
}

/** Solves one request where each list of packages is a repository; the first one is what is installed. */
export async function solvePackages(
  installed: readonly RpmPackage[],
  repositories: RealMachine['repositories'],
  request: Asked,
  locks: readonly string[] = [],
): Promise<Solved> {
  const libsolv = await loadLibsolv();
  try {
    return solve(libsolv, realInput({ installed, repositories, locks }), fullRequest(request));
  } finally {
    libsolv.dispose();
  }
}

/** Imports of a kernel module that a build exports otherwise, or not at all: from the builds alone, no package has a part in it. */
export function changedImports(
  { imports }: KernelModule,
  build: KernelBuild,
): { readonly changed: string[]; readonly missing: string[] } {
  const exports = new Map<string, number | null>();
  for (const { exports: list } of [build.image, ...build.modules])
    for (const { name, crc } of list) exports.set(name, crc);
  const missing = imports.filter(({ name }) => !exports.has(name)).map(({ name }) => name);
  const changed = imports
    .filter(({ name, crc }) => exports.has(name) && exports.get(name) !== crc)
    .map(({ name }) => name);
  return { changed: changed.sort(), missing: missing.sort() };
}

export function moduleOf(build: KernelBuild, name: string): KernelModule {
  const found = build.modules.find((kernelModule) => kernelModule.name === name);
  if (found === undefined) throw new Error(`${build.release} has no ${name}`);
  return found;
}
