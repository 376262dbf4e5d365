import type { KernelBuild } from '#kernel';
import { designNamed, kernelUpdate, packageBuilds, parseSchemeText } from '#packaging';
import { compareEvr, type Evr, nevra, type RpmPackage } from '#rpm';
import type { Publication } from '#scenario';

/** A build when it is published. */
export interface BuildInLine {
  readonly build: KernelBuild;
  /** The one of its line that was published before; null for the first. */
  readonly before: KernelBuild | null;
  /** All of its line that were, where the design looks back. */
  readonly earlier: readonly KernelBuild[];
}

/** Whether a design provides again what earlier builds had, so that publishing takes all of these. */
export function looksBack(scheme: string): boolean {
  return designNamed(parseSchemeText(scheme).name).symbolSets !== undefined;
}

/** What a build service publishes with a build. @throws InputError as packaging does */
export function publishedWith(
  scheme: string,
  publish: Publication['publish'],
  { build, before, earlier }: BuildInLine,
): readonly RpmPackage[] {
  if (publish === 'all' || before === null)
    return packageBuilds(scheme, [build], { patterns: false }, earlier).packages;
  return kernelUpdate(scheme, before, build).rebuilt.map((rebuiltPackage) => rebuiltPackage.package);
}

/** Names, versions and releases that are published. What has the same as something that is there is not published again. */
export class PublishedNames {
  readonly #known = new Set<string>();

  /** Those that are new, which are known from now on. */
  newOf(packages: readonly RpmPackage[]): readonly RpmPackage[] {
    const fresh = packages.filter((pkg) => !this.#known.has(nevra(pkg)));
    this.add(fresh.map(nevra));
    return fresh;
  }

  hasAny(names: readonly string[]): boolean {
    return names.some((name) => this.#known.has(name));
  }

  add(names: readonly string[]): void {
    for (const name of names) this.#known.add(name);
  }
}

/** What is the newest of its name and architecture, or has a kernel image, which a channel without retention keeps of every kernel. */
export class Newest {
  readonly #evrs = new Map<string, Evr>();

  see(packages: readonly RpmPackage[]): void {
    for (const { name, arch, evr } of packages) {
      const key = `${name}.${arch}`;
      const known = this.#evrs.get(key);
      if (known === undefined || compareEvr(known, evr) < 0) this.#evrs.set(key, evr);
    }
  }

  keeps(pkg: RpmPackage): boolean {
    const newest = this.#evrs.get(`${pkg.name}.${pkg.arch}`);
    return hasImage(pkg) || newest === undefined || compareEvr(pkg.evr, newest) === 0;
  }
}

/** SUSE's and Fedora's rule alike: the package that has the kernel image says which `uname -r` it is. */
function hasImage({ provides }: RpmPackage): boolean {
  return provides.some(({ name }) => name === 'kernel-uname-r');
}

export interface PublishedBuild {
  readonly build: KernelBuild;
  readonly packages: readonly RpmPackage[];
}

/** What a channel holds of builds that are at hand, each line oldest first. @throws InputError as packaging does */
export function publishedOverTime(
  scheme: string,
  lines: readonly (readonly KernelBuild[])[],
  { publish, retention }: Publication,
): PublishedBuild[] {
  const known = new PublishedNames();
  const all = lines.flatMap((line) =>
    line.map((build, at): PublishedBuild => {
      const earlier = looksBack(scheme) ? line.slice(0, at) : [];
      const packages = publishedWith(scheme, publish, { build, before: line[at - 1] ?? null, earlier });
      return { build, packages: known.newOf(packages) };
    }),
  );
  if (retention) return all;
  const newest = new Newest();
  for (const { packages } of all) newest.see(packages);
  return all.map(({ build, packages }) => ({ build, packages: packages.filter((pkg) => newest.keeps(pkg)) }));
}
