import { closure } from '#collections';
import { readInputText } from '#files';
import type { KernelBuild, Support } from './build.js';
import { parseSupported, type SupportOf } from './read/supported.js';

const limitBytes = 16 * 1024 ** 2;

/** What a vendor's supported.conf promises. @throws InputError */
export async function readSupported(file: string): Promise<SupportOf> {
  return parseSupported(
    await readInputText(file, { limitBytes, expected: "a supported.conf, as SUSE's kernel-source has it" }),
  );
}

/**
 * The build with what a list promises for each of its kernel modules. A list is kept for one version and configuration: what a supported kernel
 * module of this build needs is supported with it, as rpm/split-modules demands. What is not listed is unsupported.
 */
export function withSupport(build: KernelBuild, supportOf: SupportOf): KernelBuild {
  const support = new Map(build.modules.map(({ name, path }) => [name, supportOf(path)]));
  raiseNeeded(build, support);
  return {
    ...build,
    modules: build.modules.map((kernelModule) => ({
      ...kernelModule,
      support: support.get(kernelModule.name) ?? 'unsupported',
    })),
  };
}

/** What is needed has at least the promise of who needs it; somebody else's is the vendor's for what lies below it. */
function raiseNeeded({ modules }: KernelBuild, support: Map<string, Support>): void {
  const byName = new Map(modules.map((kernelModule) => [kernelModule.name, kernelModule]));
  const rank: Readonly<Record<Support, number>> = { unsupported: 0, external: 1, supported: 2, base: 3 };
  for (const level of ['base', 'supported', 'external'] as const) {
    const least = level === 'external' ? 'supported' : level;
    const needed = modules.filter(({ name }) => support.get(name) === level).flatMap(({ depends }) => depends);
    for (const name of closure(needed, (one) => byName.get(one)?.depends ?? [])) {
      const own = support.get(name);
      if (own !== undefined && rank[own] < rank[least]) support.set(name, least);
    }
  }
}
