import {
  type Job,
  type PackageInfo,
  type Pool,
  type SolvableId,
  type Solver,
  systemSolvable,
} from '@opensuse/libsolv-wasm';
import { lockedPackages } from '../jobs.js';
import type { Machine } from '../machine.js';
import { packageArgument } from '../package-argument.js';
import type { Request } from '../request.js';

/** One solve that wants explaining: the machine it was done on, what was asked, and the solver that answers for it. */
export interface Solving {
  readonly machine: Machine;
  readonly solver: Solver;
  readonly jobs: readonly Job[];
  readonly request: Request;
  /** A package that was put on top of the request, to see what stands against it. */
  readonly supposed?: SolvableId;
}

/** What the solve left: whether it has a solution, and which packages are there in the end. */
export interface Ending {
  readonly solved: boolean;
  readonly result: ReadonlySet<SolvableId>;
}

/** What explanations are made from. */
export interface Context {
  readonly solving: Solving;
  readonly world: World;
}

/** What an answer to "why" is made from. */
export interface Inquiry extends Context {
  readonly ending: Ending;
}

/** Look-ups in the pool that explanations make again and again, each asked of libsolv once. */
export class World {
  readonly pool: Pool;
  readonly #solving: Solving;
  #locked: ReadonlySet<SolvableId> | null = null;
  #asked: ReadonlyMap<SolvableId | string, string> | null = null;
  readonly #known = new Map<SolvableId, PackageInfo>();
  readonly #providers = new Map<string, readonly SolvableId[]>();

  constructor(solving: Solving) {
    this.pool = solving.machine.pool;
    this.#solving = solving;
  }

  /** Packages that a lock names. */
  locked(): ReadonlySet<SolvableId> {
    this.#locked ??= new Set(lockedPackages(this.#solving.machine).map(({ id }) => id));
    return this.#locked;
  }

  /** Packages and capabilities that the request names, each with the first of its arguments that means it. */
  asked(): ReadonlyMap<SolvableId | string, string> {
    this.#asked ??= this.#readAsked();
    return this.#asked;
  }

  #readAsked(): Map<SolvableId | string, string> {
    const { machine, request } = this.#solving;
    const asked = new Map<SolvableId | string, string>();
    for (const text of request.names.toReversed()) {
      const { spec, matches } = packageArgument(machine, request, text);
      for (const meant of [text, spec, ...matches.map(({ id }) => id)]) asked.set(meant, text);
    }
    return asked;
  }

  package(id: SolvableId): PackageInfo | null {
    if (id === systemSolvable) return null;
    const known = this.#known.get(id) ?? this.pool.packages([id])[0];
    if (known !== undefined) this.#known.set(id, known);
    return known ?? null;
  }

  nevra(id: SolvableId | null): string | null {
    return id === null ? null : (this.package(id)?.nevra ?? null);
  }

  /** Of packages that are known to be ones. */
  nevraOf(id: SolvableId): string {
    return this.package(id)?.nevra ?? '';
  }

  providers(dependency: string): readonly SolvableId[] {
    const known = this.#providers.get(dependency) ?? this.pool.whatProvides(dependency);
    this.#providers.set(dependency, known);
    return known;
  }

  /** Architectures for which there are packages that provide something, where this machine could install none of them. */
  foreignArchitectures(dependency: string): readonly string[] {
    // A rich dependency is of no one name.
    if (dependency.startsWith('(')) return [];
    const name = dependency.replace(/ .*$/, '');
    // libsolv indexes only what it could install.
    if (this.providers(name).length > 0) return [];
    this.#all ??= this.pool.packages(this.pool.solvables());
    return [...new Set(this.#all.filter((packageInfo) => packageInfo.name === name).map(({ arch }) => arch))].sort();
  }
  #all: readonly PackageInfo[] | undefined;

  /** Every version of a name, of repositories and installed. */
  named(name: string): readonly PackageInfo[] {
    return this.providers(name).flatMap((id) => {
      const found = this.package(id);
      return found?.name === name ? [found] : [];
    });
  }

  /** The packages that a job is about; none where it is about everything. */
  selected({ select }: Job): readonly SolvableId[] {
    switch (select.kind) {
      case 'solvable':
        return [select.id];
      case 'oneOf':
        return select.ids;
      case 'name':
        return this.providers(select.name);
      case 'provides':
        return this.providers(select.dep);
      case 'repo':
      case 'all':
        return [];
    }
  }
}
