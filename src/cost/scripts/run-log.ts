import type { DepmodRun, InitrdRun } from './facts.js';
import type { Tree } from './trees.js';

/** Collects what scripts start, in order. */
export class RunLog {
  readonly depmod: DepmodRun[] = [];
  readonly initrds: InitrdRun[] = [];
  rpmQueries = 0;
  linksLeast = 0;
  linksMost = 0;

  /** One run over a kernel's tree as it is, or over a copy with so many kernel modules more. */
  depmodOn({ release, visible }: Tree, { more = 0, certain = true, times = 1 } = {}): void {
    for (let run = 0; run < times; run++) {
      this.depmod.push({ release, kernelModules: { least: visible, most: visible + more }, certain });
    }
  }

  /** A copy of the tree in /var/tmp, which has a link for each file outside of kernel/ (create_temporary_modules_dir). */
  copyOf({ outside }: Tree, certain = true): void {
    if (certain) this.linksLeast += outside;
    this.linksMost += outside;
  }
}
