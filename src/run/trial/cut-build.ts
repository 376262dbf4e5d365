import { allBuiltinHardware, loadBuiltinHardware } from '#hardware';
import { type KernelBuild, modprobeName, moduleName } from '#kernel';
import { partOf } from '../repository/kernel-part.js';

/**
 * A closed part of a kernel whose image has only what somebody can ask of it: exports that the part imports, and built-in kernel modules of
 * which `spoken` has the names. That is a fiftieth of the whole one's metadata, and every request comes to the same.
 */
export function cutBuild(
  build: KernelBuild,
  kernelModules: readonly string[],
  spoken: ReadonlySet<string>,
): KernelBuild {
  const { image, ...part } = partOf(build, kernelModules);
  const used = new Set(part.modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
  const named = new Set([
    ...kernelModules.map(modprobeName),
    ...part.modules.flatMap(({ depends, softdeps, weakdeps }) =>
      [...depends, ...softdeps.pre, ...softdeps.post, ...weakdeps].map(modprobeName),
    ),
  ]);
  return {
    ...part,
    image: {
      ...image,
      exports: image.exports.filter(({ name }) => used.has(name)),
      builtin: image.builtin.filter((path) => spoken.has(moduleName(path)) || named.has(moduleName(path))),
    },
  };
}

/** Kernel modules that a ready hardware profile speaks of. */
export async function spokenOf(): Promise<ReadonlySet<string>> {
  const profiles = await Promise.all((await allBuiltinHardware()).map(loadBuiltinHardware));
  return new Set(
    profiles
      .flatMap(({ devices, root }) => [
        ...devices.flatMap(({ drivers = [] }) => drivers),
        ...(root?.kernelModules ?? []),
      ])
      .map(modprobeName),
  );
}
