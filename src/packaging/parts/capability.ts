import { type Crc, type KernelBuild, moduleName } from '#kernel';
import type { Dependency, DependencyFlag, Evr } from '#rpm';

/** A name alone. */
export function capability(name: string): Dependency {
  return { name, range: null };
}

/** `name = version`, with the release where it is given. */
export function versioned(
  name: string,
  version: string,
  release: string | null = null,
  flag: DependencyFlag = 'EQ',
): Dependency {
  return { name, range: { flag, evr: { epoch: 0, version, release } } };
}

export function atEvr(name: string, { version, release }: Evr, flag: DependencyFlag = 'EQ'): Dependency {
  return versioned(name, version, release, flag);
}

/** SUSE's text of a symbol checksum: lower-case hex without `0x` and without leading zeros (find-requires.ksyms, find-provides.ksyms). */
export function crcText(crc: Crc): string {
  return crc.toString(16);
}

/** Red Hat's text of a symbol checksum: `0x` and eight digits (find-provides.ksyms of redhat-rpm-config, `0x%08x`). */
export function crcHex8(crc: Crc): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}

/** `kmod(ehci_pci.ko)`: dashes become underscores, whatever the file is called (find-provides.ksyms). */
export function kmodCapability(path: string): Dependency {
  return capability(`kmod(${moduleName(path)}.ko)`);
}

/** rpm's name of the instruction set, as `%{?_isa}` puts it behind a package's name. */
export function isaSuffix(arch: string): string {
  const isa: Readonly<Record<string, string>> = {
    x86_64: 'x86-64',
    aarch64: 'aarch-64',
    ppc64le: 'ppc-64',
    s390x: 's390-64',
    riscv64: 'riscv-64',
  };
  return isa[arch] === undefined ? '' : `(${isa[arch]})`;
}

/** Makes a symbol's dependency once and hands the same object to the exporter and to all importers: 20,000 objects, not 200,000. */
export class SymbolCapabilities {
  readonly #made = new Map<string, { readonly crc: Crc; readonly dependency: Dependency }>();
  readonly #form: (symbol: string, crc: Crc) => Dependency;

  constructor(form: (symbol: string, crc: Crc) => Dependency) {
    this.#form = form;
  }

  /** A symbol has one checksum in a build, but for a driver built elsewhere: its own dependency is then made each time. */
  of(symbol: string, crc: Crc): Dependency {
    const made = this.#made.get(symbol);
    if (made?.crc === crc) return made.dependency;
    const dependency = this.#form(symbol, crc);
    if (made === undefined) this.#made.set(symbol, { crc, dependency });
    return dependency;
  }
}

/** `ksym(default:printk) = 27e1a049` */
export function ksyms({ flavor }: Pick<KernelBuild, 'flavor'>): SymbolCapabilities {
  return new SymbolCapabilities((symbol, crc) => versioned(`ksym(${flavor}:${symbol})`, crcText(crc)));
}
