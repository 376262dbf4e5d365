import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDirectoryAtomic } from '#files';
import type { HardwareProfile } from '#hardware';
import { defaultLimitOpenBytes } from '#repomd';
import type { Counters, Environment, NoAnswer, RequestOutcome } from '#run-document';
import {
  defaultPriority,
  exportTestcase,
  libsolvEnvironment,
  type MachineInput,
  type PackageData,
  type ReachableRepository,
  type Request,
  repositoryPackages,
  type SolvedWhy,
  solve,
  solveAndTellWhy,
  untimed,
  type ZyppConf,
} from '#solve';
import { inBoundedInstance, inFreshInstance } from './instances.js';
import { type ReadDirectory, readMetadata, readParsed } from './repository/directory-content.js';

export interface SolveOnceOptions {
  /** rpm-md repositories on disk, in the order of their directories. */
  readonly repositories: readonly string[];
  /** zypper's priorities of repositories, by directory; 99 for the others. */
  readonly priorities: ReadonlyMap<string, number>;
  /** An rpm-md repository whose packages are all installed; null for an empty disk. */
  readonly installed: string | null;
  readonly hardware: HardwareProfile | null;
  readonly arch: string;
  /** Names of packages that must stay as they are, with `*` as in file names. */
  readonly locks: readonly string[];
  /** Names of installed packages that nobody asked for; null where that is not known. */
  readonly autoInstalled: readonly string[] | null;
  readonly zyppConf: ZyppConf;
  /** `uname -r`; null where it is not known. */
  readonly running: string | null;
  readonly request: Request;
  /** The most bytes that the metadata of each repository may unpack to; `defaultLimitOpenBytes` of src/repomd unless given. */
  readonly limitOpenBytes?: number | undefined;
}

/** Which libsolv answered: what a document says beside the answer. */
interface Answered {
  readonly libsolv: Environment['libsolv'];
}

/** One request over repositories on disk. Every checksum is verified first; what was parsed before is not parsed again. Throws InputError. */
export async function solveOnce(
  options: SolveOnceOptions,
): Promise<Answered & { readonly outcome: RequestOutcome; readonly counters: Counters }> {
  const input = await machineOnce(options, readParsed);
  return inBoundedInstance((libsolv, bound) => {
    const environment = libsolvEnvironment(libsolv);
    const { outcome, counters, unknownNames } = solve(libsolv, input, options.request, untimed, bound);
    const nothingDone = outcome.status === 'unsolvable' || (outcome.status === 'solved' && outcome.steps.length === 0);
    const applies = unknownNames.length === 0 || !nothingDone;
    return {
      libsolv: environment,
      outcome: applies ? outcome : { status: 'notApplicable', unknown: unknownNames },
      counters,
    };
  });
}

/** Why what a text means is there after one request, or is not. Throws InputError. */
export async function whyOnce(
  options: SolveOnceOptions,
  name: string,
): Promise<Answered & { readonly found: SolvedWhy | NoAnswer }> {
  const input = await machineOnce(options, readParsed);
  return inBoundedInstance((libsolv, bound) => {
    const environment = libsolvEnvironment(libsolv);
    return { libsolv: environment, found: solveAndTellWhy(libsolv, input, options.request, name, bound) };
  });
}

/** The same as a directory that `testsolv` replays; written whole or not at all. Throws InputError. */
export async function writeTestcase(options: SolveOnceOptions, directory: string): Promise<void> {
  const input = await machineOnce(options);
  const files = await inBoundedInstance((libsolv, bound) => exportTestcase(libsolv, input, options.request, bound));
  // What has no answer has none to write down; whoever asked for it hears so from the solve itself.
  if ('status' in files) return;
  await writeDirectoryAtomic(directory, async (aside) => {
    for (const [name, bytes] of files) await writeFile(join(aside, name), bytes);
  });
}

/** The machine that a request of `solve` meets, of repositories that are read in that way. Throws InputError. */
export async function machineOnce(
  options: SolveOnceOptions,
  read: ReadDirectory = readMetadata,
): Promise<MachineInput> {
  const { repositories, priorities, installed, hardware, arch, locks, autoInstalled, zyppConf, running } = options;
  const limitOpenBytes = options.limitOpenBytes ?? defaultLimitOpenBytes;
  const reachable: ReachableRepository[] = [];
  for (const directory of repositories)
    reachable.push({
      name: directory,
      priority: priorities.get(directory) ?? defaultPriority,
      ...(await read(directory, { use: 'reachable', limitOpenBytes })),
    });
  const present = installed === null ? null : (await read(installed, { use: 'installed', limitOpenBytes })).data;
  return {
    arch,
    locks,
    running: running === null || present === null ? running : await suseUname(running, present),
    zyppConf,
    ...(autoInstalled === null ? {} : { autoInstalled }),
    installed: present,
    repositories: reachable,
    modaliases: hardware?.devices.map(({ modalias }) => modalias) ?? [],
  };
}

/**
 * `uname -r` as libzypp takes it apart: version, release and flavor. Debian's 6.1.0-53-amd64 of version 6.1.187-1 is none of these; it is found by
 * the capability that every kernel package has, and named as SUSE's kernel of that version would be.
 */
async function suseUname(running: string, installed: PackageData): Promise<string> {
  const kernels = await inFreshInstance((libsolv) =>
    repositoryPackages(libsolv, installed, ({ name }) => kernelFlavor.test(name)),
  );
  const found = kernels.find(({ provides }) => provides.includes(`kernel-uname-r = ${running}`));
  return found === undefined ? running : `${found.evr}-${kernelFlavor.exec(found.name)?.[1] ?? ''}`;
}

const kernelFlavor = /^kernel-([^-]+)/;
