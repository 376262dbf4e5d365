import { SolvError } from './errors.js';
import type { SolvableId } from './ids.js';
import type { Instance } from './instance.js';
import type { Reply, Request } from './memory.js';
import { type DependencyKind, dependencyKinds, type PackageInfo } from './package-info.js';
import { Repo, type RepoOptions } from './repo.js';
import { Generation, type ReleasableState, Resource } from './resource.js';
import type { Selection, SelectionFlag, SelectionStep } from './selection.js';
import { packSteps, readSelection } from './selection-wire.js';
import { optionalSolvable, readSolvables, systemSolvable } from './solvable.js';
import { Solver } from './solver.js';
import { type PoolStatistics, readPoolStatistics } from './statistics.js';

/** Whose rules of versions, architectures and obsoletes hold; libsolv's DISTTYPE_*. */
export const distTypes = { rpm: 0, deb: 1, arch: 2, haiku: 3, conda: 4, apk: 5 } as const;
export type DistType = keyof typeof distTypes;

/** libsolv's POOL_FLAG_*. */
export const poolFlags = {
  promoteepoch: 1,
  forbidselfconflicts: 2,
  obsoleteusesprovides: 3,
  implicitobsoleteusesprovides: 4,
  obsoleteusescolors: 5,
  noinstalledobsoletes: 6,
  havedistepoch: 7,
  noobsoletesmultiversion: 8,
  addfileprovidesfiltered: 9,
  implicitobsoleteusescolors: 10,
  nowhatprovidesaux: 11,
  whatprovideswithdisabled: 12,
} as const;
export type PoolFlag = keyof typeof poolFlags;

/** libsolv has a bit for each. */
const vendorClassesMax = 32;

export interface PoolOptions {
  /** Architecture of the machine, such as `x86_64`: decides which packages are installable and which arch is better. */
  readonly arch: string;
  /** Default `rpm`. */
  readonly distType?: DistType;
}

/**
 * All packages that a problem is about, in repositories, and the tables libsolv keeps over them. Whatever changes it (adding or reading a
 * repository, a setter, an index) makes the solvers and transactions that were made of it stale: using one is `misuse`. Ids stay
 * valid, and what was already read out is a copy.
 */
export class Pool {
  readonly #resource: Resource;
  readonly #generation = new Generation();
  readonly #repos = new Map<number, Repo>();

  /** @internal */
  static create(instance: Instance, siblings: Set<ReleasableState>, { arch, distType = 'rpm' }: PoolOptions): Pool {
    const handle = instance.send('shim_pool_create', [distTypes[distType]], { strings: [arch] });
    return new Pool(instance, siblings, handle);
  }

  private constructor(instance: Instance, siblings: Set<ReleasableState>, handle: number) {
    this.#resource = new Resource(instance, siblings, 'pool', 'shim_pool_free', handle);
    this.#resource.guard(this);
  }

  /** The repositories in the order they were added. */
  get repos(): readonly Repo[] {
    return Array.from(this.ask('shim_pool_repos', []).list(), (id) => this.repoOf(id));
  }

  /** Adds an empty repository. A higher priority wins; `subpriority` decides between equal ones. Defaults 0. */
  addRepo(name: string, options: RepoOptions = {}): Repo {
    this.changing();
    const id = this.send('shim_pool_add_repo', [options.priority ?? 0, options.subpriority ?? 0], { strings: [name] });
    const repo = new Repo(this, id, name);
    this.#repos.set(id, repo);
    return repo;
  }

  /** The repository that says what is installed; null: nothing is. */
  setInstalled(repo: Repo | null): void {
    const id = repo === null ? 0 : this.repoId(repo);
    this.changing();
    this.call('shim_pool_set_installed', id);
  }

  /**
   * The modaliases of the machine, as in `/sys/…/modalias`. A dependency `namespace:modalias(PATTERN)` then holds if the pattern,
   * its %XX escapes decoded, matches one of them by fnmatch: what libzypp's Modalias does. Takes effect for what is looked up
   * from now on: set it before the first solve.
   */
  setHardware(modaliases: readonly string[]): void {
    this.changing();
    this.send('shim_pool_set_hardware', [modaliases.length], { strings: modaliases });
  }

