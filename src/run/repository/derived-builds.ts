import { InputError, invariant } from '#errors';
import { type Derivation, type Deriver, type KernelBuild, parseDerivedName } from '#kernel';
import { type ContentSpec, kernelsOf } from './content-spec.js';
import { partOf } from './kernel-part.js';

/**
 * The builds that a repository is made of, by name. Derived ones are made of what the repository takes of their base: a part changes as the
 * whole would, and is made in a tenth of the time.
 *
 * @param deriver needed where there are some
 * @throws InputError
 */
export async function buildsFor(
  content: ContentSpec,
  load: (name: string) => Promise<KernelBuild>,
  deriver: () => Promise<Deriver> = nobodyDerives,
): Promise<ReadonlyMap<string, KernelBuild>> {
  const builds = new Map<string, KernelBuild>();
  for (const name of kernelsOf(content)) {
    const derived = parseDerivedName(name);
    const base = await load(derived?.base ?? name);
    const build = derived === null ? base : derive(base, content.kernelModules, derived.derivations, await deriver());
    builds.set(name, build);
  }
  refuseWholeChannel(content, builds);
  return builds;
}

function nobodyDerives(): Promise<never> {
  throw new Error('kmplab bug: nobody asks for derived builds here');
}

/** By what was derived, of each base: a channel asks for many successors of one build, at several depths and for several designs. */
const made = new WeakMap<KernelBuild, Map<string, KernelBuild>>();

function derive(
  base: KernelBuild,
  kernelModules: readonly string[] | undefined,
  derivations: readonly Derivation[],
  deriveOne: Deriver,
): KernelBuild {
  const known = made.get(base) ?? new Map<string, KernelBuild>();
  made.set(base, known);
  const ofPart = JSON.stringify(kernelModules ?? null);
  const remembered = (path: string, make: () => KernelBuild): KernelBuild => {
    const build = known.get(`${ofPart} ${path}`) ?? make();
    known.set(`${ofPart} ${path}`, build);
    return build;
  };
  let path = '';
  let build = remembered(path, () => (kernelModules === undefined ? base : partOf(base, kernelModules)));
  for (const step of derivations.flatMap(singleSteps)) {
    const before = build;
    path += `~${JSON.stringify(step)}`;
    build = remembered(path, () => deriveOne(before, step));
  }
  return build;
}

/** Successors one by one, so that each is made from the one before. */
function singleSteps(derivation: Derivation): Derivation[] {
  if (derivation.kind !== 'evolved') return [derivation];
  invariant(derivation.builds > 0, 'a successor comes after its base');
  return Array.from({ length: derivation.builds }, (_, at) => ({
    ...derivation,
    seed: derivation.seed + at,
    builds: 1,
  }));
}

/** Ten whole kernels: some gigabyte of packages. */
const kernelModulesMax = 45_000;

/** What a scenario looks at lies in memory, package by package. */
function refuseWholeChannel({ publication }: ContentSpec, builds: ReadonlyMap<string, KernelBuild>): void {
  const kernelModules = [...builds.values()].reduce((sum, { modules }) => sum + modules.length, 0);
  if (publication === undefined || kernelModules <= kernelModulesMax) return;
  throw new InputError('too-large', `a channel of ${kernelModules} kernel modules in all is too large for a scenario`, {
    expected: `at most ${kernelModulesMax}`,
    hint: 'take a part of each kernel with `kernelModules`; "kmplab channel" writes a whole one, for "kmplab solve"',
  });
}
