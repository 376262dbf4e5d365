import { append } from '#collections';
import type { KernelBuild, KernelModule } from '#kernel';
import {
  type Dependency,
  dependencyHolds,
  isRich,
  leavesOf,
  nevra,
  parseRichDependency,
  provideMatches,
  type RpmPackage,
  rangesIntersect,
} from '#rpm';
import { sourcePath } from '../parts/patterns.js';
import { packageBuilds } from './package-builds.js';

/**
 * Why the package published for the older build cannot stay in place of the newer build's.
 * image: it holds the kernel image. new: no older package holds one of its kernel modules. changed: what it holds differs.
 * tied: what it holds is the same, and a dependency, on either side, demands the newer one.
 */
export type RebuildReason = 'image' | 'new' | 'changed' | 'tied';

export interface RebuiltPackage {
  readonly package: RpmPackage;
  readonly reason: RebuildReason;
}

export interface KernelUpdate {
  /** All packages of the newer build. */
  readonly newer: readonly RpmPackage[];
  /** Those that have to be built and published, in the order of the package set. */
  readonly rebuilt: readonly RebuiltPackage[];
  /** Packages of the older build that stay. Together with the rebuilt ones they are a repository in which nothing is missing that a rebuild brings. */
  readonly kept: readonly RpmPackage[];
}

/**
 * The fewest packages that a build service has to build and publish for the newer of two builds under a scheme, where every other
 * package of the older build stays as it is. A package stays when its content is the same and when the repository that results
 * meets its requirements, and those of the packages that were rebuilt; one that lacks what its rebuild would lack too gains nothing and stays.
 *
 * Content is what a kernel build knows: a file's path and size, symbols, aliases, dependencies, firmware, not its bytes. A fix that
 * leaves all of that as it was is not seen, so the number is a lower bound. Patterns are left out: they name the newest
 * version of all their packages. Scripts of installers (weak-modules2) must make an older package's files visible to the newer kernel.
 *
 * @throws InputError as packageBuilds does
 */
export function kernelUpdate(
  scheme: string,
  before: KernelBuild,
  after: KernelBuild,
  options: object = {},
): KernelUpdate {
  const withoutPatterns = { ...options, patterns: false };
  const older = packageBuilds(scheme, [before], withoutPatterns).packages;
  const olderNevras = new Set(older.map(nevra));
  const newer = packageBuilds(scheme, [after], withoutPatterns, [before]).packages;
  const contentBefore = new PackageContents(before);
  const contentAfter = new PackageContents(after);
  const olderByModules = new Map(older.map((pkg) => [contentBefore.of(pkg).identity, pkg]));
  const olderModules = new Set(before.modules.map(({ name }) => name));

  const publication = new Publication();
  for (const pkg of newer) {
    const content = contentAfter.of(pkg);
    const counterpart = olderByModules.get(content.identity);
    if (olderNevras.has(nevra(pkg))) publication.keep(pkg, pkg);
    else if (content.image) publication.rebuild(pkg, 'image');
    else if (content.modules.length > 0 && !content.modules.some(({ name }) => olderModules.has(name))) {
      publication.rebuild(pkg, 'new');
    } else if (counterpart === undefined || contentBefore.of(counterpart).text !== content.text) {
      publication.rebuild(pkg, 'changed');
    } else publication.keep(pkg, counterpart);
  }
  publication.close();
  return { newer, rebuilt: publication.rebuilt(newer), kept: publication.kept() };
}

interface PackageContent {
  readonly image: boolean;
  readonly modules: readonly KernelModule[];
  /** By what it is found in the other build, where its name may carry that build's version: its kernel modules, else its name. */
  readonly identity: string;
  /** All that is known of what it holds; of a symbol that a kernel module imports not its checksum, which is a dependency. */
  readonly text: string;
}

/** What the packages of one build hold of it. */
class PackageContents {
  readonly #byPath: ReadonlyMap<string, KernelModule>;
  readonly #directory: string;

  constructor({ release, modules }: KernelBuild) {
    this.#directory = `/lib/modules/${release}/`;
    this.#byPath = new Map(modules.map((kernelModule) => [sourcePath(kernelModule.path), kernelModule]));
  }

