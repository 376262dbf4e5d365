import { append } from '#collections';
import {
  type Dependency,
  dependencyHolds,
  formatDependency,
  nevra,
  parseRichDependency,
  provideMatches,
  type RpmPackage,
} from '#rpm';
import type { Violation } from '#run-document';

/**
 * Checks a set of installed packages on its own, the slow and obvious way, so that no answer of the solver goes unchecked:
 * every requires is met, no conflict, no obsoleted pair, one version of a name unless multiversion, and no file with two owners.
 * The last is beyond libsolv: rpm finds it when the transaction runs.
 *
 * `multiversion` packages are installed beside each other, unless one obsoletes the other in so many words: libsolv keeps explicit
 * obsoletes (solver_create(), `keepexplicitobsoletes`), and zypper leaves it at that.
 */
export function verify(installed: readonly RpmPackage[], multiversion: (pkg: RpmPackage) => boolean): Violation[] {
  const set = new InstalledSet(installed);
  return [
    ...installed.flatMap((pkg) => unmetRequires(pkg, set)),
    ...installed.flatMap((pkg) => conflicts(pkg, set)),
    ...installed.flatMap((pkg) => obsoletes(pkg, set)),
    ...sameNames(installed, multiversion),
    ...fileConflicts(installed),
  ];
}

/** Who provides what among the installed packages; file lists count as provides, as for rpm. */
class InstalledSet {
  readonly #providers = new Map<string, { readonly provide: Dependency; readonly pkg: RpmPackage }[]>();
  readonly #files = new Map<string, RpmPackage>();
  readonly #byName = new Map<string, RpmPackage[]>();

  constructor(installed: readonly RpmPackage[]) {
    for (const pkg of installed) {
      for (const provide of pkg.provides) append(this.#providers, provide.name, { provide, pkg });
      for (const file of pkg.files) this.#files.set(file.path, pkg);
      append(this.#byName, pkg.name, pkg);
    }
  }

  providers(dependency: Dependency): RpmPackage[] {
    const found = (this.#providers.get(dependency.name) ?? [])
      .filter(({ provide }) => provideMatches(provide, dependency))
      .map(({ pkg }) => pkg);
    const file = dependency.range === null ? this.#files.get(dependency.name) : undefined;
    return file === undefined ? found : [...found, file];
  }

  meets(dependency: Dependency): boolean {
    return dependencyHolds(parseRichDependency(dependency), (simple) => this.providers(simple));
  }

  named(name: string): readonly RpmPackage[] {
    return this.#byName.get(name) ?? [];
  }
}

/** rpm itself provides these; they say which features of rpm a package needs. */
const providedByRpm = /^(rpmlib|config)\(/;

function unmetRequires(pkg: RpmPackage, set: InstalledSet): Violation[] {
  return pkg.requires
    .filter((dependency) => !providedByRpm.test(dependency.name))
    .filter((dependency) => !set.meets(dependency))
    .map((dependency) => violation('requires', pkg, formatDependency(dependency), null));
}

/** A package may conflict with what it provides itself: that is how only one of several providers can be installed. */
function conflicts(pkg: RpmPackage, set: InstalledSet): Violation[] {
  return pkg.conflicts.flatMap((dependency) => {
    const others = set.providers(dependency).filter((other) => other !== pkg);
    return others.map((other) => violation('conflicts', pkg, formatDependency(dependency), other));
  });
}

/** rpm matches obsoletes against the names of packages, not against what they provide. */
function obsoletes(pkg: RpmPackage, set: InstalledSet): Violation[] {
  return pkg.obsoletes.flatMap((dependency) =>
    set
      .named(dependency.name)
      .filter((other) => other.name !== pkg.name)
      .filter((other) => provideMatches({ name: other.name, range: { flag: 'EQ', evr: other.evr } }, dependency))
      .map((other) => violation('obsoletes', pkg, formatDependency(dependency), other)),
  );
}

function sameNames(installed: readonly RpmPackage[], multiversion: (pkg: RpmPackage) => boolean): Violation[] {
  const first = new Map<string, RpmPackage>();
  const violations: Violation[] = [];
  for (const pkg of installed) {
    const key = `${pkg.name}.${pkg.arch}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, pkg);
    else if (!(multiversion(pkg) && multiversion(other))) violations.push(violation('same-name', pkg, pkg.name, other));
  }
  return violations;
}

/** Two packages with one file. rpm lets it pass when the contents are equal, which two builds of a kernel module never are. */
function fileConflicts(installed: readonly RpmPackage[]): Violation[] {
  const owners = new Map<string, RpmPackage>();
  const violations: Violation[] = [];
  for (const pkg of installed) {
    for (const { path, kind } of pkg.files) {
      if (kind !== 'file') continue;
      const other = owners.get(path);
      if (other === undefined) owners.set(path, pkg);
      else violations.push(violation('file-conflict', pkg, path, other));
    }
  }
  return violations;
}

function violation(kind: Violation['kind'], pkg: RpmPackage, subject: string, other: RpmPackage | null): Violation {
  return { kind, package: nevra(pkg), subject, other: other === null ? null : nevra(other) };
}
