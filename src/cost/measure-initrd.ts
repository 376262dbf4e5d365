import { join } from 'node:path';
import type { Costs } from './document.js';
import { nothing, type Point, timed, tool } from './timing.js';

/** A copy of a tree, which depmod has been through. */
export interface TreeCopy {
  readonly root: string;
  readonly release: string;
  readonly kernelModules: number;
}

/**
 * Real dracut over a tree, for no machine in particular: which device holds the root file system is not asked, so it takes the drivers of all
 * that may. On a machine it would take less of a full tree, and of a tree that has this machine's drivers only nearly the same.
 */
export function timeInitrd({ root, release, kernelModules }: TreeCopy, samples: number): Promise<Point> {
  const modules = join(root, 'lib/modules', release);
  const options = ['--quiet', '--force', '--no-hostonly', '--no-early-microcode', '--kmoddir', modules];
  return timed(kernelModules, samples, nothing, () => tool('dracut', [...options, join(root, 'initrd.img'), release]));
}

/** dracut 059 prints its version and exits with 1. */
export async function dracutVersion(): Promise<string> {
  const text = await tool('dracut', ['--version'], { exitCodes: [0, 1] });
  return text.trim().replace(/^dracut /, '');
}

export function initrdCurve(points: Point[]): Costs['measured']['initrd'] {
  return {
    what: 'dracut --no-hostonly, everything in the page cache',
    unit: 'kernel modules that the kernel sees',
    points,
  };
}
