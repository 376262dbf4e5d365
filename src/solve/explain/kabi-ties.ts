import type { KabiConflict, KabiJudgement } from '#run-document';
import { listText } from './words.js';

/**
 * Dependencies that tie a package to a kernel's symbols, by capability: `ksym(default:printk)` to its checksums. More than one where a
 * package provides sets of older kernels again.
 */
export type Ties = ReadonlyMap<string, readonly string[]>;

/** SUSE's `ksym(flavor:symbol) = crc` and `kernel(flavor:set) = hash`, Red Hat's `kernel(symbol) = 0xcrc`. */
const tie = /^((?:ksym|kernel)\(.+\)) = ((?:0x)?[0-9a-f]+)$/;

export function tiesOf(dependencies: readonly string[]): Ties {
  const ties = new Map<string, string[]>();
  for (const dependency of dependencies) {
    const [, capability, checksum] = tie.exec(dependency) ?? [];
    if (capability === undefined || checksum === undefined) continue;
    const checksums = ties.get(capability);
    if (checksums === undefined) ties.set(capability, [checksum]);
    else checksums.push(checksum);
  }
  return ties;
}

/** `usb_register` of `ksym(default:usb_register)`. */
export function symbolOf(capability: string): string {
  return capability.replace(/^(?:ksym|kernel)\((?:[^:()]*:)?(.+)\)$/, '$1');
}

export function isTie(dependency: string | null): boolean {
  return dependency !== null && tie.test(dependency);
}

/**
 * The story of a kABI conflict in a sentence: which build, not which other one, how much of it, and the last one that would do. `order` are
 * the kernels in reach, newest first: only for a newer one than its own can a package fail to be rebuilt.
 */
export function kabiSentence(conflict: Omit<KabiConflict, 'text'>, order: readonly string[]): string {
  const { package: pkg, symbols, builtFor, lastCompatible, notFor } = conflict;
  const [first] = notFor;
  const built = `${pkg} was built for ${builtFor ?? 'a kernel that is not in reach'}`;
  if (first === undefined) return `${built} and fits every kernel in reach`;
  const told = judgementText(first, symbols);
  // Its own kernel is here and not all of that kernel's packages: a repository caught halfway.
  if (first.kernel === builtFor) return `${built}, of which packages are not in reach: ${told}`;
  const isOlder = builtFor !== null && order.indexOf(builtFor) < order.indexOf(first.kernel);
  const last =
    lastCompatible === null ? 'it fits no kernel in reach' : `last compatible kernel in reach: ${lastCompatible}`;
  return `${built}, ${isOlder ? 'not for' : 'not rebuilt for'} ${first.kernel}: ${told}; ${last}`;
}

function judgementText({ changed, missing, examples }: KabiJudgement, symbols: number): string {
  const imports = `of the ${symbols} symbols it imports`;
  const parts = [
    ...(changed > 0 ? [`${changed} ${imports} changed`] : []),
    ...(missing > 0
      ? [`${missing}${changed > 0 ? '' : ` ${imports}`} ${missing === 1 ? 'is' : 'are'} exported by nothing in reach`]
      : []),
  ];
  const more = changed + missing > examples.length ? ', …' : '';
  return `${listText(parts)} (${examples.map(({ symbol }) => symbol).join(', ')}${more})`;
}
