import type { CountRange, WeakModulesScript } from '#run-document';

/** A package that brings a kernel or kernel modules, as its scripts see it. */
export interface ScriptedPackage {
  readonly nevra: string;
  readonly name: string;
  /**
   * `image`: kernel-scriptlets/rpm-post, which calls weak-modules2 --add-kernel. `kmp`: kmp-post, --add-kmp. `misplacedKmp`: the same, and
   * weak-modules2 gives up because of where its files lie. `subpackage`: inkmp-post of kernel-default-extra and of KMPs that are built with
   * the kernel, --add-kernel-modules.
   */
  readonly role: 'image' | 'kmp' | 'misplacedKmp' | 'subpackage';
  /** The kernel its kernel modules were built for. */
  readonly release: string;
  readonly flavor: string;
  /** File names of its kernel modules. */
  readonly files: readonly string[];
  /** weak-modules2 minds these names: they lie in updates/ or extra/. */
  readonly outsideKernelDirectory: boolean;
}

/** A package whose scripts run, in the order of the transaction. */
export interface ScriptEvent {
  readonly what: 'comes' | 'goes';
  readonly package: ScriptedPackage;
}

/** What weak-modules2 does when it tries all KMPs for one kernel. */
export interface KernelWalk {
  /** Runs of depmod that this takes. */
  readonly checks: number;
  /** Packages, by nevra, that it links. */
  readonly linked: ReadonlySet<string>;
}

/** Packages of other kernels, by nevra, that are linked into a kernel. */
export type LinkedPackages = ReadonlyMap<string, ReadonlySet<string>>;

/** A transaction as the scripts of its packages live through it. */
export interface ScriptedTransaction {
  readonly script: WeakModulesScript;
  readonly before: readonly ScriptedPackage[];
  /** What earlier transactions left linked, by kernel; where nobody knows, what the script would link now. */
  readonly linkedBefore: LinkedPackages | null;
  readonly events: readonly ScriptEvent[];
  /** weak-modules2 --add-kernel on a machine with these packages. */
  readonly walk: (release: string, installed: readonly ScriptedPackage[]) => KernelWalk;
  /** Kernels whose initrd is made anew on the machine. */
  readonly initrdsMade: ReadonlySet<string>;
}

/** One run of depmod. */
export interface DepmodRun {
  readonly release: string;
  /** Kernel modules in the tree at that moment. */
  readonly kernelModules: CountRange;
  /** False where it depends on what depmod said before whether it runs at all. */
  readonly certain: boolean;
}

/** One run of dracut, or what stands in its place. */
export interface InitrdRun {
  readonly release: string;
  /** That the kernel sees at that moment. */
  readonly kernelModules: number;
  /** `post`: by the kernel package's own script, before the KMPs that come after it. `posttrans`: at the end. */
  readonly when: 'post' | 'posttrans';
}

/** What the scripts of one transaction started. */
export interface ScriptRuns {
  readonly depmod: readonly DepmodRun[];
  readonly initrds: readonly InitrdRun[];
  /** Calls of `rpm`, each of which opens the database. */
  readonly rpmQueries: number;
  /** Calls of `ln`, for copies of a kernel's tree in /var/tmp. */
  readonly copiedLinks: CountRange;
  /** What lies in weak-updates of each kernel in the end. */
  readonly linked: LinkedPackages;
  /** Kernels that have other kernel modules now, and how many they see. */
  readonly changed: ReadonlyMap<string, number>;
}