  of({ name, files }: RpmPackage): PackageContent {
    const modules = files.flatMap(({ path }) => this.#moduleAt(path) ?? []);
    const others = files.flatMap(({ path }) =>
      this.#moduleAt(path) === undefined ? [path.replace(this.#directory, '')] : [],
    );
    const image = others.some((path) => path.startsWith('/boot/vmlinuz-'));
    const names = modules.map((kernelModule) => kernelModule.name).sort();
    return {
      image,
      modules,
      identity: image ? 'image' : names.length > 0 ? names.join(' ') : `package ${name}`,
      text: [...modules.map(moduleText), ...others].sort().join('\n'),
    };
  }

  /** Packages from outside the kernel's own build have their files in updates/ or extra/. */
  #moduleAt(path: string): KernelModule | undefined {
    return path.startsWith(this.#directory)
      ? this.#byPath.get(sourcePath(path.slice(this.#directory.length)))
      : undefined;
  }
}

function moduleText(kernelModule: KernelModule): string {
  // compressedBytes differs with every build by a few bytes, as build ids do; vermagic names the release, and each build has a key of its own.
  const { compressedBytes, vermagic, signer, signature, imports, ...content } = kernelModule;
  return JSON.stringify([content, imports.map(({ name }) => name)]);
}

/** Which packages stay and which are built anew, until what is published needs nothing that it has not. */
class Publication {
  readonly #rebuilt = new Map<RpmPackage, RebuildReason>();
  /** The newer package, and the older one that stays in its place. */
  readonly #kept = new Map<RpmPackage, RpmPackage>();

  rebuild(newer: RpmPackage, reason: RebuildReason): void {
    this.#kept.delete(newer);
    this.#rebuilt.set(newer, reason);
  }

  keep(newer: RpmPackage, older: RpmPackage): void {
    this.#kept.set(newer, older);
  }

  close(): void {
    for (let tied = this.#tied(); tied.length > 0; tied = this.#tied()) {
      for (const newer of tied) this.rebuild(newer, 'tied');
    }
  }

  rebuilt(order: readonly RpmPackage[]): RebuiltPackage[] {
    return order.flatMap((newer) => {
      const reason = this.#rebuilt.get(newer);
      return reason === undefined ? [] : [{ package: newer, reason }];
    });
  }

  kept(): RpmPackage[] {
    return [...this.#kept.values()];
  }

  /** Kept packages that miss something, and kept ones whose newer self has what a rebuilt package misses. */
  #tied(): RpmPackage[] {
    const published = new Provided([...this.#rebuilt.keys(), ...this.#kept.values()]);
    const lacking = [...this.#kept].filter(([newer, older]) =>
      older.requires.some((need) => !published.meets(need) && !demands(newer, need)),
    );
    const wanted = new Wanted(
      [...this.#rebuilt.keys(), ...this.#kept.values()].flatMap(({ requires }) =>
        requires.flatMap((need) => published.unmetOf(need)),
      ),
    );
    const unpublished = [...this.#kept].filter(([newer, older]) => newer !== older && wanted.someMetBy(newer));
    return [...new Set([...lacking, ...unpublished].map(([newer]) => newer))];
  }
}

/**
 * Whether a rebuild would demand the same again. So it is of a symbol whose exporter has no checksums: nothing provides it, the kernel takes every
 * importer (acceptsVersion), and no rebuild of the importer mends the package.
 */
function demands({ requires }: RpmPackage, { name, range }: Dependency): boolean {
  return requires.some(
    (requirement) => requirement.name === name && JSON.stringify(requirement.range) === JSON.stringify(range),
  );
}

/** Requirements that nothing meets yet, by name. */
class Wanted {
  readonly #byName = new Map<string, Dependency[]>();

  constructor(needs: readonly Dependency[]) {
    for (const need of needs) append(this.#byName, need.name, need);
  }

  someMetBy({ provides }: RpmPackage): boolean {
    return provides.some(({ name, range }) =>
      this.#byName.get(name)?.some((need) => rangesIntersect(range, need.range)),
    );
  }
}

/** What a set of packages provides, by name. */
class Provided {
  readonly #byName = new Map<string, { readonly provide: Dependency; readonly by: RpmPackage }[]>();
  /** Schemes share the objects of symbol dependencies, and most requirements are of few symbols. */
  readonly #known = new Map<Dependency, boolean>();

  constructor(packages: readonly RpmPackage[]) {
    for (const by of packages) {
      for (const provide of by.provides) append(this.#byName, provide.name, { provide, by });
    }
  }

  meets(need: Dependency): boolean {
    const known = this.#known.get(need);
    if (known !== undefined) return known;
    const met = isRich(need)
      ? dependencyHolds(parseRichDependency(need), (simple) => this.#providers(simple))
      : this.#provides(need);
    this.#known.set(need, met);
    return met;
  }

  /** The simple dependencies that an unmet requirement lacks. Of alternatives all, which may build one package too many. */
  unmetOf(need: Dependency): readonly Dependency[] {
    if (this.meets(need)) return [];
    return leavesOf(parseRichDependency(need)).filter((simple) => !this.#provides(simple));
  }

  #provides({ name, range }: Dependency): boolean {
    return this.#byName.get(name)?.some(({ provide }) => rangesIntersect(provide.range, range)) ?? false;
  }

  #providers(need: Dependency): RpmPackage[] {
    const named = this.#byName.get(need.name) ?? [];
    return named.filter(({ provide }) => provideMatches(provide, need)).map(({ by }) => by);
  }
}
