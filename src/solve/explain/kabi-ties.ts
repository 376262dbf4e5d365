import { parseSymbolCapability } from '#rpm';
import type { Checksum } from '#run-document';

/** A symbol, or a set of symbols, and its checksums: more than one where a package provides sets of older kernels again. */
interface Tie {
  readonly symbol: string;
  readonly checksums: string[];
}

/** Dependencies that tie a package to a kernel's symbols, by capability: `ksym(default:printk)`. */
export type Ties = ReadonlyMap<string, Tie>;

export function tiesOf(dependencies: readonly string[]): Ties {
  const ties = new Map<string, Tie>();
  for (const dependency of dependencies) {
    const read = parseSymbolCapability(dependency);
    if (read === null) continue;
    const known = ties.get(read.capability);
    if (known === undefined) ties.set(read.capability, { symbol: read.symbol, checksums: [read.checksum] });
    else known.checksums.push(read.checksum);
  }
  return ties;
}

/** A CRC has eight hexadecimal digits at most; what is longer is the hash of a set. */
export function checksumOf(text: string): Checksum {
  const digits = text.replace(/^0x/, '');
  return digits.length <= 8 ? Number.parseInt(digits, 16) : digits;
}
