import type { Crc, ExportedSymbol } from '../build.js';
import {
  type ElfFile,
  type ElfRelocation,
  type ElfSection,
  relocationsOf,
  SHN_ABS,
  SHN_UNDEF,
  sectionNamed,
  stringAt,
  uint32In,
} from './elf.js';
import { MalformedPart } from './malformed-part.js';
import { isSymbolName, symbolNameBytesMax } from './symbol-name.js';

/**
 * The symbols a kernel module exports, from the tables the kernel itself reads (`struct kernel_symbol` in include/linux/export.h
 * and include/asm-generic/export.h). An entry is value, name and, since 5.4, namespace: three 32-bit relative references where the
 * architecture has CONFIG_HAVE_ARCH_PREL32_RELOCATIONS, else three pointers. In a `.ko` they are still relocations, so
 * the layout is read off the relocations and no table of their types is needed.
 */
export function readExports(elf: ElfFile): ExportedSymbol[] {
  const tables = [
    { symbols: '__ksymtab', crcs: '__kcrctab', gplOnly: false },
    { symbols: '__ksymtab_gpl', crcs: '__kcrctab_gpl', gplOnly: true },
  ];
  return tables.flatMap(({ symbols, crcs, gplOnly }) => {
    const table = sectionNamed(elf, symbols);
    return table === undefined || table.size === 0 ? [] : readTable(elf, table, sectionNamed(elf, crcs), gplOnly);
  });
}

function readTable(
  elf: ElfFile,
  table: ElfSection,
  crcTable: ElfSection | undefined,
  gplOnly: boolean,
): ExportedSymbol[] {
  const relocations = relocationsOf(elf, table);
  const strings = sectionNamed(elf, '__ksymtab_strings');
  const layout = strings === undefined ? undefined : tableLayout(table, relocations, strings);
  if (strings === undefined || layout === undefined) {
    throw new MalformedPart(table.name, 'its entries have no layout that any kernel had');
  }
  const at = new Map(relocations.map((relocation) => [relocation.offset, relocation]));
  const textAt = (offset: number): string | null => {
    const relocation = at.get(offset);
    if (relocation === undefined) return null;
    return stringAt(elf, strings, relocation.target.value + relocation.addend, symbolNameBytesMax);
  };
  const crcOf = crcReader(elf, crcTable, table.size / layout.entryBytes);
  const found: ExportedSymbol[] = [];
  for (let index = 0, start = 0; start < table.size; index += 1, start += layout.entryBytes) {
    const name = textAt(start + layout.fieldBytes);
    if (name === null || !isSymbolName(name)) throw new MalformedPart(table.name, `entry ${index} has no name`);
    const namespace = (layout.hasNamespace ? textAt(start + 2 * layout.fieldBytes) : null) || null;
    if (namespace !== null && !isSymbolName(namespace)) {
      throw new MalformedPart(table.name, `entry ${index} has a namespace that is no name`);
    }
    found.push({ name, crc: crcOf(index), gplOnly, namespace });
  }
  return found;
}

interface TableLayout {
  readonly fieldBytes: number;
  readonly entryBytes: number;
  readonly hasNamespace: boolean;
}

/** The first reference to a string is the first entry's name, so its offset is the width of a field; then three fields or two. */
function tableLayout(
  table: ElfSection,
  relocations: readonly ElfRelocation[],
  strings: ElfSection,
): TableLayout | undefined {
  const isName = (relocation: ElfRelocation): boolean => relocation.target.sectionIndex === strings.index;
  const fieldBytes = relocations.find(isName)?.offset;
  if (fieldBytes !== 4 && fieldBytes !== 8) return undefined;
  const named = new Set(relocations.filter(isName).map(({ offset }) => offset));
  for (const fields of [3, 2]) {
    const entryBytes = fields * fieldBytes;
    const starts = Array.from({ length: table.size / entryBytes }, (_, index) => index * entryBytes);
    const fits = starts.every((start) => named.has(start + fieldBytes) && !named.has(start));
    if (table.size % entryBytes === 0 && fits) return { fieldBytes, entryBytes, hasNamespace: fields === 3 };
  }
  return undefined;
}

/**
 * CRCs came in three shapes: the number itself in `__kcrctab` (since 5.19), a relative reference to a number in another
 * section (CONFIG_MODULE_REL_CRCS, 4.11 to 5.18), or a pointer whose "address" is the number (an absolute symbol, before). Where there is no
 * table, there is no checksum; a checksum that genksyms could not compute is an undefined weak symbol, and stored as 0.
 */
function crcReader(elf: ElfFile, table: ElfSection | undefined, entries: number): (index: number) => Crc | null {
  if (table === undefined) return () => null;
  const stride = table.size / entries;
  if (stride !== 4 && stride !== 8) {
    throw new MalformedPart(table.name, `${table.size} bytes for ${entries} exported symbols`);
  }
  const relocations = new Map(relocationsOf(elf, table).map((relocation) => [relocation.offset, relocation]));
  return (index) => {
    const relocation = relocations.get(index * stride);
    if (relocation === undefined) return uint32In(elf, table, index * stride);
    const { value, sectionIndex } = relocation.target;
    if (sectionIndex === SHN_ABS) return (value + relocation.addend) >>> 0;
    const target = elf.sections[sectionIndex];
    if (sectionIndex === SHN_UNDEF || target === undefined) return 0;
    return uint32In(elf, target, value + relocation.addend);
  };
}
