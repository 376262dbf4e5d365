import { createHash } from 'node:crypto';
import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';

/** Schemes with sets of options; together they take every option of each at least once. */
export const variants: readonly (readonly [string, Record<string, unknown>])[] = [
  ['modular', {}],
  ['modular', { patterns: false, rebuilt: { e1000e: { version: '9.9', release: '7' } } }],
  ['modular', { contents: 'boot' }],
  ['modular', { contents: 'base', hardRequires: true, softdeps: 'supplements' }],
  ['modular', { softdeps: 'recommends', firmware: 'driver', changelog: 'shared', licences: 'duplicated' }],
  ['modular', { firmware: 'vendor', firmwareStrength: 'requires', changelog: 'duplicated', licences: 'shared' }],
  ['monolithic', {}],
  ['monolithic', { firmware: 'vendor', rebuilt: { e1000e: { release: '99' } } }],
  ['split', {}],
  ['split', { rebuilt: { e1000e: { release: '99' } } }],
  ['split', { layout: 'fedora' }],
  ['split', { layout: 'fedora', rebuilt: { e1000e: { release: '99' } }, licences: 'shared' }],
  ['grouped', {}],
  ['grouped', { grouping: 'directory', softdeps: 'recommends' }],
  ['grouped', { grouping: 'installer', softdeps: 'supplements' }],
  ['grouped', { grouping: 'community' }],
  ['grouped', { grouping: 'community', seed: 7 }],
  ['grouped', { grouping: 'custom', groups: { all: ['**'] } }],
  ['kabi-in-name', {}],
  ['kabi-in-name', { naming: 'hackweek25', hardRequires: true }],
  ['kabi-in-name', { naming: 'hackweek25', moduleVersion: '3.1', moduleRelease: '4' }],
  ['kabi-in-name', { rebuilt: { e1000e: { version: '9.9', release: '7' } } }],
  ['suse-kmp', {}],
  ['suse-kmp', { prefix: 'acme', external: ['r81*', 'e1000e'], moduleVersion: '3.1', moduleRelease: '4' }],
  ['suse-kmp', { rebuilt: { e1000e: { version: '9.9', release: '7' } } }],
  ['symset', {}],
  ['symset', { sets: 'module' }],
  ['uname-r', {}],
  ['uname-r', { hardRequires: false }],
  ['uname-r', { rebuilt: { e1000e: { release: '99' } } }],
  ['rhel-kmod', {}],
  ['rhel-kmod', { external: ['snd*', 'e1000e'], moduleVersion: '3.1', moduleRelease: '4', stablelist: ['printk'] }],
  ['rhel-kmod', { rebuilt: { e1000e: { version: '9.9', release: '7' } } }],
  ['fedora-kmod', {}],
  ['fedora-kmod', { moduleVersion: '3.1', moduleRelease: '4', rebuilt: { e1000e: { version: '9.9' } } }],
  ['openwrt', {}],
  ['openwrt', { rebuilt: { e1000e: { release: '99' } }, licences: 'shared' }],
  ['yocto', {}],
  ['yocto', { rebuilt: { e1000e: { release: '99' } }, changelog: 'shared' }],
];

export function variantText([scheme, options]: (typeof variants)[number]): string {
  return [scheme, ...Object.entries(options).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ');
}

/** SHA-256 of a package set as JSON: every package with all it says, and the notes. */
function packageSetHash([scheme, options]: (typeof variants)[number], builds: readonly KernelBuild[]): string {
  const { packages, ...set } = packageBuilds(scheme, builds, options);
  const hash = createHash('sha256').update(JSON.stringify(set));
  for (const one of packages) hash.update(`${JSON.stringify(one)}\n`);
  return hash.digest('hex');
}

/** A driver rebuilt in two kernels would be two packages of one NEVRA. */
export function goldenRow(
  variant: (typeof variants)[number],
  builds: Readonly<Record<string, readonly KernelBuild[]>>,
): Record<string, string> {
  const row = Object.entries(builds).map(([kind, all]): [string, string] => {
    const taken = variant[1]['rebuilt'] === undefined ? all : all.slice(0, 1);
    try {
      return [kind, packageSetHash(variant, taken)];
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return [kind, cause.message];
    }
  });
  return Object.fromEntries(row);
}
