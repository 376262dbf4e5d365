import { InputError } from '#errors';

/**
 * The parts of an ELF file that a kernel module's facts live in: sections, symbols, relocations. Both classes and byte orders.
 * Format: System V ABI, "Object Files" (gABI 4.1); names below are those of <elf.h>.
 */
export interface ElfFile {
  /** Name for errors. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** 4 for ELFCLASS32, 8 for ELFCLASS64: the size of a `long` of the kernel it belongs to. */
  readonly wordBytes: 4 | 8;
  readonly littleEndian: boolean;
  /** `e_machine`. */
  readonly machine: number;
  readonly sections: readonly ElfSection[];
}

export interface ElfSection {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

export interface ElfSymbol {
  /** Offset within its section in a relocatable file; the number itself for SHN_ABS. */
  readonly value: number;
  readonly sectionIndex: number;
}

export interface ElfRelocation {
  /** Offset within the section that it changes. */
  readonly offset: number;
  readonly target: ElfSymbol;
  readonly addend: number;
}

export const SHN_UNDEF = 0;
export const SHN_ABS = 0xfff1;
const SHT_NULL = 0;
const SHT_SYMTAB = 2;
const SHT_RELA = 4;
const SHT_NOBITS = 8;
const SHT_REL = 9;
const ET_REL = 1;

/** @throws InputError `unsupported` (not ELF, not relocatable), `truncated`, `corrupt` */
export function readElf(bytes: Uint8Array, file: string): ElfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20 || view.getUint32(0) !== 0x7f454c46) {
    throw new InputError('unsupported', 'this is not an ELF file', { file, expected: 'a kernel module' });
  }
  const elfClass = view.getUint8(4);
  const elfData = view.getUint8(5);
  if (elfClass < 1 || elfClass > 2 || elfData < 1 || elfData > 2) {
    throw new InputError('corrupt', 'the ELF header names no known class and byte order', {
      file,
      place: { offset: 4 },
    });
  }
  const littleEndian = elfData === 1;
  const head = { file, bytes, view, wordBytes: elfClass === 1 ? 4 : 8, littleEndian } as const;
  if (view.getUint16(16, littleEndian) !== ET_REL) {
    throw new InputError('unsupported', 'this ELF file is not relocatable', { file, expected: 'a kernel module' });
  }
  return { ...head, machine: view.getUint16(18, littleEndian), sections: readSections(head) };
}

type ElfHead = Pick<ElfFile, 'file' | 'bytes' | 'view' | 'wordBytes' | 'littleEndian'>;

function readSections(elf: ElfHead): ElfSection[] {
  const { view, littleEndian } = elf;
  const wide = elf.wordBytes === 8;
  need(elf, 0, wide ? 64 : 52, 'the ELF header');
  const tableAt = word(elf, wide ? 40 : 32);
  const entryBytes = view.getUint16(wide ? 58 : 46, littleEndian);
  const count = view.getUint16(wide ? 60 : 48, littleEndian);
  const namesIndex = view.getUint16(wide ? 62 : 50, littleEndian);
  if (entryBytes !== (wide ? 64 : 40) || count === 0) {
    throw new InputError('corrupt', 'the ELF header describes no section table', { file: elf.file });
  }
  need(elf, tableAt, count * entryBytes, 'the section table');
  const raw = Array.from({ length: count }, (_, index) => sectionHeader(elf, index, tableAt + index * entryBytes));
  const names = raw[namesIndex];
  if (names === undefined || namesIndex === SHN_UNDEF) {
    throw new InputError('corrupt', 'the section names are missing', { file: elf.file });
  }
  return raw.map(({ nameAt, ...section }) => ({
    ...section,
    name: section.index === SHN_UNDEF ? '' : stringAt(elf, names, nameAt, sectionNameBytesMax),
  }));
}

/** The names that are looked for are short; what compilers make of functions is cut, so that many sections cannot share one long name. */
const sectionNameBytesMax = 128;

function sectionHeader(elf: ElfHead, index: number, at: number): Omit<ElfSection, 'name'> & { nameAt: number } {
  const { view, littleEndian } = elf;
  const wide = elf.wordBytes === 8;
  // The first entry stands for "no section": what it says otherwise is no place in the file.
  if (index === SHN_UNDEF) return { index, nameAt: 0, type: SHT_NULL, offset: 0, size: 0, link: 0, info: 0 };
  const type = view.getUint32(at + 4, littleEndian);
  const section = {
    index,
    nameAt: view.getUint32(at, littleEndian),
    type,
    offset: word(elf, at + (wide ? 24 : 16)),
    // A section without bits has a size in memory and nothing in the file.
    size: type === SHT_NOBITS ? 0 : word(elf, at + (wide ? 32 : 20)),
    link: view.getUint32(at + (wide ? 40 : 24), littleEndian),
    info: view.getUint32(at + (wide ? 44 : 28), littleEndian),
  };
  if (type !== SHT_NOBITS) need(elf, section.offset, section.size, `section ${index}`);
  return section;
}

