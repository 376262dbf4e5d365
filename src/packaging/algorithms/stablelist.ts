import { type KernelBuild, moduleFileName } from '#kernel';
import { divide } from './external.js';
import type { DesignOptions } from './options.js';

/** What the build of Red Hat's driver packages would warn of: symbols of the kernel that nobody promised to keep. */
export function offStablelist(build: KernelBuild, { stablelist, ...options }: DesignOptions): string[] {
  if (stablelist === undefined) return [];
  const promised = new Set(stablelist);
  const { external, inKernel } = divide(build, options);
  const ofKernel = new Set([build.image, ...inKernel].flatMap(({ exports }) => exports.map((symbol) => symbol.name)));
  return external.flatMap(({ path, imports }) => {
    const off = imports.filter((symbol) => ofKernel.has(symbol.name) && !promised.has(symbol.name));
    return off.length === 0 ? [] : [`kmod-${moduleFileName(path)}: symbols not on the stablelist: ${off.length}`];
  });
}
