import { type KernelBuild, type KernelModule, ModuleIndex } from '#kernel';
import { seededRandom } from '#statistics';

/**
 * Kernel modules of a build in a seeded order in which each comes after everything it depends on: every prefix is closed under
 * dependency, so that a subset of any size is a kernel that could exist.
 */
export function closedOrder(build: KernelBuild, seed: number): readonly string[] {
  const index = ModuleIndex.of(build);
  const order = new Set<string>();
  const visit = (kernelModule: KernelModule, path: ReadonlySet<KernelModule>): void => {
    if (order.has(kernelModule.name) || path.has(kernelModule)) return;
    const deeper = new Set(path).add(kernelModule);
    for (const { name } of kernelModule.imports) {
      const exporter = index.exporterOf(name);
      if (exporter !== undefined) visit(exporter, deeper);
    }
    for (const dependency of index.dependsOf(kernelModule)) visit(dependency, deeper);
    order.add(kernelModule.name);
  };
  for (const kernelModule of shuffled(build.modules, seed)) visit(kernelModule, new Set());
  return [...order];
}

/** The build with only these kernel modules; the image stays whole. */
export function subsetOf(build: KernelBuild, names: ReadonlySet<string>): KernelBuild {
  return { ...build, modules: build.modules.filter(({ name }) => names.has(name)) };
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  const keyed = items.map((item) => ({ item, key: random.float() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
