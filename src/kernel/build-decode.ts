import { InputError, invariant } from '#errors';
import type { ExportedSymbol, ImportedSymbol, KernelBuild, KernelModule, Signature } from './build.js';
import type { StoredBuild } from './build-schema.js';
import { decodeIndices } from './index-list.js';
import { moduleName } from './module-name.js';

/**
 * The build of a stored document. Equal imports are one object, equal strings one string.
 *
 * @throws InputError `corrupt` where the document contradicts itself
 */
export function decodeBuild(stored: StoredBuild, file: string): KernelBuild {
  const { symbols: _, signatures = [], modules, image, ...head } = stored;
  const table = decodeSymbols(stored, file);
  let start = 0;
  const nextExports = (count: number, owner: string): ExportedSymbol[] => {
    start += count;
    if (start > table.byRank.length)
      throw contradiction(file, owner, 'it exports more symbols than the table has left');
    return table.exportsBetween(start - count, start);
  };
  const { exports: imageExports, ...imageHead } = image;
  return {
    ...head,
    image: { ...imageHead, exports: nextExports(imageExports, 'image') },
    modules: decodeModules(modules, { table, nextExports, signatures, file }),
  };
}

interface DecodedSymbols {
  /** Table entries as imports, in order of name. */
  readonly byRank: readonly ImportedSymbol[];
  /** Where each table entry stands in `byRank`. */
  readonly rankOf: Uint32Array;
  readonly exportsBetween: (start: number, end: number) => ExportedSymbol[];
}

function decodeSymbols({ symbols }: StoredBuild, file: string): DecodedSymbols {
  const { names } = symbols;
  const crcs = Buffer.from(symbols.crcs, 'base64');
  if (crcs.length !== names.length * 4) {
    throw contradiction(file, 'symbols.crcs', `${crcs.length} bytes for ${names.length} names`);
  }
  const indices = (text: string, part: string): Uint32Array => {
    const decoded = decodeIndices(text, names.length);
    if (decoded === undefined) throw contradiction(file, part, 'this is no list of indices into the symbol table');
    return decoded;
  };
  const gplOnly = new Uint8Array(names.length);
  for (const index of indices(symbols.gplOnly, 'symbols.gplOnly')) gplOnly[index] = 1;
  const zeroCrcs = new Set(indices(symbols.zeroCrcs ?? '', 'symbols.zeroCrcs'));
  const namespaces = new Map<number, string>();
  for (const [namespace, list] of Object.entries(symbols.namespaces)) {
    for (const index of indices(list, `symbols.namespaces.${namespace}`)) namespaces.set(index, namespace);
  }
  const crcAt = crcReader(crcs);
  const { rankOf, indexAt } = rankByName(names);
  const byRank = Array.from(indexAt, (index) => ({ name: names[index] ?? '', crc: crcAt(index) }));
  const exportAt = (rank: number): ExportedSymbol => {
    const index = indexAt[rank] ?? 0;
    const crc = crcAt(index);
    return {
      name: names[index] ?? '',
      crc: crc === 0 && !zeroCrcs.has(index) ? null : crc,
      gplOnly: gplOnly[index] === 1,
      namespace: namespaces.get(index) ?? null,
    };
  };
  const exportsBetween = (start: number, end: number): ExportedSymbol[] =>
    Array.from(rankOf.slice(start, end).sort(), exportAt);
  return { byRank, rankOf, exportsBetween };
}

function crcReader(crcs: Uint8Array): (index: number) => number {
  const view = new DataView(crcs.buffer, crcs.byteOffset, crcs.byteLength);
  return (index) => view.getUint32(index * 4, true);
}

/**
 * Where each name stands in order of name, and which name stands where; equal names stay in the order given. The default order of `sort` is the
 * one by code unit that a build has, and it needs no call for each comparison.
 */
function rankByName(names: readonly string[]): { rankOf: Uint32Array; indexAt: Uint32Array } {
  const next = new Map<string, number>();
  for (const [rank, name] of names.toSorted().entries()) if (!next.has(name)) next.set(name, rank);
  const rankOf = new Uint32Array(names.length);
  const indexAt = new Uint32Array(names.length);
  for (const [index, name] of names.entries()) {
    const rank = next.get(name) ?? 0;
    next.set(name, rank + 1);
    rankOf[index] = rank;
    indexAt[rank] = index;
  }
  return { rankOf, indexAt };
}

