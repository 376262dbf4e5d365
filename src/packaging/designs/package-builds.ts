import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { checkNevra, compareEvr, formatEvr, nevra, type RpmPackage } from '#rpm';
import { offStablelist } from '../algorithms/stablelist.js';
import { setsOfChain } from '../algorithms/symbol-sets.js';
import { buildEvr, evrText } from '../parts/common-options.js';
import { packageWith } from '../parts/frame.js';
import type { PackageSet } from '../parts/package-set.js';
import { circleNotes } from './circles.js';
import { type CompiledDesign, compile } from './compile.js';
import { designNamed, parseSchemeText } from './named.js';
import { type ChosenDesign, withOptions } from './options.js';
import { placed } from './place.js';
import { type UnfoldedDraft, unfold } from './unfold.js';

/**
 * Packages kernel builds under a scheme. Options come from a scenario or the command line, in the scheme's text or apart, and are
 * checked here: one that the scheme does not know is refused.
 *
 * @param earlier builds published before, in any order; only a scheme that looks back takes notice of them
 * @throws InputError
 */
export function packageBuilds(
  schemeText: string,
  builds: readonly KernelBuild[],
  options: object = {},
  earlier: readonly KernelBuild[] = [],
): PackageSet {
  const chosen = chooseDesign(schemeText, options);
  refuseUnorderedBuilds(builds);
  const made = packageDesign(chosen, builds, earlier);
  const { rebuilt, ...asBuilt } = chosen.options;
  if (rebuilt !== undefined) {
    refuseUnknownRebuilds(builds, Object.keys(rebuilt));
    refuseDowngrades(packageDesign({ ...chosen, options: asBuilt }, builds, earlier).packages, made.packages);
  }
  return made;
}

function packageDesign(
  { compiled, options, texts }: Chosen,
  builds: readonly KernelBuild[],
  earlier: readonly KernelBuild[],
): PackageSet {
  const { name, symbolSets } = compiled.design;
  const sets = symbolSets === undefined ? undefined : setsOfChain([...earlier, ...builds], symbolSets);
  const notes: string[] = [];
  const unfolded: UnfoldedDraft[] = [];
  const made = withPlaceOfName(unfolded, () =>
    packageWith(name, builds, options, (build, index) => {
      const newest = index === builds.length - 1;
      const drafts = unfold(compiled, { options, texts }, build, { newest, sets: sets?.get(build.release) });
      notes.push(...offStablelist(build, options), ...circleNotes(drafts));
      unfolded.push(...drafts);
      return drafts;
    }),
  );
  return notes.length === 0 ? made : { ...made, notes: notes.sort() };
}

/** A name that rpm forbids is told with the line that makes it. */
function withPlaceOfName<Value>(drafts: readonly UnfoldedDraft[], run: () => Value): Value {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    for (const { kind, name, evr, build } of drafts) {
      const { fieldsAt, at } = kind.kind;
      placed(fieldsAt['name'] ?? at, () => checkNevra({ name, evr, arch: build.arch }));
    }
    throw cause;
  }
}

/** A package that was rebuilt but sorts before its original would never be taken for an update. @throws InputError */
export function refuseDowngrades(original: readonly RpmPackage[], rebuilt: readonly RpmPackage[]): void {
  const known = new Set(original.map(nevra));
  const evrs = new Map(original.map((pkg) => [`${pkg.name}.${pkg.arch}`, pkg.evr]));
  for (const pkg of rebuilt) {
    const before = evrs.get(`${pkg.name}.${pkg.arch}`);
    if (before === undefined || known.has(nevra(pkg)) || compareEvr(before, pkg.evr) < 0) continue;
    throw new InputError('invalid', `${nevra(pkg)} does not sort after ${formatEvr(before)}, which it should replace`, {
      expected: 'a newer version or release',
    });
  }
}

/**
 * What to ask a package manager for to have a kernel of this flavor under a scheme: `kernel-default`, `kernel-core`.
 *
 * @throws InputError
 */
export function kernelPackages(schemeText: string, flavor: string): readonly string[] {
  const { design } = chooseDesign(schemeText, {});
  const variant = flavor === 'default' ? '' : `-${flavor}`;
  return design.kernelPackages.map((name) => name.replaceAll('{flavor}', flavor).replaceAll('{-variant}', variant));
}

export interface Chosen extends ChosenDesign {
  readonly compiled: CompiledDesign;
}

export function chooseDesign(schemeText: string, options: object): Chosen {
  const { name, options: stated } = parseSchemeText(schemeText);
  const chosen = withOptions(designNamed(name), { ...stated, ...options });
  return { ...chosen, compiled: compile(chosen.design) };
}

function refuseUnknownRebuilds(builds: readonly KernelBuild[], rebuilt: readonly string[]): void {
  for (const name of rebuilt) {
    if (builds.some(({ modules }) => modules.some((kernelModule) => kernelModule.name === name))) continue;
    throw new InputError('missing', `no kernel build has the kernel module "${name}" that is said to be rebuilt`);
  }
}

/** Builds of one flavor come oldest first, each newer by rpm's order than the one before; no two share a directory of kernel modules. */
function refuseUnorderedBuilds(builds: readonly KernelBuild[]): void {
  const newest = new Map<string, KernelBuild>();
  const releases = new Set<string>();
  for (const build of builds) {
    if (releases.has(build.release)) {
      throw new InputError('invalid', `two kernel builds have the release ${build.release}`, {
        expected: 'one directory below /lib/modules for each kernel build',
      });
    }
    releases.add(build.release);
    const kernel = `kernel-${build.flavor}.${build.arch}`;
    const before = newest.get(kernel);
    if (before !== undefined && compareEvr(buildEvr(before), buildEvr(build)) >= 0) {
      throw new InputError('invalid', `${kernel} ${evrText(build)} does not sort after ${evrText(before)}`, {
        expected: 'kernel builds of one flavor in ascending order of version and release',
        hint: 'reorder the builds, or give them other versions',
      });
    }
    newest.set(kernel, build);
  }
}
