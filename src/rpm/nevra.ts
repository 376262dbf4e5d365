import { InputError } from '#errors';
import { type Evr, formatEvr, isVersionText } from './evr.js';

export interface Nevra {
  readonly name: string;
  readonly evr: Evr;
  readonly arch: string;
}

/** `kernel-default-1:5.14.21-1.x86_64`: the epoch only where there is one. */
export function nevra({ name, evr, arch }: Nevra): string {
  return `${name}-${formatEvr(evr)}.${arch}`;
}

/** The name of the package's file, which never shows the epoch. */
export function rpmFileName({ name, evr, arch }: Nevra): string {
  return `${name}-${evr.version}-${evr.release ?? '0'}.${arch}.rpm`;
}

/** Refuses what rpmbuild would refuse as name, version, release or architecture of a package. */
export function checkNevra(nevraToCheck: Nevra): void {
  const { name, evr, arch } = nevraToCheck;
  const refuse = (what: string, value: string): never => {
    throw new InputError('invalid', `rpm forbids "${value}" as ${what} of package ${nevra(nevraToCheck)}`, {
      expected: `${what} of letters, digits and . _ + (names also -, versions and releases also ~ ^)`,
    });
  };
  if (!/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/.test(name)) refuse('name', name);
  if (!isVersionText(evr.version)) refuse('version', evr.version);
  if (evr.release === null || !isVersionText(evr.release)) refuse('release', evr.release ?? '');
  if (!/^[A-Za-z0-9_]+$/.test(arch)) refuse('architecture', arch);
}
