import { z } from 'zod';
import { invariant } from '#errors';
import { compressGzip } from '#files';
import { type History, installedModuleFile, type KernelBuild } from '#kernel';
import { type KernelUpdate, kernelUpdate, packageBuilds } from '#packaging';
import { nevra, type RpmPackage, rpmPackageSchema } from '#rpm';
import { type BuildServiceUpdate, buildServiceUpdateSchema } from '#run-document';
import { contentToMetadata } from '../repository/repositories.js';
import type { Store } from '../workers/store.js';

/** Packages as a machine fetches them: as .solv in the store, and how large their primary.xml.gz is. */
const metadataSchema = z.strictObject({ solv: z.string(), gzipBytes: z.int().nonnegative() });
export type Metadata = z.infer<typeof metadataSchema>;

const publishedSchema = z.strictObject({
  /** Of every package of the build. */
  metadata: metadataSchema,
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
  const changed = update?.rebuilt.map((rebuiltPackage) => rebuiltPackage.package) ?? all;
  const lines = all.map((pkg) => Buffer.from(JSON.stringify(pkg)));
  let offset = 0;
  const places = lines.map((line, at): [string, number, number] => {
    const one = all[at];
    invariant(one !== undefined, 'there is a line for each package');
    offset += line.length;
    return [nevra(one), offset - line.length, line.length];
  });
  const published: Published = {
    metadata: await keepMetadata(store, build.release, all),
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
  const packages = rebuilt.map((rebuiltPackage) => rebuiltPackage.package);
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
    packages.flatMap(({ files }) => files.map(({ path }) => path).filter((path) => installedModuleFile(path) !== null)),
  ).size;
}

function bytes(packages: readonly RpmPackage[]): number {
  return packages.reduce((sum, { packageBytes }) => sum + packageBytes, 0);
}

/** A package of a build; null where the build has none of that name. */
export async function packageOf(
  store: Store,
  { packages, index }: Published,
  wanted: string,
): Promise<RpmPackage | null> {
  const place = index.find(([name]) => name === wanted);
  if (place === undefined) return null;
  const bytes = await store.bytes(packages);
  return rpmPackageSchema.parse(JSON.parse(Buffer.from(bytes.subarray(place[1], place[1] + place[2])).toString()));
}

/** What a machine fetches of what is published of a build. */
export async function publishedMetadata(
  store: Store,
  published: Published,
  publish: 'all' | 'changed',
): Promise<Metadata> {
  const { metadata, packages, index, changed } = published;
  if (publish === 'all' || changed.length === index.length) return metadata;
  const key = JSON.stringify(['changed', packages, changed]);
  const known = await store.document(key);
  if (known !== null) return metadataSchema.parse(JSON.parse(known));
  const built: RpmPackage[] = [];
  for (const name of changed) {
    const one = await packageOf(store, published, name);
    if (one !== null) built.push(one);
  }
  const made = await keepMetadata(store, 'changed', built);
  await store.keepDocument(key, JSON.stringify(made));
  return made;
}

/** Keeps packages as .solv. */
export async function keepMetadata(store: Store, name: string, packages: readonly RpmPackage[]): Promise<Metadata> {
  const { solv, primary } = await contentToMetadata(name, packages);
  return { solv: await store.keep(solv), gzipBytes: compressGzip(primary).length };
}

/** Names of the packages that are published with a build. */
export function publishedNames({ index, changed }: Published, publish: 'all' | 'changed'): ReadonlySet<string> {
  const nevras = publish === 'all' ? index.map(([one]) => one) : changed;
  return new Set(nevras.map((one) => one.replace(/-[^-]+-[^-]+$/, '')));
}