  /**
   * What provides a dependency of another namespace: `setNamespace('namespace:language', 'de')` says that the machine does, a list
   * of packages that they do, an empty one that nothing does. After `createWhatprovides`, and again after a further one.
   */
  setNamespace(namespace: string, value: string, providers: readonly SolvableId[] = [systemSolvable]): void {
    this.changing();
    this.send('shim_pool_set_namespace', [], { strings: [namespace, value], ints: providers });
  }

  /**
   * Packages that libsolv is to act as if they were not there, as testcases' `disable` does. Replaces the earlier list. After all
   * repositories were read, before `createWhatprovides`.
   */
  setDisabled(ids: readonly SolvableId[]): void {
    this.changing();
    this.send('shim_pool_set_disabled', [], { ints: ids });
  }

  /**
   * Vendors that may take each other's place without `allowVendorchange`: up to 32 lists of patterns, as `['SUSE*', 'openSUSE*']`, each
   * compared by fnmatch without regard to case; after a `!`, a pattern keeps a vendor out. Replaces the earlier lists.
   */
  setVendorClasses(classes: readonly (readonly string[])[]): void {
    if (classes.length > vendorClassesMax) throw new SolvError('limit', `more than ${vendorClassesMax} vendor classes`);
    const strings = classes.flatMap((patterns) => [...patterns, '']);
    this.changing();
    this.send('shim_pool_set_vendor_classes', [strings.length], { strings });
  }

  setFlag(flag: PoolFlag, value: boolean): void {
    this.changing();
    this.call('shim_pool_set_flag', poolFlags[flag], value ? 1 : 0);
  }

  getFlag(flag: PoolFlag): boolean {
    return this.call('shim_pool_get_flag', poolFlags[flag]) !== 0;
  }

  /** Adds provides for the files that some dependency names. Before `createWhatprovides`. */
  addFileProvides(): void {
    this.changing();
    this.call('shim_pool_add_fileprovides');
  }

  /**
   * Builds the index from provides to packages. Needed before a look-up and before `createSolver`; again after repositories changed, and
   * then a new solver too. Throws `limit` if a dependency is too large or too deep to solve over; the limits are in the README.
   */
  createWhatprovides(): void {
    this.changing();
    this.send('shim_pool_create_whatprovides', [], {});
  }

  /** Packages that satisfy a dependency, `kernel-default >= 6` or `(a and b)`; `systemSolvable` alone: the system itself. */
  whatProvides(dep: string): readonly SolvableId[] {
    return this.whatProvidesMany([dep])[0] ?? [];
  }

  whatProvidesMany(deps: readonly string[]): readonly (readonly SolvableId[])[] {
    const reply = this.ask('shim_pool_whatprovides', [deps.length], { strings: deps });
    return deps.map(() => readSolvables(reply));
  }

  /** The package called `name-evr.arch` or `name-evr.arch@repo`; null if there is none. */
  find(nevra: string): SolvableId | null {
    return this.findMany([nevra])[0] ?? null;
  }

  findMany(nevras: readonly string[]): readonly (SolvableId | null)[] {
    const reply = this.ask('shim_pool_find', [nevras.length], { strings: nevras });
    return nevras.map(() => optionalSolvable(reply.int()));
  }

  /** Below, equal to or above 0, as the first version is older, equal or newer by the rules of the pool's distribution type. */
  compareVersions(left: string, right: string): number {
    return this.ask('shim_pool_compare_versions', [], { strings: [left, right] }).int();
  }

  /** The solvables of a repository, or of all of them. */
  solvables(repo?: Repo): readonly SolvableId[] {
    return readSolvables(this.ask('shim_pool_solvables', [repo === undefined ? 0 : this.repoId(repo)]));
  }

