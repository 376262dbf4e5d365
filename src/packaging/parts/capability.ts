import type { Crc } from '#kernel';
import type { Dependency, DependencyFlag, Evr } from '#rpm';

/** A name alone. */
export function capability(name: string): Dependency {
  return { name, range: null };
}

/** `name = version`, with the release where there is one. */
export function atEvr(name: string, { version, release }: Evr, flag: DependencyFlag = 'EQ'): Dependency {
  return { name, range: { flag, evr: { epoch: 0, version, release } } };
}

/** SUSE's text of a symbol checksum: lower-case hex without `0x` and without leading zeros (find-requires.ksyms, find-provides.ksyms). */
export function crcText(crc: Crc): string {
  return crc.toString(16);
}

/** Red Hat's text of a symbol checksum: `0x` and eight digits (find-provides.ksyms of redhat-rpm-config, `0x%08x`). */
export function crcHex8(crc: Crc): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}

const isaNames: Readonly<Record<string, string>> = {
  x86_64: 'x86-64',
  aarch64: 'aarch-64',
  ppc64le: 'ppc-64',
  s390x: 's390-64',
  riscv64: 'riscv-64',
};

/** rpm's name of the instruction set, as `%{?_isa}` puts it behind a package's name. */
export function isaSuffix(arch: string): string {
  const isa = isaNames[arch];
  return isa === undefined ? '' : `(${isa})`;
}
