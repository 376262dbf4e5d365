/** The parts of a .solv document (libsolv's src/repo_solv.c, version 8, without prefixes or blocks), each as its reader will see it. */
export interface SolvDocument {
  /** The first one is empty and has id 1. */
  readonly strings: readonly string[];
  /** Name, version and flags of each relation. */
  readonly relations: readonly (readonly number[])[];
  /** Names of directories below the root, which is 1. */
  readonly directories: readonly number[];
  readonly solvables: number;
  /** Name, type, size and storage of each key. */
  readonly keys: readonly (readonly [number, number, number, number])[];
  readonly schemata: readonly (readonly number[])[];
  /** Bytes. */
  readonly data: readonly number[];
  readonly pages: readonly (readonly number[])[];
  /** Whether the pages are packed. */
  readonly packed?: boolean;
  /** What the document says the reader needs at once; by default all. */
  readonly most?: number;
}

export function solvDocument(document: SolvDocument): Uint8Array {
  const { strings, relations, directories, solvables, keys, schemata, data, pages, packed = false } = document;
  const text = new TextEncoder().encode(`${strings.join('\0')}\0`);
  const ids = schemata.reduce((sum, schema) => sum + schema.length + 1, 0);
  const counts = [
    strings.length + 1,
    relations.length,
    directories.length === 0 ? 0 : directories.length + 3,
    solvables,
    keys.length + 1,
    schemata.length + 1,
  ];
  return Uint8Array.from([
    ...[0x534f4c56, 8, ...counts, 0, text.length].flatMap(word),
    ...text,
    ...relations.flatMap(([name = 0, evr = 0, flags = 0]) => [...packedId(name), ...packedId(evr), flags]),
    // Below directory 1: told from a component by an id beyond the strings.
    ...(directories.length === 0 ? [] : [packedId(strings.length + 2), ...directories.map(packedId)].flat()),
    ...keys.flatMap((key) => key.flatMap(packedId)),
    ...packedId(ids),
    ...schemata.flatMap((schema) => schema.flatMap((key, index) => idWithMore(key, index + 1 < schema.length))),
    ...packedId(document.most ?? data.length),
    ...packedId(data.length),
    ...data,
    ...(pages.length === 0 ? [] : word(32768)),
    ...pages.flatMap((page) => [...word(page.length * 2 + (packed ? 1 : 0)), ...page]),
  ]);
}

function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** Seven bits a byte, the last one without the top bit. */
function packedId(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) | 128);
  return bytes;
}

/** Six bits in the last byte, and whether more ids follow. */
function idWithMore(value: number, more: boolean): number[] {
  const last = (value % 64) | (more ? 64 : 0);
  const rest = Math.floor(value / 64);
  return rest === 0 ? [last] : [...packedId(rest).map((byte) => byte | 128), last];
}
