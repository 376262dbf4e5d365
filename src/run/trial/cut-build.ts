import type { KernelBuild } from '#kernel';
import { partOf } from '../repository/kernel-part.js';

/**
 * A closed part of a kernel whose image exports only what the part imports: a fiftieth of the whole one's metadata. No package of the part can
 * ask for another symbol, so that every request comes to the same as with the whole image.
 */
export function cutBuild(build: KernelBuild, kernelModules: readonly string[]): KernelBuild {
  const part = partOf(build, kernelModules);
  const used = new Set(part.modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
  return { ...part, image: { ...part.image, exports: part.image.exports.filter(({ name }) => used.has(name)) } };
}
