import { join } from 'node:path';
import type { Payload } from '#audit';
import { invariant } from '#errors';
import { compressZstd, withScratch } from '#files';
import type { KernelBuild } from '#kernel';
import { metadataOf, primaryDocument, type RenderedPackages, readRepository, writeRepository } from '#repomd';
import { dependencyKinds, type RpmPackage } from '#rpm';
import type { RepositorySummary } from '#run-document';
import { type PackageData, type PhaseClock, rpmmdToSolv } from '#solve';
import { inFreshInstance } from '../instances.js';
import { type ContentSpec, kernelsOf } from './content-spec.js';
import { packageRepository } from './package-repository.js';
import { PhaseList } from './phase-list.js';

/** What requests need of a repository. */
export interface OfferedRepository {
  readonly solv: Uint8Array;
  readonly payloads: ReadonlyMap<string, Payload>;
  readonly summary: Pick<RepositorySummary, 'primaryGzipBytes'>;
}

/** A repository that went the whole way: packaged, written as rpm-md, read back verified, turned into .solv. */
export interface PreparedRepository extends OfferedRepository {
  readonly summary: RepositorySummary;
}

export interface PrepareOptions {
  readonly samples: number;
  /** Whether to say how large primary would be in zstd, which is not written. */
  readonly measureZstd: boolean;
  /** Directory below which the files lie for as long as they are needed. */
  readonly scratch: string;
}

/** It was written a moment ago: of synthetic kernels there may be more than anybody else's repository is let have. */
const ownLimits = { limitBytes: 2 ** 31, limitOpenBytes: 2 ** 31 - 4096 };

/** createrepo_c's level. */
const zstdLevel = 10;

/**
 * Takes a repository from kernel builds to a .solv through real files on disk, which are removed again, `samples` times. Phases:
 * package, writeRepomd, readRepomd, parseRpmmd, writeSolv.
 */
export async function prepareRepository(
  name: string,
  scheme: string,
  spec: ContentSpec,
  builds: ReadonlyMap<string, KernelBuild>,
  { samples, ...options }: PrepareOptions,
): Promise<PreparedRepository> {
  const phases = new PhaseList();
  let prepared = await prepareOnce(name, scheme, spec, builds, phases, options);
  for (let sample = 1; sample < samples; sample += 1) {
    const again = await prepareOnce(name, scheme, spec, builds, phases, { ...options, measureZstd: false });
    invariant(again.summary.repomdSha256 === prepared.summary.repomdSha256, `repository ${name} came out differently`);
    const { primaryZstdBytes } = prepared.summary;
    prepared = { ...again, summary: { ...again.summary, primaryZstdBytes } };
  }
  return { ...prepared, summary: { ...prepared.summary, phases: phases.list() } };
}

async function prepareOnce(
  name: string,
  scheme: string,
  spec: ContentSpec,
  builds: ReadonlyMap<string, KernelBuild>,
  phases: PhaseList,
  { measureZstd, scratch }: Omit<PrepareOptions, 'samples'>,
): Promise<PreparedRepository> {
  const { packages, payloads, advisories } = phases.record('package', () => packageRepository(scheme, spec, builds));
  return withScratch(async (directory) => {
    const target = join(directory, 'repository');
    await phases.recordAsync('writeRepomd', () => writeRepository(packages, target, { advisories }));
    const read = await phases.recordAsync('readRepomd', () => readRepository(target, ownLimits));
    const primary = metadataOf(read, 'primary');
    const updateinfo = read.metadata.has('updateinfo') ? metadataOf(read, 'updateinfo') : undefined;
    const solv = await toSolv(name, { primary, ...(updateinfo === undefined ? {} : { updateinfo }) }, phases.record);
    const summary: RepositorySummary = {
      name,
      scheme,
      kernels: kernelsOf(spec),
      packages: packages.length,
      dependencies: dependencyCount(packages),
      primaryBytes: primary.length,
      primaryGzipBytes: read.metadata.get('primary')?.bytes ?? 0,
      primaryZstdBytes: measureZstd ? (await compressZstd(primary, zstdLevel)).length : null,
      solvBytes: solv.length,
      repomdSha256: read.repomdSha256,
      phases: [],
    };
    return { solv, payloads, summary };
  }, scratch);
}

/** Packages as .solv, without the way over the disk. */
export async function contentToSolv(name: string, packages: readonly RpmPackage[]): Promise<Uint8Array> {
  return (await contentToMetadata(name, packages)).solv;
}

/** The installed packages as a .solv, which is what libzypp keeps of the RPM database; null when there are none. */
export async function installedSolv(
  packages: readonly RpmPackage[],
  rendered?: RenderedPackages,
): Promise<PackageData | null> {
  return packages.length === 0 ? null : { solv: (await contentToMetadata('@System', packages, rendered)).solv };
}

/** Packages as .solv, and the primary.xml that it was read from. */
export async function contentToMetadata(
  name: string,
  packages: readonly RpmPackage[],
  rendered?: RenderedPackages,
): Promise<{ readonly solv: Uint8Array; readonly primary: Uint8Array }> {
  const primary = primaryDocument(packages, rendered);
  return { solv: await toSolv(name, { primary }), primary };
}

function toSolv(name: string, documents: Parameters<typeof rpmmdToSolv>[2], clock?: PhaseClock): Promise<Uint8Array> {
  return inFreshInstance((libsolv) => rpmmdToSolv(libsolv, name, documents, clock));
}

function dependencyCount(packages: readonly RpmPackage[]): number {
  return packages.reduce((sum, pkg) => sum + dependencyKinds.reduce((all, kind) => all + pkg[kind].length, 0), 0);
}
