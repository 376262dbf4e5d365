import type { ScriptedPackage } from './facts.js';

/** What lies below one /lib/modules/<release> while a transaction goes on: own files, and links to other kernels' packages. */
export class Tree {
  /** The kernel's image, and with it its System.map, is there: the scripts pass over directories without. */
  images = 0;
  changed = false;
  readonly #packages = new Map<string, { readonly pkg: ScriptedPackage; readonly linked: boolean }>();
  /** Who has a file of this name, and who of them in updates/, extra/ or weak-updates/. */
  readonly #owners = new Map<string, Map<string, { readonly outside: boolean }>>();
  #outside = 0;

  readonly release: string;
  readonly flavor: string;

  constructor(release: string, flavor: string) {
    this.release = release;
    this.flavor = flavor;
  }

  /** Kernel modules that depmod reads: one for each name. */
  get visible(): number {
    return this.#owners.size;
  }

  /** Files that a copy of the tree has one by one: all but those in kernel/, which it links as a whole. */
  get outside(): number {
    return this.#outside;
  }

  /** Packages, by nevra, that are linked into it. */
  get linked(): ReadonlySet<string> {
    return new Set([...this.#packages].filter(([, { linked }]) => linked).map(([nevra]) => nevra));
  }

  add(pkg: ScriptedPackage, linked: boolean): void {
    if (this.#packages.has(pkg.nevra)) return;
    this.#packages.set(pkg.nevra, { pkg, linked });
    const outside = linked || pkg.outsideKernelDirectory;
    if (outside) this.#outside += pkg.files.length;
    for (const name of pkg.files) {
      const owners = this.#owners.get(name);
      if (owners === undefined) this.#owners.set(name, new Map([[pkg.nevra, { outside }]]));
      else owners.set(pkg.nevra, { outside });
    }
    if (pkg.files.length > 0 || pkg.role === 'image') this.changed = true;
  }

  remove({ nevra, files }: ScriptedPackage): void {
    const known = this.#packages.get(nevra);
    if (known === undefined) return;
    this.#packages.delete(nevra);
    if (known.linked || known.pkg.outsideKernelDirectory) this.#outside -= files.length;
    for (const name of files) {
      const owners = this.#owners.get(name);
      owners?.delete(nevra);
      if (owners?.size === 0) this.#owners.delete(name);
    }
    if (files.length > 0) this.changed = true;
  }

  /** In the kernel's own directory, or linked into it (kmp_is_present). */
  has({ nevra }: ScriptedPackage): boolean {
    return this.#packages.has(nevra);
  }

  /** The version of the same package that is linked, whose place a newer one takes (previous_version_of_kmp). */
  linkedVersionOf({ name, files: [file = ''] }: ScriptedPackage): ScriptedPackage | undefined {
    for (const nevra of this.#owners.get(file)?.keys() ?? []) {
      const found = this.#packages.get(nevra);
      if (found?.linked === true && found.pkg.name === name) return found.pkg;
    }
    return undefined;
  }

  /** Whether somebody else has a file of such a name in updates/, extra/ or weak-updates/ (basenames_are_unique). */
  takes({ files }: ScriptedPackage, except?: ScriptedPackage): boolean {
    return files.some((name) =>
      [...(this.#owners.get(name) ?? [])].some(([nevra, { outside }]) => outside && nevra !== except?.nevra),
    );
  }
}

/** The kernels of a machine by release, and the packages that are installed on it. */
export class Trees {
  readonly #trees = new Map<string, Tree>();
  readonly #installed = new Map<string, ScriptedPackage>();
  readonly #byName = new Map<string, Map<string, ScriptedPackage>>();

  get installed(): readonly ScriptedPackage[] {
    return [...this.#installed.values()];
  }

  get all(): readonly Tree[] {
    return [...this.#trees.values()];
  }

  /** Kernels whose image is there. */
  get kernels(): readonly Tree[] {
    return this.all.filter(({ images }) => images > 0);
  }

  of({ release, flavor }: Pick<ScriptedPackage, 'release' | 'flavor'>): Tree {
    const known = this.#trees.get(release);
    if (known !== undefined) return known;
    const tree = new Tree(release, flavor);
    this.#trees.set(release, tree);
    return tree;
  }

  /** Installed versions of a package, the one that came last first. */
  versionsOf(name: string): ScriptedPackage[] {
    return [...(this.#byName.get(name)?.values() ?? [])].reverse();
  }

  install(pkg: ScriptedPackage): void {
    this.#installed.set(pkg.nevra, pkg);
    const versions = this.#byName.get(pkg.name);
    if (versions === undefined) this.#byName.set(pkg.name, new Map([[pkg.nevra, pkg]]));
    else versions.set(pkg.nevra, pkg);
    const tree = this.of(pkg);
    tree.add(pkg, false);
    if (pkg.role === 'image') tree.images++;
  }

  erase(pkg: ScriptedPackage): void {
    if (!this.#installed.delete(pkg.nevra)) return;
    this.#byName.get(pkg.name)?.delete(pkg.nevra);
    const tree = this.of(pkg);
    tree.remove(pkg);
    if (pkg.role === 'image') tree.images--;
  }
}
