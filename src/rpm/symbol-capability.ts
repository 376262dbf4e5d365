/** A dependency that ties a package to a kernel's symbol, or to a set of symbols, and by it to a checksum. */
export interface SymbolCapability {
  /** The name of the dependency: `ksym(default:printk)`. */
  readonly capability: string;
  /** Null in Red Hat's forms, which have none. */
  readonly flavor: string | null;
  readonly symbol: string;
  /** As it is written, which is how rpm and libsolv compare it. */
  readonly checksum: string;
}

/** SUSE's `ksym(flavor:symbol) = crc` and `kernel(flavor:set) = hash`, Red Hat's `kernel(symbol) = 0xcrc` and `ksym(symbol) = 0xcrc`. */
const form = /^((?:ksym|kernel)\((?:([^:()]*):)?(.+)\)) = ((?:0x)?[0-9a-fA-F]+)$/;

/** Reads what rpm and libsolv print; null for any other dependency. */
export function parseSymbolCapability(text: string): SymbolCapability | null {
  const [, capability, flavor = null, symbol, checksum] = form.exec(text) ?? [];
  if (capability === undefined || symbol === undefined || checksum === undefined) return null;
  return { capability, flavor, symbol, checksum };
}
