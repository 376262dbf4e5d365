import { installedModuleFile, moduleName } from '#kernel';
import { parseSymbolCapability } from '#rpm';

/** An installed package by what its metadata says, dependencies as rpm prints them: `ksym(default:printk) = 27e1a049`. */
export interface StatedPackage {
  readonly nevra: string;
  readonly name: string;
  /** `[epoch:]version-release` */
  readonly evr: string;
  readonly arch: string;
  /** Null where nobody says. */
  readonly vendor: string | null;
  readonly provides: readonly string[];
  readonly requires: readonly string[];
  /** Null where a list has names only. */
  readonly files: readonly string[] | null;
}

/** What a dependency on a symbol says of its checksum: itself, in lower case and without leading zeros; null where it says nothing. */
export type SymbolVersion = string | null;

/**
 * Symbols among dependencies, by capability; also those without a checksum, which any will do for, and those with something else than one,
 * which only its equal will do for.
 */
export function symbolsIn(dependencies: readonly string[]): Map<string, SymbolVersion> {
  const symbols = new Map<string, SymbolVersion>();
  for (const text of dependencies) {
    const read = parseSymbolCapability(text);
    const [, symbol, version] = /^((?:ksym|kernel)\([^\s()]+\))(?:\s+(\S.*))?$/i.exec(text) ?? [];
    if (read !== null) symbols.set(read.capability, plainHex(read.checksum));
    // Of two of one symbol the one that says more.
    else if (symbol !== undefined && (version !== undefined || !symbols.has(symbol)))
      symbols.set(symbol, version ?? null);
  }
  return symbols;
}

/** A checksum of nothing but zeros is one too. */
function plainHex(checksum: string): string {
  return checksum
    .toLowerCase()
    .replace(/^0x/, '')
    .replace(/^0+(?=.)/, '');
}

/** `kernel-uname-r = 6.1.0-53-default` of a package that carries a kernel's image: the release; null for others. */
export function imageRelease({ provides }: StatedPackage): string | null {
  for (const text of provides) {
    const release = /^kernel-uname-r = (\S+)$/.exec(text)?.[1];
    if (release !== undefined) return release;
  }
  return null;
}

/** Names of the kernel modules in it, as modprobe has them: by its files where they are known, else by `kmod(…)`. */
export function kernelModulesOf({ provides, files }: StatedPackage): string[] {
  const texts =
    files === null
      ? provides.map((text) => /^kmod\(([^\s()]+)\)/.exec(text)?.[1])
      : files.map((file) => installedModuleFile(file)?.path);
  const names = texts.flatMap((file) => (file === undefined ? [] : [moduleName(file)]));
  return [...new Set(names)].sort();
}
