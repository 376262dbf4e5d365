import { join } from 'node:path';
import {
  LineBuilds,
  linesOf,
  looksBack,
  Newest,
  ordinaryPackages,
  PublishedNames,
  publishedWith,
  repositoriesOf,
} from '#channel';
import { InputError } from '#errors';
import { sha256Hex, withScratch } from '#files';
import { isBuiltinKernel, type KernelBuild, parseDerivedName } from '#kernel';
import { designMeaning, parseSchemeText } from '#packaging';
import { joinParts, type WrittenRepository, writePart, writeRepository } from '#repomd';
import { nevra, type RpmPackage } from '#rpm';
import { depthsOf, type RepositorySpec, userspacePackages } from '#scenario';
import { deriver, kernelNamed } from '../inputs.js';
import { buildsFor } from '../repository/derived-builds.js';
import { partOf } from '../repository/kernel-part.js';
import { packageRepository } from '../repository/package-repository.js';
import type { ChannelFile } from './channel-file.js';
import { PartCache, type PublishedPart } from './part-cache.js';

export interface WriteChannelOptions {
  /** Where parts are kept from call to call; null: nowhere. */
  readonly cache: string | null;
  /** Of the lab: parts of another one are not taken. */
  readonly identity: string;
  readonly onProgress: (what: string) => void;
}

/**
 * Writes the repositories of a channel below a directory, each by its name. Kernel builds are made, packaged and written one after the other: at no
 * time is more than one of them, and the one before, in memory.
 *
 * @throws InputError
 */
export async function writeChannel(
  file: ChannelFile,
  directory: string,
  options: WriteChannelOptions,
): Promise<ReadonlyMap<string, WrittenRepository>> {
  const depths = depthsOf(file.channel);
  if (depths.length > 1) {
    throw new InputError('invalid', `a channel is written at one depth, and this one has ${depths.join(', ')}`, {
      hint: 'leave one number in `kernels`; a scenario runs at each',
    });
  }
  const written = new Map<string, WrittenRepository>();
  const { kernels: _, ...others } = repositoriesOf(file.channel);
  written.set('kernels', await writeKernels(file, join(directory, 'kernels'), options));
  for (const [name, spec] of Object.entries(others)) {
    options.onProgress(`writing ${name}`);
    written.set(name, await writeOther(file, spec, join(directory, name)));
  }
  return written;
}

async function writeOther(
  { scheme, kernelModules }: ChannelFile,
  spec: RepositorySpec,
  directory: string,
): Promise<WrittenRepository> {
  const { ordinary } = spec;
  if (ordinary !== undefined) {
    const source = { length: ordinary.packages, [Symbol.iterator]: () => ordinaryPackages(ordinary, 'x86_64') };
    return writeRepository(source, directory);
  }
  const content = { ...spec, packages: spec.userspace ? userspacePackages : spec.packages, kernelModules };
  const { packages } = packageRepository(scheme, content, await buildsFor(content, kernelNamed, deriver));
  return writeRepository(packages, directory);
}

function writeKernels(file: ChannelFile, directory: string, options: WriteChannelOptions): Promise<WrittenRepository> {
  return withScratch(async (scratch) => {
    const cache = new PartCache(options.cache ?? join(scratch, 'parts'));
    const newest = file.channel.retention ? null : await newestOf(file, options);
    const parts: PublishedPart[] = [];
    const known = new PublishedNames();
    for await (const publication of published(file)) {
      const made = (): Promise<PublishedPart> =>
        cache.keep(partKey(file, publication, options.identity), async (aside) => {
          options.onProgress(`packaging ${publication.name}`);
          const packages = kept(known.newOf(await publication.packages()), newest);
          return { ...(await writePart(packages, aside)), names: packages.map(nevra) };
        });
      // What stays without retention depends on what comes later, and of a file the name says nothing: such parts are made anew.
      const mayBeFound = newest === null && !publication.looksBack && (await isBuiltinKernel(baseOf(publication.name)));
      const found = mayBeFound ? await cache.find(partKey(file, publication, options.identity)) : null;
      const part = found === null || known.hasAny(found.names) ? await made() : found;
      known.add(part.names);
      parts.push(part);
    }
    options.onProgress(`joining ${parts.length} parts`);
    return joinParts(parts, directory);
  });
}

function kept(packages: readonly RpmPackage[], newest: Newest | null): readonly RpmPackage[] {
  return newest === null ? packages : packages.filter((pkg) => newest.keeps(pkg));
}

/** All is packaged once before, for its names alone. */
async function newestOf(file: ChannelFile, { onProgress }: WriteChannelOptions): Promise<Newest> {
  const newest = new Newest();
  for await (const { name, packages } of published(file)) {
    onProgress(`looking through ${name}`);
    newest.see(await packages());
  }
  return newest;
}

/** A build of a channel that is published, and packaged where that is asked for. */
interface ToPublish {
  readonly name: string;
  /** The one of its line that was published before. */
  readonly before: string | null;
  readonly looksBack: boolean;
  readonly packages: () => Promise<readonly RpmPackage[]>;
}

async function* published({ scheme, kernelModules, channel }: ChannelFile): AsyncGenerator<ToPublish> {
  const load = async (name: string): Promise<KernelBuild> => {
    const build = await kernelNamed(name);
    return kernelModules === undefined ? build : partOf(build, kernelModules);
  };
  const looking = looksBack(scheme);
  for (const line of linesOf(channel)) {
    const builds = new LineBuilds(line, load, await deriver());
    const earlier: KernelBuild[] = [];
    for (const [at, name] of line.entries()) {
      yield {
        name,
        before: line[at - 1] ?? null,
        looksBack: looking,
        packages: async () => {
          const before = at > 0 && channel.publish === 'changed' ? await builds.at(at - 1) : null;
          const build = await builds.at(at);
          const packages = publishedWith(scheme, channel.publish, { build, before, earlier });
          if (looking) earlier.push(build);
          return packages;
        },
      };
    }
  }
}

function partKey(
  { scheme, kernelModules, channel }: ChannelFile,
  { name, before }: ToPublish,
  identity: string,
): string {
  const meaning = designMeaning(parseSchemeText(scheme).name);
  const { publish, retention } = channel;
  const source = { scheme, meaning, kernelModules: kernelModules ?? null, publish, retention };
  return sha256Hex(JSON.stringify([identity, source, name, publish === 'changed' ? before : null]));
}

function baseOf(name: string): string {
  return parseDerivedName(name)?.base ?? name;
}

/** What is published with the last build of each line, in all. @throws InputError */
export async function lastUpdate(file: ChannelFile): Promise<{ readonly packages: number; readonly bytes: number }> {
  const last = new Set(linesOf(file.channel).map((line) => line.at(-1)));
  const sum = { packages: 0, bytes: 0 };
  for await (const { name, packages } of published(file)) {
    if (!last.has(name)) continue;
    for (const { packageBytes } of await packages()) {
      sum.packages += 1;
      sum.bytes += packageBytes;
    }
  }
  return sum;
}
