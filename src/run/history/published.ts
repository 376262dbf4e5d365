import { z } from 'zod';
import { invariant } from '#errors';
import type { History, KernelBuild } from '#kernel';
import { type KernelUpdate, kernelUpdate, packageBuilds } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { type BuildServiceUpdate, buildServiceUpdateSchema } from '#run-document';
import { contentToSolv } from '../repository/repositories.js';
import type { Store } from '../workers/store.js';

const publishedSchema = z.strictObject({
  /** .solv of every package of the build, and of those that had to be built again. */
  solv: z.strictObject({ all: z.string(), changed: z.string() }),
  /** Every package as JSON, one after the other, and where each begins and how many bytes it has. */
  packages: z.string(),
  index: z.array(z.tuple([z.string(), z.int(), z.int()])),
  /** NEVRAs of the packages that had to be built again. */
  changed: z.array(z.string()),
  buildService: buildServiceUpdateSchema.nullable(),
});

/** A kernel build of a history as a build service publishes it under a scheme. */
export type Published = z.infer<typeof publishedSchema>;

export async function readPublished(store: Store, key: string): Promise<Published | null> {
  const text = await store.document(key);
  return text === null ? null : publishedSchema.parse(JSON.parse(text));
}

/** Packages a build and keeps it in the store. With the first build everything is published. */
export async function publish(
  store: Store,
  key: string,
  scheme: string,
  { builds }: History,
  index: number,
): Promise<Published> {
  const build = builds[index]?.build;
  const before = builds[index - 1]?.build;
  invariant(build !== undefined, `the history has a build ${index}`);
  const update = before === undefined ? null : kernelUpdate(scheme, before, build);
  const all = update?.newer ?? packageBuilds(scheme, [build], { patterns: false }).packages;
  const changed = update?.rebuilt.map((one) => one.package) ?? all;
  const lines = all.map((one) => Buffer.from(JSON.stringify(one)));
  let offset = 0;
  const places = lines.map((line, at): [string, number, number] => {
    const one = all[at];
    invariant(one !== undefined, 'there is a line for each package');
    offset += line.length;
    return [nevra(one), offset - line.length, line.length];
  });
  const allSolv = await store.keep(await contentToSolv(build.release, all));
  const published: Published = {
    solv: {
      all: allSolv,
      changed: changed.length === all.length ? allSolv : await store.keep(await contentToSolv(build.release, changed)),
    },
    packages: await store.keep(Buffer.concat(lines)),
    index: places,
    changed: changed.map(nevra),
    buildService: update === null || before === undefined ? null : buildServiceOf(scheme, before, build, update),
  };
  await store.keepDocument(key, JSON.stringify(published));
  return published;
}

function buildServiceOf(
  scheme: string,
  before: KernelBuild,
  after: KernelBuild,
  { newer, rebuilt }: KernelUpdate,
): BuildServiceUpdate {
  const reasons = { image: 0, new: 0, changed: 0, tied: 0 };
  for (const { reason } of rebuilt) reasons[reason] += 1;
  const packages = rebuilt.map((one) => one.package);
  return {
    scheme,
    from: before.release,
    to: after.release,
    packages: newer.length,
    rebuilt: rebuilt.length,
    reasons,
    kernelModules: kernelModules(newer),
    kernelModulesRebuilt: kernelModules(packages),
    bytes: bytes(newer),
    bytesRebuilt: bytes(packages),
  };
}

/** A kernel module that two packages carry, as kernel-default and kernel-default-base do, is built once. */
function kernelModules(packages: readonly RpmPackage[]): number {
  return new Set(
    packages.flatMap(({ files }) => files.map(({ path }) => path).filter((path) => kernelModuleFile.test(path))),
  ).size;
}

function bytes(packages: readonly RpmPackage[]): number {
  return packages.reduce((sum, { packageBytes }) => sum + packageBytes, 0);
}

const kernelModuleFile = /\.ko(\.(xz|zst|gz))?$/;

/** Names of the packages that are published with a build. */
export function publishedNames({ index, changed }: Published, publish: 'all' | 'changed'): ReadonlySet<string> {
  const nevras = publish === 'all' ? index.map(([one]) => one) : changed;
  return new Set(nevras.map((one) => one.replace(/-[^-]+-[^-]+$/, '')));
}
