import type { ScriptEvent, ScriptedPackage, ScriptedTransaction } from './facts.js';
import type { RunLog } from './run-log.js';
import type { Tree, Trees } from './trees.js';

interface WeakModules2Ending {
  /** Packages, by nevra, that are linked into a kernel when all is over. */
  readonly linkedAfter: (release: string) => ReadonlySet<string>;
}

/**
 * What SUSE's scripts start when one package comes or goes, told after openSUSE/suse-module-tools, commit aa56d01 (16.1.6): weak-modules2 and
 * kernel-scriptlets/{rpm,kmp,inkmp}-script, which the scriptlets of kernel-source's rpm/kernel-module-subpackage and
 * rpm/kernel-binary.spec.in call. Functions of the script are named where they are played.
 */
export class WeakModules2 {
  readonly #trees: Trees;
  readonly #log: RunLog;
  readonly #walk: ScriptedTransaction['walk'];
  readonly #linkedAfter: (release: string) => ReadonlySet<string>;

  constructor(
    trees: Trees,
    log: RunLog,
    { walk, linkedAfter }: Pick<ScriptedTransaction, 'walk'> & Pick<WeakModules2Ending, 'linkedAfter'>,
  ) {
    this.#trees = trees;
    this.#log = log;
    this.#walk = walk;
    this.#linkedAfter = linkedAfter;
  }

  /** After the files of the package came or went. */
  ran({ what, package: pkg }: ScriptEvent): void {
    switch (pkg.role) {
      case 'image':
        if (what === 'comes') this.#imageCame(pkg);
        return;
      case 'subpackage':
        // add_kernel_modules and remove_kernel_modules; the initrd waits for %posttrans.
        if (pkg.files.length > 0) this.#kernelChanged(pkg);
        return;
      case 'misplacedKmp':
        // find_kmps: check_kmp finds it in kernel/ and the script ends.
        this.#log.rpmQueries += 3;
        return;
      case 'kmp':
        if (what === 'comes') this.#kmpCame(pkg);
        else this.#kmpWent(pkg);
    }
  }

  #imageCame(pkg: ScriptedPackage): void {
    this.#kernelChanged(pkg);
    const { release, visible } = this.#trees.of(pkg);
    // run_depmod_build_initrd: at once, unless INITRD_IN_POSTTRANS is in zypper's own environment.
    this.#log.initrds.push({ release, kernelModules: visible, when: 'post' });
  }

  /** kernel_changed: every KMP of the flavor is tried (walk_kmps), then depmod runs for good. */
  #kernelChanged(pkg: ScriptedPackage): void {
    const tree = this.#trees.of(pkg);
    if (tree.images === 0) return;
    const installed = this.#trees.installed;
    const kmps = installed.filter(({ role, flavor }) => role === 'kmp' && flavor === pkg.flavor);
    this.#log.rpmQueries += 1 + 2 * kmps.length;
    const { checks, linked } = this.#walk(pkg.release, installed);
    const comes = kmps.filter((kmp) => linked.has(kmp.nevra) && !tree.has(kmp));
    const more = comes.reduce((sum, { files }) => sum + files.length, 0);
    if (checks > 0) this.#log.copyOf(tree);
    this.#log.depmodOn(tree, { more: more + 1, times: checks });
    for (const link of comes) tree.add(link, true);
    this.#log.depmodOn(tree);
  }

  /** add_kmp */
  #kmpCame(pkg: ScriptedPackage): void {
    this.#log.rpmQueries += 1 + 2 * this.#trees.versionsOf(pkg.name).length;
    for (const tree of this.#kernelsFor(pkg)) {
      // has_unresolved_symbols of the tree as it is; its answer is a warning only.
      this.#log.depmodOn(tree);
      if (tree.has(pkg)) {
        this.#log.depmodOn(tree);
        continue;
      }
      const older = tree.linkedVersionOf(pkg);
      // The tree is copied before anybody looks at names.
      this.#log.copyOf(tree);
      if (tree.takes(pkg, older)) continue;
      this.#log.depmodOn(tree, { more: pkg.files.length });
      // What is not linked in the end may have been for a while.
      const fits = this.#linkedAfter(tree.release).has(pkg.nevra);
      if (fits) {
        if (older !== undefined) tree.remove(older);
        tree.add(pkg, true);
      }
      this.#log.depmodOn(tree, { certain: fits });
    }
  }

  /** remove_kmp, when the package's files are gone. */
  #kmpWent(pkg: ScriptedPackage): void {
    const others = this.#trees.versionsOf(pkg.name);
    // %preun lists the files, kmp-postun looks for a reinstallation, find_kmps for other versions.
    this.#log.rpmQueries += 2 + (others.length > 0 ? 1 : 0) + 2 * others.length;
    for (const tree of this.#kernelsFor(pkg)) {
      const linked = tree.has(pkg);
      if (tree.release !== pkg.release && !linked) continue;
      this.#log.depmodOn(tree);
      tree.remove(pkg);
      this.#tryInstead(others, tree);
      this.#log.depmodOn(tree);
    }
  }

  /** Other versions of a KMP that went, newest first; the first one that fits is linked and ends it. */
  #tryInstead(others: readonly ScriptedPackage[], tree: Tree): void {
    if (others.length > 0) this.#log.copyOf(tree);
    let certain = true;
    for (const other of others) {
      if (tree.takes(other)) continue;
      this.#log.depmodOn(tree, { more: other.files.length, certain });
      certain = false;
    }
  }

  #kernelsFor({ flavor }: ScriptedPackage): Tree[] {
    return this.#trees.kernels.filter((tree) => tree.flavor === flavor);
  }
}
