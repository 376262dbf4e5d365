import { join } from 'node:path';
import { z } from 'zod';
import { cacheDirectory, KeptFiles, pruneCache, sha256Hex } from '#files';
import { metadataOf, readAdvisories, readRepository } from '#repomd';
import { libsolvEnvironment, type PackageData, rpmmdToSolv } from '#solve';
import { inFreshInstance } from '../instances.js';

/** What a solve needs of an rpm-md repository on disk. */
export interface DirectoryContent {
  readonly data: PackageData;
  /** Kind of each update that it publishes, by its id; unset where it publishes none, or its packages are installed. */
  readonly patches?: Readonly<Record<string, string>> | undefined;
}

/** What is installed has no updates in reach. */
export type DirectoryUse = 'reachable' | 'installed';

export interface DirectoryRead {
  readonly use: DirectoryUse;
  /** The most bytes that its metadata may unpack to. */
  readonly limitOpenBytes: number;
}

export type ReadDirectory = (directory: string, read: DirectoryRead) => Promise<DirectoryContent>;

/** Its metadata, verified, as somebody wrote it. @throws InputError */
export const readMetadata: ReadDirectory = async (directory, { use, limitOpenBytes }) => {
  const repository = await readRepository(directory, { limitOpenBytes });
  const primary = metadataOf(repository, 'primary');
  const advisories = use === 'installed' ? null : readAdvisories(repository);
  return {
    data: { primary, updateinfo: advisories?.document, repository: directory },
    patches: advisories?.types,
  };
};

const patchesSchema = z.record(z.string(), z.string()).nullable();

/** What may stay of repositories that were parsed: some hundred whole kernels, each in a package for each kernel module. */
const keptMax = 2 ** 30;

/**
 * The same as libsolv's own form, which the next process finds again, as zypper's next call does. What lies in the repository is verified
 * each time; what was parsed before, by this libsolv from files of the same checksums, is neither unpacked nor parsed again. That it is
 * parsed first and loaded then, also the first time, makes the answer to the byte the same either way. @throws InputError
 */
export const readParsed: ReadDirectory = async (directory, read) => {
  const folder = join(cacheDirectory(), 'repositories');
  const kept = new KeptFiles(folder, 'solv', 'parsed repositories');
  const { repomdSha256 } = await readRepository(directory, { unpack: false });
  const libsolv = await inFreshInstance(libsolvEnvironment);
  const key = sha256Hex(JSON.stringify([repomdSha256, read, libsolv]));
  const found = await kept.find(key);
  if (found !== null) {
    const end = found.indexOf('\n');
    const patches = patchesSchema.parse(JSON.parse(found.toString('utf8', 0, end)));
    return { data: { solv: found.subarray(end + 1) }, patches: patches ?? undefined };
  }
  const { data, patches } = await readMetadata(directory, read);
  const solv = 'solv' in data ? data.solv : await inFreshInstance((instance) => rpmmdToSolv(instance, directory, data));
  try {
    await kept.keep(key, Buffer.concat([Buffer.from(`${JSON.stringify(patches ?? null)}\n`), solv]));
    await pruneCache(folder, keptMax);
  } catch {
    // A home that is full or read-only costs the next call its time, and this one nothing.
  }
  return { data: { solv }, patches };
};
