import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { compareEvr, formatEvr, nevra, type RpmPackage } from '#rpm';
import { fedoraKmod } from './fedora-kmod.js';
import { grouped } from './grouped.js';
import { kabiInName } from './kabi-in-name.js';
import { modular } from './modular.js';
import { monolithic } from './monolithic.js';
import { openwrt } from './openwrt.js';
import type { PackageSet } from './package-set.js';
import { rhelKmod } from './rhel-kmod.js';
import { buildEvr, evrText, type Scheme, type SchemeOptions, schemeOptionsSchema } from './scheme.js';
import { split } from './split.js';
import { suseKmp } from './suse-kmp.js';
import { symset } from './symset.js';
import { unameR } from './uname-r.js';
import { yocto } from './yocto.js';

/** All schemes, in the order in which comparisons show them. */
export const schemes: readonly Scheme[] = [
  modular,
  monolithic,
  split,
  grouped,
  kabiInName,
  suseKmp,
  symset,
  unameR,
  rhelKmod,
  fedoraKmod,
  openwrt,
  yocto,
];

/** @throws InputError `unknown-key`, listing the schemes there are */
export function schemeNamed(name: string): Scheme {
  const scheme = schemes.find((one) => one.name === name);
  if (scheme !== undefined) return scheme;
  throw new InputError('unknown-key', `there is no scheme "${name}"`, {
    expected: schemes.map((one) => one.name).join(', '),
  });
}

/**
 * A scheme with options as one text, so that everything that names a scheme can name a variant of it: `grouped grouping=installer`,
 * `modular contents=boot hardRequires=true`. A value that is JSON is taken as such, any other as a string.
 *
 * @throws InputError `usage`
 */
export function parseSchemeText(text: string): {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
} {
  const [name = '', ...parts] = text.trim().split(/\s+/);
  return { name, options: parseSchemeOptions(parts) };
}

/**
 * Options of a scheme, each `key=value`; here a value may have spaces.
 *
 * @throws InputError `usage`
 */
export function parseSchemeOptions(texts: readonly string[]): Readonly<Record<string, unknown>> {
  const options = texts.map((text): [string, unknown] => {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new InputError('usage', `"${text}" is no option of a scheme`, { expected: 'key=value' });
    return [text.slice(0, equals), parseValue(text.slice(equals + 1))];
  });
  return Object.fromEntries(options);
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

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
  const { scheme, options: checked } = checkedOptions(schemeText, options);
  refuseUnorderedBuilds(builds);
  const made = scheme.package(builds, checked, earlier);
  const { rebuilt, ...asBuilt } = checked;
  if (rebuilt !== undefined) {
    refuseUnknownRebuilds(builds, Object.keys(rebuilt));
    refuseDowngrades(scheme.package(builds, asBuilt, earlier).packages, made.packages);
  }
  return made;
}

/** A package that was rebuilt but sorts before its original would never be taken for an update. @throws InputError */
export function refuseDowngrades(original: readonly RpmPackage[], rebuilt: readonly RpmPackage[]): void {
  const known = new Set(original.map(nevra));
  const evrs = new Map(original.map((one) => [`${one.name}.${one.arch}`, one.evr]));
  for (const one of rebuilt) {
    const before = evrs.get(`${one.name}.${one.arch}`);
    if (before === undefined || known.has(nevra(one)) || compareEvr(before, one.evr) < 0) continue;
    throw new InputError('invalid', `${nevra(one)} does not sort after ${formatEvr(before)}, which it should replace`, {
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
  const { scheme, options } = checkedOptions(schemeText, {});
  return scheme.kernelPackages(flavor, options);
}

function checkedOptions(
  schemeText: string,
  options: object,
): { readonly scheme: Scheme; readonly options: SchemeOptions } {
  const { name, options: stated } = parseSchemeText(schemeText);
  const scheme = schemeNamed(name);
  const parsed = schemeOptionsSchema.safeParse({ ...stated, ...options });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError('invalid', `options of scheme ${name}: ${issue?.message}`, {
      place: { part: (issue?.path ?? []).join('.') },
    });
  }
  const known: readonly string[] = scheme.options;
  const foreign = Object.keys(parsed.data).find((key) => !known.includes(key));
  if (foreign !== undefined) {
    throw new InputError('unknown-key', `scheme ${name} has no option "${foreign}"`, { expected: known.join(', ') });
  }
  return { scheme, options: parsed.data };
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