  /** What is known of each of these, in their order. */
  packages(ids: readonly SolvableId[]): readonly PackageInfo[] {
    const reply = this.ask('shim_pool_packages', [], { ints: ids });
    return ids.map((id) => this.#package(id, reply));
  }

  /** One dependency list of each of these, as libsolv prints them. */
  dependencies(ids: readonly SolvableId[], kind: DependencyKind): readonly (readonly string[])[] {
    const reply = this.ask('shim_pool_dependencies', [dependencyKinds.indexOf(kind)], { ints: ids });
    return ids.map(() => Array.from({ length: reply.int() }, () => reply.string()));
  }

  /** What a person's text (`kernel-default >= 6`, `libfoo*`, `/usr/bin/foo`) means in this pool. */
  select(text: string, flags: readonly SelectionFlag[]): Selection {
    return this.selectSteps([{ text, flags }]);
  }

  /** Several texts, each added to, taken from or narrowing what the ones before it selected. */
  selectSteps(steps: readonly SelectionStep[]): Selection {
    return readSelection(this.ask('shim_pool_select', [steps.length], packSteps(steps)), steps, this);
  }

  /** A solver over the pool as it is now. Once the pool changes it is stale, and so are its transactions: create another one. */
  createSolver(): Solver {
    return new Solver(this, this.#resource, this.#generation, this.send('shim_solver_create', [], {}));
  }

  statistics(): PoolStatistics {
    return readPoolStatistics(this.ask('shim_pool_statistics', []));
  }

  /** Frees the pool, its repositories and its solvers. Calling it again does nothing. */
  dispose(): void {
    this.#resource.release();
  }

  /** @internal This pool in an instance that was forked from its own. */
  inFork(origin: Instance, fork: Instance, siblings: Set<ReleasableState>): Pool {
    if (this.#resource.instance !== origin) throw new SolvError('misuse', 'the pool belongs to another instance');
    return new Pool(fork, siblings, this.#resource.handle);
  }

  /** @internal */
  call(name: string, ...args: readonly number[]): number {
    return this.#resource.instance.call(name, this.#resource.handle, ...args);
  }

  /** @internal */
  send(name: string, args: readonly number[], request: Request): number {
    return this.#resource.instance.send(name, [this.#resource.handle, ...args], request);
  }

  /** @internal */
  ask(name: string, args: readonly number[], request: Request = {}): Reply {
    return this.#resource.instance.ask(name, [this.#resource.handle, ...args], request);
  }

  /** @internal Before a call that changes the pool, however it ends: a document that cannot be read leaves what came before the error. */
  changing(): void {
    this.#generation.next();
  }

  /** @internal Reads on in this pool's testcase, into a solver of before or into a new one. */
  askTestcase(reused: Solver | null): Reply {
    const handle = reused?.handle ?? 0;
    this.changing();
    const reply = this.ask('shim_testcase_next', [handle]);
    reused?.renew();
    return reply;
  }

  /** @internal A solver that C made. */
  adoptSolver(handle: number): Solver {
    return new Solver(this, this.#resource, this.#generation, handle);
  }

  /** @internal The number of one of this pool's own repositories. */
  repoId(repo: Repo): number {
    if (this.#repos.get(repo.id) !== repo) {
      throw new SolvError('misuse', `the repository ${repo.name} belongs to another pool`);
    }
    return repo.id;
  }

  /** @internal */
  repoOf(id: number): Repo {
    const known = this.#repos.get(id);
    if (known !== undefined) return known;
    // A testcase adds repositories from within C.
    const repo = new Repo(this, id, this.ask('shim_repo_name', [id]).string());
    this.#repos.set(id, repo);
    return repo;
  }

  #package(id: SolvableId, reply: Reply): PackageInfo {
    const repo = this.repoOf(reply.int());
    const installed = reply.int() === 1;
    const downloadBytes = reply.wide();
    const installedBytes = reply.wide();
    const name = reply.string();
    const evr = reply.string();
    const arch = reply.string();
    const vendor = reply.string();
    return {
      id,
      name,
      evr,
      arch,
      nevra: `${name}-${evr}.${arch}`,
      vendor,
      repo,
      installed,
      downloadBytes,
      installedBytes,
    };
  }
}
