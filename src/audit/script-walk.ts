import { nevra } from '#rpm';
import type { LoaderPolicy } from '#run-document';
import { treesOf } from './depmod.js';
import type { BootableKernel, Payload } from './payload.js';
import { linksInto } from './weak-updates.js';

/** What SUSE's script does when it goes through all kernel module packages for one kernel. */
export interface ScriptWalk {
  /** How often it asks depmod whether a package fits. */
  readonly checks: number;
  /** Packages, by nevra, that it links into the kernel. */
  readonly linked: ReadonlySet<string>;
}

/** weak-modules2 --add-kernel on a machine with these packages. */
export function walkOf(kernel: BootableKernel, installed: readonly Payload[], policy: LoaderPolicy): ScriptWalk {
  const own = treesOf(installed).get(kernel.release) ?? new Map();
  const { files, checks } = linksInto(kernel, own, installed, policy);
  return { checks, linked: new Set([...files.values()].map((file) => nevra(file.package))) };
}
