import type { Libsolv, PackageInfo, Pool, Repo, SolvableId } from '@opensuse/libsolv-wasm';
import { type PhaseClock, untimed } from './clock.js';
import { loadsRepositories } from './libzypp.js';
import type { Request } from './request.js';
import { readDocument } from './understood.js';
import type { ZyppConf } from './zypp-conf.js';

/** Packages as libsolv can read them: its own binary form, which zypper keeps after a refresh, or somebody's metadata. */
export type PackageData = { readonly solv: Uint8Array } | PackageMetadata;

/** A primary.xml with or without an updateinfo.xml. */
export interface PackageMetadata {
  readonly primary: Uint8Array;
  readonly updateinfo?: Uint8Array | undefined;
  /** The repository of somebody else that they are of, whose faults are its own; unset where this lab wrote them. */
  readonly repository?: string | undefined;
}

/** zypper's priority of a repository that states none; the lower number wins. */
export const defaultPriority = 99;

/** A repository in reach. */
export interface ReachableRepository {
  readonly name: string;
  readonly data: PackageData;
  readonly priority: number;
  /** Kind of each update in its updateinfo, by its id. */
  readonly patches?: Readonly<Record<string, string>> | undefined;
}

export interface MachineInput {
  readonly arch: string;
  /** What is installed; null on an empty disk. */
  readonly installed: PackageData | null;
  readonly repositories: readonly ReachableRepository[];
  /** The modaliases of the machine's devices. */
  readonly modaliases: readonly string[];
  /** zypp.conf; as SUSE ships it unless given. */
  readonly zyppConf?: ZyppConf | undefined;
  /** `zypper addlock`: names of packages, with `*` as in file names. */
  readonly locks?: readonly string[] | undefined;
  /** Names of installed packages that nobody asked for (/var/lib/zypp/AutoInstalled). Unless given, libsolv is told of no request. */
  readonly autoInstalled?: readonly string[] | undefined;
  /** `uname -r`, which `purge-kernels` takes apart into version and flavor; null where no kernel runs. */
  readonly running?: string | null | undefined;
}

/** libzypp's name for what is installed. */
const systemRepository = '@System';

/** A pool as libzypp would hold it: the installed system, the repositories in reach, the hardware, and the index over all of it. */
export interface Machine {
  readonly pool: Pool;
  readonly input: MachineInput;
  readonly solvables: number;
  readonly installed: readonly SolvableId[];
  readonly priorityOf: (pkg: PackageInfo) => number;
}

/** What of a machine zypper looks at for a request. */
export function seenBy(request: Request, input: MachineInput): MachineInput {
  return loadsRepositories(request) ? input : { ...input, repositories: [] };
}

/** Sets a pool up. The caller disposes of `pool`. Phases: loadSolv or parseRpmmd, whatprovides. */
export function setUp(libsolv: Libsolv, input: MachineInput, clock: PhaseClock = untimed): Machine {
  const pool = emptyPool(libsolv, input.arch);
  const system = addSystem(pool, input, clock);
  for (const repository of input.repositories) addRepository(pool, repository, clock);
  return completed(pool, system, input, clock);
}

/** A pool without any package, as libzypp makes one. */
export function emptyPool(libsolv: Libsolv, arch: string): Pool {
  return libsolv.createPool({ arch, distType: 'rpm' });
}

export function addRepository(pool: Pool, { name, data, priority }: ReachableRepository, clock: PhaseClock): void {
  // libsolv prefers the higher number, zypper the lower one.
  add(pool.addRepo(name, { priority: -priority }), data, clock);
}

export function addSystem(pool: Pool, { installed }: MachineInput, clock: PhaseClock): Repo {
  const system = pool.addRepo(systemRepository);
  if (installed !== null) add(system, installed, clock);
  return system;
}

/** The machine of a pool that has all of the input's packages. Phase: whatprovides. */
export function completed(pool: Pool, system: Repo, input: MachineInput, clock: PhaseClock): Machine {
  const priorities = new Map(input.repositories.map(({ name, priority }) => [name, priority]));
  pool.setInstalled(system);
  pool.setHardware(input.modaliases);
  clock('whatprovides', () => {
    pool.addFileProvides();
    // Only now are dependencies taken apart, those of all repositories at once.
    readDocument([...priorities.keys()].join(', '), () => pool.createWhatprovides());
  });
  return {
    pool,
    input,
    solvables: pool.solvables().length,
    installed: system.solvables(),
    priorityOf: ({ repo }) => priorities.get(repo.name) ?? defaultPriority,
  };
}

function add(repo: Repo, data: PackageData, clock: PhaseClock): void {
  if ('solv' in data) clock('loadSolv', () => repo.addSolv(data.solv));
  else {
    const { primary, updateinfo, repository } = data;
    const documents = updateinfo === undefined ? { primary } : { primary, updateinfo };
    clock('parseRpmmd', () => readDocument(repository, () => repo.addRpmmd(documents)));
  }
}
