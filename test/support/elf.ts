/**
 * Writes kernel modules for tests: relocatable ELF files of either class and byte order with the sections the kernel's build makes, in each
 * of the shapes it has had. Written from the ELF specification and the kernel's headers, without use of the reader under test.
 */
export interface KoSpec {
  readonly wordBytes?: 4 | 8;
  readonly littleEndian?: boolean;
  /** `e_machine`; 62 is x86-64. */
  readonly machine?: number;
  /** References of a symbol table entry: 32-bit relative ones, or pointers. */
  readonly references?: 'relative' | 'pointers';
  /** SHT_REL, with the addends in the section itself, as on i386. */
  readonly addendsInPlace?: boolean;
  /** Whether entries have the third field, as since 5.4. */
  readonly namespaces?: boolean;
  /** Where CRCs are: in the table, in another section that the table points to, or the value of an absolute symbol. */
  readonly crcs?: 'inline' | 'relative' | 'absolute' | 'none';
  readonly imports?: readonly { readonly name: string; readonly crc: number }[] | null;
  readonly extendedVersions?: boolean;
  readonly exports?: readonly KoExport[];
  /** `key=value` strings. */
  readonly modinfo?: readonly string[] | null;
}

export interface KoExport {
  readonly name: string;
  readonly crc: number;
  readonly gplOnly?: boolean;
  readonly namespace?: string;
}

interface Section {
  readonly name: string;
  readonly type: number;
  readonly content: Buffer;
  readonly link?: number;
  readonly info?: number;
}

interface Relocation {
  readonly offset: number;
  readonly symbol: number;
  readonly addend: number;
}

const SHT = { progbits: 1, symtab: 2, strtab: 3, rela: 4, rel: 9 };
const SHN_ABS = 0xfff1;

export function koFile(spec: KoSpec = {}): Uint8Array {
  const wordBytes = spec.wordBytes ?? 8;
  const littleEndian = spec.littleEndian ?? true;
  const encode = encoder(wordBytes, littleEndian);
  const sections: Section[] = [{ name: '', type: 0, content: Buffer.alloc(0) }];
  const add = (section: Section): number => sections.push(section) - 1;
  const symbols: { value: number; section: number }[] = [{ value: 0, section: 0 }];
  const addSymbol = (value: number, section: number): number => symbols.push({ value, section }) - 1;

  const text = add({ name: '.text', type: SHT.progbits, content: Buffer.alloc(64) });
  if (spec.modinfo !== null) {
    const content = Buffer.from((spec.modinfo ?? []).map((entry) => `${entry}\0`).join(''));
    add({ name: '.modinfo', type: SHT.progbits, content });
  }
  if (spec.imports !== null) addVersions(spec, add, encode);

  const exports = spec.exports ?? [];
  if (exports.length > 0) {
    const strings: string[] = [];
    let stringsLength = 0;
    const string = (value: string): number => {
      const at = stringsLength;
      strings.push(value);
      stringsLength += Buffer.byteLength(value) + 1;
      return at;
    };
    const offsets = exports.map(({ name, namespace }) => ({ name: string(name), namespace: string(namespace ?? '') }));
    const stringTable = add({
      name: '__ksymtab_strings',
      type: SHT.progbits,
      content: Buffer.from(strings.map((value) => `${value}\0`).join('')),
    });
    const crcValues = add({
      name: '___kcrctab',
      type: SHT.progbits,
      content: Buffer.concat(exports.map(({ crc }) => encode.u32(crc))),
    });
    for (const gplOnly of [false, true]) {
      const suffix = gplOnly ? '_gpl' : '';
      const mine = exports.flatMap((symbol, index) =>
        (symbol.gplOnly ?? false) === gplOnly ? [{ symbol, index }] : [],
      );
      if (mine.length === 0) continue;
      const field = spec.references === 'pointers' ? wordBytes : 4;
      const fields = spec.namespaces === false ? 2 : 3;
      const relocations = mine.flatMap(({ index }, entry) => {
        const start = entry * field * fields;
        const offset = offsets[index] ?? { name: 0, namespace: 0 };
        const value = { offset: start, symbol: addSymbol(index * 4, text), addend: 0 };
        const name = { offset: start + field, symbol: addSymbol(offset.name, stringTable), addend: 0 };
        const namespace = { offset: start + 2 * field, symbol: addSymbol(0, stringTable), addend: offset.namespace };
        return fields === 2 ? [value, name] : [value, name, namespace];
      });
      // Linkers do not sort relocations; the reader must not rely on it.
      relocations.reverse();
      const table = add({
        name: `__ksymtab${suffix}`,
        type: SHT.progbits,
        content: Buffer.alloc(mine.length * field * fields),
      });
      addRelocations(`.rela__ksymtab${suffix}`, table, relocations);
      if (spec.crcs === 'none') continue;
      const width = spec.crcs === 'absolute' ? wordBytes : 4;
      const inline = spec.crcs === undefined || spec.crcs === 'inline';
      const content = inline
        ? Buffer.concat(mine.map(({ symbol }) => encode.u32(symbol.crc)))
        : Buffer.alloc(mine.length * width);
      const crcTable = add({ name: `__kcrctab${suffix}`, type: SHT.progbits, content });
      if (inline) continue;
      addRelocations(
        `.rela__kcrctab${suffix}`,
        crcTable,
        mine.map(({ symbol, index }, entry) => ({
          offset: entry * width,
          symbol: spec.crcs === 'absolute' ? addSymbol(symbol.crc, SHN_ABS) : addSymbol(index * 4, crcValues),
          addend: 0,
        })),
      );
    }
  }

  const symtabIndex = sections.length;
  for (const [index, section] of sections.entries())
    if (section.type === SHT.rela || section.type === SHT.rel) sections[index] = { ...section, link: symtabIndex };
  add({ name: '.symtab', type: SHT.symtab, content: Buffer.concat(symbols.map(encode.symbol)) });
  return encode.file(sections, spec.machine ?? 62);

  function addRelocations(name: string, target: number, relocations: readonly Relocation[]): void {
    if (spec.addendsInPlace !== true) {
      add({ name, type: SHT.rela, content: Buffer.concat(relocations.map(encode.rela)), info: target });
      return;
    }
    for (const { offset, addend } of relocations)
      encode.u32(addend).copy(sections[target]?.content ?? Buffer.alloc(0), offset);
    const entries = relocations.map((entry) => encode.rela(entry).subarray(0, 2 * wordBytes));
    add({ name: name.replace('.rela', '.rel'), type: SHT.rel, content: Buffer.concat(entries), info: target });
  }
}

