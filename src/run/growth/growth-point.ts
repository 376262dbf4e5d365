import { invariant } from '#errors';
import { type KernelBuild, synthesizeKernel } from '#kernel';
import type { Counters, GrowthDirection, NoAnswer } from '#run-document';
import { defaultPriority, plainRequest } from '#solve';
import { deriver } from '../inputs.js';
import { solveExactly } from '../instances.js';
import { packageRepository } from '../repository/package-repository.js';
import { contentToSolv } from '../repository/repositories.js';
import { RepositoryUse, type UsedRepository } from '../repository/repository-use.js';
import type { StoredMachine } from '../workers/store.js';
import type { Workshop } from '../workers/workshop.js';
import { closedOrder, subsetOf } from './growth-subset.js';

/** One point of a growth series: everything of one build is installed, others are in reach, and the system is updated. */
export type PlannedPoint = RealPoint | SyntheticPoint;

interface RealPoint {
  readonly kind: 'real';
  readonly scheme: string;
  readonly installed: string;
  readonly offered: readonly string[];
  /** Kernel modules of each build, at most all it has; null leaves the builds whole. */
  readonly modules: number | null;
  /** Of the order in which kernel modules are taken. */
  readonly seed: number;
}

/** A synthetic build, and those that a regime makes of it. */
export interface SyntheticPoint {
  readonly kind: 'synthetic';
  readonly scheme: string;
  /** Which of the sizes is the point's. */
  readonly over: GrowthDirection;
  /** `buildsSideBySide`: successors of the installed build that are in reach beside it. */
  readonly sizes: Readonly<Record<GrowthDirection, number>>;
  readonly regime: string;
  readonly seed: number;
}

export interface ExactPoint {
  /** Of whatever the series grows by. */
  readonly size: number;
  readonly seed: number | null;
  readonly counters: Counters;
  /** For being measured; null where that was not asked for. */
  readonly machine: StoredMachine | null;
  readonly repositories: readonly UsedRepository[];
}

/** A point that nobody knows the numbers of. */
export interface EndedPoint {
  readonly size: number;
  readonly noAnswer: NoAnswer;
}

export const growthRequest = plainRequest('up');

/** Everything exact of a point; its time is taken later. */
export async function growthPoint(workshop: Workshop, point: PlannedPoint): Promise<ExactPoint | EndedPoint> {
  const repositories = new RepositoryUse(workshop.repositories);
  const { size, arch, installed, offered, solvs } =
    point.kind === 'real' ? await realBuilds(workshop, point, repositories) : await syntheticBuilds(workshop, point);
  const dataOf = (name: string): { readonly solv: Uint8Array } => ({ solv: solvs.get(name) ?? new Uint8Array() });
  const machine = {
    arch,
    installed: dataOf(installed),
    repositories: offered.map((name) => ({ name, priority: defaultPriority, data: dataOf(name) })),
    modaliases: [],
  };
  const { outcome, counters } = await solveExactly(machine, growthRequest);
  if (outcome.status === 'noAnswer') return { size, noAnswer: outcome };
  const seed = point.kind === 'synthetic' ? point.seed : null;
  return {
    size,
    seed,
    counters,
    machine: workshop.keepSolves ? await workshop.store.keepMachine(machine) : null,
    repositories: repositories.list(),
  };
}

interface PackagedBuilds {
  readonly size: number;
  /** Of the build that is installed. */
  readonly arch: string;
  readonly installed: string;
  readonly offered: readonly string[];
  /** By the build's name. */
  readonly solvs: ReadonlyMap<string, Uint8Array>;
}

async function realBuilds(
  { kernels, onProgress }: Workshop,
  point: RealPoint,
  repositories: RepositoryUse,
): Promise<PackagedBuilds> {
  const { scheme, installed, offered } = point;
  await kernels.load([installed, ...offered]);
  const names = part(kernels.builds.get(installed), point);
  onProgress(names === null ? `growth: ${offered.length} builds side by side` : `growth: ${names.size} kernel modules`);
  const solvOf = async (name: string): Promise<Uint8Array> => {
    const build = kernels.builds.get(name);
    invariant(build !== undefined, `kernel ${name} was not loaded`);
    if (names !== null && names.size < build.modules.length) return buildSolv(scheme, subsetOf(build, names));
    const content = { kernels: [name], drivers: [], patterns: false };
    return (await repositories.prepare(scheme, content)).solv;
  };
  const solvs = new Map<string, Uint8Array>();
  for (const name of new Set([installed, ...offered])) solvs.set(name, await solvOf(name));
  const arch = kernels.builds.get(installed)?.arch;
  invariant(arch !== undefined, `kernel ${installed} was not loaded`);
  return { size: names?.size ?? offered.length, arch, installed, offered, solvs };
}

async function syntheticBuilds(
  { onProgress }: Workshop,
  { scheme, over, sizes, regime, seed }: SyntheticPoint,
): Promise<PackagedBuilds> {
  onProgress(`growth: ${over} ${sizes[over]}, ${regime}, seed ${seed}, under ${scheme}`);
  const build = await synthesizeKernel({ modules: sizes.kernelModules, seed });
  const offered: string[] = [];
  const solvs = new Map<string, Uint8Array>();
  const derive = await deriver();
  for (let flavor = 0; flavor < sizes.flavors; flavor++) {
    let kernelBuild = flavor === 0 ? build : derive(build, { kind: 'flavor', flavor: `f${flavor}` });
    for (let successor = 0; successor <= sizes.buildsSideBySide; successor++) {
      if (successor > 0)
        kernelBuild = derive(kernelBuild, { kind: 'evolved', regime, seed: seed + successor - 2, builds: 1 });
      offered.push(kernelBuild.release);
      solvs.set(kernelBuild.release, await buildSolv(scheme, kernelBuild));
    }
  }
  const whole = solvs.get(build.release);
  invariant(whole !== undefined, 'the first build is in reach');
  const names = closedOrder(build, seed).slice(0, Math.ceil((build.modules.length * sizes.installedPercent) / 100));
  const installed = `${build.release}, installed`;
  const isWhole = names.length >= build.modules.length;
  solvs.set(installed, isWhole ? whole : await buildSolv(scheme, subsetOf(build, new Set(names))));
  return { size: sizes[over], arch: build.arch, installed, offered, solvs };
}

/** The kernel modules that a point takes of each build; null for all there are. */
function part(installed: KernelBuild | undefined, { modules, seed }: RealPoint): ReadonlySet<string> | null {
  if (modules === null || installed === undefined) return null;
  return new Set(closedOrder(installed, seed).slice(0, modules));
}

async function buildSolv(scheme: string, build: KernelBuild): Promise<Uint8Array> {
  const spec = { kernels: [build.release], drivers: [], patterns: false };
  const { packages } = packageRepository(scheme, spec, new Map([[build.release, build]]));
  return contentToSolv(build.release, packages);
}
