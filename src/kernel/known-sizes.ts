import { InputError } from '#errors';
import type { KernelBuild } from './build.js';

/**
 * The build with the packed sizes of an earlier import. Measuring them takes minutes, and they follow from the packages alone: where these have the
 * same checksums, so have the kernel modules in them.
 *
 * @throws InputError `checksum` where the packages are others, `missing` where the earlier import has no size for a kernel module
 */
export function withKnownSizes(build: KernelBuild, earlier: KernelBuild): KernelBuild {
  const known = new Map(earlier.source.files.map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256 } of build.source.files) {
    if (sha256 !== null && known.get(name) === sha256) continue;
    throw new InputError('checksum', `${earlier.release} was not imported from this ${name}`, {
      expected: `packages with the checksums that the earlier import has: ${[...known.keys()].join(', ')}`,
      hint: 'measure the sizes with --measure-compressed',
    });
  }
  const sizes = new Map(earlier.modules.map(({ path, compressedBytes }) => [path, compressedBytes]));
  const modules = build.modules.map((kernelModule) => {
    const compressedBytes = sizes.get(kernelModule.path) ?? null;
    if (compressedBytes !== null) return { ...kernelModule, compressedBytes };
    throw new InputError('missing', `the earlier import has no packed size of ${kernelModule.path}`, {
      hint: 'measure the sizes with --measure-compressed',
    });
  });
  return { ...build, modules };
}