function addVersions(spec: KoSpec, add: (section: Section) => number, encode: ReturnType<typeof encoder>): void {
  const imports = spec.imports ?? [];
  if (spec.extendedVersions === true) {
    add({
      name: '__version_ext_crcs',
      type: SHT.progbits,
      content: Buffer.concat(imports.map(({ crc }) => encode.u32(crc))),
    });
    const names = Buffer.from(imports.map(({ name }) => `${name}\0`).join(''));
    add({ name: '__version_ext_names', type: SHT.progbits, content: names });
    return;
  }
  const entries = imports.map(({ name, crc }) => {
    const entry = Buffer.alloc(64);
    const number = encode.word(crc);
    number.copy(entry);
    entry.write(name, number.length);
    return entry;
  });
  add({ name: '__versions', type: SHT.progbits, content: Buffer.concat(entries) });
}

function encoder(wordBytes: 4 | 8, littleEndian: boolean) {
  const u16 = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    new DataView(bytes.buffer, bytes.byteOffset).setUint16(0, value, littleEndian);
    return bytes;
  };
  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, value, littleEndian);
    return bytes;
  };
  const word = (value: number): Buffer => {
    if (wordBytes === 4) return u32(value);
    const bytes = Buffer.alloc(8);
    new DataView(bytes.buffer, bytes.byteOffset).setBigUint64(0, BigInt(value), littleEndian);
    return bytes;
  };
  const wide = wordBytes === 8;
  const symbol = ({ value, section }: { value: number; section: number }): Buffer =>
    wide
      ? Buffer.concat([u32(0), Buffer.from([0, 0]), u16(section), word(value), word(0)])
      : Buffer.concat([u32(0), word(value), word(0), Buffer.from([0, 0]), u16(section)]);
  const rela = (entry: Relocation): Buffer => {
    // r_info: symbol and type, 32 and 32 bits in 64-bit files, 24 and 8 in 32-bit ones. The type means nothing to a reader of names.
    const info = wide
      ? Buffer.concat(littleEndian ? [u32(2), u32(entry.symbol)] : [u32(entry.symbol), u32(2)])
      : u32(entry.symbol * 256 + 2);
    return Buffer.concat([word(entry.offset), info, word(entry.addend)]);
  };
  const file = (sections: readonly Section[], machine: number): Uint8Array => {
    const names = ['', ...sections.slice(1).map(({ name }) => name), '.shstrtab'];
    const nameTable = Buffer.from(names.map((name) => `${name}\0`).join(''));
    const nameAt = names.map((_, index) =>
      Buffer.byteLength(
        names
          .slice(0, index)
          .map((name) => `${name}\0`)
          .join(''),
      ),
    );
    const all = [...sections, { name: '.shstrtab', type: SHT.strtab, content: nameTable }];
    const headerBytes = wide ? 64 : 52;
    let at = headerBytes;
    const placed = all.map((section) => {
      const offset = at;
      at += section.content.length;
      return { ...section, offset };
    });
    const headers = placed.map((section, index) => {
      const start = [u32(nameAt[index] ?? 0), u32(section.type), word(0), word(0)];
      const middle = [
        word(section.offset),
        word(section.content.length),
        u32(section.link ?? 0),
        u32(section.info ?? 0),
      ];
      return Buffer.concat([...start, ...middle, word(1), word(0)]);
    });
    const header = Buffer.concat([
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, littleEndian ? 1 : 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      ...[u16(1), u16(machine), u32(1), word(0), word(0), word(at), u32(0), u16(headerBytes), u16(0), u16(0)],
      ...[u16(wide ? 64 : 40), u16(placed.length), u16(placed.length - 1)],
    ]);
    return Buffer.concat([header, ...placed.map(({ content }) => content), ...headers]);
  };
  return { u32, word, symbol, rela, file };
}
