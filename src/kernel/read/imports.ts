import type { ImportedSymbol } from '../build.js';
import { type ElfFile, sectionBytes, sectionNamed, text, uint32In } from './elf.js';
import { MalformedPart } from './malformed-part.js';
import { isSymbolName } from './symbol-name.js';

/**
 * The symbols a kernel module expects, with their CRCs. `__versions` holds `struct modversion_info` (include/linux/module.h):
 * a `long` with the CRC and the name, 64 bytes together. Kernels with CONFIG_EXTENDED_MODVERSIONS (since 6.14) have
 * `__version_ext_crcs` and `__version_ext_names` instead or beside it; these hold every symbol, long names too.
 * `undefined` where the kernel module has neither: it was built without MODVERSIONS.
 *
 * Entries that no build makes, such as what overwrote part of the table, are left out and counted by `onUnusable`.
 */
export function readImports(
  elf: ElfFile,
  onUnusable: (section: string, why: string) => void,
): ImportedSymbol[] | undefined {
  return readExtended(elf, onUnusable) ?? readBasic(elf, onUnusable);
}

type OnUnusable = Parameters<typeof readImports>[1];

const entryBytes = 64;

function readBasic(elf: ElfFile, onUnusable: OnUnusable): ImportedSymbol[] | undefined {
  const section = sectionNamed(elf, '__versions');
  if (section === undefined) return undefined;
  if (section.size % entryBytes !== 0) {
    throw new MalformedPart(section.name, `${section.size} bytes, not a multiple of ${entryBytes}`);
  }
  const found: ImportedSymbol[] = [];
  let unusable = 0;
  const { low, high } = halves(elf);
  for (let start = 0; start < section.size; start += entryBytes) {
    const nameAt = section.offset + start + elf.wordBytes;
    const limit = section.offset + start + entryBytes;
    // A name that fills its field has no terminator; the kernel compares at most the field.
    const length = elf.bytes.subarray(nameAt, limit).indexOf(0);
    const name = text(elf.bytes, nameAt, length === -1 ? limit : nameAt + length);
    const fits = high === null || uint32In(elf, section, start + high) === 0;
    if (fits && isSymbolName(name)) found.push({ name, crc: uint32In(elf, section, start + low) });
    else unusable += 1;
  }
  report(section.name, unusable, found.length, onUnusable);
  return found;
}

/** Where the two halves of the `long` are; the upper one of a CRC is zero, or the kernel finds it equal to none. */
function halves({ wordBytes, littleEndian }: ElfFile): { readonly low: number; readonly high: number | null } {
  if (wordBytes === 4) return { low: 0, high: null };
  return littleEndian ? { low: 0, high: 4 } : { low: 4, high: 0 };
}

function report(section: string, unusable: number, usable: number, onUnusable: OnUnusable): void {
  if (unusable === 0) return;
  onUnusable(section, `${unusable} of ${unusable + usable} entries are no symbol with a checksum of 32 bits`);
}

function readExtended(elf: ElfFile, onUnusable: OnUnusable): ImportedSymbol[] | undefined {
  const crcs = sectionNamed(elf, '__version_ext_crcs');
  const names = sectionNamed(elf, '__version_ext_names');
  if (crcs === undefined || names === undefined || crcs.size === 0) return undefined;
  const all = text(sectionBytes(elf, names), 0, names.size).replace(/\0+$/, '').split('\0');
  if (all.length * 4 !== crcs.size) {
    throw new MalformedPart(names.name, `${all.length} names for ${crcs.size} bytes of CRCs`);
  }
  const found = all.flatMap((name, index) =>
    isSymbolName(name) ? [{ name, crc: uint32In(elf, crcs, index * 4) }] : [],
  );
  report(names.name, all.length - found.length, found.length, onUnusable);
  return found;
}
