import { InputError } from '#errors';
import { globPattern } from '#files';
import type { KernelBuild, KernelModule } from '#kernel';

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
  const { byName, exporter } = indexOf(build);
  const kept = new Set(chosen);
  // Iterating over a set visits what is added meanwhile.
  for (const { imports, depends } of kept) {
    const needed = [
      ...imports.map(({ name }) => exporter.get(name)),
      ...depends.map((name) => byName.get(name.replaceAll('-', '_'))),
    ];
    for (const kernelModule of needed) if (kernelModule !== undefined) kept.add(kernelModule);
  }
  return kept;
}

interface ModuleIndex {
  readonly byName: ReadonlyMap<string, KernelModule>;
  readonly exporter: ReadonlyMap<string, KernelModule>;
}

/** Made once for each build: who takes many parts of one would spend most of the time on it. */
const indexes = new WeakMap<KernelBuild, ModuleIndex>();

function indexOf(build: KernelBuild): ModuleIndex {
  let index = indexes.get(build);
  if (index === undefined) {
    index = {
      byName: new Map(build.modules.map((kernelModule) => [kernelModule.name, kernelModule])),
      exporter: new Map(
        build.modules.flatMap((kernelModule) => kernelModule.exports.map(({ name }) => [name, kernelModule] as const)),
      ),
    };
    indexes.set(build, index);
  }
  return index;
}
