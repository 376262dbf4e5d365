import type { ProfileDevice } from '#hardware';

/** A package of user space that asks for a kernel module. */
export interface Tool {
  /** Name of the package. */
  readonly name: string;
  readonly kernelModules: readonly string[];
  readonly how: 'requires' | 'recommends';
}

/** A device that takes the place of another one. */
export interface Swap {
  readonly out: string;
  readonly device: Pick<ProfileDevice, 'name' | 'class' | 'modalias'>;
}

/** A machine with the closed part of a kernel that drives some of its devices. */
export interface Kit {
  /** Ready hardware profile. Of its devices those count that something of the part drives. */
  readonly profile: string;
  /** Kernel modules that make up the part, with what they depend on. */
  readonly kernelModules: readonly string[];
  readonly tools: readonly Tool[];
  /** What a device may be swapped for; its driver is in the part. */
  readonly spare: Swap | null;
}

/** How the newest kernel's repository looks at the time of a step. */
export type Refresh =
  | { readonly state: 'whole' }
  /** Refreshed halfway: the kernel came, and what holds this kernel module did not. */
  | { readonly state: 'withoutDriver'; readonly kernelModule: string }
  /** Refreshed halfway: everything came but the kernel. */
  | { readonly state: 'withoutKernel' };

/** What a request or a lock is about. */
export type Subject =
  /** The kernel package: by its name, or in the version of the oldest or newest kernel in reach. */
  | { readonly kind: 'kernel'; readonly version: 'any' | 'oldest' | 'newest' }
  /** The package that holds a kernel module: by its name, or by the capability that it provides. */
  | { readonly kind: 'driver'; readonly kernelModule: string; readonly by: 'name' | 'capability' }
  | { readonly kind: 'vendorDriver' };

export interface PlannedRequest {
  readonly verb: 'in' | 'up' | 'dup' | 'inr' | 'rm' | 'patch' | 'purge-kernels';
  readonly subject: Subject | null;
  readonly noRecommends: boolean;
  readonly cleanDeps: boolean;
}

/** What changes, and then what is asked. */
export interface PlannedStep {
  /** The newest kernel that is published by then; what was published stays so. */
  readonly kernel: string;
  readonly refresh: Refresh;
  /** A kernel module of the newest kernel that is rebuilt from then on: same kernel, newer package. */
  readonly rebuilt: string | null;
  /** The spare device takes its place. */
  readonly swap: boolean;
  /** The newest installed kernel is booted. */
  readonly reboot: boolean;
  readonly lock: Subject | null;
  readonly request: PlannedRequest;
}

/** A driver of a vendor, compiled for each kernel, some kernels late. */
export interface PlannedVendor {
  /** Kernel module of the part that it imports and drives the same as. */
  readonly like: string;
  /** Has the name of that, and so replaces it. */
  readonly replaces: boolean;
  readonly lag: number;
}

/** One machine, one channel and one history of requests: everything random is drawn, and nothing depends on a design. */
export interface Plan {
  readonly kit: Kit;
  /** Kernel builds that are published one after the other, oldest first. */
  readonly kernels: readonly string[];
  /** How many kernels the channel keeps in reach. */
  readonly keeps: number;
  readonly vendor: PlannedVendor | null;
  /** Each kernel's repository publishes itself as an update, for `patch`. */
  readonly patches: boolean;
  /** The first one installs the kernel. */
  readonly steps: readonly PlannedStep[];
}
