import { closure } from '#collections';
import { InputError } from '#errors';
import { globPattern } from '#files';
import { type KernelBuild, type KernelModule, ModuleIndex } from '#kernel';

/**
 * The build with only some of its kernel modules and what those depend on; the image stays whole. Patterns with a slash are of paths below
 * /lib/modules/<release>, others of names; `*` and `**` as in file names.
 *
 * @throws InputError `missing` where a pattern matches nothing
 */
export function partOf(build: KernelBuild, patterns: readonly string[]): KernelBuild {
  const chosen = patterns.flatMap((pattern) => {
    const test = globPattern(pattern.includes('/') ? pattern : pattern.replaceAll('-', '_'));
    const found = build.modules.filter(({ name, path }) => test.test(pattern.includes('/') ? path : name));
    if (found.length > 0) return found;
    throw new InputError('missing', `kernel build ${build.release} has no kernel module like "${pattern}"`, {
      hint: 'patterns with a slash are of paths, others of names',
    });
  });
  const kept = closureOf(build, chosen);
  return { ...build, modules: build.modules.filter((kernelModule) => kept.has(kernelModule)) };
}

/** With whatever exports what they import, and what they name in `depends=`. */
function closureOf(build: KernelBuild, chosen: readonly KernelModule[]): ReadonlySet<KernelModule> {
  const index = ModuleIndex.of(build);
  return closure(chosen, (kernelModule) => [
    ...kernelModule.imports.flatMap(({ name }) => index.exporterOf(name) ?? []),
    ...index.dependsOf(kernelModule),
  ]);
}