interface Shared {
  readonly table: DecodedSymbols;
  readonly nextExports: (count: number, owner: string) => ExportedSymbol[];
  readonly signatures: readonly Signature[];
  readonly file: string;
}

function decodeModules(
  columns: StoredBuild['modules'],
  { table, nextExports, signatures, file }: Shared,
): KernelModule[] {
  const { paths, inTree: inTreeText, ...others } = columns;
  for (const [name, column] of Object.entries(others)) {
    if (column === undefined || column.length === paths.length) continue;
    throw contradiction(file, `modules.${name}`, `${column.length} values for ${paths.length} kernel modules`);
  }
  const inTreeIndices = decodeIndices(inTreeText, paths.length);
  if (inTreeIndices === undefined) throw contradiction(file, 'modules.inTree', 'this is no list of kernel modules');
  const inTree = new Set(inTreeIndices);
  const scratch = new Uint32Array(table.byRank.length);
  return paths.map((path, at): KernelModule => {
    if (at > 0 && path <= (paths[at - 1] ?? '')) {
      throw contradiction(file, `modules.paths[${at}]`, 'the kernel modules are not in order of path');
    }
    const imports = decodeIndices(columns.imports[at] ?? '', scratch.length, scratch);
    if (imports === undefined) throw contradiction(file, path, 'its imports are no indices into the symbol table');
    return {
      name: moduleName(path),
      path,
      bytes: columns.bytes[at] ?? 0,
      compressedBytes: columns.compressedBytes[at] ?? null,
      exports: nextExports(columns.exports[at] ?? 0, path),
      imports: sortedImports(imports, table),
      depends: split(columns.depends[at]),
      aliases: split(columns.aliases[at]),
      softdeps: { pre: split(columns.softdepsPre[at]), post: split(columns.softdepsPost[at]) },
      weakdeps: split(columns.weakdeps[at]),
      firmware: split(columns.firmware[at]),
      importNamespaces: split(columns.importNamespaces[at]),
      license: columns.licenses[at] ?? null,
      driverVersion: columns.driverVersions[at] ?? null,
      vermagic: columns.vermagics[at] ?? null,
      inTree: inTree.has(at),
      signer: columns.signers[at] ?? null,
      ...signatureOf(columns, at, { signatures, file }),
      ...supportOf(columns, at),
    };
  });
}

function signatureOf(
  columns: StoredBuild['modules'],
  at: number,
  { signatures, file }: Pick<Shared, 'signatures' | 'file'>,
): Pick<KernelModule, 'signature'> {
  const signedAs = columns.signatures?.[at] ?? null;
  if (signedAs === null) return {};
  const signature = signatures[signedAs];
  if (signature === undefined) throw contradiction(file, columns.paths[at] ?? '', 'there is no such signature');
  return { signature };
}

function supportOf(columns: StoredBuild['modules'], at: number): Pick<KernelModule, 'support'> {
  const support = columns.support?.[at] ?? null;
  return support === null ? {} : { support };
}

function split(joined: string | undefined): string[] {
  return joined === undefined || joined === '' ? [] : joined.split('\n');
}

/**
 * By name, through the ranks: sorting numbers is ten times faster than sorting the names again for each kernel module. The numbers are
 * sorted where they stand.
 */
function sortedImports(indices: Uint32Array, { byRank, rankOf }: DecodedSymbols): ImportedSymbol[] {
  for (let at = 0; at < indices.length; at++) indices[at] = rankOf[indices[at] ?? 0] ?? 0;
  indices.sort();
  const imports = new Array<ImportedSymbol>(indices.length);
  for (let at = 0; at < indices.length; at++) {
    const symbol = byRank[indices[at] ?? 0];
    invariant(symbol !== undefined, 'a rank is a place in the table');
    imports[at] = symbol;
  }
  return imports;
}

function contradiction(file: string, part: string, problem: string): InputError {
  return new InputError('corrupt', problem, { file, place: { part }, hint: 'import the kernel again' });
}
