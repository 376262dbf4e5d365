import type { ImportedSymbol } from '../build.js';
import { type ElfFile, sectionBytes, sectionNamed, text, uint32In } from './elf.js';
import { MalformedSection } from './exports.js';

/**
 * The symbols a kernel module expects, with their CRCs. `__versions` holds `struct modversion_info` (include/linux/module.h):
 * a `long` with the CRC and the name, 64 bytes together. Kernels with CONFIG_EXTENDED_MODVERSIONS (since 6.14) have
 * `__version_ext_crcs` and `__version_ext_names` instead or beside it; these hold every symbol, long names too.
 * `undefined` where the kernel module has neither: it was built without MODVERSIONS.
 */
export function readImports(elf: ElfFile): ImportedSymbol[] | undefined {
  return readExtended(elf) ?? readBasic(elf);
}

const entryBytes = 64;

function readBasic(elf: ElfFile): ImportedSymbol[] | undefined {
  const section = sectionNamed(elf, '__versions');
  if (section === undefined) return undefined;
  if (section.size % entryBytes !== 0) {
    throw new MalformedSection(section.name, `${section.size} bytes, not a multiple of ${entryBytes}`);
  }
  const found: ImportedSymbol[] = [];
  // The CRC is the low half of the long.
  const crcAt = elf.wordBytes === 8 && !elf.littleEndian ? 4 : 0;
  for (let start = 0; start < section.size; start += entryBytes) {
    const nameAt = section.offset + start + elf.wordBytes;
    const limit = section.offset + start + entryBytes;
    const end = elf.bytes.indexOf(0, nameAt);
    // A name that fills its field has no terminator; the kernel compares at most the field.
    const name = text(elf.bytes, nameAt, end === -1 || end > limit ? limit : end);
    if (name === '') throw new MalformedSection(section.name, `the entry at offset ${start} has no name`);
    found.push({ name, crc: uint32In(elf, section, start + crcAt) });
  }
  return found;
}

function readExtended(elf: ElfFile): ImportedSymbol[] | undefined {
  const crcs = sectionNamed(elf, '__version_ext_crcs');
  const names = sectionNamed(elf, '__version_ext_names');
  if (crcs === undefined || names === undefined || crcs.size === 0) return undefined;
  const all = text(sectionBytes(elf, names), 0, names.size).replace(/\0+$/, '').split('\0');
  if (all.length * 4 !== crcs.size || all.includes('')) {
    throw new MalformedSection(names.name, `${all.length} names for ${crcs.size} bytes of CRCs`);
  }
  return all.map((name, index) => ({ name, crc: uint32In(elf, crcs, index * 4) }));
}
