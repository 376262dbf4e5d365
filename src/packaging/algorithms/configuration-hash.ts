import { createHash } from 'node:crypto';
import { type KernelBuild, moduleFileName } from '#kernel';

/**
 * OpenWrt's hash of a kernel's configuration: md5 of the sorted `=y` and `=m` lines of .config (include/kernel-defaults.mk). A kernel build
 * does not keep its configuration; what it built in and what it made as kernel modules stands for it.
 */
export function configurationHash(build: KernelBuild): string {
  const lines = [
    ...build.image.builtin.map((path) => `${moduleFileName(path)}=y`),
    ...build.modules.map(({ path }) => `${moduleFileName(path)}=m`),
  ].sort();
  return createHash('md5')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
}