export function sectionNamed(elf: ElfFile, name: string): ElfSection | undefined {
  return elf.sections.find((section) => section.name === name && section.type !== SHT_NOBITS);
}

/** A view on the section's bytes, not a copy. */
export function sectionBytes(elf: ElfFile, section: ElfSection): Uint8Array {
  return elf.bytes.subarray(section.offset, section.offset + section.size);
}

/** An unsigned 32-bit number at an offset within a section. */
export function uint32In(elf: ElfFile, section: ElfSection, offset: number): number {
  if (offset < 0 || offset + 4 > section.size) throw outside(elf, section.name, offset);
  return elf.view.getUint32(section.offset + offset, elf.littleEndian);
}

/** The NUL-terminated string at an offset within a section, or as much of it as `bytesMax` allows. */
export function stringAt(
  elf: ElfHead,
  section: Pick<ElfSection, 'offset' | 'size' | 'index'>,
  offset: number,
  bytesMax: number,
): string {
  const start = section.offset + offset;
  const sectionEnd = section.offset + section.size;
  if (offset < 0 || start >= sectionEnd) throw outside(elf, `section ${section.index}`, offset);
  const limit = Math.min(sectionEnd, start + bytesMax);
  const length = elf.bytes.subarray(start, limit).indexOf(0);
  if (length === -1 && limit === sectionEnd) throw outside(elf, `section ${section.index}`, offset);
  return text(elf.bytes, start, length === -1 ? limit : start + length);
}

/** Symbol names, aliases and file names in a kernel module are UTF-8, nearly always ASCII. */
export function text(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/** The relocations that change a section, sorted by offset. Empty where there are none. */
export function relocationsOf(elf: ElfFile, section: ElfSection): ElfRelocation[] {
  const table = elf.sections.find(
    ({ type, info }) => info === section.index && (type === SHT_RELA || type === SHT_REL),
  );
  if (table === undefined) return [];
  const wide = elf.wordBytes === 8;
  const explicitAddend = table.type === SHT_RELA;
  const entryBytes = elf.wordBytes * (explicitAddend ? 3 : 2);
  const found: ElfRelocation[] = [];
  for (let at = table.offset; at + entryBytes <= table.offset + table.size; at += entryBytes) {
    const offset = word(elf, at);
    const info = at + elf.wordBytes;
    // The symbol is the upper half of r_info in 64-bit files and the upper three bytes in 32-bit ones.
    const symbolIndex = wide
      ? elf.view.getUint32(info + (elf.littleEndian ? 4 : 0), elf.littleEndian)
      : elf.view.getUint32(info, elf.littleEndian) >>> 8;
    const addend = explicitAddend ? signedWord(elf, info + elf.wordBytes) : uint32In(elf, section, offset) | 0;
    found.push({ offset, target: symbolAt(elf, table.link, symbolIndex), addend });
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function symbolAt(elf: ElfFile, tableIndex: number, index: number): ElfSymbol {
  const table = elf.sections[tableIndex];
  const wide = elf.wordBytes === 8;
  const entryBytes = wide ? 24 : 16;
  if (table?.type !== SHT_SYMTAB || (index + 1) * entryBytes > table.size)
    throw outside(elf, 'the symbol table', index);
  const at = table.offset + index * entryBytes;
  return {
    value: word(elf, at + (wide ? 8 : 4)),
    sectionIndex: elf.view.getUint16(at + (wide ? 6 : 14), elf.littleEndian),
  };
}

/** A word of the file's class. Numbers beyond 2^53 cannot be offsets of anything that fits in memory; they lose precision, not order. */
function word(elf: ElfHead, at: number): number {
  if (elf.wordBytes === 4) return elf.view.getUint32(at, elf.littleEndian);
  const low = elf.view.getUint32(at + (elf.littleEndian ? 0 : 4), elf.littleEndian);
  const high = elf.view.getUint32(at + (elf.littleEndian ? 4 : 0), elf.littleEndian);
  return high * 0x1_0000_0000 + low;
}

function signedWord(elf: ElfHead, at: number): number {
  return elf.wordBytes === 4
    ? elf.view.getInt32(at, elf.littleEndian)
    : Number(elf.view.getBigInt64(at, elf.littleEndian));
}

function need(elf: ElfHead, at: number, bytes: number, part: string): void {
  if (at + bytes <= elf.bytes.length) return;
  throw new InputError('truncated', `the file ends after ${elf.bytes.length} bytes`, {
    file: elf.file,
    place: { part },
    expected: `${bytes} bytes at offset ${at}`,
  });
}

function outside(elf: ElfHead, part: string, offset: number): InputError {
  return new InputError('corrupt', 'something is said to lie outside of its section', {
    file: elf.file,
    place: { part, offset },
  });
}
