import { invariant } from '#errors';
import type { KernelBuild } from '#kernel';
import type { Counters } from '#run-document';
import { solveExactly } from '../instances.js';
import { packageRepository } from '../repository/package-repository.js';
import { contentToSolv } from '../repository/repositories.js';
import { RepositoryUse, type UsedRepository } from '../repository/repository-cache.js';
import type { StoredMachine } from '../workers/store.js';
import type { Workshop } from '../workers/workshop.js';
import { closedOrder, subsetOf } from './growth-subset.js';

/** One point of a growth series: everything of one build is installed, others are in reach, and the system is updated. */
export interface PlannedPoint {
  readonly scheme: string;
  readonly installed: string;
  readonly offered: readonly string[];
  /** Kernel modules of each build, at most all it has; null leaves the builds whole. */
  readonly modules: number | null;
  readonly seed: number;
}

export interface ExactPoint {
  /** Kernel modules of a build, or builds side by side. */
  readonly size: number;
  readonly counters: Counters;
  readonly machine: StoredMachine;
  readonly repositories: readonly UsedRepository[];
}

export const growthRequest = { verb: 'up', names: [], noRecommends: false, allowUninstall: false } as const;

/** Everything exact of a point; its time is taken later. */
export async function growthPoint(workshop: Workshop, point: PlannedPoint): Promise<ExactPoint> {
  const { kernels, store } = workshop;
  await kernels.load([point.installed, ...point.offered]);
  const repositories = new RepositoryUse(workshop.repositories);
  const names = part(kernels.builds.get(point.installed), point);
  workshop.onProgress(
    names === null ? `growth: ${point.offered.length} builds side by side` : `growth: ${names.size} kernel modules`,
  );
  const solvOf = async (name: string): Promise<Uint8Array> => {
    const build = kernels.builds.get(name);
    invariant(build !== undefined, `kernel ${name} was not loaded`);
    if (names !== null && names.size < build.modules.length) return partSolv(point.scheme, subsetOf(build, names));
    const content = { kernels: [name], drivers: [], patterns: false };
    return (await repositories.prepare(point.scheme, content)).solv;
  };
  const offers = new Map<string, Uint8Array>();
  for (const name of new Set([point.installed, ...point.offered])) offers.set(name, await solvOf(name));
  const dataOf = (name: string): { readonly solv: Uint8Array } => ({ solv: offers.get(name) ?? new Uint8Array() });
  const machine = {
    arch: 'x86_64',
    installed: dataOf(point.installed),
    repositories: point.offered.map((name) => ({ name, priority: 99, data: dataOf(name) })),
    modaliases: [],
  };
  const { counters } = await solveExactly(machine, growthRequest);
  const size = names?.size ?? point.offered.length;
  return { size, counters, machine: await store.keepMachine(machine), repositories: repositories.list() };
}

/** The kernel modules that a point takes of each build; null for all there are. */
function part(installed: KernelBuild | undefined, { modules, seed }: PlannedPoint): ReadonlySet<string> | null {
  if (modules === null || installed === undefined) return null;
  return new Set(closedOrder(installed, seed).slice(0, modules));
}

async function partSolv(scheme: string, build: KernelBuild): Promise<Uint8Array> {
  const spec = { kernels: [build.release], drivers: [], patterns: false };
  const { packages } = packageRepository(scheme, spec, new Map([[build.release, build]]));
  return contentToSolv(build.release, packages);
}
